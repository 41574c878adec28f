// rig.mjs - what the Teams tests stand on: the real desk with a real database, the stand-in for Teams, people
// with names who click and type there, and customers who write in the messenger. Waiting is always for
// something that is written down, never for time.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startTeams } from '../standins/teams/teams.mjs';
import { actionsOf, textOf } from '../standins/teams/cards.mjs';
import { Desk } from '../conformance/desk.mjs';
import { Client } from '../conformance/client.mjs';
import { that } from '../conformance/checks.mjs';

export { that, actionsOf, textOf };
export const bin = process.env.DESK_BIN
    ?? join(process.env.BUILD ?? new URL('../../build', import.meta.url).pathname, 'deskhand');
export const patience = Number(process.env.PATIENCE ?? 1);
export const LATE_MS = 9000 * patience;
// A channel takes 50 messages in 30 s: new cards may have to wait for that.
const PACED_MS = 40000 * patience;
// What the desk promises for every POST. Other programs take the processor, too, while tests run.
export const ANSWER_MS = 1000 * patience;

const LIMITS = 'limits: { slack_pace = 1000; sends_burst = [1000, 1000]; sends_sustained = [1000, 1000]; conversations = [1000, 1000]; };';

// What an action of ours says it is: verb and data are the same thing in two places.
export const codeOf = (action) => action.verb ?? action.data?._d?.a;
export const named = (code) => (action) => codeOf(action) === code;

export class Rig {
    // options: teams (of the stand-in), env, config (more lines of settings), people: false for no
    // technicians, alone: the app is installed nowhere, noConfig: no settings file at all, before(teams): what
    // to do before the desk starts
    static async start(options = {}) {
        const rig = new Rig();
        rig.teams = await startTeams({ rsc: true, ...options.teams });
        await options.before?.(rig.teams);
        const config = options.noConfig ? undefined : `log_level = "debug";\n${LIMITS}\n${options.config ?? ''}`;
        rig.desk = new Desk({ bin, env: { ...rig.teams.env, ...options.env }, config });
        await rig.desk.start();
        rig.teams.botUrl = `${rig.desk.url}/api/messages`;
        rig.people = rig.teams.people;
        if (options.people !== false) {
            await rig.run('technician', 'add', 'sam.roe@desk.example', '--name', 'Sam');
            await rig.run('technician', 'add', 'kim.poe@desk.example', '--name', 'Kim');
            await rig.run('technician', 'add', 'jo.doe@desk.example', '--name', 'Jo', '--role', 'admin');
        }
        if (!options.alone) await rig.people.install({ where: 'Support', user: 'Jo Doe' });
        return rig;
    }

    async run(...args) {
        const { code, stdout, stderr } = await this.desk.command(...args);
        if (code) throw new Error(`deskhand ${args.join(' ')}: ${code} ${stderr}`);
        return stdout;
    }

    // The first thing that look() finds; asked again whenever something happens at the stand-in.
    async wait(look, what, ms = LATE_MS) {
        for (const end = Date.now() + ms;;) {
            const mark = this.teams.log.mark(), found = await look();
            if (found) return found;
            if (Date.now() > end) throw new Error(`did not come: ${what ?? look}`);
            await this.teams.waitFor(() => true, 200, mark).catch(() => {});
        }
    }

    // ---- customers and their tickets ----

    customer(key) { return new Client(this.desk.port, key); }

    async ticket(text = 'I want to speak to a person about my printer', { channel = 'Support' } = {}) {
        const sock = await this.customer().talker(text);
        const show = JSON.parse(await this.run('ticket', 'show', '--conv', sock.conv, '--json'));
        const message = await this.wait(() => this.roots(channel).find((m) => this.says(m).includes(`Ticket #${show.number} `)), `the card of ${text}`, PACED_MS);
        const ticket = { id: show.number, sock, conv: sock.conv, channel, message };
        await this.wait(() => this.thread(ticket).length, `a line in the thread of ${text}`, PACED_MS);
        if (/speak to a person/.test(text)) await this.cardSays(ticket, /Nobody has it yet/);
        return ticket;
    }

    async shown(ticket) { return JSON.parse(await this.run('ticket', 'show', String(ticket.id), '--json')); }
    log(ticket) { return this.run('ticket', 'log', String(ticket.id)); }
    async owner(ticket) { const { assignee } = await this.shown(ticket); return assignee?.name ?? assignee; }

    // Resolves when the customer has read words that fit.
    reads(ticket, pattern) {
        return ticket.sock.next((f) => f.t === 'msg' && f.conv === ticket.conv && pattern.test(JSON.stringify(f)), LATE_MS);
    }

    async got(ticket, pattern) {
        await ticket.sock.settle();
        return ticket.sock.entries(ticket.conv).filter((f) => f.t === 'msg' && pattern.test(JSON.stringify(f))).length;
    }

    // ---- what stands in Teams ----

    card(message, user) { return this.teams.world.card(message, user && this.people.user(user)); }
    says(message, user) { const card = this.card(message, user); return card ? textOf(card) : ''; }
    ours(conv) { return this.teams.world.shown(conv).filter((m) => m.from === 'bot'); }
    roots(channel) { return this.ours(this.teams.world.channel(channel).id).filter((m) => m.root === m.id); }
    thread(ticket) { return this.ours(ticket.message.conv).filter((m) => m.id !== ticket.message.id); }
    line(ticket, pattern) { return this.wait(() => this.thread(ticket).find((m) => pattern.test(this.says(m))), `a line like ${pattern}`); }
    cardSays(ticket, pattern, user) { return this.wait(() => pattern.test(this.says(ticket.message, user)), `a card that says ${pattern}`); }
    offers(ticket) { return actionsOf(this.card(ticket.message)).map(codeOf); }

    // The newest message of ours in somebody's own chat that fits.
    told(user, pattern) {
        const { id } = this.teams.world.personal(this.people.user(user));
        return this.wait(() => this.ours(id).findLast((m) => pattern.test(this.says(m))), `${user} is told ${pattern}`);
    }

    // ---- what people do ----

    right(result) {
        that(result.answer.status === 200, `the answer is ${result.answer.status} ${result.answer.text} ${result.answer.error ?? ''}`);
        that(result.answer.ms < ANSWER_MS, `the answer took ${Math.round(result.answer.ms)} ms`);
        return result;
    }

    async press(user, ticket, code, options) {
        return this.right(await this.people.click({ message: ticket.message, user, action: named(code), ...options }));
    }

    // The dialog of an action, through "More actions" where it is not on the card.
    async dialog(user, ticket, code) {
        if (this.offers(ticket).includes(code)) return this.open(await this.press(user, ticket, code), code);
        const { dialog } = this.open(await this.press(user, ticket, 'more'), 'more');
        return this.open(await this.submit(dialog, {}, { action: named(code) }), code);
    }

    open(result, code) {
        that(result.dialog, `no dialog for ${code}: ${result.answer.text.slice(0, 300)}`);
        return result;
    }

    async submit(dialog, inputs = {}, options = {}) {
        return this.right(await this.people.submitDialog({ dialog, inputs, ...options }));
    }

    async done(user, ticket, code, inputs) {
        const { dialog } = await this.dialog(user, ticket, code);
        const result = await this.submit(dialog, inputs);
        that(result.closed, `${code} stays open: ${result.dialog ? textOf(result.dialog.card) : result.answer.text}`);
        return result;
    }

    async types(user, ticket, text, options) {
        return this.right(await this.people.write({ where: ticket.channel, user, thread: ticket.message, text, ...options }));
    }

    // Writes in the own chat; resolves with the card that comes.
    async asks(user, text) {
        const { id } = this.teams.world.personal(this.people.user(user));
        const before = this.ours(id).length;
        this.right(await this.people.write({ user, text }));
        return this.wait(() => this.ours(id)[before], `an answer to ${text}`);
    }

    // Ten days without a word of the customer.
    async silence(ticket) {
        await this.desk.stop();
        try {
            execFileSync('sqlite3', [join(this.desk.dir, 'desk.db'), `UPDATE ticket SET waiting_since_ms = waiting_since_ms - 864000000,
                last_reminder_ms = max(0, last_reminder_ms - 864000000) WHERE id = ${ticket.id};
                UPDATE due SET at_ms = 1 WHERE ticket_id = ${ticket.id} AND kind = 0;`]);
        } catch (error) {
            if (error.code === 'ENOENT') throw new Error('skipped: there is no sqlite3 to move the time with');
            throw error;
        }
        await this.desk.start();
    }

    deskLog() { return readFileSync(join(this.desk.dir, 'desk.log'), 'utf8'); }

    async stop() {
        const how = await this.desk.stop();
        const log = this.deskLog();
        await this.teams.stop();
        if (!process.env.KEEP) await this.desk.remove();
        that(!how || how.code === 0, `the desk ended with ${JSON.stringify(how)}: ${log.slice(-3000)}`);
        that(!log.includes(this.teams.options.secret), 'the secret stands in the log');
    }
}

// One story after the other, or a few at once: each with a desk of its own, one line each and a sum at the end.
// stories: [name, run(rig), options of Rig.start]
export async function tell(stories, { atOnce = 3, seconds = 30 } = {}) {
    const only = process.argv.slice(2).join(' ');
    const waiting = stories.filter(([name]) => name.includes(only));
    let passed = 0, failed = 0;
    const one = async ([name, run, options]) => {
        let rig, timer, problem = '';
        const late = new Promise((_, fail) => { timer = setTimeout(() => fail(new Error(`no end within ${seconds} s`)), seconds * 1000 * patience); });
        try {
            rig = await Rig.start(options);
            await Promise.race([run(rig), late]);
        } catch (error) {
            problem = (process.env.TRACE ? error?.stack : error?.message) ?? String(error);
        }
        clearTimeout(timer);
        await rig?.stop().catch((error) => { problem += ` at the end: ${error.message}`; });
        const skipped = problem.startsWith('skipped: ');
        if (problem && !skipped) failed++;
        else if (!problem) passed++;
        console.log(skipped ? `${name}: ${problem}` : problem ? `FAIL ${name}: ${problem}` : `ok ${name}`);
    };
    const worker = async () => { while (waiting.length) await one(waiting.shift()); };
    await Promise.all(Array.from({ length: atOnce }, worker));
    console.log(`${passed} passed, ${failed} failed`);
    process.exit(failed || !passed ? 1 : 0);
}
