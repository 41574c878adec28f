#!/usr/bin/env node
// interleave.mjs - two people in Slack and one in the inbox do the same things to the same tickets at the same
// time: claim, reply, transfer, release, close, reopen. Each claim that meets nobody's ticket has one winner,
// nobody is answered twice, and in the end every card equals its ticket.
// usage: interleave.mjs [--rounds N (200)] [--seed N]        One seed is one order of what people do.
import { Trial, random, versionOf } from './trial.mjs';

const options = { rounds: 200, seed: Date.now() % 1000000, tickets: 8 };
for (let i = 2; i < process.argv.length; i += 2) options[process.argv[i].slice(2)] = Number(process.argv[i + 1]);

const SLACK = ['omar', 'lena'], ALL = [...SLACK, 'sara'];
const wrong = [];
const problem = (text) => { if (wrong.push(text) <= 10) console.log(`problem: ${text}`); };

class Race {
    constructor(trial, inbox) {
        Object.assign(this, { trial, inbox, told: 0, won: 0, refused: 0, said: 0 });
    }

    async events(ticket) { return JSON.parse(await this.trial.run('ticket', 'log', String(ticket.id), '--json')).events; }
    cardOf(ticket) { return this.trial.cards(ticket).at(-1); }

    // A click on the card as the person sees it, which may be old; what came of it is in the ticket's log.
    async click(user, ticket, action) {
        const card = this.cardOf(ticket);
        if (!JSON.stringify(card.blocks).includes(`"dh.${action}"`)) return null;
        const { envelope } = this.trial.slack.click({ user, channel: card.channel, ts: card.ts, action: `dh.${action}` });
        const ack = await envelope.done;
        if (!ack) problem(`a click of ${user} was never acknowledged`);
        return ack;
    }

    // A line in the thread: a reply, because the channel is set so.
    async type(user, ticket) {
        const text = `words ${++this.said} of ${user}`;
        const card = this.cardOf(ticket);
        const { envelope } = this.trial.slack.post({ user, channel: card.channel, thread_ts: card.ts, text });
        if (await envelope.done) ticket.replies.push(text);
        else problem(`a line of ${user} was never acknowledged`);
    }

    async act(action, ticket, more) {
        const answer = await this.inbox.act(action, ticket.id, more);
        if (!answer.ok && !['taken', 'refused', 'forbidden', 'stale'].includes(answer.result)) problem(`${action} in the inbox: ${JSON.stringify(answer)}`);
        return answer;
    }

    async reply(ticket) {
        const text = `words ${++this.said} of sara`;
        if ((await this.act('reply', ticket, { text })).ok) ticket.replies.push(text);
    }

    moves(pick, ticket) {
        const user = SLACK[pick(2)];
        return [
            () => this.click(user, ticket, 'claim'),
            () => this.type(user, ticket),
            () => this.act('claim', ticket),
            () => this.reply(ticket),
            () => this.act('transfer', ticket, { technician: this.ids[ALL[pick(3)]], why: 'somebody else knows this better' }),
            () => this.act('release', ticket),
            () => this.act('close', ticket, { outcome: 'resolved', reason: 'it is done' }),
            () => this.act('reopen', ticket),
        ][pick(8)];
    }

    // All three at once for a ticket that nobody has: exactly one gets it.
    async claims(pick, ticket) {
        await this.act('reopen', ticket);
        await this.act('release', ticket);
        const before = (await this.trial.shown(ticket)).version;
        await this.trial.wait(() => versionOf(this.cardOf(ticket))?.version >= before, 20000, `the card of ${ticket.id} at ${before}`);
        const { length } = await this.events(ticket);
        const doers = [() => this.click('omar', ticket, 'claim'), () => this.click('lena', ticket, 'claim'), () => this.act('claim', ticket)];
        for (let i = 2; i > 0; i--) {
            const j = pick(i + 1);
            [doers[i], doers[j]] = [doers[j], doers[i]];
        }
        await Promise.all(doers.map((run) => run()));
        const shown = await this.trial.shown(ticket);
        const fresh = (await this.events(ticket)).slice(length).filter((e) => e.kind === 'assignee');
        if (fresh.length !== 1) problem(`ticket ${ticket.id}: ${fresh.length} people got it at once: ${JSON.stringify(fresh)}`);
        if (!ALL.includes(shown.assignee?.name ?? shown.assignee)) problem(`nobody has ticket ${ticket.id}: ${JSON.stringify(shown.assignee)}`);
        this.won++;
    }
}

async function main() {
    const pick = random(options.seed);
    console.log(`seed ${options.seed}, ${options.rounds} rounds`);
    const trial = await Trial.start();
    await trial.run('route', 'set', 'slack:CTRIAGE000', '--replies');
    const race = new Race(trial, await trial.inbox());
    race.ids = Object.fromEntries(JSON.parse(await trial.run('technician', 'list', '--json')).map((t) => [t.name, t.id]));
    for (let i = 0; i < options.tickets; i++) Object.assign(await trial.open(`ticket ${i} of the race`), { replies: [] });
    await trial.settle();
    for (let round = 0; round < options.rounds; round++) {
        const ticket = trial.tickets[pick(trial.tickets.length)];
        if (pick(4) === 0) await race.claims(pick, ticket);
        else await Promise.all(Array.from({ length: 2 + pick(3) }, () => race.moves(pick, ticket)()));
    }
    for (const ticket of trial.tickets) {
        await race.act('reopen', ticket);
        ticket.lines.push(`the last line of ${ticket.id}`);
        if (!(await race.act('reply', ticket, { text: ticket.lines.at(-1) })).ok) problem(`ticket ${ticket.id} takes no last line`);
    }
    await trial.settle(60000);
    for (const text of trial.check()) problem(text);
    for (const ticket of trial.tickets) await heard(trial, ticket);
    for (const { text } of trial.slack.problems()) problem(text);
    for (const text of await trial.stop()) problem(text);
    console.log(`${race.won} races for a claim, ${race.said} lines`);
    console.log(wrong.length ? `not ok seed ${options.seed}` : 'ok one winner each, every card equals its ticket, every reply arrived once');
    console.log(`${wrong.length ? 0 : options.rounds} passed, ${wrong.length} failed`);
    process.exit(wrong.length ? 1 : 0);
}

// What the customer got: nothing that nobody sent, nothing twice.
async function heard(trial, ticket) {
    await ticket.sock.settle();
    const texts = ticket.sock.entries(ticket.conv).filter((f) => f.t === 'msg' && f.from !== 'me').map((f) => f.text);
    for (const text of ticket.replies) {
        const count = texts.filter((one) => one === text).length;
        if (count > 1) problem(`the customer of ${ticket.id} got "${text}" ${count} times`);
    }
    for (const text of texts) {
        if (/^words \d+ of /.test(text) && !ticket.replies.includes(text)) problem(`the customer of ${ticket.id} got "${text}", which nobody sent there`);
    }
}

await main();
