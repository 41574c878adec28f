// trial.mjs - a desk, the stand-in and tickets whose every message is known, for tests of what must hold
// whatever goes wrong: each card equals its ticket, nothing twice, nothing lost, order kept.
import { readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { SlackStandin } from '../standins/slack/standin.mjs';
import { Desk, freePort, pause } from '../conformance/desk.mjs';
import { Client } from '../conformance/client.mjs';

export const bin = process.env.DESK_BIN
    ?? `${process.env.BUILD ?? new URL('../../build', import.meta.url).pathname}/deskhand`;
export const patience = Number(process.env.PATIENCE ?? 1);

// Faster than Slack likes it, and as many messages of one person as the test wants.
export const config = (more = '') => `limits: { slack_pace = 10000; sends_burst = [10000, 1000];
    sends_sustained = [100000, 1000]; conversations = [10000, 86400000]; frames = [100000, 1000];
    flood = [100000, 1000]; }; ${more}
`;

// A technician's inbox without a browser.
class Inbox {
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
        return (await this.post('act', { action, ticket, id: randomUUID(), ...more })).json();
    }
}

// The effect that posted a message, by which it is looked for.
export const effectOf = ({ metadata: { event_payload: effect } = {} }) => effect && `${effect.effect} of ${effect.made}`;

// Does a message in a thread say this line? One that was sent in its plain form has no blocks.
const says = (message, line) => (message.blocks ? JSON.stringify(message.blocks).includes(JSON.stringify(line)) : message.text.includes(line));

// The ticket version that a card's buttons carry.
export function versionOf(card) {
    const found = /"value":"(?:\w+:)?(\d+):(\d+)"/.exec(JSON.stringify(card.blocks ?? []));
    return found ? { ticket: Number(found[1]), version: Number(found[2]) } : null;
}

export class Trial {
    // options: slack (of the stand-in), config (more settings), env; late: Slack is not there until arrive()
    static async start(options = {}) {
        const trial = new Trial();
        trial.tickets = [];
        trial.slack = new SlackStandin(options.slack);
        trial.port = options.late ? await freePort() : 0;
        trial.slack.url = `http://127.0.0.1:${trial.port}`;
        if (!options.late) await trial.arrive();
        try {
            return await trial.begin(options);
        } catch (error) {
            await trial.stop();
            throw error;
        }
    }

    async begin(options) {
        this.desk = new Desk({ bin, env: { ...this.slack.environment(), ...options.env }, config: config(options.config) });
        await this.desk.start();
        for (const [name, role] of [['omar', 'technician'], ['lena', 'technician'], ['sara', 'admin']]) {
            await this.run('technician', 'add', `${name}@example.test`, '--name', name, '--role', role);
        }
        await this.run('client', 'set', 'demo', '--triage', 'off');
        await this.run('route', 'set', 'slack:CTRIAGE000');
        return this;
    }

    arrive() { return this.slack.listen(this.port); }

    async run(...args) {
        const { code, stdout, stderr } = await this.desk.command(...args);
        if (code) throw new Error(`deskhand ${args.join(' ')}: ${code} ${stderr}`);
        return stdout;
    }

    wait(look, ms, what) { return this.slack.waitFor(look, ms * patience, what ?? String(look)); }
    inbox(email = 'sara@example.test') { return Inbox.open(this, email); }

    // A conversation; its messages are remembered. It does not wait for Slack.
    async open(text) {
        this.client ??= new Client(this.desk.port);
        const sock = await this.client.hello();
        const ack = await sock.say({ text });
        if (ack.t !== 'ack') throw new Error(`not acknowledged: ${JSON.stringify(ack)}`);
        const show = JSON.parse(await this.run('ticket', 'show', '--conv', ack.conv, '--json'));
        const ticket = { id: show.number, sock, conv: ack.conv, lines: [text] };
        this.tickets.push(ticket);
        return ticket;
    }

    async say(ticket, text) {
        const ack = await ticket.sock.say({ conv: ticket.conv, text });
        if (ack.t !== 'ack') throw new Error(`not acknowledged: ${JSON.stringify(ack)}`);
        ticket.lines.push(text);
    }

    async shown(ticket) { return JSON.parse(await this.run('ticket', 'show', String(ticket.id), '--json')); }
    async undelivered() { return JSON.parse(await this.run('effects', 'list', '--json')); }

    async metric(name) {
        const text = await (await fetch(`${this.desk.url}/metrics`)).text();
        return Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1] ?? NaN);
    }

    async health() { return (await (await fetch(`${this.desk.url}/healthz`)).json()).surfaces.find((one) => one.name === 'slack')?.text ?? ''; }

    // The desk looks at its surfaces every few seconds, and nobody is told: so this asks until it says so.
    async healthSays(pattern, ms = 20000) {
        for (const end = Date.now() + ms * patience; ; await pause(100)) {
            const text = await this.health();
            if (pattern.test(text)) return;
            if (Date.now() > end) throw new Error(`health says "${text}", not ${pattern}`);
        }
    }

    // Our messages in all channels, alive ones only.
    ours() {
        const bot = this.slack.workspace.bot.id;
        return [...this.slack.workspace.channels.values()].flatMap((channel) => [...channel.messages.values()]
            .filter((m) => m.user === bot && m.subtype !== 'tombstone').map((m) => ({ ...m, channel: channel.id })));
    }

    cards(ticket) {
        return this.ours().filter((m) => (!m.thread_ts || m.thread_ts === m.ts) && m.text.startsWith(`#${ticket.id} `) && versionOf(m)?.ticket === ticket.id)
            .sort((a, b) => Number(a.ts) - Number(b.ts));
    }

    // What stands in threads about a ticket, also under a card that was deleted.
    linesOf(ticket) { return this.ours().filter((m) => m.thread_ts && m.thread_ts !== m.ts && new RegExp(`#${ticket.id}\\b`).test(m.text))
        .sort((a, b) => Number(a.ts) - Number(b.ts)); }

    threadOf(card) { return this.ours().filter((m) => m.channel === card.channel && m.thread_ts === card.ts && m.ts !== card.ts); }

    // Until the newest card of every ticket shows its version and the thread has its last line.
    async settle(ms = 20000, tickets = this.tickets) {
        for (const ticket of tickets) {
            const { version } = await this.shown(ticket);
            ticket.version = version;
            const isThere = () => {
                const card = this.cards(ticket).at(-1);
                return card && versionOf(card).version >= version && this.linesOf(ticket).some((m) => says(m, ticket.lines.at(-1)));
            };
            try {
                await this.wait(isThere, ms);
            } catch {
                const card = this.cards(ticket).at(-1);
                const thread = this.linesOf(ticket).map((m) => m.text);
                throw new Error(`ticket ${ticket.id} is at ${version}, its card at ${card && versionOf(card).version}, its thread ends with ${thread.slice(-3)}, `
                    + `expected is ${ticket.lines.at(-1)}; undelivered ${JSON.stringify(await this.undelivered()).slice(0, 600)}`);
            }
        }
        for (const ticket of tickets) {                 // what was done meanwhile counts, too
            if ((await this.shown(ticket)).version !== versionOf(this.cards(ticket).at(-1)).version) return this.settle(ms, tickets);
        }
        return undefined;
    }

    // What must be true in the end. cards: how many of a ticket may stand there (1).
    check({ cards = 1, tickets = this.tickets, loss = false } = {}) {
        const wrong = [];
        const seen = new Map();
        for (const m of this.ours()) {
            const effect = effectOf(m);
            if (effect === undefined) continue;
            if (seen.has(effect)) wrong.push(`effect ${effect} stands twice: ${m.text}`);
            seen.set(effect, m);
        }
        for (const ticket of tickets) {
            const mine = this.cards(ticket);
            if (mine.length > cards || !mine.length) wrong.push(`ticket ${ticket.id} has ${mine.length} cards`);
            if (!mine.length) continue;
            const thread = this.linesOf(ticket);
            const at = ticket.lines.map((line) => thread.findIndex((m) => says(m, line)));
            const twice = ticket.lines.filter((line) => thread.filter((m) => says(m, line)).length > 1);
            const lost = ticket.lines.filter((_, i) => at[i] < 0);
            if (twice.length) wrong.push(`twice in the thread of ${ticket.id}: ${twice}`);
            if (lost.length && !loss) wrong.push(`missing in the thread of ${ticket.id}: ${lost.length}, like ${lost[0]}`);
            const there = at.filter((i) => i >= 0);
            if (there.some((i, n) => n && i < there[n - 1])) wrong.push(`the order in the thread of ${ticket.id}: ${at}`);
        }
        return wrong;
    }

    rss() { return this.desk.pid ? Number(readFileSync(`/proc/${this.desk.pid}/statm`, 'utf8').split(' ')[1]) * 4096 : 0; }

    async stop() {
        const wrong = [];
        const how = await this.desk.stop();
        if (how && how.code !== 0) wrong.push(`the desk ended with ${JSON.stringify(how)}: ${readFileSync(`${this.desk.dir}/desk.log`, 'utf8').slice(-1500)}`);
        if (this.slack.server?.listening) await this.slack.stop();
        if (!process.env.KEEP) await this.desk.remove();
        else console.log(`kept: ${this.desk.dir}`);
        return wrong;
    }
}

// Seeded numbers: the same seed gives the same choices.
export function random(seed) {
    let state = seed | 0;
    return (n) => {
        state = (state + 0x6d2b79f5) | 0;
        let x = Math.imul(state ^ (state >>> 15), state | 1);
        x = (x + Math.imul(x ^ (x >>> 7), x | 61)) ^ x;
        return Math.floor(((x ^ (x >>> 14)) >>> 0) / 4294967296 * n);
    };
}

export function percentile(values, part) {
    const sorted = [...values].sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;
}
