#!/usr/bin/env node
// diskfull.mjs - fills the disk under a running desk, twice: a small tmpfs (needs root; skipped with the
// reason where it cannot be mounted) and a limit on the size of files. It expects polite refusals, open
// sockets, working reads, nothing acknowledged lost, and work again within five seconds after there is
// room, without a restart.       usage: diskfull.mjs        (DESK_BIN: the binary)
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, uuid } from '../conformance/client.mjs';
import { Desk, pause } from '../conformance/desk.mjs';

const RECOVER_MS = 5000, REFUSALS = 20, MESSAGES_MAX = 20000;
const config = `limits: {
    sends_burst: [10000, 1000]; sends_sustained: [100000, 1000]; conversations: [10000, 86400000];
    frames: [100000, 1000]; flood: [100000, 1000];
};
`;
let passed = 0, failed = 0;

function check(truth, words) {
    if (truth) passed++;
    else { failed++; console.log(`problem: ${words}`); }
}

// Says numbered messages until the desk refuses; every ack is written down.
async function sayUntilRefused(socket, acked) {
    let refused = 0;
    for (let n = 0; n < MESSAGES_MAX && refused < REFUSALS; n++) {
        const cid = uuid();
        const answer = await socket.say({ cid, conv: socket.conv, text: `${cid} ${'x'.repeat(1500)}` });
        if (answer.t === 'ack') { acked.set(cid, answer.seq); continue; }
        refused++;
        if (answer.code !== 'unavailable' || !(answer.retry_ms > 0)) {
            check(false, `refused with ${JSON.stringify(answer)}`);
            return refused;
        }
        await pause(10);
    }
    return refused;
}

function rows(db, sql) {
    const out = execFileSync('sqlite3', ['-readonly', '-json', `file:${db}?mode=ro`, sql], { maxBuffer: 1 << 28 }).toString();
    return out.trim() ? JSON.parse(out) : [];
}

// What the desk must still do, and not do, while there is no room.
async function liveWithoutRoom(desk, client, socket) {
    const pong = await socket.settle();
    check(pong.t === 'pong', 'the socket is answered');
    const again = await client.hello({ tok: socket.tok });
    check(JSON.stringify(again.welcome).includes(socket.conv), 'a known contact finds its conversation');
    const health = await fetch(`${desk.url}/healthz`);
    check(health.status === 200, `/healthz says ${health.status}`);
    const list = await desk.command('ticket', 'list', '--json');
    check(list.code === 0 && JSON.parse(list.stdout).length === 1, `the list is read: ${list.stderr}`);
    await again.close();
}

async function drill(name, desk, fill, free) {
    await desk.start();
    const off = await desk.command('client', 'set', 'demo', '--triage', 'off');
    check(off.code === 0, `${name}: the assistant is switched off: ${off.stderr}`);
    const client = new Client(desk.port), acked = new Map(), pid = desk.pid;
    const socket = await client.talker('Hello there');
    fill(1);
    const refused = await sayUntilRefused(socket, acked);
    check(refused === REFUSALS, `${name}: refused ${refused} times after ${acked.size} messages`);
    fill(2);
    await sayUntilRefused(socket, acked);
    await liveWithoutRoom(desk, client, socket);
    free();
    const freed = Date.now();
    let answer;
    do {
        const cid = uuid();
        answer = await socket.say({ cid, conv: socket.conv, text: `${cid} after` });
        if (answer.t === 'ack') acked.set(cid, answer.seq);
        else await pause(100);
    } while (answer.t !== 'ack' && Date.now() - freed < 4 * RECOVER_MS);
    const took = Date.now() - freed;
    check(answer.t === 'ack' && took <= RECOVER_MS, `${name}: works again after ${took} ms`);
    check(desk.pid === pid && socket.closedWith === null, `${name}: without a restart, on the same socket`);
    const audit = await desk.command('audit', 'verify');
    check(audit.code === 0, `${name}: audit verify: ${audit.stderr}${audit.stdout}`);
    const ended = await desk.stop('SIGTERM');
    check(ended?.code === 0, `${name}: SIGTERM ended with ${JSON.stringify(ended)}`);
    const db = join(desk.dir, 'desk.db');
    check(rows(db, 'PRAGMA integrity_check')[0].integrity_check === 'ok', `${name}: integrity_check`);
    const stored = new Map(rows(db, 'SELECT cid, seq FROM entry WHERE cid IS NOT NULL').map((r) => [r.cid, r.seq]));
    const lost = [...acked].filter(([cid, seq]) => stored.get(cid) !== seq).length;
    check(lost === 0, `${name}: ${lost} of ${acked.size} acknowledged messages are lost`);
    console.log(`${name}: ${acked.size} acknowledged, ${lost} lost, works again after ${took} ms`);
}

async function onSmallDisk(bin) {
    const dir = mkdtempSync(join(tmpdir(), 'diskfull-'));
    try {
        execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m,mode=0700', 'tmpfs', dir], { stdio: 'pipe' });
    } catch (error) {
        console.log(`tmpfs: skipped, it cannot be mounted here: ${String(error.stderr ?? error.message).trim()}`);
        rmSync(dir, { recursive: true });
        return;
    }
    const filler = join(dir, 'filler');
    const fill = (step) => {            // first most of it; then to the last byte
        const file = openSync(filler, 'a'), block = Buffer.alloc(step === 1 ? 65536 : 512, 1);
        try {
            for (let n = 0; n < (step === 1 ? 48 : 1 << 20); n++) writeSync(file, block);
        } catch (error) {
            check(error.code === 'ENOSPC', `filling ended with ${error.code}`);
        }
        closeSync(file);
    };
    const desk = new Desk({ bin, config, dir });
    try {
        await drill('tmpfs', desk, fill, () => rmSync(filler));
        fill(2);
        await desk.start();             // a crash on a full disk must not be the end of it
        const list = await desk.command('ticket', 'list', '--json');
        check(list.code === 0 && JSON.parse(list.stdout).length === 1, `tmpfs: starts on a full disk: ${list.stderr}`);
        await desk.stop();
    } finally {
        await desk.stop('SIGKILL');
        if (failed) console.log(readFileSync(join(dir, 'desk.log'), 'utf8').split('\n').slice(-8).join('\n'));
        execFileSync('umount', [dir]);
        rmSync(dir, { recursive: true });
    }
}

async function underFileLimit(bin) {
    const desk = new Desk({ bin, config, before: ['prlimit', '--fsize=3145728:unlimited'] });
    const free = () => execFileSync('prlimit', ['--pid', String(desk.pid), '--fsize=unlimited:unlimited']);
    await drill('file size limit', desk, () => {}, free);
    if (!failed) await desk.remove();
}

if (!process.env.DESK_BIN || !existsSync(process.env.DESK_BIN)) {
    console.log('diskfull: set DESK_BIN to the desk\'s binary');
    process.exit(2);
}
for (const drillOf of [onSmallDisk, underFileLimit])
    await drillOf(process.env.DESK_BIN).catch((error) => check(false, error.stack));
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
