#!/usr/bin/env node
// inbound.mjs - POST /api/messages as a program: methods, bodies, types, invokes, repeats, and answers within a
// second while the key server or the Connector hangs.
import http from 'node:http';
import net from 'node:net';
import { Checks, that } from '../conformance/checks.mjs';
import { ANSWER_MS, Rig, named, patience, textOf } from './rig.mjs';

const rig = await Rig.start();
const { teams, people } = rig;
const checks = new Checks({ atOnce: 3 });
const ticket = await rig.ticket();
await people.install({ where: 'personal', user: 'Kim Poe' });
await rig.told('Kim Poe', /What you can write/);
const CARD = 'application/vnd.microsoft.card.adaptive';

const quick = (answer) => that(answer.ms < ANSWER_MS, `it took ${Math.round(answer.ms)} ms`);

async function post(body, headers = {}) {
    const { answer } = await people.raw({ user: 'Sam Roe', body, headers });
    quick(answer);
    return answer;
}

const invoke = async (name, value, more) => {
    const { answer } = await people.invoke({ where: 'Support', user: 'Sam Roe', name, value, ...more });
    quick(answer);
    return answer;
};

for (const method of ['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD']) {
    checks.add(`${method} is not taken`, async () => {
        const answer = await new Promise((done, fail) => {
            http.request(`${rig.desk.url}/api/messages`, { method, agent: false }, (got) => { got.resume(); done(got); }).on('error', fail).end();
        });
        that(answer.statusCode === 405 && answer.headers.allow === 'POST', `${answer.statusCode} Allow: ${answer.headers.allow}`);
    });
}

for (const [name, body] of [['no JSON', 'hello'], ['a list', '[]'], ['a text', '"x"'], ['null', 'null'], ['nothing', ''], ['cut off', '{"type":"message"'],
    ['broken UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])], ['too deep', `{"type":"message","value":${'['.repeat(5000)}${']'.repeat(5000)}}`],
    ['a NUL', '{"type":"message","text":"a\\u0000b"}'], ['a member twice', '{"type":"message","serviceUrl":"a","serviceUrl":"b"}'], ['half a character', '{"type":"message","text":"\\ud800"}']]) {
    checks.add(`a body that is ${name}: 400`, async () => {
        const answer = await post(body);
        that(answer.status === 400, `${answer.status} ${answer.text}`);
    });
}
checks.add('no type: 400, but only for those who may knock', async () => {
    const { answer } = await people.raw({ user: 'Sam Roe', activity: { type: undefined } });
    that(answer.status === 400, `${answer.status} ${answer.text}`);
    const { answer: refused } = await people.raw({ user: 'Sam Roe', activity: { type: undefined }, authorization: null });
    that(refused.status === 401, `without a token ${refused.status}`);
});
checks.add('no JSON and no token: 401', async () => {
    const { answer } = await people.raw({ user: 'Sam Roe', body: 'hello', authorization: null });
    that(answer.status === 401, `${answer.status}`);
});
checks.add('over 1 MiB: 413, and up to it 200', async () => {
    const activity = (await people.raw({ user: 'Sam Roe', type: 'typing' })).activity;
    const room = (1 << 20) - JSON.stringify({ ...activity, pad: '' }).length;
    that((await post(JSON.stringify({ ...activity, pad: 'x'.repeat(room) }))).status === 200, 'exactly 1 MiB is refused');
    const answer = await post(JSON.stringify({ ...activity, pad: 'x'.repeat(room + 1) }));
    that(answer.status === 413, `${answer.status}`);
});
for (const size of [(1 << 20) + 1, 5 << 20, 20 << 20]) {
    checks.add(`a body of ${size} bytes: its sender reads 413, though only after the last byte`, async () => {
        const text = await new Promise((done, fail) => {
            const socket = net.connect(rig.desk.port, '127.0.0.1').on('error', fail);
            socket.pause().write(`POST /api/messages HTTP/1.1\r\nHost: desk\r\nContent-Type: application/json\r\nContent-Length: ${size}\r\n\r\n`);
            socket.write(Buffer.alloc(size, 120), () => socket.on('data', (bytes) => { done(String(bytes)); socket.destroy(); }).on('end', () => fail(new Error('nothing came'))).resume());
        });
        that(/^HTTP\/1\.1 413 [^]*"too_large"/.test(text), text);
    });
}

for (const type of ['typing', 'event', 'endOfConversation', 'messageReaction', 'conversationUpdate', 'installationUpdate', 'messageUpdate', 'messageDelete', 'handoff', 'somethingNew', 'message']) {
    checks.add(`type ${type} without anything else: 200, empty`, async () => {
        const { answer } = await people.raw({ where: 'Support', user: 'Sam Roe', type, members: { text: '' } });
        quick(answer);
        that(answer.status === 200 && answer.text === '', `${answer.status} ${answer.text}`);
    });
}
for (const members of [{ from: null }, { from: 5 }, { conversation: { tenantId: teams.options.tenantId } }, { recipient: 'x' }, { entities: {} }, { entities: [5, null, {}] },
    { attachments: 7 }, { value: [] }, { value: { _d: 5 } }, { value: { _d: { a: 'claim' } } }, { text: 5 }, { id: null }, { id: 7 }, { membersAdded: [null, 5] }, { channelData: null }]) {
    checks.add(`odd members are harmless: ${JSON.stringify(members)}`, async () => {
        for (const type of ['message', 'conversationUpdate', 'messageUpdate']) {
            const { answer } = await people.raw({ where: 'personal', user: 'Kim Poe', type, activity: members });
            quick(answer);
            that([200, 403].includes(answer.status), `${type}: ${answer.status} ${answer.text}`);
        }
    });
}

// ---- invokes ----

for (const name of ['composeExtension/query', 'application/search', 'fileConsent/invoke', 'tab/fetch', 'config/fetch', 'message/fetchTask', 'actionableMessage/executeAction', 'unknown/name', undefined]) {
    checks.add(`invoke ${name}: 501, empty`, async () => {
        const answer = await invoke(name, {});
        that(answer.status === 501 && answer.text === '', `${answer.status} ${answer.text}`);
    });
}
for (const name of ['signin/verifyState', 'signin/tokenExchange', 'signin/failure']) {
    checks.add(`invoke ${name}: 200, empty`, async () => {
        const answer = await invoke(name, { state: '1' });
        that(answer.status === 200 && answer.text === '', `${answer.status} ${answer.text}`);
    });
}
checks.add('feedback: 200 and an empty object', async () => {
    const { answer } = await people.feedback({ message: ticket.message, user: 'Sam Roe', text: 'good' });
    that(answer.status === 200 && answer.text === '{}', `${answer.status} ${answer.text}`);
});
for (const name of ['adaptiveCard/action', 'task/fetch', 'task/submit']) {
    for (const value of [{}, { action: {} }, { data: {} }, { action: { verb: 'claim' } }, { data: { _d: {} } }, { action: { data: { _d: { a: 'claim', t: 'x' } } } },
        { data: { _d: { a: 'reply', t: -1 } } }, { action: { data: { _d: { a: 'nonsense', t: 1 } } } }, { data: { _d: { a: 'reply', t: 9999999, k: 'd1' } } }, { action: { data: [] } }, 'text']) {
        checks.add(`${name} with ${JSON.stringify(value)}: 200 and a sentence`, async () => {
            const answer = await invoke(name, value);
            const said = answer.json?.task?.value ?? answer.json?.value;
            that(answer.status === 200 && said, `${answer.status} ${answer.text}`);
            if (answer.json.statusCode !== undefined) that(answer.json.statusCode === 200, `statusCode ${answer.json.statusCode}`);
            that(/^application\/json/.test(answer.headers['content-type']), answer.headers['content-type']);
        });
    }
}

// ---- repeats ----

// A channel takes 50 messages in 30 s, so the cards of these tickets may have to wait.
const PACED = { seconds: 60 * patience };

async function fresh(text) { return rig.ticket(`I want to speak to a person about ${text}`); }
const count = async (one, pattern) => (await rig.log(one)).split('\n').filter((line) => pattern.test(line)).length;

for (const repeat of [{ same: 3 }, { fresh: 3 }, { same: 2, fresh: 2 }]) {
    const how = JSON.stringify(repeat);
    checks.add(`a claim delivered again ${how} happens once, with the same answer`, async () => {
        const one = await fresh(`a claim ${how}`);
        const { answer } = await rig.press('Sam Roe', one, 'claim', { repeat });
        const texts = new Set(answer.all.map((a) => `${a.status} ${a.text}`));
        that(texts.size === 1, `${texts.size} different answers: ${[...texts].map((t) => t.slice(0, 200))}`);
        that(answer.json.type === CARD && /Sam has it/.test(textOf(answer.json.value)), answer.text.slice(0, 300));
        that(await rig.owner(one) === 'Sam', 'Sam has it not');
    }, PACED);
    checks.add(`a reply delivered again ${how} reaches the customer once`, async () => {
        const one = await fresh(`a reply ${how}`);
        await rig.press('Sam Roe', one, 'claim');
        const { dialog } = await rig.dialog('Sam Roe', one, 'reply');
        const { answer } = await rig.submit(dialog, { text: `Hello once ${how}` }, { repeat });
        that(new Set(answer.all.map((a) => `${a.status} ${a.text}`)).size === 1, 'different answers');
        await rig.reads(one, /Hello once/);
        const late = await people.submitDialog({ dialog, inputs: { text: `Hello once ${how}` } });
        that(late.answer.status === 200 && late.answer.text === answer.text, 'a later repeat has another answer');
        that(await rig.got(one, /Hello once/) === 1, `the customer has it ${await rig.got(one, /Hello once/)} times`);
    }, PACED);
}
checks.add('a note delivered twice is kept once', async () => {
    const one = await fresh('a note');
    await rig.types('Sam Roe', one, 'seen only once', { repeat: { same: 4 } });
    await rig.line(one, /Kept as an internal note/);
    that(await count(one, /seen only once/) === 1, await rig.log(one));
    that(rig.thread(one).filter((m) => /Kept as an internal note/.test(rig.says(m))).length === 1, 'it is said more than once');
}, PACED);
checks.add('a click by an old client delivered again happens once', async () => {
    const one = await fresh('an old client');
    const { answer } = await rig.press('Sam Roe', one, 'claim', { old: true, repeat: { same: 2, fresh: 2 } });
    that(answer.all.every((a) => a.status === 200 && a.text === ''), 'answers differ');
    that(await rig.owner(one) === 'Sam', 'Sam has it not');
    that(await count(one, /claim/) <= 1, await rig.log(one));
}, PACED);
checks.add('words in the own chat delivered again are answered once', async () => {
    const { id } = teams.world.personal(people.user('Kim Poe'));
    const { length } = rig.ours(id);
    const { answer } = await people.write({ user: 'Kim Poe', text: 'mine', repeat: { same: 3 } });
    that(answer.all.every((a) => a.status === 200), 'not all are taken');
    await rig.wait(() => rig.ours(id).length > length, 'an answer');
    await rig.asks('Kim Poe', 'help');
    that(rig.ours(id).length === length + 2, `${rig.ours(id).length - length} answers`);
});

await checks.run();
await rig.stop();

// ---- while others hang ----

const slow = new Checks({ atOnce: 1 });
const budget = (answer) => that(answer.ms < ANSWER_MS, `it took ${Math.round(answer.ms)} ms`);

slow.add('the key server hangs: 401 within a second, for all kinds, and well again afterwards', async () => {
    const lame = await Rig.start({ alone: true, people: false, before: (t) => t.faults.add({ op: 'metadata', kind: 'hang', times: 1 }) });
    const shots = await Promise.all(['message', 'invoke', 'conversationUpdate'].map((type) => lame.people.raw({ type, user: 'Sam Roe', members: { name: 'task/fetch' } })));
    for (const { answer } of shots) {
        budget(answer);
        that(answer.status === 401 && answer.json.code === 'keys-unavailable', `${answer.status} ${answer.text}`);
    }
    that((await lame.people.raw({ user: 'Sam Roe', authorization: null })).answer.ms < ANSWER_MS, 'a bad request waits, too');
    await lame.wait(async () => (await lame.people.raw({ user: 'Sam Roe', type: 'typing' })).answer.status === 200, 'a right answer later');
    await lame.stop();
});
slow.add('key server and login service refuse connections from the start: the desk starts and answers', async () => {
    const gone = await Rig.start({ alone: true, people: false, noConfig: true, env: { TEAMS_OPENID_METADATA_URL: 'http://127.0.0.1:9/v1/.well-known/openidconfiguration', TEAMS_LOGIN_URL: 'http://127.0.0.1:9' } });
    const { answer } = await gone.people.raw({ user: 'Sam Roe' });
    budget(answer);
    that(answer.status === 401, `${answer.status}`);
    await gone.stop();
});
slow.add('the Connector hangs: clicks of people nobody knows yet are answered in time, and done when it wakes', async () => {
    const lame = await Rig.start();
    const one = await lame.ticket();
    lame.teams.faults.add({ op: 'member', kind: 'delay', ms: 2500 * patience, times: 1 });
    const { answer } = await lame.people.click({ message: one.message, user: 'Sam Roe', action: named('claim') });
    budget(answer);
    that(answer.status === 200 && answer.json.type === 'application/vnd.microsoft.activity.message', `${answer.status} ${answer.text}`);
    await lame.cardSays(one, /Sam has it/);
    await lame.stop();
});
slow.add('the token endpoint and the Connector hang: a known person works on', async () => {
    const lame = await Rig.start();
    const one = await lame.ticket();
    await lame.press('Sam Roe', one, 'claim');
    lame.teams.faults.add({ op: '*', kind: 'hang', times: null });
    const { dialog, answer } = await lame.dialog('Sam Roe', one, 'reply');
    budget(answer);
    budget((await lame.submit(dialog, { text: 'still here' })).answer);
    await lame.reads(one, /still here/);
    await lame.stop();
});
slow.add('a repeat after a restart changes nothing and has the ticket in its answer', async () => {
    const twice = await Rig.start();
    const one = await twice.ticket();
    const { activity } = await twice.press('Sam Roe', one, 'claim');
    await twice.cardSays(one, /Sam has it/);
    await twice.press('Sam Roe', one, 'release').catch(() => twice.dialog('Sam Roe', one, 'more')).catch(() => null);
    await twice.desk.stop();
    await twice.desk.start();
    const answer = await twice.people.send(activity, {});
    that(answer.status === 200 && answer.json.type === CARD, `${answer.status} ${answer.text.slice(0, 200)}`);
    await twice.stop();
});
await slow.run();
console.log(`${checks.passed + slow.passed} passed, ${checks.failed + slow.failed} failed`);
process.exit(checks.failed + slow.failed ? 1 : 0);
