#!/usr/bin/env node
// slack.mjs - the desk in Slack beside the same small bot on the official Bolt for JavaScript: how long until
// an envelope is acknowledged, and until a click shows on the card. Both meet the same stand-in, in turns, in
// one run; only the ratios say something about another machine. DESK_BIN: the binary. ROUNDS (3), CLICKS (100)
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { SlackStandin } from '../standins/slack/standin.mjs';
import { Trial, percentile } from '../slack/trial.mjs';
import { pause } from '../conformance/desk.mjs';

const rounds = Number(process.env.ROUNDS ?? 3), clicks = Number(process.env.CLICKS ?? 100), events = clicks * 3;
const rss = (pid) => Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096 / 1048576;
const cpu = (pid) => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ').slice(11, 13).reduce((sum, n) => sum + Number(n), 0) * 10;

// ---- the two ----

async function desk() {
    const trial = await Trial.start();
    for (let i = 0; i < clicks; i++) await trial.open(`somebody needs help with a printer, number ${i}`);
    await trial.settle();
    const cards = trial.tickets.map((ticket) => trial.cards(ticket)[0]);
    return { slack: trial.slack, pid: trial.desk.pid, cards, stop: () => trial.stop() };
}

async function onBolt(blocks) {
    const slack = await SlackStandin.start();
    const program = new URL('slack_bolt.mjs', import.meta.url).pathname;
    const child = spawn(process.execPath, [program], { stdio: ['pipe', 'inherit', 'inherit'], env: { ...process.env, ...slack.environment() } });
    const ended = new Promise((done) => child.on('exit', done));
    await slack.waitFor(() => slack.sockets.ready().length, 10000, 'the bot on Bolt is connected');
    const cards = Array.from({ length: clicks }, (_, i) => ({ channel: 'triage', ts: slack.putCard({ channel: 'triage', text: `card ${i}`, blocks }).ts }));
    const stop = async () => {
        child.kill('SIGKILL');
        await ended;
        await slack.stop();
    };
    return { slack, pid: child.pid, cards, stop };
}

// ---- what is measured ----

async function acked(what) {
    const ack = await what.envelope.done;
    if (!ack) throw new Error('an envelope was never acknowledged');
    return ack.delay_ms;
}

// One click after the other, each until its chat.update arrives.
async function clicked({ slack, cards }) {
    const acks = [], shown = [];
    for (const { channel, ts } of cards) {
        const click = slack.click({ user: 'omar', channel, ts, action: 'dh.claim' });
        const { at } = click.envelope.deliveries[0];
        const isIt = (call) => call.args.ts === ts && call.began_at > at;
        const update = await slack.waitFor(() => slack.calls('chat.update').find(isIt), 5000, 'chat.update');
        shown.push(update.began_at - at);
        acks.push(await acked(click));
        await slack.waitFor(() => update.answered_at, 5000, 'the update is answered');
        slack.forget();
    }
    return { acks, shown };
}

// Lines in threads, 200 a second: they are due whether the last one was acknowledged or not.
async function typed({ slack, cards }) {
    const waiting = [], from = performance.now();
    for (let i = 0; i < events; i++) {
        await pause(Math.max(0, from + i * 5 - performance.now()));
        const { channel, ts } = cards[i % cards.length];
        waiting.push(acked(slack.post({ user: 'omar', channel, thread_ts: ts, text: `line ${i}` })));
    }
    return Promise.all(waiting);
}

async function measure(one, figures) {
    const warm = one.cards.splice(0, 5);
    await clicked({ ...one, cards: warm });
    const before = cpu(one.pid);
    const { acks, shown } = await clicked(one);
    figures.click.push(...acks);
    figures.shown.push(...shown);
    figures.event.push(...await typed(one));
    figures.rss.push(rss(one.pid));
    figures.cpu.push((cpu(one.pid) - before) / (acks.length + events));
    await one.stop();
}

const empty = () => ({ click: [], shown: [], event: [], rss: [], cpu: [] });
const ours = empty(), theirs = empty();
for (let round = 0; round < rounds; round++) {
    const one = await desk();
    const { blocks } = one.cards[0];
    await measure(one, ours);
    await measure(await onBolt(blocks), theirs);
}

const row = (...cells) => console.log(cells.map((cell, i) => String(cell).padEnd(i ? 12 : 44)).join(' ').trimEnd());
const ms = (n) => n.toFixed(2);
console.log('\n## Slack: the desk (every change on the disk) beside a bot on Bolt for JavaScript (state in memory only), ms');
row('', 'desk p50', 'Bolt p50', 'ratio', 'desk p99', 'Bolt p99', 'ratio');
for (const [name, key] of [['click in -> ack out', 'click'], ['click in -> chat.update at Slack', 'shown'], ['message in -> ack out, 200 a second', 'event']]) {
    const [a, b, c, d] = [[ours, 0.5], [theirs, 0.5], [ours, 0.99], [theirs, 0.99]].map(([who, part]) => percentile(who[key], part));
    row(name, ms(a), ms(b), ms(a / b), ms(c), ms(d), ms(c / d));
}
row('memory, MiB', percentile(ours.rss, 0.5).toFixed(0), percentile(theirs.rss, 0.5).toFixed(0), ms(percentile(ours.rss, 0.5) / percentile(theirs.rss, 0.5)));
row('CPU for each envelope', ms(percentile(ours.cpu, 0.5)), ms(percentile(theirs.cpu, 0.5)), ms(percentile(ours.cpu, 0.5) / percentile(theirs.cpu, 0.5)));
process.exit(0);
