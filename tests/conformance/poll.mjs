// poll.mjs - section 10: the same frames by long poll.
import { that, same } from './checks.mjs';
import { pause } from './desk.mjs';
import { uuid } from './client.mjs';
import { sayPatiently } from './sending.mjs';

const HELLO = { t: 'hello', v: 1 };

class PollSession {
    static async begin(client, hello = {}, more = []) {
        const answer = await client.poll({ frames: [{ ...HELLO, ...hello }, ...more] });
        same(answer.status, 200, `status (${answer.text.slice(0, 200)})`);
        const session = new PollSession(client, answer.json);
        session.take(answer.json);
        return session;
    }

    constructor(client, json) { Object.assign(this, { client, sid: json.sid, n: 0, frames: [], first: json }); }

    take(json) {
        if (json.n !== this.n) this.frames.push(...json.frames);
        this.n = json.n;
    }

    ask(body = {}) { return this.client.poll({ sid: this.sid, got: this.n, wait: 0, frames: [], ...body }); }

    async step(frames = [], wait = 0) {
        const answer = await this.ask({ frames, wait });
        same(answer.status, 200, `status (${answer.text.slice(0, 200)})`);
        this.take(answer.json);
        return answer.json;
    }

    async until(fits, ms = 8000) {
        for (const end = Date.now() + ms; Date.now() < end; await this.step([], 500)) {
            const found = this.frames.find(fits);
            if (found) return found;
        }
        throw new Error(`nothing came that fits; got ${JSON.stringify(this.frames).slice(0, 300)}`);
    }

    get tok() { return this.frames.find((f) => f.t === 'welcome').tok; }
}

export default function poll(checks, client) {
    const check = (name, run, options) => checks.add(`poll: ${name}`, run, options);
    const refusal = (name, status, code, body, options) => check(name, async () => {
        const a = await client.poll(body, options);
        same(a.status, status, `status (${a.text.slice(0, 120)})`);
        that(a.json && typeof a.json.code === 'string' && typeof a.json.text === 'string', `body ${a.text.slice(0, 120)}`);
        if (code) same(a.json.code, code, 'code');
        same(a.headers['cache-control'], 'no-store', 'Cache-Control');
    });

    check('hello is answered by welcome and a secret sid', async () => {
        const s = await PollSession.begin(client);
        that(/^[A-Za-z0-9_-]{22,64}$/.test(s.first.sid), `sid ${s.first.sid}`);
        same(s.first.n, 1, 'n');
        same(s.first.frames[0].t, 'welcome', 'first frame');
    });
    check('answers are JSON and not stored', async () => {
        const a = await client.poll({ frames: [HELLO] });
        that(/^application\/json\b/.test(a.headers['content-type']), a.headers['content-type']);
        same(a.headers['cache-control'], 'no-store', 'Cache-Control');
        that(!a.headers['set-cookie'], 'a cookie is set');
    });
    check('a message is acknowledged and comes back', async () => {
        const s = await PollSession.begin(client), cid = uuid();
        await s.step([{ t: 'send', cid, text: 'By poll' }], 2000);
        const ack = await s.until((f) => f.t === 'ack' && f.cid === cid);
        same(ack.seq, 1, 'seq');
        same((await s.until((f) => f.t === 'msg' && f.cid === cid)).text, 'By poll', 'text');
        same(s.n >= 2, true, 'n');
    });
    check('hello and a message in one request', async () => {
        const s = await PollSession.begin(client, {}, [{ t: 'send', cid: uuid(), text: 'At once' }]);
        await s.until((f) => f.t === 'ack');
        same(s.frames[0].t, 'welcome', 'first frame');
    });
    check('wait 0 answers at once, wait 1,500 holds', async () => {
        const s = await PollSession.begin(client);
        let began = Date.now();
        same((await s.step()).frames, [], 'frames');
        that(Date.now() - began < 700, `wait 0 took ${Date.now() - began} ms`);
        began = Date.now();
        same((await s.step([], 1500)).frames, [], 'frames');
        const took = Date.now() - began;
        that(took >= 1400 && took < 3500, `wait 1,500 took ${took} ms`);
    });
    check('a frame ends the wait', async () => {
        const s = await PollSession.begin(client), other = await client.hello({ tok: s.tok });
        const held = s.step([], 20000), began = Date.now();
        await pause(200);
        await other.say({ text: 'Wake up' });
        await held;
        that(Date.now() - began < 4000, `the answer took ${Date.now() - began} ms`);
        await s.until((f) => f.t === 'msg' && f.text === 'Wake up');
    });
    check('frames that were not confirmed are sent again', async () => {
        const s = await PollSession.begin(client), cid = uuid();
        const lost = await s.ask({ frames: [{ t: 'send', cid, text: 'Lost answer' }], wait: 3000 });
        const again = await s.ask({ got: 1, wait: 0 });
        same(again.json.frames.slice(0, lost.json.frames.length), lost.json.frames, 'frames');
        that(lost.json.frames.length > 0, 'nothing was lost');
    });
    check('frames that were confirmed are not sent again', async () => {
        const s = await PollSession.begin(client), cid = uuid();
        await s.step([{ t: 'send', cid, text: 'Once' }], 3000);
        await s.until((f) => f.t === 'msg' && f.cid === cid);
        await s.step();
        await s.step([], 300);
        same(s.frames.filter((f) => f.t === 'msg' && f.cid === cid).length, 1, 'entries');
        same(s.frames.filter((f) => f.t === 'welcome').length, 1, 'welcomes');
    });
    check('a newer request ends the older with the same n', async () => {
        const s = await PollSession.begin(client);
        const older = s.ask({ wait: 20000 }), began = Date.now();
        await pause(300);
        const newer = s.ask({ wait: 0 });
        const a = await older;
        that(Date.now() - began < 5000, 'the older was held on');
        same([a.status, a.json.frames, a.json.n], [200, [], s.n], 'older');
        same((await newer).status, 200, 'newer');
    });
    check('once only holds across socket and poll', async () => {
        const a = await client.talker(), cid = uuid();
        const first = await a.say({ cid, conv: a.conv, text: 'x' });
        const s = await PollSession.begin(client, { tok: a.tok });
        await s.step([{ t: 'send', cid, conv: a.conv, text: 'x' }], 2000);
        same(await s.until((f) => f.t === 'ack'), first, 'ack');
    });
    check('pos resumes in a poll', async () => {
        const a = await client.talker();
        const s = await PollSession.begin(client, { tok: a.tok, pos: [[a.conv, 0]] });
        await s.until((f) => f.t === 'synced');
        same(s.frames.find((f) => f.t === 'msg').seq, 1, 'seq');
    });
    check('refused frames are answered inside', async () => {
        const s = await PollSession.begin(client);
        await s.step([{ t: 'nonsense', rid: 'r1' }, { t: 'ping', n: 4 }], 1000);
        same((await s.until((f) => f.t === 'err')).code, 'unknown_type', 'code');
        same((await s.until((f) => f.t === 'pong')).n, 4, 'n');
    });
    check('a refused token closes in the answer', async () => {
        const a = await client.poll({ frames: [{ ...HELLO, tok: 'x'.repeat(40) }] });
        same(a.status, 200, 'status');
        same(a.json.close, { code: 4401, reason: 'unauthorized' }, 'close');
        same(a.json.frames.at(-1).code, 'unauthorized', 'err');
    });
    check('a second hello closes with 4400, then the sid is gone', async () => {
        const s = await PollSession.begin(client);
        const a = await s.ask({ frames: [HELLO] });
        if (a.status === 200) same(a.json.close?.code, 4400, 'close');
        else same(a.status, 400, 'status');
        same((await s.ask()).status, 410, 'afterwards');
    });
    check('a poll session counts as a socket', async () => {
        const first = await client.hello();
        for (let i = 0; i < 9; i++) await client.hello({ tok: first.tok });
        await PollSession.begin(client, { tok: first.tok });
        same((await first.closing()).code, 4409, 'close code');
    });
    check('the oldest poll session is replaced, too', async () => {
        const s = await PollSession.begin(client);
        for (let i = 0; i < 9; i++) await client.hello({ tok: s.tok });
        await client.hello({ tok: s.tok });
        const a = await s.ask({ wait: 1000 });
        if (a.status === 200) same(a.json.close?.code, 4409, 'close');
        else same(a.status, 410, 'status');
    });
    check('an answer holds at most 256 KiB of frames', async () => {
        const a = await client.hello(), text = '😀'.repeat(8000);
        const { conv } = await sayPatiently(a, { cid: uuid(), text });
        for (let i = 0; i < 9; i++) await sayPatiently(a, { cid: uuid(), conv, text });
        const s = await PollSession.begin(client, { tok: a.tok, pos: [[conv, 0]] });
        let synced = await s.until((f) => f.t === 'synced');
        while (synced.more) {
            const before = s.frames.length;
            const json = await s.step([{ t: 'sync', conv, after: synced.seq }], 2000);
            that(Buffer.byteLength(JSON.stringify(json.frames)) < 262144 + 65536, 'an answer is too large');
            synced = await s.until((f) => s.frames.indexOf(f) >= before && f.t === 'synced');
        }
        const numbers = s.frames.filter((f) => f.conv === conv && (f.t === 'msg' || f.t === 'conv')).map((f) => f.seq);
        same(numbers, numbers.map((_, i) => i + 1), 'numbers');
    }, { seconds: 80 });
    check('16 frames are fine', async () => {
        const s = await PollSession.begin(client);
        await s.step(Array.from({ length: 16 }, (_, n) => ({ t: 'ping', n })), 1000);
        await s.until((f) => f.t === 'pong' && f.n === 15);
        same(s.frames.filter((f) => f.t === 'pong').map((f) => f.n), Array.from({ length: 16 }, (_, n) => n), 'pongs');
    });
    check('a content type with parameters is fine', async () => {
        const a = await client.poll({ frames: [HELLO] }, { headers: { 'Content-Type': 'application/json; charset=utf-8' } });
        same(a.status, 200, 'status');
    });

    const body = { frames: [HELLO] };
    for (const method of ['GET', 'PUT', 'DELETE'])
        refusal(`${method} is 405`, 405, null, method === 'GET' ? '' : body, { method });
    refusal('no Origin is 403', 403, 'forbidden', body, { headers: { Origin: undefined } });
    refusal('a foreign Origin is 403', 403, 'forbidden', body, { headers: { Origin: 'https://evil.example' } });
    refusal('an unknown key is 404', 404, 'not_found', body, { query: '?k=nobody-has-this-key' });
    refusal('no key is 404', 404, 'not_found', body, { query: '' });
    refusal('text/plain is 415', 415, null, body, { headers: { 'Content-Type': 'text/plain' } });
    refusal('no content type is 415', 415, null, body, { headers: { 'Content-Type': undefined } });
    refusal('a body over 128 KiB is 413', 413, null, `{"frames":[],"x":"${'x'.repeat(131072)}"}`);
    for (const [name, bad] of Object.entries({
        'no JSON': 'hello', 'an array': '[]', 'no frames': {}, 'frames as an object': { frames: {} }, 'no hello': { frames: [{ t: 'ping' }] },
        'nothing in frames': { frames: [] }, 'a frame that is no object': { frames: [1] }, 'a frame without t': { frames: [{ v: 1 }] },
        'a name twice': '{"frames":[{"t":"hello","v":1,"v":1}]}', 'a NUL': '{"frames":[{"t":"hello","v":1,"lang":"a\\u0000"}]}',
        'a lone surrogate': '{"frames":[{"t":"hello","v":1,"lang":"\\ud83d"}]}', 'text after it': '{"frames":[{"t":"hello","v":1}]}x',
        'invalid UTF-8': Buffer.concat([Buffer.from('{"frames":[{"t":"hello","v":1,"lang":"'), Buffer.from([0xff]), Buffer.from('"}]}')]),
        'deep nesting': `{"frames":[{"t":"hello","v":1,"x":${'['.repeat(3000)}${']'.repeat(3000)}}]}`,
        '17 frames': { frames: [HELLO, ...Array.from({ length: 16 }, () => ({ t: 'ping' }))] }, 'wait 25,001': { ...body, wait: 25001 },
        'wait -1': { ...body, wait: -1 }, 'wait as a string': { ...body, wait: '1' }, 'an empty body': '',
    })) refusal(`a body with ${name} is 400`, 400, 'bad_frame', bad);
    for (const [name, sid] of [['unknown', 'A'.repeat(32)], ['short', 'x'], ['strange', '../../etc/passwd/////////']])
        check(`a sid that is ${name} is 410 or 400`, async () => {
            const a = await client.poll({ sid, got: 1, wait: 0, frames: [] });
            that(a.status === 410 || (name !== 'unknown' && a.status === 400), `status ${a.status}`);
            that(a.json?.code && a.json?.text, `body ${a.text}`);
        });
    check('a broken frame ends the session', async () => {
        const s = await PollSession.begin(client);
        const a = await s.ask({ frames: [{ n: 1 }] });
        same([a.status, a.json.code], [400, 'bad_frame'], 'answer');
        same((await s.ask()).status, 410, 'afterwards');
    });
    check('the sid of another client key is 410', async () => {
        const s = await PollSession.begin(client);
        const a = await client.poll({ sid: s.sid, got: s.n, wait: 0, frames: [] }, { query: '?k=nobody-has-this-key' });
        that([404, 410].includes(a.status), `status ${a.status}`);
    });
    check('a session without request for 70 s ends', async () => {
        const s = await PollSession.begin(client);
        await pause(80000);
        same((await s.ask()).status, 410, 'status');
    }, { seconds: 100 });
}
