#!/usr/bin/env node
// race.mjs - one ticket, three surfaces: technicians in Slack, Teams and the inbox claim it at random moments,
// again and again. One wins, the others are told who, and in the end all cards say the same.
// usage: race.mjs       RACES: how many (40); SEED: the order of things is drawn from it; DESK_BIN: the binary
import { SlackStandin } from '../standins/slack/standin.mjs';
import { words } from '../slack/rig.mjs';
import { Checks, that } from '../conformance/checks.mjs';
import { pause } from '../conformance/desk.mjs';
import { Rig, named, patience, textOf } from './rig.mjs';
import { Inbox } from './trial.mjs';

const RACES = Number(process.env.RACES ?? 40), TICKETS = 4, SPREAD_MS = 12;
let seed = Number(process.env.SEED ?? Date.now() % 100000);
console.log(`seed ${seed}`);

function random(below) {                // mulberry32: small, and the same everywhere
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
}

const slack = await SlackStandin.start();
const rig = await Rig.start({ env: slack.environment(), people: false });
for (const [mail, name, ...more] of [['omar@example.test', 'Omar'], ['lena@example.test', 'Lena'], ['sam.roe@desk.example', 'Sam'], ['kim.poe@desk.example', 'Kim'], ['iris@desk.example', 'Iris'], ['ada@desk.example', 'Ada', '--role', 'admin']]) {
    await rig.run('technician', 'add', mail, '--name', name, ...more);
}
const iris = await Inbox.open(rig, 'iris@desk.example'), ada = await Inbox.open(rig, 'ada@desk.example');

const slackCard = (ticket) => slack.messages('triage').find((m) => m.text.startsWith(`#${ticket.id} `) && (!m.thread_ts || m.thread_ts === m.ts));

// Each claims and resolves with the name of who has it, as this surface tells them.
async function bySlack(user, ticket) {
    const { ts, blocks } = slackCard(ticket);
    if (!JSON.stringify(blocks).includes('dh.claim')) return null;      // the card has just changed
    const click = slack.click({ user, channel: 'triage', ts, action: 'dh.claim' });
    for (const envelope of click.envelopes) that(await envelope.done, 'a click in Slack was never acknowledged');
    return null;                        // what Slack shows is looked at in the end
}

async function byTeams(user, ticket) {
    if (!rig.offers(ticket).includes('claim')) return null;
    const { answer, card } = await rig.people.click({ message: ticket.message, user, action: named('claim'), checked: false });
    that(answer.status === 200 && card, `Teams: ${answer.status} ${answer.text.slice(0, 200)}`);
    return /(\w+) (?:already )?has it/.exec(textOf(card))?.[1];
}

async function byInbox(ticket) {
    const did = await iris.act('claim', ticket);
    return did.ok ? 'Iris' : /(\w+) already has it/.exec(did.text ?? '')?.[1] ?? `nobody: ${JSON.stringify(did)}`;
}

const racers = [(t) => bySlack('omar', t), (t) => bySlack('lena', t), (t) => byTeams('Sam Roe', t), (t) => byTeams('Kim Poe', t), byInbox];

const checks = new Checks({ atOnce: 1 });
const tickets = [];
for (let i = 0; i < TICKETS; i++) {
    const ticket = await rig.ticket(`I want to speak to a person about race ${i}`);
    await rig.wait(() => JSON.stringify(slackCard(ticket)?.blocks ?? '').includes('dh.claim'), 'its card in Slack', 20000 * patience);
    // An old card stays clickable: whoever looks at it has not seen the newest state.
    ticket.stale = structuredClone(rig.card(ticket.message));
    ticket.staleBlocks = structuredClone(slackCard(ticket).blocks);
    tickets.push(ticket);
}

const wins = new Map();

function showOldCards(ticket) {
    ticket.message.views.clear();
    const nonce = `c${random(1 << 30)}`;
    const fresh = JSON.parse(JSON.stringify(ticket.stale), (name, value) => (name === 'k' ? nonce : value));
    ticket.message.activity.attachments[0].content = fresh;
    slackCard(ticket).blocks = structuredClone(ticket.staleBlocks);
}

async function race(ticket) {
    const at = racers.map((run) => ({ run, ms: random(SPREAD_MS) })).filter(() => random(5) > 0);
    showOldCards(ticket);
    const said = await Promise.all(at.map(async ({ run, ms }) => { await pause(ms); return run(ticket); }));
    const owner = await rig.owner(ticket);
    for (const name of said.filter(Boolean)) that(name === owner, `${name} is said to have it, but ${owner} has`);
    if (said.some(Boolean)) that(owner, 'nobody has it');
    if (owner) wins.set(owner, (wins.get(owner) ?? 0) + 1);
}

for (let i = 0; i < RACES; i++) {
    const ticket = tickets[i % TICKETS];
    checks.add(`race ${i}`, async () => {
        await race(ticket);
        if (i < RACES - TICKETS && await rig.owner(ticket)) {
            const did = await ada.act('release', ticket);
            that(did.ok, JSON.stringify(did));
        }
    }, { seconds: 30 * patience, alone: true });
}
checks.add('in the end all cards of a ticket say the same', async () => {
    for (const ticket of tickets) {
        const owner = await rig.owner(ticket), wanted = owner ? new RegExp(`${owner} has it`) : /Nobody has it/;
        await rig.wait(() => wanted.test(rig.says(ticket.message)), `${owner} on the card in Teams, which says ${rig.says(ticket.message).slice(0, 200)}`, 60000 * patience);
        await rig.wait(() => wanted.test(words(slackCard(ticket))), `${owner} on the card in Slack`, 60000 * patience);
    }
}, { seconds: 150 * patience, alone: true });
checks.add('every surface wins now and then', async () => {
    that(wins.size >= 3, `only ${[...wins.keys()]} won`);
}, { alone: true });
await checks.run();
console.log(`wins: ${[...wins].map(([name, n]) => `${name} ${n}`).join(', ')}`);
await rig.stop();
await slack.stop();
process.exit(checks.finish());
