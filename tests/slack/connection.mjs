#!/usr/bin/env node
// connection.mjs - the socket to Slack with the whole desk around it: every way it is told to go or dies, events
// that come again, two desks with one token, the end and the beginning. A click is acknowledged in each case.
// usage: connection.mjs [--all] [words of a case's name]      --all: those of a minute, too
import { Trial } from './trial.mjs';
import { Desk, pause } from '../conformance/desk.mjs';
import { that } from '../conformance/checks.mjs';

// A person adds a note by a line in the thread; resolves with its acknowledgement.
async function note(trial, ticket, text, where = {}) {
    const [card] = trial.cards(ticket);
    const { envelope } = trial.slack.post({ user: 'omar', channel: card.channel, thread_ts: card.ts, text, ...where });
    const ack = await envelope.done;
    that(ack, `"${text}" was never acknowledged`);
    return envelope;
}

async function notes(trial, ticket, text) {
    const { events } = JSON.parse(await trial.run('ticket', 'log', String(ticket.id), '--json'));
    return events.filter((one) => one.kind === 'note' && one.text === text).length;
}

async function begin(trial) {
    const ticket = await trial.open('a ticket to talk about');
    await trial.settle();
    await note(trial, ticket, 'the first note');        // who Omar is has been looked up
    await trial.wait(() => trial.slack.ephemerals('omar').length, 5000, 'the first note is kept');
    return ticket;
}

// People type all the time while the socket is told to go; there is never none.
async function refreshed(trial, reason) {
    const ticket = await begin(trial);
    const from = performance.timeOrigin + performance.now(), said = [];
    trial.slack.disconnect({ reason, close_after_ms: 1500 });
    const [old] = trial.slack.sockets.open();
    for (let n = 0; old.closed_at === null; n++) {
        said.push(`note ${n}`);
        await note(trial, ticket, `note ${n}`);
        }
    await note(trial, ticket, 'one more');
    that(trial.slack.longestGap(from) === 0, `no socket for ${trial.slack.longestGap(from)} ms`);
    that(trial.slack.sockets.ready().length === 1, `${trial.slack.sockets.ready().length} sockets are open`);
    for (const text of said.slice(0, 5)) that(await notes(trial, ticket, text) === 1, `"${text}" is not there once`);
}

// Sockets come and go, and there is always one: `until` n of them have said hello.
async function unbroken(trial, n, next = () => {}) {
    const hellos = () => trial.slack.sockets.all.filter((socket) => socket.hello_at !== null);
    await trial.wait(() => hellos().length, 5000, 'the first socket');
    const from = hellos()[0].hello_at;
    for (let have = 1; have < n; have++) {
        await next(hellos().at(-1));
        await trial.wait(() => hellos().length > have, 15000, 'the next socket');
    }
    that(trial.slack.longestGap(from) === 0, `no socket for ${trial.slack.longestGap(from)} ms`);
}

async function lost(trial, how, ms = 8000) {
    const ticket = await begin(trial);
    const old = trial.slack.sockets.ready().at(-1);
    how(trial);
    await trial.wait(() => trial.slack.sockets.ready().some((socket) => socket.id > old.id), ms, 'a new socket');
    await note(trial, ticket, 'after the loss');
    that(await notes(trial, ticket, 'after the loss') === 1, 'the note is not there once');
}

const cases = [
    ['told to go: warning', (trial) => refreshed(trial, 'warning')],
    ['told to go: refresh_requested', (trial) => refreshed(trial, 'refresh_requested')],
    ['told to go: a reason nobody knows', (trial) => refreshed(trial, 'moon_phase')],
    ['sockets of four seconds each: never a moment without one', (trial) => unbroken(trial, 6),
        { slack: { lifetimeSeconds: 4, recycle: true, warnMs: 1000 } }],
    ['a warning soon after each hello: never a moment without a socket', (trial) => unbroken(trial, 6, async (socket) => {
        await pause(500);                               // of its life
        trial.slack.disconnect({ socket: socket.id, reason: 'warning', close_after_ms: 3000 });
    })],
    ['a cut', (trial) => lost(trial, () => trial.slack.closeSocket({ code: 1006 }))],
    ['a reset', (trial) => lost(trial, () => trial.slack.resetSocket({}))],
    ['a close', (trial) => lost(trial, () => trial.slack.closeSocket({ code: 1011 }))],
    ['what was lost, and why, is in /metrics and /healthz', async (trial) => {
        const from = Date.now();
        await lost(trial, () => trial.slack.resetSocket({}));
        that(await trial.metric('deskhand_slack_losses_total') === 1, 'the loss is not counted');
        that(await trial.metric('deskhand_slack_connections') === 1, 'num_connections is not there');
        that(await trial.metric('deskhand_slack_last_event_ms') > from, 'no time of the last event');
        const note = async () => (await (await fetch(`${trial.desk.url}/healthz`)).json()).surfaces.find((one) => one.name === 'slack')?.note ?? '';
        for (const end = Date.now() + 15000; !/was lost: ./.test(await note()); await pause(100)) that(Date.now() < end, `the note is "${await note()}"`);
    }],
    ['a handshake that is refused', (trial) => lost(trial, () => {
        trial.slack.fault({ method: 'link', kind: 'status', status: 409 });
        trial.slack.resetSocket({});
    })],
    ['Socket Mode is switched off: the operator is told', async (trial) => {
        await begin(trial);
        trial.slack.disconnect({ reason: 'link_disabled' });
        await trial.healthSays(/Socket Mode/i);
        that(trial.slack.sockets.open().length === 0, 'it dials at once again');
    }],
    ['too many sockets: it waits', async (trial) => {
        await begin(trial);
        const before = trial.slack.sockets.all.length;
        trial.slack.disconnect({ reason: 'too_many_websockets' });
        await trial.healthSays(/connection|socket/i);
        that(trial.slack.sockets.all.length === before, 'it dials at once again');
    }],
    ['an event that is sent again and again changes the desk once', async (trial) => {
        const ticket = await begin(trial);
        const [card] = trial.cards(ticket);
        for (let n = 0; n < 5; n++) {
            process.kill(trial.desk.pid, 'SIGSTOP');     // it hears everything at once, later
            const { envelope } = trial.slack.post({ user: 'omar', channel: card.channel, thread_ts: card.ts, text: `again ${n}` });
            await trial.wait(() => envelope.deliveries.length === 3, 5000, 'three deliveries');
            process.kill(trial.desk.pid, 'SIGCONT');
            that(await envelope.done, 'it was not acknowledged');
            that(envelope.deliveries.every((one, i) => one.attempt === i), 'the attempts do not rise');
            trial.slack.repeat({ same_envelope: n % 2 === 0 });
        }
        const { envelope } = trial.slack.repeat({});
        that(await envelope.done, 'the repeated event was not acknowledged');
        for (let n = 0; n < 5; n++) that(await notes(trial, ticket, `again ${n}`) === 1, `"again ${n}" is there ${await notes(trial, ticket, `again ${n}`)} times`);
    }, { slack: { ackMs: 200, redeliverMs: [50, 50, 500] } }],
    ['the same message under another event_id changes the desk once', async (trial) => {
        const ticket = await begin(trial);
        const envelope = await note(trial, ticket, 'said once');
        for (let n = 0; n < 3; n++) {
            const other = trial.slack.event({ event: structuredClone(envelope.payload.event) }).envelope;
            that(other.payload.event_id !== envelope.payload.event_id, 'the event_id is the same');
            that(await other.done, 'it was not acknowledged');
        }
        that(await notes(trial, ticket, 'said once') === 1, 'the note is there more than once');
    }],
    ['SIGTERM: what is there is acknowledged, the socket is closed cleanly, within 5 s', async (trial) => {
        const ticket = await begin(trial);
        const [card] = trial.cards(ticket), [socket] = trial.slack.sockets.ready();
        const clicks = Array.from({ length: 10 }, (_, n) => trial.slack.post({ user: 'omar', channel: card.channel, thread_ts: card.ts, text: `last words ${n}` }));
        await clicks[0].envelope.done;
        const from = performance.now();
        const how = await trial.desk.stop();
        const took = performance.now() - from;
        that(how.code === 0, `it ended with ${JSON.stringify(how)}`);
        that(took < 5000, `it took ${took.toFixed(0)} ms`);
        await trial.wait(() => socket.closed_at !== null, 1000, 'the socket is closed');
        that(socket.code === 1000 || socket.code === 1001, `the socket was closed with ${socket.code}`);
        const acked = clicks.filter(({ envelope }) => envelope.acked_at !== null);
        await trial.desk.start();
        for (const click of clicks) that(await click.envelope.done, 'an event was lost');
        for (let n = 0; n < 10; n++) that(await notes(trial, ticket, `last words ${n}`) === 1, `"last words ${n}" is not there once (${acked.length} were acknowledged before the end)`);
    }, { slack: { ackMs: 1000, redeliverMs: [500, 500, 1000] } }],
    ['SIGTERM while the Web API hangs: within 5 s', async (trial) => {
        const ticket = await begin(trial);
        trial.slack.fault({ method: '*', kind: 'hang', count: -1 });
        const before = trial.slack.calls('chat.*').length;
        await trial.say(ticket, 'said into the silence');
        await trial.wait(() => trial.slack.calls('chat.*').length > before, 5000, 'a call that hangs');
        const from = performance.now(), how = await trial.desk.stop();
        that(how.code === 0 && performance.now() - from < 5000, `${JSON.stringify(how)} after ${(performance.now() - from).toFixed(0)} ms`);
        trial.slack.clearFaults();
        await trial.desk.start();
        await trial.settle(30000);
        that(!trial.check().length, trial.check().join('; '));
    }],
    ['Slack is down at the start, and comes', async (trial) => {
        const ticket = await trial.open('nobody in Slack sees this yet');
        await trial.healthSays(/no connection/i);
        await trial.arrive();
        await trial.wait(() => trial.slack.sockets.ready().length, 15000, 'a socket');
        await trial.settle(40000);
        await note(trial, ticket, 'all is well');
        that(!trial.check().length, trial.check().join('; '));
    }, { late: true }],
    ['two desks with one token: both are told', async (trial) => {
        await begin(trial);
        const second = new Desk({ bin: trial.desk.bin, env: trial.slack.environment() });
        await second.start();
        try {
            await trial.wait(() => trial.slack.sockets.ready().length === 2, 10000, 'the second desk');
            trial.slack.disconnect({ socket: 'oldest', reason: 'refresh_requested', close_after_ms: 500 });
            await trial.healthSays(/connections/i, 100000);
        } finally {
            await second.remove();
        }
    }, { slow: true }],
    ['half open: found within 60 s', (trial) => lost(trial, () => trial.slack.halfOpen({}), 60000), { slow: true }],
    ['mute pings and pongs: found within 60 s', (trial) => lost(trial, () => trial.slack.mute({ all: true }), 60000), { slow: true }],
];

async function one([name, run, options]) {
    let trial, wrong = [];
    const from = performance.now();
    try {
        trial = await Trial.start(options);
        await run(trial);
        for (const { text } of trial.slack.problems()) wrong.push(`protocol: ${text}`);
    } catch (error) {
        wrong = [process.env.TRACE ? error.stack : error.message];
    }
    wrong.push(...(await trial?.stop() ?? []));
    const took = ((performance.now() - from) / 1000).toFixed(1);
    console.log(wrong.length ? `not ok ${name} (${took} s): ${wrong.join('; ')}` : `ok ${name} (${took} s)`);
    return wrong.length === 0;
}

export async function run({ all = false, only = '' } = {}) {
    const waiting = cases.filter(([name, , options]) => name.includes(only) && (all || only || !options?.slow));
    let passed = 0, failed = 0;
    const worker = async () => {
        while (waiting.length) {
            if (await one(waiting.pop())) passed++;
            else failed++;
        }
    };
    await Promise.all(Array.from({ length: Number(process.env.AT_ONCE ?? 6) }, worker));
    return { passed, failed };
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
    const words = process.argv.slice(2);
    const { passed, failed } = await run({ all: words.includes('--all'), only: words.filter((w) => w !== '--all').join(' ') });
    console.log(`${passed} passed, ${failed} failed`);
    process.exit(failed || !passed ? 1 : 0);
}
