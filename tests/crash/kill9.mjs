#!/usr/bin/env node
// kill9.mjs - kills the real desk under load, many times, and holds what it acknowledged against what it
// kept. usage: kill9.mjs [--kills N] [--acked N] [--contacts N] [--seed N]     (DESK_BIN: the binary)
// It goes on until both numbers are reached. A message that was not acknowledged is sent again with the
// same cid after the restart, as a widget does.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import WebSocket from 'ws';
import { Desk, pause } from '../conformance/desk.mjs';

const options = { kills: 200, acked: 50000, contacts: 24, seed: Date.now() % 1000000, inflight: 12 };
for (let i = 2; i < process.argv.length; i += 2) options[process.argv[i].slice(2)] = Number(process.argv[i + 1]);

// High limits: the load is not what an honest person sends. The assistant is off, so that the conversations
// hold what we sent and nothing else.
const config = `limits: {
    sends_burst: [10000, 1000]; sends_sustained: [100000, 1000]; conversations: [10000, 86400000];
    frames: [100000, 1000]; flood: [100000, 1000];
};
`;

let state = options.seed;
function random(n) {                    // seeded, so that a run can be repeated (its timing cannot)
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor(state / 2147483648 * n);
}

const problems = [];
function problem(text) {
    problems.push(text);
    if (problems.length <= 10) console.log(`problem: ${text}`);
}

class Contact {
    constructor(name) {
        Object.assign(this, { name, tok: null, convs: [], waiting: [], acks: new Map(), sent: new Map(), made: 0, resent: 0 });
    }

    connect(port) {
        this.ws = new WebSocket(`ws://127.0.0.1:${port}/m/ws?k=demo`, ['deskhand.v1'],
            { headers: { Origin: `http://127.0.0.1:${port}` }, perMessageDeflate: false });
        this.ready = false;
        return new Promise((done) => {
            this.ws.on('error', () => {});
            this.ws.on('close', () => { this.ready = false; done(); });
            this.ws.on('open', () => this.write({ t: 'hello', v: 1, ...(this.tok ? { tok: this.tok } : {}) }));
            this.ws.on('message', (data) => {
                const frame = JSON.parse(String(data));
                if (frame.t === 'welcome') { this.welcomed(frame); done(); }
                else if (frame.t === 'ack') this.acked(frame);
                else if (frame.t === 'err') this.refused(frame);
            });
        });
    }

    write(frame) { if (this.ws.readyState === WebSocket.OPEN) this.ws.send(JSON.stringify(frame)); }

    welcomed(frame) {
        if (this.tok && frame.tok !== this.tok) problem(`${this.name}: the token changed`);
        this.tok = frame.tok;
        this.ready = true;
        for (const message of this.waiting) { this.resent++; this.write(message); }
        this.fill();
    }

    // A new message now and then opens a conversation; until its ack nothing else goes there.
    fill() {
        while (this.ready && !this.quiet && this.waiting.length < options.inflight) {
            const n = ++this.made, cid = `${this.name}-${String(n).padStart(8, '0')}`;
            const conv = this.convs[random(this.convs.length)];
            const opens = this.convs.length < 2 && !this.waiting.some((m) => !m.conv);
            if (!opens && !conv) return;
            const message = { t: 'send', cid, ...(opens ? {} : { conv }), text: `${cid}: ${'x'.repeat(random(120))}` };
            this.waiting.push(message);
            this.sent.set(cid, message);
            this.write(message);
        }
    }

    acked(frame) {
        const before = this.acks.get(frame.cid);
        if (before && (before.conv !== frame.conv || before.seq !== frame.seq)) problem(`${frame.cid}: two different acks`);
        this.acks.set(frame.cid, { conv: frame.conv, seq: frame.seq });
        if (!this.convs.includes(frame.conv)) this.convs.push(frame.conv);
        this.waiting = this.waiting.filter((m) => m.cid !== frame.cid);
        this.fill();
    }

    refused(frame) {
        if (frame.retry_ms) setTimeout(() => { const m = this.sent.get(frame.cid); if (m && !this.acks.has(m.cid)) this.write(m); }, frame.retry_ms);
        else problem(`${this.name}: ${JSON.stringify(frame)}`);
    }
}

// ---- afterwards: the file itself, read only, without the desk's own words ----

function rows(db, sql) {
    const out = execFileSync('sqlite3', ['-readonly', '-json', `file:${db}?mode=ro`, sql], { maxBuffer: 1 << 30 }).toString();
    return out.trim() ? JSON.parse(out) : [];
}

function checkFile(db, contacts) {
    const integrity = rows(db, 'PRAGMA integrity_check')[0].integrity_check;
    if (integrity !== 'ok') problem(`integrity_check: ${integrity}`);
    const stored = new Map(), last = new Map();
    for (const r of rows(db, `SELECT t.conv, e.seq, e.cid, e.text FROM entry e JOIN ticket t ON t.id = e.ticket_id
            WHERE e.cid IS NOT NULL ORDER BY e.ticket_id, e.seq`)) {
        if (stored.has(r.cid)) problem(`${r.cid} is stored twice`);
        stored.set(r.cid, r);
    }
    for (const r of rows(db, `SELECT t.conv, count(*) AS n, max(e.seq) AS head, t.head AS kept FROM entry e
            JOIN ticket t ON t.id = e.ticket_id GROUP BY t.id`))
        if (r.n !== r.head || r.head !== r.kept) problem(`${r.conv}: ${r.n} entries, the highest is ${r.head}, its head ${r.kept}`);
    let acked = 0;
    for (const contact of contacts) {
        last.clear();
        for (const [cid, message] of contact.sent) {
            const ack = contact.acks.get(cid), row = stored.get(cid);
            if (!ack) { problem(`${cid} was never acknowledged`); continue; }
            acked++;
            if (!row) { problem(`${cid} is lost`); continue; }
            if (row.conv !== ack.conv || row.seq !== ack.seq) problem(`${cid}: acknowledged as ${ack.conv} ${ack.seq}, stored as ${row.conv} ${row.seq}`);
            if (row.text !== message.text) problem(`${cid}: another text is stored`);
            if (row.seq <= (last.get(row.conv) ?? 0)) problem(`${cid}: out of order in ${row.conv}`);
            last.set(row.conv, row.seq);
            stored.delete(cid);
        }
    }
    for (const cid of stored.keys()) problem(`${cid} is stored but was never sent`);
    return acked;
}

// ---- the run ----

if (!process.env.DESK_BIN || !existsSync(process.env.DESK_BIN)) {
    console.log('kill9: set DESK_BIN to the desk\'s binary');
    process.exit(2);
}
const desk = new Desk({ bin: process.env.DESK_BIN, config });
await desk.start();
const off = await desk.command('client', 'set', 'demo', '--triage', 'off');
if (off.code) problem(`the assistant cannot be switched off: ${off.stderr.trim()}`);
await desk.stop();

const contacts = Array.from({ length: options.contacts }, (_, i) => new Contact(`c${i}`));
const total = () => contacts.reduce((sum, c) => sum + c.acks.size, 0);
const began = Date.now();
let kills = 0, restartMs = 0;
while ((kills < options.kills || total() < options.acked) && problems.length < 50) {
    const start = Date.now();
    await desk.start();
    restartMs += Date.now() - start;
    const connected = Promise.all(contacts.map((c) => c.connect(desk.port)));
    // Every tenth kill falls amid the hand-shakes and the resends.
    if (kills % 10) await connected;
    const target = total() + options.acked / options.kills * 1.05;
    await pause(5 + random(300));
    for (const end = Date.now() + 400; kills % 10 && total() < target && Date.now() < end;) await pause(5);
    await desk.stop('SIGKILL');
    kills++;
    await connected;
}

for (const c of contacts) c.quiet = true;
await desk.start();
await Promise.all(contacts.map((c) => c.connect(desk.port)));
for (const end = Date.now() + 20000; contacts.some((c) => c.waiting.length) && Date.now() < end;) await pause(20);
const audit = await desk.command('audit', 'verify');
if (audit.code) problem(`audit verify: ${audit.stderr.trim() || audit.stdout.trim()}`);
const ended = await desk.stop('SIGTERM');
if (ended.code !== 0) problem(`SIGTERM ended with ${JSON.stringify(ended)}`);
const acked = checkFile(join(desk.dir, 'desk.db'), contacts);
const resent = contacts.reduce((sum, c) => sum + c.resent, 0);
const bytes = statSync(join(desk.dir, 'desk.db')).size;
if (problems.length) console.log(readFileSync(join(desk.dir, 'desk.log'), 'utf8').split('\n').slice(-20).join('\n'));
else await desk.remove();
console.log(`kill9 seed ${options.seed}: ${kills} kills, ${acked} acknowledged, ${resent} sent again, ${problems.length} problems, `
    + `${((Date.now() - began) / 1000).toFixed(1)} s, ${(restartMs / Math.max(kills, 1)).toFixed(0)} ms to be ready again, `
    + `${(bytes / 1048576).toFixed(0)} MiB: ${problems.length ? 'FAILED' : 'ok'}`);
process.exit(problems.length ? 1 : 0);
