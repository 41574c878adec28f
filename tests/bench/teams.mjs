#!/usr/bin/env node
// teams.mjs - the desk in Teams beside the same small bot on the official Bot Framework SDK for JavaScript:
// signed activity in to answer out, with all checks of the token, at 1, 16 and 64 in flight. Both meet the same
// load in turns, in one run; only the ratios say something about another machine. DESK_BIN: the binary.
// ROUNDS (2), BENCH_SECONDS for each figure and round (2).
import net from 'node:net';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import * as build from '../standins/teams/activities.mjs';
import { Trial } from '../teams/trial.mjs';
import { percentile } from '../slack/trial.mjs';

const rounds = Number(process.env.ROUNDS ?? 2), seconds = Number(process.env.BENCH_SECONDS ?? 2);
const TICKETS = 128, THREADS = 12, TOKENS = 1500, IN_FLIGHT = [1, 16, 64], WARM_MS = 500, ASKS = 10;
const config = 'limits: { sends_burst = [10000, 1000]; sends_sustained = [100000, 1000]; conversations = [10000, 86400000]; frames = [100000, 1000]; flood = [100000, 1000]; };';
const rss = (pid) => Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096 / 1048576;
const cpuMs = (pid) => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ').slice(11, 13).reduce((sum, n) => sum + Number(n), 0) * 10;

// ---- a client that costs little: one request after the other on a connection ----

class Line {
    constructor(url) {
        this.url = new URL(url);
        this.open();
    }

    open() {
        this.got = Buffer.alloc(0);
        this.socket = net.connect(Number(this.url.port), this.url.hostname).setNoDelay(true);
        this.socket.on('data', (bytes) => this.read(bytes)).on('error', (error) => this.fail?.(error)).on('close', () => this.open());
    }

    close() { this.socket.removeAllListeners('close').destroy(); }

    read(bytes) {
        this.got = this.got.length ? Buffer.concat([this.got, bytes]) : bytes;
        const end = this.got.indexOf('\r\n\r\n');
        if (end < 0) return;
        const head = this.got.toString('latin1', 0, end), length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
        if (this.got.length < end + 4 + length) return;
        const body = this.got.subarray(end + 4, end + 4 + length);
        this.got = this.got.subarray(end + 4 + length);
        this.done({ status: Number(head.slice(9, 12)), body });
    }

    post(token, activity) {
        const body = JSON.stringify(activity);
        return new Promise((done, fail) => {
            Object.assign(this, { done, fail });
            this.socket.write(`POST ${this.url.pathname} HTTP/1.1\r\nHost: ${this.url.host}\r\nAuthorization: Bearer ${token}\r\n`
                + `Content-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
        });
    }
}

// ---- what is sent ----

class Load {
    constructor(teams, tickets, tokens) {
        Object.assign(this, { teams, tickets, tokens, n: 0 });
        this.sam = teams.world.user('Sam Roe');
    }

    // Claim and release in turns, of one ticket after the other: every click changes something.
    click() {
        const ticket = this.tickets[this.n % this.tickets.length], verb = Math.floor(this.n / this.tickets.length) % 2 ? 'release' : 'claim';
        const data = { _d: { a: verb, t: ticket.id, k: `c${randomBytes(9).toString('base64url')}` } };
        const value = { action: { type: 'Action.Execute', id: '', verb, data }, trigger: 'manual' };
        return build.invoked(this.teams.world, this.sam, this.place(ticket), { name: 'adaptiveCard/action', value, replyToId: ticket.card.id });
    }

    // A line in the thread of a ticket, which becomes an internal note.
    note() {
        const ticket = this.tickets[this.n % this.tickets.length];
        return build.written(this.teams.world, this.sam, this.place(ticket), { id: this.teams.world.newId(), text: `the serial number is ${this.n}` });
    }

    place({ card }) { return { conversation: this.teams.world.channel('General'), root: card.root }; }

    // A new token with each activity is verified each time; the same one, as Teams does it, only once.
    token(fresh) { return fresh ? this.tokens[this.n % this.tokens.length] : this.tokens[0]; }
}

// As many at a time as said, the next one as soon as one is answered.
async function drive(one, load, { what, inFlight, fresh }, ms = seconds * 1000) {
    const lines = Array.from({ length: inFlight }, () => new Line(one.url)), times = [];
    const wrong = new Map(), cpu = cpuMs(one.pid), from = performance.now(), end = from + ms;
    const worker = async (line) => {
        while (performance.now() < end) {
            const activity = load[what](), token = load.token(fresh), began = performance.now();
            load.n++;
            const { status, body } = await line.post(token, activity);
            times.push(performance.now() - began);
            const good = status === 200 && (what === 'note' || body.includes('"AdaptiveCard"'));
            if (!good) wrong.set(`${status} ${body.toString().slice(0, 120)}`, (wrong.get(`${status} ${body.toString().slice(0, 120)}`) ?? 0) + 1);
        }
    };
    await Promise.all(lines.map(worker));
    const took = (performance.now() - from) / 1000;
    for (const line of lines) line.close();
    for (const [text, count] of wrong) console.log(`  ! ${count} x ${text}`);
    return { times, perSecond: times.length / took, cpuUs: 1000 * (cpuMs(one.pid) - cpu) / times.length };
}

// ---- the two ----

// Tickets without waiting for the card of each, which the limits of Teams would make slow: a click says which
// ticket it means. Notes go to the threads of the first few.
async function desk() {
    const trial = await Trial.start({ desk: { config } });
    await trial.run('client', 'set', 'demo', '--triage', 'off');
    const tickets = [], threads = [];
    while (tickets.length < TICKETS) tickets.push(await trial.open(`somebody needs help with a printer, number ${tickets.length}`));
    for (const ticket of tickets.slice(0, THREADS)) threads.push(Object.assign(ticket, { card: await trial.card(ticket, trial.channel, 60000) }));
    for (const ticket of tickets) ticket.card ??= threads[0].card;
    const { answer } = await trial.teams.people.click({ message: threads[0].card, user: 'Sam Roe', action: 'claim' });
    return { trial, tickets, threads, card: answer.json.value, url: trial.teams.options.botUrl, pid: trial.desk.pid };
}

async function official({ trial, card }) {
    const program = new URL('teams_official.mjs', import.meta.url).pathname;
    const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, ...trial.teams.env } });
    process.on('exit', () => child.kill('SIGKILL'));
    child.stdin.end(JSON.stringify(card));
    const [url] = await once(createInterface(child.stdout), 'line');
    return { url, pid: child.pid };
}

// A word typed in somebody's own chat until the card that answers it is at the Connector.
async function asked({ trial }, one, count) {
    const { teams } = trial, times = [];
    teams.botUrl = one.url;
    for (let i = 0; i < count; i++) {
        const user = teams.world.user(`Asker ${i}`), { id } = teams.world.personal(user), began = performance.now();
        const mark = teams.log.mark();
        teams.people.write({ user, text: 'help' });
        await teams.waitFor((e) => e.kind === 'connector' && ['send', 'reply'].includes(e.op) && e.conv === id, 10000, mark);
        times.push(performance.now() - began);
        await teams.waitFor((e) => e.kind === 'delivery' && e.status, 10000, mark);
    }
    teams.botUrl = trial.desk.url + '/api/messages';
    return { times };
}

// ---- the run ----

const CASES = [
    ['claim or release, a new token each', 'click', true], ['claim or release, one token', 'click', false],
    ['line in a thread, a new token each', 'note', true], ['line in a thread, one token', 'note', false],
];
const ours = await desk(), theirs = await official(ours), { trial } = ours;
const tokens = Array.from({ length: TOKENS }, (_, i) => trial.teams.keys.token({ serviceUrl: trial.teams.world.serviceUrl, appId: trial.teams.options.appId, claims: { jti: String(i) } }));
const load = { click: new Load(trial.teams, ours.tickets, tokens), note: new Load(trial.teams, ours.threads, tokens) };
const kept = new Map();

async function measure(name, one, run) {
    const figures = await run(one), key = `${name} ${one === ours ? 'desk' : 'official'}`;
    const all = kept.get(key) ?? kept.set(key, { times: [], perSecond: [], cpuUs: [] }).get(key);
    for (const time of figures.times) all.times.push(time);
    all.perSecond.push(figures.perSecond);
    all.cpuUs.push(figures.cpuUs);
}

for (const one of [ours, theirs]) for (const what of ['click', 'note']) await drive(one, load[what], { what, inFlight: 8, fresh: true }, WARM_MS);
for (let i = 0; i < ASKS; i++) {
    const user = trial.teams.world.addUser(`Asker ${i}`);
    trial.teams.world.personal(user).installed = true;
    await trial.run('technician', 'add', user.email, '--name', user.name);
}
const [a, b] = [await asked(ours, ours, ASKS), await asked(ours, theirs, ASKS)].map(({ times }) => times);
for (let round = 0; round < rounds; round++) {
    for (const [name, what, fresh] of CASES) {
        for (const inFlight of IN_FLIGHT) {
            for (const one of round % 2 ? [theirs, ours] : [ours, theirs]) {
                await measure(`${name} ${inFlight}`, one, () => drive(one, load[what], { what, inFlight, fresh }));
            }
        }
    }
}

const row = (...cells) => console.log(cells.map((cell, i) => String(cell).padEnd(i > 1 ? 10 : [38, 10][i])).join(' ').trimEnd());
const middle = (values) => percentile(values, 0.5), ms = (n) => n.toFixed(2), whole = (n) => n.toFixed(0);
console.log(`\n## Teams: the desk (every click and note on the disk) beside a bot on the Bot Framework SDK 4.23.3 (state in memory only)`);
console.log(`signed activity in -> answer out, ms; ${rounds} rounds of ${seconds} s each`);
row('', 'in flight', 'desk p50', 'SDK p50', 'ratio', 'desk p99', 'SDK p99', 'ratio', 'desk /s', 'SDK /s', 'ratio', 'CPU us', 'SDK us');
for (const [name] of CASES) {
    for (const inFlight of IN_FLIGHT) {
        const [a, b] = ['desk', 'official'].map((who) => kept.get(`${name} ${inFlight} ${who}`));
        const [p, q] = [middle(a.times), middle(b.times)], [r, s] = [percentile(a.times, 0.99), percentile(b.times, 0.99)];
        const [x, y] = [middle(a.perSecond), middle(b.perSecond)];
        row(name, inFlight, ms(p), ms(q), ms(p / q), ms(r), ms(s), ms(r / s), whole(x), whole(y), ms(x / y), whole(middle(a.cpuUs)), whole(middle(b.cpuUs)));
    }
}
row('"help" typed -> card at the Connector', 1, ms(middle(a)), ms(middle(b)), ms(middle(a) / middle(b)), ms(Math.max(...a)), ms(Math.max(...b)), ms(Math.max(...a) / Math.max(...b)), '(longest in place of p99)');
row('memory, MiB', '', whole(rss(ours.pid)), whole(rss(theirs.pid)), ms(rss(ours.pid) / rss(theirs.pid)));
await trial.desk.stop();
await trial.teams.stop();
await trial.desk.remove();
process.exit(0);
