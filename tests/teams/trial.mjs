// trial.mjs - what a story about deliveries to Teams stands on: the real desk with a real database, the stand-in
// for Teams, customers in the messenger, technicians in the inbox. Waiting is always for something that
// is written down, never for time.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startTeams } from '../standins/teams/teams.mjs';
import { textOf } from '../standins/teams/cards.mjs';
import { Desk } from '../conformance/desk.mjs';
import { Client } from '../conformance/client.mjs';
import { that } from '../conformance/checks.mjs';

export { that };
export const bin = process.env.DESK_BIN
    ?? join(process.env.BUILD ?? new URL('../../build', import.meta.url).pathname, 'deskhand');
const patience = Number(process.env.PATIENCE ?? 1);
export const LATE_MS = 9000 * patience;

const FREE = 'sends_burst = [1000, 1000]; sends_sustained = [1000, 1000]; conversations = [1000, 1000];';
const POSTS = ['create', 'send', 'reply'];

// A technician's inbox without a browser.
export class Inbox {
    static async open(trial, email) {
        const inbox = new Inbox();
        const link = await trial.run('sign-in', email);
        inbox.url = trial.desk.url;
        const answer = await inbox.post('enter', { token: /login\?t=([\w-]+)/.exec(link)[1] });
        inbox.cookie = /dh_inbox=[^;]+/.exec(answer.headers.get('set-cookie'))[0];
        return inbox;
    }

    post(what, body) {
        const headers = { 'content-type': 'application/json', origin: this.url, 'x-deskhand': '1' };
        if (this.cookie) headers.cookie = this.cookie;
        return fetch(`${this.url}/inbox/api/${what}`, { method: 'POST', headers, body: JSON.stringify(body) });
    }

    // { result, ok, text, version, ... }
    async act(action, ticket, more = {}) {
        return (await this.post('act', { action, ticket: ticket.id ?? ticket, id: randomUUID(), ...more })).json();
    }
}

export class Trial {
    // options: teams (of the stand-in), config (more lines of settings), env, people: false for no
    // technicians, install: false for an app that nobody has installed yet, desk (of the desk itself), before (teams): what to do
    // before the desk starts, seconds: the story's own limit (30)
    static async start(options = {}) {
        const trial = new Trial();
        trial.said = [];                          // words that must not stand in any log
        trial.teams = await startTeams(options.teams);
        await options.before?.(trial.teams);
        trial.desk = new Desk({ bin, env: { ...trial.teams.env, ...options.env }, config: `log_level = "debug";\nlimits: { ${FREE} };\n${options.config ?? ''}`, ...options.desk });
        await trial.desk.start();
        trial.teams.botUrl = `${trial.desk.url}/api/messages`;
        if (options.people !== false) {
            await trial.run('technician', 'add', 'jo.doe@desk.example', '--name', 'Jo Doe');
            await trial.run('technician', 'add', 'sam.roe@desk.example', '--name', 'Sam Roe');
            await trial.run('technician', 'add', 'kim.poe@desk.example', '--name', 'Kim Poe', '--role', 'admin');
        }
        if (options.install !== false) await trial.install();
        return trial;
    }

    async run(...args) {
        const { code, stdout, stderr } = await this.desk.command(...args);
        if (code) throw new Error(`deskhand ${args.join(' ')}: ${code} ${stderr}`);
        return stdout;
    }

    get channel() { return this.teams.world.channel('General'); }

    // The app comes into the team; its tickets go to the channel General.
    async install() {
        const { answers } = await this.teams.people.install({ where: 'team' });
        for (const answer of answers) that(answer.status === 200, `installing was answered with ${answer.status} ${answer.text}`);
    }

    // An entry of the stand-in's log that fits, now or later.
    wait(fits, what = String(fits), ms = LATE_MS, from = 0) {
        return this.teams.waitFor(fits, ms, from).catch((error) => { throw new Error(`${what}: ${error.message}`); });
    }

    inbox(email = 'kim.poe@desk.example') { return Inbox.open(this, email); }

    // ---- customers ----

    // A conversation; it does not wait for Teams.
    async open(text = 'I want to speak to a person about my printer') {
        this.said.push(text);
        this.client ??= new Client(this.desk.port);
        const sock = await this.client.talker(text);
        const show = JSON.parse(await this.run('ticket', 'show', '--conv', sock.conv, '--json'));
        return { id: show.number, sock, conv: sock.conv };
    }

    // The same, when its card stands in the channel and no update is on its way: card is the message.
    async ticket(text) {
        const ticket = await this.open(text);
        ticket.card = await this.card(ticket);
        await this.cardSays(ticket, /Nobody has it yet/);
        return ticket;
    }

    async says(ticket, text) {
        this.said.push(text);
        const ack = await ticket.sock.say({ conv: ticket.conv, text });
        that(ack.t === 'ack', `not acknowledged: ${JSON.stringify(ack)}`);
    }

    async shown(ticket) { return JSON.parse(await this.run('ticket', 'show', String(ticket.id), '--json')); }
    log(ticket) { return this.run('ticket', 'log', String(ticket.id)); }
    async undelivered() { return JSON.parse(await this.run('effects', 'list', '--json')); }

    async metric(name) {
        const text = await (await fetch(`${this.desk.url}/metrics`)).text();
        return Number(new RegExp(`^deskhand_${name} (\\S+)`, 'm').exec(text)?.[1] ?? NaN);
    }

    // Asks for health again and again until it says so (it is not in the stand-in's log).
    async healthSays(pattern, ms = LATE_MS) {
        for (const end = Date.now() + ms; ;) {
            const text = await (await fetch(`${this.desk.url}/healthz`)).text();
            if (pattern.test(text)) return text;
            if (Date.now() > end) throw new Error(`health does not say ${pattern}: ${text}`);
            await new Promise((done) => setTimeout(done, 50));
        }
    }

    // ---- what stands in Teams ----

    words(message, user) { return textOf(this.teams.world.card(message, user) ?? {}); }

    // Root posts of the bot about a ticket, oldest first.
    cards(ticket, channel = this.channel) {
        return this.teams.world.shown(channel.id).filter((m) => m.from === 'bot' && m.id === m.root
            && new RegExp(`^Ticket #${ticket.id} · `).test(this.words(m)));
    }

    async card(ticket, channel = this.channel, ms = LATE_MS) {
        await this.wait(() => this.cards(ticket, channel).length, `a card of #${ticket.id}`, ms);
        return this.cards(ticket, channel)[0];
    }

    cardSays(ticket, pattern, ms = LATE_MS) {
        return this.wait(() => pattern.test(this.words(ticket.card)), `a card of #${ticket.id} that says ${pattern}`, ms)
            .catch((error) => { throw new Error(`${error.message}; it says ${this.words(ticket.card)}`); });
    }

    thread(ticket) {
        return this.teams.world.shown(ticket.card.conv).filter((m) => m.id !== ticket.card.id);
    }

    async line(ticket, pattern, ms = LATE_MS) {
        await this.wait(() => this.lines(ticket, pattern).length, `a line like ${pattern}`, ms);
        return this.lines(ticket, pattern)[0];
    }

    lines(ticket, pattern) { return this.thread(ticket).filter((m) => pattern.test(this.words(m))); }

    // Calls of the Connector that the desk made.
    calls(...ops) { return this.teams.log.filter((e) => e.kind === 'connector' && (!ops.length || ops.includes(e.op))); }
    posts() { return this.calls(...POSTS); }

    // ---- the end ----

    logText() { return readFileSync(join(this.desk.dir, 'desk.log'), 'utf8'); }

    // What must hold at the end of every story.
    problems() {
        const log = this.logText(), found = [];
        const hidden = [this.teams.options.secret, ...this.teams.login.tokens.keys(), ...this.said.filter((text) => text.length > 8)];
        found.push(...hidden.filter((one) => log.includes(one)).map((one) => `the log tells ${one}`));
        found.push(...this.calls().filter((e) => e.overlap).map((e) => `two changes of ${e.args} at once`));
        found.push(...this.calls('update').filter((e) => e.activity?.text).map(() => 'a text beside a card'));
        return [...new Set(found)];
    }

    async stop() {
        const how = await this.desk.stop();
        await this.teams.stop();
        const problems = this.problems();
        if (how && how.code !== 0) problems.push(`the desk ended with ${JSON.stringify(how)}: ${this.logText().slice(-3000)}`);
        if (!process.env.KEEP) await this.desk.remove();
        else console.log(`kept ${this.desk.dir}`);
        return problems;
    }
}

async function story([name, run, options = {}]) {
    let trial, timer, problem = '';
    const seconds = (options.seconds ?? 30) * patience;
    const late = new Promise((_, fail) => { timer = setTimeout(() => fail(new Error(`no end within ${seconds} s`)), seconds * 1000); });
    try {
        trial = await Trial.start(options);
        await Promise.race([run(trial), late]);
    } catch (error) {
        problem = (process.env.TRACE ? error?.stack : error?.message) ?? String(error);
    }
    clearTimeout(timer);
    const end = trial ? await trial.stop() : [];
    const all = [problem, ...end.slice(0, 5)].filter(Boolean).join('; at the end: ');
    console.log(all ? `FAIL ${name}: ${all}` : `ok ${name}`);
    return !all;
}

// Stories, each with a desk of its own, some at a time, the long ones first; one line each and a sum. An
// argument of the program chooses by name. stories: [name, run(trial), options of Trial.start]
export async function tell(stories, { atOnce = Number(process.env.AT_ONCE ?? 6) } = {}) {
    const only = process.argv.slice(2).join(' ');
    const waiting = stories.filter(([name]) => name.includes(only)).sort((a, b) => (b[2]?.seconds ?? 30) - (a[2]?.seconds ?? 30));
    let passed = 0, failed = 0;
    const worker = async () => {
        while (waiting.length) {
            if (await story(waiting.shift())) passed++;
            else failed++;
        }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    console.log(`${passed} passed, ${failed} failed`);
    process.exit(failed || !passed ? 1 : 0);
}
