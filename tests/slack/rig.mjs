// rig.mjs - what a story of the Slack tests stands on: the real desk with a real database, the stand-in for
// Slack, people with names who click and type there, and customers who write in the messenger. Waiting is
// always for something that is written down, never for time.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SlackStandin } from '../standins/slack/standin.mjs';
import { elementsOf } from '../standins/slack/blocks.mjs';
import { Desk } from '../conformance/desk.mjs';
import { Client } from '../conformance/client.mjs';
import { that } from '../conformance/checks.mjs';
import { safe, secrets } from './watch.mjs';

export { that };
export const bin = process.env.DESK_BIN
    ?? join(process.env.BUILD ?? new URL('../../build', import.meta.url).pathname, 'deskhand');
const patience = Number(process.env.PATIENCE ?? 1);
const LATE_MS = 9000 * patience;

// Everything that a message or view says, in one line.
export function words(shown) {
    const found = [];
    const walk = (value, key) => {
        if (Array.isArray(value)) value.forEach((one) => walk(one, key));
        else if (value && typeof value === 'object') Object.entries(value).forEach(([name, one]) => walk(one, name));
        else if (typeof value === 'string' && ['text', 'initial_value', 'label'].includes(key)) found.push(value);
    };
    walk(shown?.blocks ?? [], 'blocks');
    walk([shown?.title, shown?.submit, shown?.close], 'title');
    return found.join(' ');
}

// What can be chosen on it: { action, value, label } of buttons and of the options of menus.
export function choices(shown) {
    return (shown?.blocks ?? []).flatMap((block) => elementsOf(block)).flatMap((element) => (element.options
        ? element.options.map((one) => ({ action: element.action_id, value: one.value, label: one.text.text, menu: true }))
        : element.type === 'button' ? [{ action: element.action_id, value: element.value, label: element.text.text, style: element.style }] : []));
}

export class Rig {
    // options: slack (of the stand-in), config (more lines of settings), people: false for no technicians
    static async start(options = {}) {
        const rig = new Rig();
        rig.said = [];                          // words that must not stand in any log
        rig.slack = await SlackStandin.start(options.slack);
        rig.desk = new Desk({ bin, env: rig.slack.environment(), config: `log_level = "debug";\nlimits: { slack_pace = 1000; sends_burst = [1000, 1000]; sends_sustained = [1000, 1000]; conversations = [1000, 1000]; };\n${options.config ?? ''}` });
        await rig.begin();
        if (options.people !== false) {
            await rig.run('technician', 'add', 'omar@example.test', '--name', 'Omar');
            await rig.run('technician', 'add', 'lena@example.test', '--name', 'Lena');
            await rig.run('technician', 'add', 'sara@example.test', '--name', 'Sara', '--role', 'admin');
        }
        if (!options.alone) await rig.wait(() => rig.slack.calls('users.conversations').length, 'the first channel is looked for');
        return rig;
    }

    // A free port may be taken by somebody else before the desk has it: then another one.
    async begin(tries = 3) {
        try {
            await this.desk.start();
        } catch (error) {
            const log = readFileSync(join(this.desk.dir, 'desk.log'), 'utf8');
            if (tries === 1 || !log.includes('Address already in use')) throw error;
            this.desk.port = undefined;
            await this.begin(tries - 1);
        }
    }

    async run(...args) {
        const { code, stdout, stderr } = await this.desk.command(...args);
        if (code) throw new Error(`deskhand ${args.join(' ')}: ${code} ${stderr}`);
        return stdout;
    }

    wait(look, what) { return this.slack.waitFor(look, LATE_MS, what ?? String(look)); }

    // ---- customers ----

    customer(key) { return new Client(this.desk.port, key); }

    // A customer's first words, and the card that they bring. `to`: a part of the person's name.
    async ticket(text = 'I want to speak to a person about my printer', options = {}) {
        const { channel = 'triage', key } = options;
        this.said.push(text);
        const sock = await this.customer(key).talker(text);
        const show = JSON.parse(await this.run('ticket', 'show', '--conv', sock.conv, '--json'));
        const card = await this.wait(() => this.cards(channel).find((one) => one.text.startsWith(`#${show.number} `)), `the card of ${text}`);
        const ticket = { id: show.number, sock, conv: sock.conv, channel, ts: card.ts };
        await this.line(ticket, /\(customer\) wrote on/);      // by now the desk knows where its card stands
        if (/speak to a person/.test(text) && !options.waits) await this.cardSays(ticket, /Nobody has it yet/);
        return ticket;
    }

    async says(ticket, text) {
        this.said.push(text);
        return ticket.sock.say({ conv: ticket.conv, text });
    }

    // Resolves when the customer has read words that fit.
    reads(ticket, pattern) {
        return ticket.sock.next((f) => f.t === 'msg' && f.conv === ticket.conv && pattern.test(JSON.stringify(f)), LATE_MS);
    }

    // How many lines with these words the customer has got so far.
    async got(ticket, pattern) {
        await ticket.sock.settle();
        return ticket.sock.entries(ticket.conv).filter((f) => f.t === 'msg' && pattern.test(JSON.stringify(f))).length;
    }

    async shown(ticket) { return JSON.parse(await this.run('ticket', 'show', String(ticket.id), '--json')); }
    log(ticket) { return this.run('ticket', 'log', String(ticket.id)); }

    // ---- what stands in Slack ----

    cards(channel = 'triage') {
        return this.slack.messages(channel).filter((m) => m.user === this.slack.workspace.bot.id && (!m.thread_ts || m.thread_ts === m.ts) && /^#\d+ /.test(m.text) && words(m).match(/^#\d+ · /));
    }

    card(ticket) { return this.slack.workspace.channel(ticket.channel).messages.get(ticket.ts); }
    thread(ticket) { return this.slack.messages(ticket.channel).filter((m) => m.thread_ts === ticket.ts && m.ts !== ticket.ts); }
    line(ticket, pattern) { return this.wait(() => this.thread(ticket).find((m) => pattern.test(m.text)), `a line like ${pattern}`); }
    cardSays(ticket, pattern) { return this.wait(() => pattern.test(words(this.card(ticket))), `a card that says ${pattern}`); }
    offers(ticket) { return choices(this.card(ticket)); }

    // The newest thing only this person sees that fits; from `since` on.
    told(user, pattern, since = 0) {
        return this.wait(() => this.slack.ephemerals(user).slice(since).findLast((one) => pattern.test(`${one.text} ${words(one)}`)),
            `${user} is told ${pattern}; was told ${JSON.stringify(this.slack.ephemerals(user).map((one) => one.text))}`);
    }

    direct(user, pattern) {
        return this.wait(() => this.slack.messages(this.slack.workspace.direct(user).id).findLast((m) => m.user === this.slack.workspace.bot.id && pattern.test(`${m.text} ${words(m)}`)),
            `a direct message to ${user} like ${pattern}`);
    }

    // ---- what people do ----

    async did(answer) {
        for (const envelope of answer.envelopes) that(await envelope.done, 'an envelope was never acknowledged');
        return answer;
    }

    // Clicks a button or a row of the menu of a card, wherever it stands.
    press(user, ticket, code) {
        const own = this.offers(ticket).find((one) => (one.menu ? one.value.startsWith(`${code}:`) : one.action === `dh.${code}`));
        that(own, `${code} is not on the card: ${this.offers(ticket).map((one) => one.label)}`);
        return this.did(this.slack.click({ user, channel: ticket.channel, ts: ticket.ts, action: own.action, ...(own.menu ? { value: own.value } : {}) }));
    }

    // Opens the modal with everything, and presses there what the card has no room for.
    async pressAny(user, ticket, code) {
        if (this.offers(ticket).some((one) => (one.menu ? one.value.startsWith(`${code}:`) : one.action === `dh.${code}`))) return this.press(user, ticket, code);
        await this.press(user, ticket, 'more');
        await this.modal(user, 'dh.more');
        return this.did(this.slack.click({ user, modal: true, action: `dh.${code}` }));
    }

    // The open modal with this callback_id.
    modal(user, id) {
        return this.wait(() => (this.slack.modal(user)?.callback_id === id ? this.slack.modal(user) : null),
            `the modal ${id} of ${user}; there is ${this.slack.modal(user)?.callback_id}`);
    }

    async dialog(user, ticket, code) {
        await this.pressAny(user, ticket, code);
        return this.modal(user, `dh.${code}`);
    }

    // Fills in and submits; resolves with what the person sees then.
    async submit(user, values) {
        const { after } = this.slack.submit({ user, values });
        const seen = await after;
        that(!seen.trouble, 'the modal says that it could not connect');
        return seen;
    }

    async done(user, values) {
        const seen = await this.submit(user, values);
        that(seen.closed, `the modal stays open: ${JSON.stringify(seen.errors)}`);
    }

    // Types into the thread of a ticket.
    async types(user, ticket, text, more = {}) {
        if (text) this.said.push(text);
        return this.did(this.slack.post({ user, channel: ticket.channel, thread_ts: ticket.ts, text, ...more }));
    }

    // The answer to a command: in its acknowledgement, or a little later to who is not known yet.
    async slash(user, text, channel = 'triage') {
        const { length } = this.slack.ephemerals(user);
        const answer = await this.did(this.slack.slash({ user, channel, command: '/ticket', text }));
        const said = (await answer.envelope.done).payload;
        return said || text.startsWith('new') ? said ?? {} : this.wait(() => this.slack.ephemerals(user)[length], `an answer to /ticket ${text}`);
    }

    // ---- time ----

    // As if the customer of a ticket had not answered for a week: the desk is stopped, its database changed.
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
        await this.wait(() => this.slack.sockets.ready().length, 'the socket after a start');
    }

    // ---- the end ----

    async stop() {
        const how = await this.desk.stop();
        await this.slack.stop();
        const log = readFileSync(join(this.desk.dir, 'desk.log'), 'utf8');
        const problems = [...this.slack.problems().map((p) => p.text), ...safe(this.slack), ...secrets(log, this)];
        if (how && how.code !== 0) problems.push(`the desk ended with ${JSON.stringify(how)}: ${log.slice(-3000)}`);
        if (!process.env.KEEP) await this.desk.remove();
        return problems;
    }
}
