#!/usr/bin/env node
// faults.mjs - Teams at its worst, with the whole desk: every way a call can fail, once, now and then, and always
// for a while. In the end each card equals its ticket, every thread keeps its order, nothing stands there more
// often than the protocol allows and the metric counts, and nothing is lost that is not listed as undelivered.
// usage: faults.mjs [--all] [words of a case's name]     FAULTS=all is --all; AT_ONCE: how many desks at a time (8)
import { tell, that } from './trial.mjs';

const POSTS = ['create', 'send', 'update'];
const IS_DOUBLE = true;                 // the protocol allows a second post for this one

// ---- what stands in Teams, and what must ----

const inChannel = (trial) => trial.teams.world.shown(trial.channel.id).filter((m) => m.from === 'bot');
const linesOf = (trial, line) => inChannel(trial).filter((m) => m.id !== m.root && trial.words(m).includes(line));
const versionOf = (trial, card) => Number(/"_d":\{"a":"\w+","t":\d+,"v":(\d+)/.exec(JSON.stringify(trial.teams.world.card(card)))?.[1]);
const faulted = (trial) => trial.calls().filter((e) => e.fault).length;

function problemOf(trial, ticket) {
    const card = trial.cards(ticket).at(-1), missing = ticket.lines.filter((line) => !linesOf(trial, line).length);
    if (!card) return `ticket ${ticket.id} has no card`;
    if (versionOf(trial, card) !== ticket.version) return `ticket ${ticket.id} is at ${ticket.version}, its card at ${versionOf(trial, card)}`;
    return missing.length ? `the thread of ${ticket.id} lacks ${missing}` : '';
}

// Until every card shows its ticket's version and every line stands there.
async function settle(trial, ms = 60000) {
    for (const ticket of trial.tickets) {
        ticket.version = (await trial.shown(ticket)).version;
        await trial.wait(() => !problemOf(trial, ticket), 'the end', ms).catch(async () => {
            throw new Error(`${problemOf(trial, ticket)}; undelivered: ${JSON.stringify(await trial.undelivered())}`);
        });
    }
}

// What was given up is listed, counted, and arrives when a person says so; its place in the order is gone.
async function deliverListed(trial) {
    const listed = await trial.undelivered();
    that(await trial.metric('dead_letters') === listed.length, `the metric differs from the list of ${listed.length}`);
    for (const { id } of listed) await trial.run('effects', 'retry', String(id));
    return listed;
}

async function check(trial, { listed = [], doubles = IS_DOUBLE } = {}) {
    let twice = 0;
    for (const ticket of trial.tickets) {
        const places = ticket.lines.map((line) => linesOf(trial, line)), all = inChannel(trial);
        twice += trial.cards(ticket).length - 1 + places.reduce((sum, found) => sum + found.length - 1, 0);
        const order = places.map(([first]) => all.indexOf(first));
        const kept = order.every((at, i) => i === 0 || at > order[i - 1]);
        that(kept || listed.some((one) => one.ticket === ticket.id), `the order in the thread of ${ticket.id} is ${order}`);
    }
    const counted = await trial.metric('teams_possible_doubles_total');
    that(twice <= counted, `${twice} stand there twice, ${counted} are counted`);
    that(doubles || counted === 0, `${counted} posts were repeated`);
    that((await trial.undelivered()).length === 0, 'something is still listed as undelivered');
}

// ---- the story that every case tells ----

async function open(trial, text) {
    const ticket = Object.assign(await trial.open(text), { lines: [text] });
    trial.tickets.push(ticket);
    return ticket;
}

async function say(trial, ticket, text) {
    await trial.says(ticket, text);
    ticket.lines.push(text);
}

async function claim(trial, ticket) {
    const { answer } = await trial.teams.people.click({ message: trial.cards(ticket)[0], user: 'Sam Roe', action: 'claim' });
    that(answer.status === 200, `the click was answered with ${answer.status} ${answer.text}`);
    that(answer.ms < 1000 * Number(process.env.PATIENCE ?? 1), `the click was answered after ${answer.ms} ms`);
}

// Two tickets that Teams shows, and Sam, whom the desk knows.
async function begin(trial) {
    trial.tickets = [];
    await trial.run('client', 'set', 'demo', '--triage', 'off');
    const ticket = await open(trial, 'the first ticket'), other = await open(trial, 'the ticket of Sam');
    await settle(trial);
    await claim(trial, other);
    await settle(trial);
    await trial.wait(() => trial.thread({ card: trial.cards(other)[0] }).length === 2, 'the line that says who has it');
    return ticket;
}

// Everything that makes posts and updates.
async function work(trial, ticket) {
    await say(trial, ticket, 'first line behind the fault');
    await claim(trial, ticket);
    await say(trial, ticket, 'second line behind the fault');
    const fresh = await open(trial, 'another ticket meanwhile'), inbox = await trial.inbox();
    const did = await inbox.act('reply', fresh, { text: 'an answer from the inbox' });
    that(did.ok, `the inbox says ${JSON.stringify(did)}`);
    fresh.lines.push('an answer from the inbox');
    await say(trial, fresh, 'and thanks');
}

// once: the first call of each kind. some: every second one, twice. all: everything, until three were hit.
const HOW = {
    one(trial, fault) { for (const op of POSTS) trial.teams.faults.add({ op, ...fault }); },
    some(trial, fault) {
        for (const op of POSTS) for (const skip of [0, 1]) trial.teams.faults.add({ op, skip, ...fault });
    },
    all(trial, fault) { trial.teams.faults.add({ op: '*', times: null, ...fault }); },
};

async function broken(trial, fault, how, doubles) {
    const ticket = await begin(trial);
    HOW[how](trial, fault);
    await work(trial, ticket);
    if (how === 'all') await trial.wait(() => faulted(trial) >= 3, 'three calls that fail', 90000);
    if (how === 'all') trial.teams.faults.clear();
    const isOver = () => trial.teams.log.filter((e) => e.kind === 'connector' && !e.fault).length;
    await trial.wait(isOver, 'a call that works');
    await settle(trial, 100000).catch(() => {});
    const listed = await deliverListed(trial);
    await settle(trial, 60000);
    that(faulted(trial), 'nothing ever failed');
    await check(trial, { listed, doubles });
}

const never = !IS_DOUBLE, perhaps = IS_DOUBLE;
const status = (code, more = {}) => ({ kind: 'status', status: code, ...more });
const table = [
    ['429 with Retry-After', status(429, { retryAfter: 1 }), never],
    ['429 without Retry-After', status(429), never],
    ['412', status(412), never],
    ['500', status(500), perhaps],
    ['502 as a page', status(502, { html: true }), perhaps],
    ['503', status(503), perhaps],
    ['504', status(504), perhaps],
    ['delivered and 502', status(502, { after: true }), perhaps],
    ['delivered, then cut', { kind: 'cut' }, perhaps],
    ['delivered, then reset', { kind: 'rst', after: true }, perhaps],
    ['delivered, then silence', { kind: 'hang', after: true }, perhaps],
    ['a hang', { kind: 'hang' }, perhaps],
    ['a reset', { kind: 'rst' }, perhaps],
    ['garbage', { kind: 'garbage' }, perhaps],
    ['an empty 200', { kind: 'empty', status: 200 }, perhaps],
    ['an empty 201', { kind: 'empty', status: 201 }, perhaps],
    ['8 MiB', { kind: 'huge' }, perhaps],
    ['a redirect', { kind: 'redirect' }, never],
];

// ---- what Teams refuses for good, and the ways on ----

// Listed at once and not tried again; the thread goes on, and a person can send it.
async function given_up(trial, fault, word) {
    const ticket = await begin(trial);
    trial.teams.faults.add({ op: 'send', ...fault });
    await say(trial, ticket, 'the line that Teams does not want');
    await trial.wait(() => faulted(trial) === 1, 'the refusal');
    await say(trial, ticket, 'the next line');
    await trial.line({ card: trial.cards(ticket)[0] }, /the next line/);
    const listed = await trial.undelivered();
    that(listed.length === 1 && JSON.stringify(listed).includes(word), `undelivered are ${JSON.stringify(listed)}`);
    that(!linesOf(trial, 'does not want').length, 'it stands there');
    await check(trial, { listed: await deliverListed(trial).then(async (all) => { await settle(trial); return all; }), doubles: never });
}

// Nothing can be called before there is a token, so nothing is ever unclear.
async function tokenless(trial, faults, how) {
    const ticket = await begin(trial), { login } = trial.teams, before = login.counts.token;
    for (const fault of faults) trial.teams.faults.add({ op: 'token', times: how === 'all' ? null : 1, ...fault });
    login.forget();
    await work(trial, ticket);
    await trial.wait(() => login.counts.token - before >= faults.length, 'token requests', 60000);
    trial.teams.faults.clear();
    await settle(trial, 60000);
    that(login.counts.token - before <= faults.length + 4, `${login.counts.token - before} token requests`);
    await check(trial, { doubles: never });
}

async function killed(trial, op, act) {
    const ticket = await begin(trial);
    trial.teams.faults.add({ op, kind: 'hang', after: true });
    const before = trial.calls().length;
    await act(trial, ticket);
    await trial.wait((e) => e.op === op && e.done && e.fault && trial.calls().length > before, 'a call that nobody noted');
    await trial.desk.stop('SIGKILL');
    await trial.desk.start();
    for (const one of trial.tickets) one.sock = await trial.client.hello({ tok: one.sock.tok });
    await say(trial, ticket, 'said after the end');
    await settle(trial, 90000);
    return trial.metric('teams_possible_doubles_total');
}

const ways = [
    ...['BotDisabledByAdmin', 'ConversationBlockedByUser', 'NotEnoughPermissions'].map((code) => [
        `403 ${code}`, (trial) => given_up(trial, status(403, { code }), code)]),
    ['403 with subCode MessageWritesBlocked', (trial) => given_up(trial, status(403, { code: 'Forbidden', subCode: 'MessageWritesBlocked' }), 'MessageWritesBlocked')],
    ['403 of a kind that is new', (trial) => given_up(trial, status(403, { code: 'BrandNew' }), 'BrandNew'), { quick: true }],
    ['400 BadSyntax', (trial) => given_up(trial, status(400, { code: 'BadSyntax' }), 'BadSyntax')],
    ['403 InvalidBotApiHost is tried again', (trial) => broken(trial, status(403, { code: 'InvalidBotApiHost' }), 'one', never)],
    ['404 for an update: a new card', async (trial) => {
        const ticket = await begin(trial);
        trial.teams.faults.add({ op: 'update', ...status(404, { code: 'ActivityNotFoundInConversation' }) });
        await claim(trial, ticket);
        await say(trial, ticket, 'said behind the new card');
        await settle(trial);
        that(trial.cards(ticket).length === 2, `${trial.cards(ticket).length} cards`);
        that((await trial.undelivered()).length === 0, 'something is undelivered');
    }, { quick: true }],
    ['404 for a thread: a new card, and its lines follow', async (trial) => {
        const ticket = await begin(trial);
        trial.teams.faults.add({ op: 'send', ...status(404, { code: 'ConversationNotFound' }) });
        await say(trial, ticket, 'a line for a thread that is not there');
        await say(trial, ticket, 'and one more');
        await settle(trial);
        that(trial.cards(ticket).length === 2, `${trial.cards(ticket).length} cards`);
    }, { quick: true }],
    ['401 once: a new token, and on', (trial) => broken(trial, status(401, { code: 'BotNotRegistered' }), 'one', never)],
    ['the token endpoint fails once', (trial) => tokenless(trial, [status(503)], 'one'), { quick: true }],
    ['the token endpoint fails in every way', (trial) => tokenless(trial, [status(500), { kind: 'rst' }, { kind: 'garbage' }, { kind: 'hang' }], 'some')],
    ['the token endpoint fails for a while', (trial) => tokenless(trial, [status(503)], 'all')],
    ['kill -9 between a line and its note: once more, and counted', async (trial) => {
        const counted = await killed(trial, 'send', (_, ticket) => say(trial, ticket, 'said before the end'));
        that(linesOf(trial, 'said before the end').length === 2 && counted === 1, `${linesOf(trial, 'said before the end').length} lines, ${counted} counted`);
        await check(trial);
    }, { quick: true }],
    ['kill -9 between a card and its note: once more, and counted', async (trial) => {
        const counted = await killed(trial, 'create', () => open(trial, 'a card for the end'));
        that(trial.cards(trial.tickets.at(-1)).length === 2 && counted === 1, `${trial.cards(trial.tickets.at(-1)).length} cards, ${counted} counted`);
        await check(trial);
    }],
    ['kill -9 between an update and its note: nothing stands twice', async (trial) => {
        await killed(trial, 'update', (_, ticket) => claim(trial, ticket));
        await check(trial, { doubles: never });
    }, { quick: true }],
    ['a post that may have arrived holds up its own ticket only', async (trial) => {
        const ticket = await begin(trial), other = trial.tickets[1];
        trial.teams.faults.add({ op: 'send', ...status(502, { after: true }) });
        await say(trial, ticket, 'said and perhaps lost');
        await trial.wait((e) => e.op === 'send' && e.done && e.fault, 'the post that failed');
        await say(trial, other, 'said in another ticket');
        await trial.wait(() => linesOf(trial, 'said in another ticket').length, 'the line of another ticket');
        that(await trial.metric('teams_possible_doubles_total') === 0, 'the post was repeated before the other line');
        await settle(trial);
    }, { quick: true }],
    ['three times kill -9 in one thread', async (trial) => {
        for (let round = 0; round < 3; round++) {
            const counted = await killed(trial, 'send', (_, ticket) => say(trial, ticket, `said before the end ${round}`));
            that(counted === 1, `${counted} counted`);
        }
    }],
];

// ---- running them ----

const words = process.argv.slice(2), rest = words.filter((word) => word !== '--all');
const all = words.length > rest.length || process.env.FAULTS === 'all' || rest.length > 0;
const QUICK = new Set(['429 with Retry-After/all', '412/some', 'a redirect/some', '412/all']);
const SLOW = 301, OTHERS = 300;         // seconds at most; what waits half a minute begins first
const cases = table.flatMap(([name, fault, doubles]) => Object.keys(HOW).map((how) => [
    `${name}/${how}`, (trial) => broken(trial, fault, how, doubles), { quick: QUICK.has(`${name}/${how}`) },
]));
process.argv.splice(2, Infinity, ...rest);
await tell([...cases, ...ways].filter(([, , options]) => all || options?.quick)
    .map(([name, run]) => [name, run, { seconds: /kill|delivered|garbage/.test(name) ? SLOW : OTHERS }]), { atOnce: Number(process.env.AT_ONCE ?? 8) });
