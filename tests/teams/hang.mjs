#!/usr/bin/env node
// hang.mjs - Teams accepts every call and answers none, while customers write and tickets change hands: their
// messages are acknowledged as fast as before (p99 below 100 ms; in short runs p95 below that or four times what
// it was), cards in Slack change as fast as ever (p99 below 2 s), clicks in Teams are answered within a second, and
// once Teams is back every card there equals its ticket. usage: hang.mjs [--seconds N (10)]
import { SlackStandin } from '../standins/slack/standin.mjs';
import { percentile, versionOf } from '../slack/trial.mjs';
import { pause } from '../conformance/desk.mjs';
import { Trial } from './trial.mjs';

const options = { seconds: 10, tickets: 4, everyMs: 100, changeMs: 400, clickMs: 1000 };
for (let i = 2; i < process.argv.length; i += 2) options[process.argv[i].slice(2)] = Number(process.argv[i + 1]);
const patience = Number(process.env.PATIENCE ?? 1), wrong = [];
const TRIAGE = 'CTRIAGE000', FASTER = 'limits: { slack_pace = 10000; sends_burst = [10000, 1000]; sends_sustained = [100000, 1000]; conversations = [1000, 1000]; frames = [100000, 1000]; flood = [100000, 1000]; };\n';

const slack = new SlackStandin();
await slack.listen(0);
const trial = await Trial.start({ env: slack.environment(), desk: { config: FASTER } });
const tickets = [], cardOf = (ticket) => [...slack.workspace.channel('triage').messages.values()]
    .find((m) => m.user === slack.workspace.bot.id && versionOf(m)?.ticket === ticket.id && (!m.thread_ts || m.thread_ts === m.ts));

async function prepare() {
    await trial.run('client', 'set', 'demo', '--triage', 'off');
    await trial.run('route', 'set', `slack:${TRIAGE}`);
    while (tickets.length < options.tickets) tickets.push(await trial.open(`customer ${tickets.length} before the silence`));
    for (const ticket of tickets) {
        ticket.card = await trial.card(ticket);
        await slack.waitFor(() => cardOf(ticket), 9000, `a card of ${ticket.id} in Slack`);
    }
    const { answer } = await trial.teams.people.click({ message: tickets[0].card, user: 'Sam Roe', action: 'claim' });
    if (answer.status !== 200) wrong.push(`the first click was answered with ${answer.status}`);
}

// A message when it is due, whether the last one was acknowledged or not.
async function talk(ticket, from, end, times, word = 'message') {
    const waiting = [];
    for (let due = from, n = 0; due < end; due += options.everyMs, n++) {
        await pause(Math.max(0, due - performance.now()));
        waiting.push(trial.says(ticket, `${word} ${n} of customer ${ticket.id}`).then(() => times.push(performance.now() - due)));
    }
    await Promise.all(waiting);
}

// A change in the inbox until Slack's card says it.
async function change(inbox, end, times) {
    for (let n = 0; performance.now() < end; n++) {
        const ticket = tickets[n % tickets.length], from = performance.now();
        const did = await inbox.act('priority', ticket, { priority: 1 + (Math.floor(n / tickets.length) + ticket.id) % 4 });
        if (did.result === 'repeated' || !did.version) continue;
        await slack.waitFor(() => versionOf(cardOf(ticket)).version >= did.version, 9000, `Slack's card of ${ticket.id} at ${did.version}`);
        times.push(performance.now() - from);
        await pause(options.changeMs);
    }
}

async function click(end, times) {
    for (let n = 0; performance.now() < end; n++) {
        const ticket = tickets[n % tickets.length], data = { _d: { a: n % 2 ? 'release' : 'claim', t: ticket.id, k: `c${n}` } };
        const value = { action: { type: 'Action.Execute', verb: data._d.a, data }, trigger: 'manual' };
        const { answer } = await trial.teams.people.invoke({ where: { conversation: trial.channel, root: ticket.card.root }, user: 'Sam Roe', name: 'adaptiveCard/action', value, replyToId: ticket.card.id });
        times.push(answer.ms);
        if (answer.status !== 200) wrong.push(`a click was answered with ${answer.status}`);
        await pause(options.clickMs);
    }
}

async function equal(ticket) {
    const { version } = await trial.shown(ticket);
    const shows = (message) => Number(/"_d":\{"a":"\w+","t":\d+,"v":(\d+)/.exec(JSON.stringify(trial.teams.world.card(message)))?.[1]) === version;
    await trial.wait(() => trial.cards(ticket).some(shows), `the card of ${ticket.id} at ${version}`, 90000);
}

const show = (name, times) => console.log(`${name}: ${times.length}, p50 ${percentile(times, 0.5).toFixed(1)} ms, p99 ${percentile(times, 0.99).toFixed(1)} ms, longest ${Math.max(...times).toFixed(1)} ms`);
// In a short run one stall of the disk is more than a hundredth of it, and other tests run beside it: what is
// fast is then said by the same desk on the same machine, a moment before Teams falls silent.
const short = options.seconds < 30, share = short ? 0.95 : 0.99;
const limit = (times, ms, text, before = []) => {
    const most = short ? Math.max(ms, before.length ? 4 * percentile(before, share) : 0) * patience : ms;
    if (!(percentile(times, share) < most)) wrong.push(text);
};

const usual = [], acks = [], cards = [], clicks = [];
try {
    await prepare();
    const inbox = await trial.inbox();
    const began = performance.now();
    await Promise.all(tickets.map((ticket) => talk(ticket, began, began + options.seconds * 300, usual, 'word')));
    show('messages of customers before the silence', usual);
    trial.teams.faults.add({ op: '*', kind: 'hang', times: null });
    const from = performance.now(), end = from + options.seconds * 1000;
    const ends = await Promise.allSettled([...tickets.map((ticket) => talk(ticket, from, end, acks)), change(inbox, end, cards), click(end, clicks)]);
    wrong.push(...ends.filter((one) => one.reason).map((one) => one.reason.message));
    show('messages of customers, acknowledged', acks);
    show('changes until the card in Slack says them', cards);
    show('clicks in Teams, answered', clicks);
    const hung = trial.calls().filter((e) => e.fault).length;
    console.log(`calls of Teams that hang: ${hung}`);
    if (!hung) wrong.push('no call hung');
    limit(acks, 100, 'customers wait for Teams', usual);
    limit(cards, 2000, 'cards in Slack wait for Teams');
    limit(clicks, 1000, 'clicks wait for the Connector');
    trial.teams.faults.clear();
    for (const ticket of tickets) await equal(ticket);
} catch (error) {
    wrong.push(error.message);
}
const problems = await trial.stop();
wrong.push(...problems);
await slack.stop();
console.log(wrong.length ? `FAIL a Teams that hangs: ${wrong.slice(0, 5).join('; ')}` : 'ok nobody waits for a Teams that hangs');
console.log(`${wrong.length ? 0 : 1} passed, ${wrong.length ? 1 : 0} failed`);
process.exit(wrong.length ? 1 : 0);
