#!/usr/bin/env node
// api.mjs - the desk's calls of Slack's Web API against the stand-in: order, pace, every kind of failure, looking for
// earlier posts, people. Needs build/tools/api_drive (make slack-programs). An argument chooses tests by name.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { createServer } from 'node:http';
import assert from 'node:assert/strict';
import { SlackStandin } from '../standins/slack/standin.mjs';

const program = process.env.API_DRIVE
    ?? join(process.env.BUILD ?? new URL('../../build', import.meta.url).pathname, 'tools/api_drive');
const SECRET = 'customer words that no log may hold';
const T = 'CTRIAGE000', OTHER = 'COTHER0000';
const cases = [];
const test = (name, fn, options = {}) => cases.push({ name, fn, options });

// One run of the program.
class Drive {
    constructor(environment) {
        this.log = '';
        this.tags = 0;
        this.answers = [];              // in the order in which they came
        this.waiting = new Map();
        this.child = spawn(program, [], { env: { PATH: process.env.PATH, ...environment }, stdio: 'pipe' });
        createInterface({ input: this.child.stdout }).on('line', (line) => this.heard(JSON.parse(line)));
        this.child.stderr.on('data', (bytes) => { this.log += bytes; });
        this.exited = once(this.child, 'exit');
        this.exited.then(() => {
            for (const { reject } of this.waiting.values()) reject(new Error('the program ended'));
        });
    }

    heard(answer) {
        answer.at = performance.now();
        this.answers.push(answer);
        this.waiting.get(answer.tag)?.resolve(answer);
        this.waiting.delete(answer.tag);
    }

    tell(order) { this.child.stdin.write(`${JSON.stringify(order)}\n`); }

    // What the order with a new tag is answered with.
    ask(order) {
        const tag = ++this.tags;
        const answer = new Promise((resolve, reject) => this.waiting.set(tag, { resolve, reject }));
        answer.catch(() => {});
        answer.tag = tag;
        this.tell({ ...order, tag });
        return answer;
    }

    call(method, params = {}, lane) { return this.ask({ op: 'call', method, params, lane }); }
    post(text, more = {}) { return this.call('chat.postMessage', { channel: T, text, ...more }, more.channel ?? T); }
    health() { return this.ask({ op: 'health' }); }

    async quit() {
        if (this.child.exitCode === null && this.child.signalCode === null) this.tell({ op: 'quit' });
        const late = setTimeout(() => this.child.kill('SIGKILL'), 10000);
        const [code] = await this.exited;
        clearTimeout(late);
        return code;
    }
}

const MADE = Date.now();
const metadata = (effect) => JSON.stringify({ event_type: 'deskhand', event_payload: { effect, made: MADE } });
const texts = (slack) => slack.messages('triage').map((message) => message.text);
const spread = async (promise) => { const from = performance.now(); const answer = await promise; return { ...answer, took: answer.at - from }; };

// ---- how calls are made ----

test('a call is a form with the token in its header, and nothing of it is lost', async ({ slack, drive }) => {
    const text = 'a b+c&d=e%20\n"quoted" ü € 😀 ~!*\'()';
    const answer = await drive.call('chat.postMessage', { channel: T, text, blocks: '[{"type":"divider"}]' }, T);
    assert.equal(answer.todo, 'ok');
    assert.match(answer.ts, /^\d+\.\d{6}$/);
    const [message] = slack.messages('triage');
    assert.equal(message.text, text.replace('&', '&amp;'));
    assert.equal(message.blocks[0].type, 'divider');
    assert.deepEqual(slack.problems(), []);
});

test('auth.test tells who we are and which scopes there are', async ({ slack, drive }) => {
    assert.equal((await drive.call('auth.test')).todo, 'ok');
    const health = await drive.health();
    assert.equal(health.scopes, slack.scopes.join(','));
    assert.equal(health.bot, 'B0DESKHAND');
    assert.equal(health.well, true);
});

// ---- order and pace ----

test('one lane keeps its order, whatever the first one meets', async ({ slack, drive }) => {
    slack.fault({ method: 'chat.postMessage', kind: 'delay', ms: 400, count: 1 });
    const all = ['1', '2', '3', '4'].map((text) => drive.post(text));
    await Promise.all(all);
    assert.deepEqual(texts(slack), ['1', '2', '3', '4']);
});

test('lanes do not wait for each other', async ({ slack, drive }) => {
    slack.fault({ method: 'chat.postMessage', kind: 'hang', count: 1, where: { text: 'stuck' } });
    drive.post('stuck');
    const other = await spread(drive.post('other', { channel: OTHER }));
    assert.equal(other.error, '');
    assert.ok(other.took < 5000, `${other.took} ms`);
});

test('a channel gets bursts of eight and then one post a second', async ({ drive }) => {
    const from = performance.now();
    const answers = await Promise.all([...Array(10)].map((_, i) => drive.post(String(i))));
    const [eighth, ninth, tenth] = [7, 8, 9].map((i) => answers[i].at - from);
    assert.ok(eighth < 5000, `eighth after ${eighth} ms`);
    assert.ok(ninth > 990 && tenth > 1990 && tenth < 8000, `then ${ninth}, ${tenth} ms`);
}, { long: true });

test('429 is waited out, in order; other methods and channels go on', async ({ slack, drive }) => {
    slack.fault({ method: 'chat.postMessage', kind: 'status', status: 429, retry_after: 2, where: { channel: T } });
    const first = spread(drive.post('first')), second = spread(drive.post('second'));
    const elsewhere = await spread(drive.post('elsewhere', { channel: OTHER }));
    const info = await spread(drive.call('conversations.info', { channel: T }));
    assert.ok(elsewhere.took < 1900 && info.took < 1900, `${elsewhere.took} ${info.took} ms`);
    assert.ok((await first).took >= 2000, 'waited');
    assert.equal((await second).todo, 'ok');
    assert.deepEqual(texts(slack), ['first', 'second']);
    assert.equal((await drive.health()).limited, 1);
}, { long: true });

test('a long Retry-After is told at once, also to the calls behind it', async ({ slack, drive }) => {
    slack.fault({ method: 'chat.postMessage', kind: 'status', status: 429, retry_after: 60, where: { channel: T } });
    const answers = await Promise.all([spread(drive.post('a')), spread(drive.post('b'))]);
    for (const answer of answers) {
        assert.equal(answer.todo, 'rate_limited');
        assert.ok(answer.retry_after_ms > 55000 && answer.retry_after_ms < 61000, answer.retry_after_ms);
        assert.ok(answer.took < 5000, 'at once');
    }
    assert.equal(slack.calls('chat.postMessage').length, 1);
});

test('"ratelimited" in the body of a 200 counts as well', async ({ slack, drive }) => {
    slack.fault({ method: 'users.info', kind: 'error', error: 'ratelimited' });
    const answer = await spread(drive.call('views.open', { trigger_id: 'x', view: '{}' }));
    assert.notEqual(answer.todo, 'rate_limited');
    slack.fault({ method: 'views.open', kind: 'error', error: 'ratelimited' });
    const limited = await spread(drive.call('views.open', { trigger_id: 'x', view: '{}' }));
    assert.equal(limited.todo, 'rate_limited');
    assert.ok(limited.took < 5000, 'a person does not wait for 30 s');
});

test('who waits for a dialog overtakes a Slack that hangs', async ({ slack, drive }) => {
    slack.fault({ method: 'users.info', kind: 'hang', count: -1 });
    for (let i = 0; i < 40; i++) drive.call('users.info', { user: `U${i}` });
    const open = await spread(drive.call('views.open', { trigger_id: 'none', view: '{}' }, T));
    assert.ok(open.took < 5000, `${open.took} ms`);
    const whisper = await spread(drive.call('chat.postEphemeral', { channel: T, user: 'UOMAR00000', text: 'hi' }, T));
    assert.equal(whisper.todo, 'ok');
    assert.ok(slack.calls('users.info').length <= 5, 'five are out at most');
});

test('posts and updates of one channel share its pace: eight at once, then one a second', async ({ slack, drive }) => {
    const from = performance.now();
    await drive.post('the card');
    const [{ ts }] = slack.messages('triage');
    const calls = [0, 1, 2, 3, 4].flatMap((i) => [drive.call('chat.update', { channel: T, ts, text: `card ${i}` }), drive.call('chat.postMessage', { channel: T, text: `line ${i}` })]);
    const done = (await Promise.all(calls)).map((one) => one.at - from).sort((a, b) => a - b);
    assert.ok(done[6] < 900, `a burst takes ${done[6]} ms`);
    assert.ok(done[9] > 2900, `eleven took ${done[9]} ms`);
}, { long: true });

test('a full queue answers at once', async ({ slack, drive }) => {
    slack.fault({ method: 'users.info', kind: 'hang', count: -1 });
    const all = [...Array(1100)].map(() => drive.call('users.info', { user: 'UNOBODY' }));
    const first = await Promise.race(all);
    assert.deepEqual([first.todo, first.error], ['retry', 'queue_full']);
    await drive.health();
    assert.equal(drive.answers.filter((one) => one.error === 'queue_full').length, 100);
});

test('a call that is too long is not sent', async ({ slack, drive }) => {
    const answer = await drive.post('x'.repeat((1 << 20) + 1));
    assert.deepEqual([answer.todo, answer.error], ['too_big', 'request_too_big']);
    assert.equal(slack.calls().length, 0);
});

test('a cancelled call does not go out, and its lane goes on', async ({ slack, drive }) => {
    slack.fault({ method: 'chat.postMessage', kind: 'delay', ms: 300, count: 1 });
    const first = drive.post('first'), second = drive.post('second');
    drive.tell({ op: 'cancel', tag: second.tag });
    assert.equal((await second).todo, 'cancelled');
    assert.equal((await first).todo, 'ok');
    assert.equal((await drive.post('third')).todo, 'ok');
    assert.deepEqual(texts(slack), ['first', 'third']);
    assert.equal((await drive.health()).under_way, 0);
});

test('a call that has gone out is not taken back, but its lane goes on', async ({ slack, drive }) => {
    slack.fault({ method: 'chat.postMessage', kind: 'did_hang', count: 1 });
    const first = drive.post('first');
    await slack.waitFor(() => texts(slack).length === 1, 5000, 'the post');
    drive.tell({ op: 'cancel', tag: first.tag });
    assert.equal((await first).todo, 'cancelled');
    assert.equal((await spread(drive.post('second'))).todo, 'ok');
    assert.deepEqual(texts(slack), ['first', 'second']);
});

test('the end answers whoever still waits', async ({ slack, drive }) => {
    slack.fault({ method: '*', kind: 'hang', count: -1 });
    const out = drive.post('out'), behind = drive.post('behind'), read = drive.call('users.info', { user: 'UOMAR00000' });
    const somebody = person(drive, 'UOMAR00000'), found = look(drive, 1);
    await slack.waitFor(() => slack.calls().length === 4, 5000, 'four calls');
    assert.equal(await drive.quit(), 0);
    assert.deepEqual([(await out).todo, (await out).error], ['unclear', 'cancelled']);
    assert.deepEqual([(await behind).todo, (await read).todo, (await somebody).todo], ['retry', 'retry', 'retry']);
    assert.equal((await found).look, 'failed');
});

// ---- what goes wrong ----

const failures = [
    ['chat.postMessage', { kind: 'did_502' }, 'unclear', 'http_502'],
    ['chat.postMessage', { kind: 'status', status: 500 }, 'unclear', 'http_500'],
    ['chat.postMessage', { kind: 'html' }, 'unclear', 'http_503'],
    ['chat.postMessage', { kind: 'garbage' }, 'unclear', 'not_json'],
    ['chat.postMessage', { kind: 'empty' }, 'unclear', 'not_json'],
    ['chat.postMessage', { kind: 'did_reset' }, 'unclear', 'broken'],
    ['chat.postMessage', { kind: 'did_cut' }, 'unclear', 'broken'],
    ['chat.postMessage', { kind: 'cut_body' }, 'unclear', 'broken'],
    ['chat.postMessage', { kind: 'huge', bytes: 2 << 20 }, 'unclear', 'answer_too_big'],
    ['chat.postMessage', { kind: 'did_error', error: 'internal_error' }, 'unclear', 'internal_error'],
    ['chat.postMessage', { kind: 'error', error: 'not_in_channel' }, 'join', 'not_in_channel'],
    ['chat.postMessage', { kind: 'error', error: 'restricted_action_whatever' }, 'place_gone', 'restricted_action_whatever'],
    ['chat.postMessage', { kind: 'redirect' }, 'retry', 'http_302'],
    ['users.info', { kind: 'did_502' }, 'retry', 'http_502'],
    ['users.info', { kind: 'garbage' }, 'retry', 'not_json'],
    ['users.info', { kind: 'did_reset' }, 'retry', 'broken'],
    ['users.info', { kind: 'error', error: 'fatal_error' }, 'retry', 'fatal_error'],
    ['users.info', { kind: 'error', error: 'never_heard_of' }, 'final', 'never_heard_of'],
    ['users.info', { kind: 'error', error: 'Not a "code"!' }, 'final', 'odd_error'],
];
test('each failure has its answer', async ({ slack, drive }) => {
    for (const [method, fault, todo, error] of failures) {
        slack.fault({ method, ...fault });
        const answer = await drive.call(method, { channel: T, text: SECRET, user: 'UOMAR00000' }, T);
        assert.deepEqual([method, answer.todo, answer.error], [method, todo, error], JSON.stringify(fault));
    }
}, { long: true });

test('a post is never sent twice by itself, also not on a connection that dies', async ({ slack, drive }) => {
    for (let i = 0; i < 4; i++) {
        assert.equal((await drive.call('users.info', { user: 'UOMAR00000' })).todo, 'ok');     // leaves a warm connection
        slack.fault({ method: 'chat.postMessage', kind: i % 2 ? 'did_cut' : 'did_reset' });
        assert.equal((await drive.post(`once ${i}`)).todo, 'unclear');
    }
    assert.deepEqual(texts(slack), ['once 0', 'once 1', 'once 2', 'once 3']);
});

test('a call has ten seconds', async ({ slack, drive }) => {
    slack.fault({ method: 'chat.postMessage', kind: 'did_hang' });
    const answer = await spread(drive.post('slow'));
    assert.deepEqual([answer.todo, answer.error], ['unclear', 'timeout']);
    assert.ok(answer.took > 9500 && answer.took < 15000, `${answer.took} ms`);
}, { long: true });

test('nobody there is a retry; other hosts than https or loopback are refused', async ({ elsewhere }) => {
    const closed = createServer();
    await new Promise((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address();
    await new Promise((resolve) => closed.close(resolve));
    const nobody = await elsewhere(`http://127.0.0.1:${port}/api/`).post('x');
    assert.deepEqual([nobody.todo, nobody.error], ['retry', 'unreachable']);
    const plain = await elsewhere('http://slack.example/api/').post('x');
    assert.deepEqual([plain.todo, plain.error], ['final', 'refused']);
    assert.match(plain.advice, /SLACK_API_URL/);
});

test('refused blocks are logged by rule and pointer only', async ({ slack, drive }) => {
    const messages = [`[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]`,
        `[ERROR] invalid value "${SECRET}" [json-pointer:/blocks/1]`];
    slack.fault({ method: 'chat.postMessage', kind: 'error', error: 'invalid_blocks', extra: { response_metadata: { messages } } });
    assert.equal((await drive.post('x')).todo, 'too_big');
    await drive.health();
    assert.match(drive.log, /rule="must be less than 3001 characters \/blocks\/0\/text\/text"/);
    assert.match(drive.log, /rule="invalid value \/blocks\/1"/);
});

test('an error that nobody knows is logged once', async ({ slack, drive }) => {
    slack.fault({ method: 'users.info', kind: 'error', error: 'brand_new', count: 3 });
    for (let i = 0; i < 3; i++) assert.equal((await drive.call('users.info', { user: `U${i}` })).todo, 'final');
    await drive.health();
    assert.equal(drive.log.split('brand_new').length - 1, 1);
    assert.equal((await drive.health()).errors, 3);
});

// ---- token and scopes ----

test('a revoked token stops everything until auth.test works again', async ({ slack, drive }) => {
    assert.equal((await drive.call('auth.test')).todo, 'ok');
    slack.revoked.set(slack.botToken, 'token_revoked');
    assert.equal((await drive.post('a')).todo, 'auth');
    const calls = slack.calls().length;
    const kept = await drive.post('b');
    assert.deepEqual([kept.todo, kept.error], ['auth', 'token_revoked']);
    assert.ok(kept.retry_after_ms > 590000 && kept.retry_after_ms <= 600000, kept.retry_after_ms);
    assert.equal(slack.calls().length, calls, 'nothing went out');
    const ill = await drive.health();
    assert.equal(ill.well, false);
    assert.match(ill.text, /token_revoked.*SLACK_BOT_TOKEN/);
    drive.tell({ op: 'retest' });
    await slack.waitFor(() => slack.calls('auth.test').length === 2, 5000, 'the first retest');
    assert.equal((await drive.post('c')).todo, 'auth');
    slack.revoked.clear();
    assert.equal((await drive.call('auth.test')).todo, 'ok');
    assert.equal((await drive.post('d')).todo, 'ok');
    assert.equal((await drive.health()).well, true);
    assert.deepEqual(texts(slack), ['d']);
});

test('a missing scope is named until it is there', async ({ slack, drive }) => {
    slack.scopes = slack.scopes.filter((scope) => scope !== 'users:read');
    const answer = await drive.call('users.info', { user: 'UOMAR00000' });
    assert.deepEqual([answer.todo, answer.error], ['scope', 'missing_scope']);
    assert.match((await drive.health()).text, /lacks a scope: users:read\. Add/);
    assert.equal((await drive.post('the rest goes on')).todo, 'ok');
    slack.scopes.push('users:read');
    await drive.call('auth.test');
    assert.equal((await drive.health()).well, true);
});

test('scopes that were never granted are named before any call needs them', async ({ slack, drive }) => {
    slack.scopes = slack.scopes.filter((scope) => !/:history|email/.test(scope));
    await drive.call('auth.test');
    assert.match((await drive.health()).text, /lacks a scope: channels:history, groups:history, im:history, users:read\.email\. Add/);
    assert.match(drive.log, /scope missing.*scope="?users:read\.email/);
    assert.equal((await drive.post('it works all the same')).todo, 'ok');
    slack.scopes.push('channels:history', 'groups:history', 'im:history', 'users:read.email');
    await drive.call('auth.test');
    assert.equal((await drive.health()).well, true);
});

test('auth.test is asked until Slack says who we are', async ({ slack, drive }) => {
    slack.fault({ method: 'auth.test', kind: 'html', count: 1 });
    slack.fault({ method: 'auth.test', kind: 'error', error: 'fatal_error', count: 1 });
    drive.tell({ op: 'retest' });
    await slack.waitFor(() => slack.calls('auth.test').length === 2, 6000, 'the second try');
    assert.match((await drive.health()).text, /who the bot is/);
    await slack.waitFor(() => slack.calls('auth.test').length === 3, 8000, 'the third try');
    await drive.call('auth.test');
    const health = await drive.health();
    assert.deepEqual([health.bot, health.well], ['B0DESKHAND', true]);
});

// ---- looking for an earlier post ----

const look = (drive, effect, more = {}) => drive.ask({ op: 'look', channel: T, effect, created_ms: MADE, ...more });

test('a post whose answer was lost is found by its effect', async ({ slack, drive }) => {
    await drive.call('auth.test');
    slack.fault({ method: 'chat.postMessage', kind: 'did_502' });
    assert.equal((await drive.post('card', { metadata: metadata(41) })).todo, 'unclear');
    const parent = slack.messages('triage')[0].ts;
    assert.deepEqual(strip(await look(drive, 41)), { look: 'found', error: '', ts: parent });
    assert.deepEqual(strip(await look(drive, 42)), { look: 'not_there', error: '', ts: null });
    assert.equal((await look(drive, 41, { created_ms: Date.now() + 120000 })).look, 'not_there');
    const reply = await drive.post('line', { thread_ts: parent, metadata: metadata(43) });
    assert.equal((await look(drive, 43, { thread: parent })).ts, reply.ts);
    assert.equal((await look(drive, 43)).look, 'not_there', 'not in the channel itself');
    assert.equal((await look(drive, 43, { thread: '1.000001' })).look, 'not_there', 'a thread that is gone');
    assert.equal((await look(drive, 41, { channel: 'CNOWHERE' })).look, 'not_there');
});

test('it is found behind other pages, and not taken from another bot', async ({ slack, drive }) => {
    await drive.call('auth.test');
    const channel = slack.workspace.channel('triage');
    const first = slack.workspace.post(channel, { text: 'old', bot_id: 'B0DESKHAND', metadata: JSON.parse(metadata(7)) });
    slack.workspace.post(channel, { text: 'other', bot_id: 'BOTHER', metadata: JSON.parse(metadata(8)) });
    for (let i = 0; i < 450; i++) slack.workspace.post(channel, { text: String(i), user: 'UOMAR00000' });
    assert.equal((await look(drive, 7)).ts, first.ts);
    assert.equal(slack.calls('conversations.history').length, 3);
    assert.equal((await look(drive, 8)).look, 'not_there');
    for (let i = 0; i < 1700; i++) slack.workspace.post(channel, { text: String(i), user: 'UOMAR00000' });
    assert.equal((await look(drive, 7)).look, 'failed', 'ten pages are read');
}, { long: true });

test('what cannot be read is not taken for "not there"', async ({ slack, drive }) => {
    slack.fault({ method: 'conversations.history', kind: 'html' });
    assert.deepEqual(strip(await look(drive, 1)), { look: 'failed', error: 'http_503', ts: null });
    slack.fault({ method: 'conversations.history', kind: 'error', error: 'not_in_channel' });
    assert.equal((await look(drive, 1)).look, 'failed');
    slack.fault({ method: 'conversations.history', kind: 'huge', bytes: 3 << 20 });
    assert.equal((await look(drive, 1)).look, 'not_there', 'a page that is too big is asked for in smaller ones');
    assert.equal(slack.calls('conversations.history').at(-1).args.limit, '50');
});

// ---- people ----

const person = (drive, user) => drive.ask({ op: 'person', user });

test('people are asked for once and kept until they change', async ({ slack, drive }) => {
    await drive.call('auth.test');
    slack.fault({ method: 'users.info', kind: 'delay', ms: 200 });
    const both = await Promise.all([person(drive, 'UOMAR00000'), person(drive, 'UOMAR00000')]);
    for (const omar of both) {
        assert.deepEqual([omar.todo, omar.user, omar.name, omar.email], ['ok', 'UOMAR00000', 'Omar Member', 'omar@example.test']);
        assert.deepEqual([omar.deleted, omar.bot, omar.guest, omar.stranger], [false, false, false, false]);
    }
    assert.equal((await person(drive, 'UOMAR00000')).todo, 'ok');
    assert.equal(slack.calls('users.info').length, 1);
    drive.tell({ op: 'forget', user: 'UOMAR00000' });
    await person(drive, 'UOMAR00000');
    assert.equal(slack.calls('users.info').length, 2);
});

test('guests, strangers, bots and who has left are told apart', async ({ drive }) => {
    await drive.call('auth.test');
    const rows = { UGUS000000: 'guest', UUNA000000: 'guest', USTAN00000: 'stranger', UROBO00000: 'bot', UDORA00000: 'deleted' };
    for (const [user, what] of Object.entries(rows)) {
        const found = await person(drive, user);
        const flags = ['deleted', 'bot', 'guest', 'stranger'].filter((flag) => found[flag]);
        assert.deepEqual([user, flags], [user, [what]]);
    }
    assert.equal((await person(drive, 'UNOBODY000')).todo, 'final');
});

test('before we know our own team nobody is judged', async ({ slack, drive }) => {
    assert.equal((await person(drive, 'UOMAR00000')).todo, 'retry');
    await slack.waitFor(() => slack.calls('auth.test').some((call) => call.answered_at), 5000, 'auth.test');
    await drive.health();
    const omar = await person(drive, 'UOMAR00000');
    assert.deepEqual([omar.todo, omar.stranger], ['ok', false]);
});

// ---- running them ----

function strip({ look: result, error, ts }) { return { look: result, error, ts }; }

let passed = 0, failed = 0;

async function play({ name, fn }) {
    const slack = await SlackStandin.start();
    slack.workspace.addChannel({ name: 'other', id: OTHER, members: ['deskhand'] });
    const drives = [];
    const run = (url) => { drives.push(new Drive({ ...slack.environment(), SLACK_API_URL: url })); return drives.at(-1); };
    const drive = run(slack.environment().SLACK_API_URL);
    let problem;
    try {
        await fn({ slack, drive, elsewhere: run });
    } catch (error) { problem = error; }
    for (const one of drives) {
        const code = await one.quit();
        if (!problem && code !== 0) problem = new Error(`the program ended with ${code}`);
        if (!problem && (one.log.includes(slack.botToken) || one.log.includes(SECRET))) problem = new Error('a secret is in the log');
    }
    await slack.stop();
    if (problem) failed++; else passed++;
    console.log(`${problem ? 'FAILED' : 'ok'}  ${name}`);
    if (problem) console.log(`${problem.stack}\n${drives.map((one) => one.log).join('').slice(-3000)}`);
}

const chosen = cases.filter(({ name }) => !process.argv[2] || name.includes(process.argv[2]));
const long = Promise.all(chosen.filter(({ options }) => options.long).map(play));    // they mostly wait
for (const one of chosen.filter(({ options }) => !options.long)) await play(one);
await long;
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
