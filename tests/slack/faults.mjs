#!/usr/bin/env node
// faults.mjs - Slack at its worst, with the whole desk: every way a call can fail, once, now and then, and
// always for a while. In the end each card equals its ticket, nothing stands twice, nothing is lost that is
// not listed as undelivered, and the order of every thread is kept.
// usage: faults.mjs [--all] [words of a case's name]      AT_ONCE: how many desks at a time (8)
import { Trial } from './trial.mjs';
import { that } from '../conformance/checks.mjs';

const POSTS = ['chat.postMessage', 'chat.update'];
const TRIAGE = 'CTRIAGE000';

// ---- the story that every case tells ----

// One ticket that Slack shows, then a fault, and then everything that makes posts and updates.
async function begin(trial, text = 'I need a person') {
    const ticket = await trial.open(text);
    await trial.settle();
    return ticket;
}

async function work(trial, ticket) {
    const card = trial.cards(ticket)[0];
    await trial.say(ticket, 'first line behind the fault');
    const click = trial.slack.click({ user: 'omar', channel: card.channel, ts: card.ts, action: 'dh.claim' });
    const ack = await click.envelope.done;
    that(ack && ack.delay_ms < 1000, `the click was acknowledged after ${ack?.delay_ms} ms`);
    await trial.say(ticket, 'second line behind the fault');
    const other = await trial.open('another ticket meanwhile');
    const inbox = await trial.inbox();
    const did = await inbox.act('reply', other.id, { text: 'an answer from the inbox' });
    that(did.ok, `the inbox says ${JSON.stringify(did)}`);
    other.lines.push('an answer from the inbox');
    await trial.say(other, 'and thanks');
    return other;
}

const faulted = (trial) => trial.slack.log.of('call').filter((call) => call.fault).length;

// how: once for posts and once for updates, every second call, or all of them until three were hit.
const HOW = {
    one: { count: 1 },
    some: { count: 4, every: 2 },
    all: { count: -1 },
};

// half: each hit costs half a minute, as the protocol wants it.
async function broken(trial, fault, how, { half }) {
    const ticket = await begin(trial), count = half && how === 'some' ? 2 : HOW[how].count;
    for (const method of POSTS) trial.slack.fault({ method, ...HOW[how], count, ...fault });
    await work(trial, ticket);
    if (how === 'all') {
        await trial.wait(() => faulted(trial) >= (half ? 1 : 3), 45000, 'calls that fail');
        trial.slack.clearFaults();
    }
    await trial.settle(half ? 200000 : 60000);
    that(faulted(trial), 'nothing ever failed');
    return trial.check();
}

const table = [
    ['429 with Retry-After', { kind: 'status', status: 429, retry_after: 1 }],
    ['429 without Retry-After', { kind: 'status', status: 429 }, { slow: true, half: true }],
    ['500', { kind: 'status', status: 500 }],
    ['503 as a page', { kind: 'html' }],
    ['a hang', { kind: 'hang' }, { slow: true }],
    ['a reset', { kind: 'reset' }],
    ['a cut', { kind: 'cut' }],
    ['half an answer, then a cut', { kind: 'cut_body' }],
    ['half an answer, then silence', { kind: 'hang_body' }, { slow: true }],
    ['garbage', { kind: 'garbage' }],
    ['an empty 200', { kind: 'empty' }],
    ['32 MiB', { kind: 'huge' }],
    ['a redirect', { kind: 'redirect' }],
    ['internal_error', { kind: 'error', error: 'internal_error' }],
    ['ratelimited as an error code', { kind: 'error', error: 'ratelimited' }, { slow: true, half: true }],
    ['did it, said 502', { kind: 'did_502' }],
    ['did it, said internal_error', { kind: 'did_error', error: 'internal_error' }],
    ['did it, then a cut', { kind: 'did_cut' }],
    ['did it, then a reset', { kind: 'did_reset' }],
    ['did it, then silence', { kind: 'did_hang' }, { slow: true }],
];

// ---- what Slack refuses for good, and the ways on ----

async function reduced(trial, error) {
    const ticket = await begin(trial);
    for (const method of POSTS) trial.slack.fault({ method, kind: 'error', error, count: 2, every: 2 });
    await work(trial, ticket);
    await trial.settle(20000);
    return trial.check({ loss: true });
}

// A final refusal: listed, counted, and delivered when a person says so.
async function given_up(trial, error, extra) {
    const ticket = await begin(trial);
    trial.slack.fault({ method: 'chat.postMessage', kind: 'error', error, count: 1, extra });
    await trial.say(ticket, 'the line that Slack does not want');
    await trial.wait(() => faulted(trial) === 1, 5000, 'the refusal');
    await trial.say(ticket, 'the next line');
    await trial.settle();
    const listed = await trial.undelivered();
    that(listed.length === 1 && JSON.stringify(listed).includes(error), `undelivered are ${JSON.stringify(listed)}`);
    that(await trial.metric('deskhand_dead_letters') === 1, 'the metric does not count it');
    that((await trial.shown(ticket)).undelivered === 1, 'the ticket does not say it');
    await trial.run('effects', 'retry', String(listed[0].id));
    ticket.lines = ['I need a person', 'the next line', 'the line that Slack does not want'];
    await trial.settle();
    that((await trial.undelivered()).length === 0, 'it is still listed');
    return trial.check();
}

// The channel goes; the one for everything takes over.
async function moved(trial, lose, cards = 2) {
    await trial.run('route', 'set', 'slack:CTRIAGE000', '--client', 'demo');
    await trial.run('route', 'set', `slack:${trial.slack.workspace.channel('escalation').id}`);
    const ticket = await begin(trial);
    lose(trial);
    await work(trial, ticket).catch((error) => { if (!/archived|not in|no such/i.test(String(error))) throw error; });
    await trial.settle(20000);
    const newest = trial.cards(ticket).at(-1);
    that(newest.channel !== TRIAGE, `the card stands in ${newest.channel}`);
    return trial.check({ cards, loss: true });
}

// A person is told something in a direct message, and the answer to its post is lost.
async function told_once(trial, fault) {
    const ticket = await begin(trial), { workspace } = trial.slack;
    const direct = workspace.direct('lena').id;
    await trial.slack.slash({ user: 'lena', channel: 'triage', command: '/ticket', text: 'help' }).envelope.done;
    const list = JSON.parse(await trial.run('technician', 'list', '--json')), inbox = await trial.inbox();
    const give = async (name) => that((await inbox.act('transfer', ticket.id, { technician: list.find((one) => one.email.startsWith(name)).id })).ok, 'no transfer');
    const told = () => trial.slack.messages(direct).filter((m) => m.user === workspace.bot.id && /transferred/.test(m.text));
    trial.slack.fault({ method: 'chat.postMessage', count: 1, where: { channel: direct }, ...fault });
    await give('lena');
    await trial.wait(() => trial.slack.calls('conversations.history').some((call) => call.args.channel === direct), 20000, 'a look at what stands there');
    await give('omar');
    await give('lena');
    await trial.wait(() => told().length >= 2, 30000, 'the alert behind it');
    that(told().length === 2, `lena is told ${told().length} times`);
    await trial.settle(60000);
    return trial.check();
}

const ways = [
    ['a direct message: did it, said 502', (trial) => told_once(trial, { kind: 'did_502' }), { quick: true }],
    ['a direct message: did it, then a cut', (trial) => told_once(trial, { kind: 'did_cut' }), { quick: true }],
    ['a direct message: did it, then silence', (trial) => told_once(trial, { kind: 'did_hang' }), { slow: true }],
    ['a direct message: 503', (trial) => told_once(trial, { kind: 'status', status: 503 })],
    ['invalid_blocks', (trial) => reduced(trial, 'invalid_blocks'), { quick: true }],
    ['msg_blocks_too_long', (trial) => reduced(trial, 'msg_blocks_too_long')],
    ['an unknown code', (trial) => given_up(trial, 'brand_new_error'), { quick: true }],
    ['ekm_access_denied', (trial) => given_up(trial, 'ekm_access_denied')],
    ['missing_scope', async (trial) => {
        const wrong = await given_up(trial, 'missing_scope', { needed: 'chat:write', provided: 'im:read' });
        await trial.healthSays(/chat:write/);
        return wrong;
    }, { quick: true }],
    ['the channel is archived', (trial) => moved(trial, () => trial.slack.archive({ channel: 'triage' })), { quick: true }],
    ['channel_not_found', (trial) => moved(trial, () => trial.slack.fault({ method: 'chat.*', kind: 'error', error: 'channel_not_found', count: -1, where: { channel: TRIAGE } }))],
    ['is_archived', (trial) => moved(trial, () => trial.slack.fault({ method: 'chat.*', kind: 'error', error: 'is_archived', count: -1, where: { channel: TRIAGE } }))],
    ['the app was removed from a private channel', async (trial) => {
        const bot = trial.slack.workspace.bot.id, secret = trial.slack.workspace.channel('secret');
        trial.slack.invite({ user: bot, channel: 'secret' });
        await trial.run('route', 'set', `slack:${secret.id}`, '--client', 'demo');
        const ticket = await begin(trial);
        trial.slack.kick({ user: bot, channel: 'secret' });
        await trial.say(ticket, 'where does this go');
        await trial.settle(20000);
        return trial.check({ cards: 2, loss: true });
    }],
    ['no channel is left: everything is listed', async (trial) => {
        const ticket = await begin(trial);
        trial.slack.fault({ method: 'chat.*', kind: 'error', error: 'channel_not_found', count: -1 });
        await trial.say(ticket, 'nobody can see this');
        await trial.wait(() => faulted(trial), 5000, 'the refusal');
        await trial.inbox();                    // a round trip behind the answer
        const listed = await trial.undelivered();
        that(listed.length >= 1, 'nothing is listed');
        that(await trial.metric('deskhand_dead_letters') === listed.length, 'the metric differs from the list');
        return [];
    }],
    ['not_in_channel: the app joins', async (trial) => {
        const ticket = await begin(trial);
        trial.slack.workspace.channel('triage').members.delete(trial.slack.workspace.bot.id);
        await trial.say(ticket, 'said while the app was out');
        await trial.settle();
        that(trial.slack.calls('conversations.join').length === 1, 'it did not join once');
        return trial.check();
    }, { quick: true }],
    ['the card was deleted: a new one', async (trial) => {
        const ticket = await begin(trial);
        trial.slack.remove({ channel: TRIAGE, ts: trial.cards(ticket)[0].ts });
        that((await (await trial.inbox()).act('claim', ticket.id)).ok, 'no claim');
        await trial.settle();
        return trial.check();
    }, { quick: true }],
    ['the thread is gone: its lines follow the new card', async (trial) => {
        const ticket = await begin(trial);
        trial.slack.remove({ channel: TRIAGE, ts: trial.cards(ticket)[0].ts });
        await trial.say(ticket, 'a line for a thread that is gone');
        await trial.say(ticket, 'and another');
        await trial.settle();
        return trial.check();
    }, { quick: true }],
    ['thread_not_found: a new card and its thread', async (trial) => {
        const ticket = await begin(trial);
        trial.slack.fault({ method: 'chat.postMessage', kind: 'error', error: 'thread_not_found', where: { thread_ts: trial.cards(ticket)[0].ts } });
        await trial.say(ticket, 'a line for a thread that is not there');
        await trial.say(ticket, 'and one more');
        await trial.settle();
        return trial.check({ cards: 2 });
    }, { quick: true }],
    ['a new card whose post is unclear stands once', async (trial) => {
        const ticket = await begin(trial);
        trial.slack.remove({ channel: TRIAGE, ts: trial.cards(ticket)[0].ts });
        trial.slack.fault({ method: 'chat.postMessage', kind: 'did_502', count: 2 });
        that((await (await trial.inbox()).act('claim', ticket.id)).ok, 'no claim');
        await trial.say(ticket, 'a line behind it');
        await trial.settle(30000);
        return trial.check();
    }, { quick: true }],
    ['a card found again is brought up to date', async (trial) => {
        trial.slack.fault({ method: 'chat.postMessage', kind: 'did_502', count: 1 });
        const ticket = await trial.open('posted, but nobody knows');
        await trial.wait(() => faulted(trial), 5000, 'the fault');
        that((await (await trial.inbox()).act('priority', ticket.id, { priority: 1 })).ok, 'no priority');
        await trial.settle(20000);
        return trial.check();
    }, { quick: true }],
    ['cant_update_message: a new one', async (trial) => {
        const ticket = await begin(trial);
        trial.slack.fault({ method: 'chat.update', kind: 'error', error: 'cant_update_message', count: 1 });
        await trial.say(ticket, 'a line');
        await trial.settle();
        return trial.check({ cards: 2, loss: true });
    }],
    ['the edit window is closed: lines say it', async (trial) => {
        const ticket = await begin(trial);
        trial.slack.fault({ method: 'chat.update', kind: 'error', error: 'edit_window_closed', count: -1 });
        that((await (await trial.inbox()).act('claim', ticket.id)).ok, 'no claim');
        await trial.wait(() => trial.threadOf(trial.cards(ticket)[0]).some((m) => /sara/i.test(m.text)), 8000, 'a line that says who has it');
        await trial.wait(() => trial.threadOf(trial.cards(ticket)[0]).some((m) => /cannot be changed any more/.test(m.text)), 8000, 'a line that says so');
        that((await trial.undelivered()).length === 0, 'it is listed as undelivered');
        const updates = () => trial.slack.calls('chat.update').length, before = updates();
        that((await (await trial.inbox()).act('priority', ticket.id, { priority: 1 })).ok, 'no priority');
        await trial.wait(() => trial.threadOf(trial.cards(ticket)[0]).some((m) => /changed the priority/.test(m.text)), 8000, 'a line about the priority');
        that(updates() === before, 'the card was tried again');
        return [];
    }, { quick: true }],
    ['a revoked token keeps everything until it works again', async (trial) => {
        const ticket = await begin(trial);
        trial.slack.revoke({ token: 'bot', tell: true });
        for (let i = 0; i < 3; i++) await trial.say(ticket, `kept ${i}`);
        await trial.wait(() => trial.slack.calls('*').some((call) => call.error === 'token_revoked'), 5000, 'a refused call');
        await trial.healthSays(/token/);
        const before = trial.slack.calls('*').length;
        trial.slack.restore({ token: 'bot' });
        trial.slack.event({ event: { type: 'tokens_revoked', tokens: { bot: [] } } });
        await trial.settle(40000);
        that(trial.slack.calls('*').slice(0, before).filter((call) => call.error).length < 10, 'it hammers');
        return trial.check();
    }, { slow: true }],
    ['kill -9 between posted and noted', async (trial) => {
        const ticket = await begin(trial);
        for (let round = 0; round < 3; round++) {
            trial.slack.fault({ method: 'chat.postMessage', kind: 'did_hang', count: 1 });
            await trial.say(ticket, `said before the end ${round}`);
            await trial.wait(() => trial.slack.calls('chat.postMessage').some((call) => call.fault && call.performed && !call.seen && (call.seen = true)), 5000, 'a post that nobody noted');
            await trial.desk.stop('SIGKILL');
            await trial.desk.start();
            ticket.sock = await trial.client.hello({ tok: ticket.sock.tok });
        }
        await trial.settle(30000);
        return trial.check();
    }, { quick: true }],
    ['kill -9 while a card is posted', async (trial) => {
        await begin(trial);
        trial.slack.fault({ method: 'chat.postMessage', kind: 'delay', ms: 60000, before: false, count: 1 });
        const ticket = await trial.open('a card that is posted while the desk dies');
        await trial.wait(() => trial.slack.calls('chat.postMessage').some((call) => call.fault && call.performed), 5000, 'a post that nobody noted');
        await trial.desk.stop('SIGKILL');
        await trial.desk.start();
        await trial.settle(30000, [ticket]);
        return trial.check();
    }, { quick: true }],
    ['memory stays flat under huge answers', async (trial) => {
        const ticket = await begin(trial);
        const inbox = await trial.inbox();
        trial.slack.fault({ method: 'chat.update', kind: 'huge', count: 8 });
        const before = trial.rss();
        for (let i = 0; i < 8; i++) {
            await inbox.act('priority', ticket.id, { priority: 1 + i % 4 });
            const hits = i + 1;
            await trial.wait(() => faulted(trial) >= Math.min(hits, 3), 20000, 'a huge answer');
        }
        const grown = (trial.rss() - before) / 1048576;
        that(grown < 24, `it grew by ${grown.toFixed(1)} MiB`);
        trial.slack.clearFaults();
        await trial.settle(60000);
        return trial.check();
    }],
];

// ---- running them ----

const quickOnes = new Set(['429 with Retry-After/all', '500/some', '503 as a page/all', 'a reset/all', 'half an answer, then a cut/all', 'garbage/one',
    'an empty 200/some', '32 MiB/one', 'a redirect/one', 'did it, said 502/all', 'did it, then a cut/some', 'did it, said internal_error/one']);

export function cases(all) {
    const list = table.flatMap(([name, fault, { slow, half } = {}]) => Object.keys(HOW).map((how) => ({
        name: `${name}/${how}`, slow, run: (trial) => broken(trial, fault, how, { half }),
    })));
    const rest = ways.map(([name, run, { slow, quick } = {}]) => ({ name, run, slow, quick }));
    return [...list, ...rest].filter(({ name, quick }) => all || quick || quickOnes.has(name));
}

async function one({ name, run }) {
    let trial, wrong = [];
    const from = performance.now();
    try {
        trial = await Trial.start();
        wrong = await run(trial);
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
    const waiting = cases(all || Boolean(only)).filter(({ name }) => name.includes(only)).sort((a, b) => Number(b.slow ?? 0) - Number(a.slow ?? 0));
    let passed = 0, failed = 0;
    const worker = async () => {
        while (waiting.length) {
            if (await one(waiting.shift())) passed++;
            else failed++;
        }
    };
    await Promise.all(Array.from({ length: Number(process.env.AT_ONCE ?? 8) }, worker));
    return { passed, failed };
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
    const words = process.argv.slice(2);
    const { passed, failed } = await run({ all: words.includes('--all'), only: words.filter((w) => w !== '--all').join(' ') });
    console.log(`${passed} passed, ${failed} failed`);
    process.exit(failed || !passed ? 1 : 0);
}
