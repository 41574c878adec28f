// sending.mjs - section 4: send, ack, once only, conflict, order, limits of messages.
import { that, same } from './checks.mjs';
import { pause } from './desk.mjs';
import { uuid } from './client.mjs';

const CONV = /^[A-Za-z0-9_-]{1,40}$/;

// Five messages in ten seconds are allowed: a check that needs more waits as it is told to.
export async function sayPatiently(socket, members) {
    for (;;) {
        const answer = await socket.say(members);
        if (answer.code !== 'rate_limited') return answer;
        await pause(answer.retry_ms + 20);
    }
}

export default function sending(checks, client, desk) {
    const check = (name, run, options) => checks.add(`sending: ${name}`, run, options);

    check('the first message makes a conversation and is number 1', async () => {
        const s = await client.hello();
        const ack = await s.say({ text: 'Hello' });
        same([ack.t, ack.seq], ['ack', 1], 'ack');
        that(CONV.test(ack.conv), `conv ${ack.conv}`);
        that(Number.isInteger(ack.ts) && Math.abs(ack.ts - Date.now()) < 60000, `ts ${ack.ts}`);
        const msg = await s.next((f) => f.t === 'msg' && f.seq === 1);
        same({ ...msg, ts: 0 }, { t: 'msg', conv: ack.conv, seq: 1, ts: 0, from: 'me', cid: ack.cid, text: 'Hello', ...(msg.files ? { files: [] } : {}) }, 'msg')
    });
    check('two messages without conv make two conversations', async () => {
        const s = await client.hello();
        const [a, b] = [await s.say({ text: 'One' }), await s.say({ text: 'Two' })];
        that(a.conv !== b.conv, 'the same conversation');
        same([a.seq, b.seq], [1, 1], 'numbers');
    });
    check('the shortest and the longest cid', async () => {
        const s = await client.hello();
        for (const cid of ['aB3-_678', `${'x'.repeat(28)}${uuid()}`]) same((await s.say({ cid, text: 'x' })).t, 'ack', cid);
    });

    const texts = {
        'spaces at both ends': '  two spaces \n', 'line ends': 'a\r\nb\rc\nd', 'a decomposed letter': 'e\u0301 \u00e9',
        'right to left': 'שלום \u202eabc\u202c مرحبا', 'a family emoji': '👩‍👩‍👧‍👦 x', 'markup': '<script>alert(1)</script>&amp;<b>',
        'JSON': '{"t":"ack"}\\u0041\\"', 'line separators': 'a\u2028b\u2029c', 'control characters': '\u0001\u0008\u001f\u007f\u0085',
        'noncharacters': '\ufffe\uffff\u{10ffff}', 'SQL': "'); DROP TABLE message; --%s%n", 'a lone combining mark': '\u0301',
        'a byte-order mark inside': 'a\ufeffb', 'the replacement character': '\ufffd',
    };
    for (const [name, text] of Object.entries(texts)) check(`text comes back unchanged: ${name}`, async () => {
        const s = await client.hello();
        const ack = await s.say({ text });
        same(ack.t, 'ack', 'answer');
        same((await s.next((f) => f.t === 'msg' && f.seq === 1)).text, text, 'live');
        s.send({ t: 'sync', conv: ack.conv, after: 0, limit: 1 });
        await s.next('synced');
        same(s.entries(ack.conv).filter((e) => e.seq === 1).map((e) => e.text), [text, text], 'live and in a page');
    });
    check('an escaped emoji comes back as the character', async () => {
        const s = await client.hello();
        s.send('{"t":"send","cid":"escaped-1","text":"\\ud83d\\ude00\\u00e4\\/"}');
        same((await s.next('msg')).text, '😀ä/', 'text');
    });
    check('8,000 code points of four bytes fit', async () => {
        const s = await client.hello(), text = '😀'.repeat(8000);
        same((await s.say({ text })).t, 'ack', 'answer');
        same((await s.next('msg')).text, text, 'text');
    });
    check('8,001 code points are too_large', async () => {
        const s = await client.hello();
        for (const text of ['😀'.repeat(8001), 'x'.repeat(8001)]) {
            const err = await s.say({ text });
            same([err.t, err.code, err.retry_ms], ['err', 'too_large', undefined], 'err');
        }
        await s.settle();
    });

    check('a repeat gets the same ack and no second entry', async () => {
        const s = await client.talker(), cid = uuid();
        const first = await s.say({ cid, conv: s.conv, text: 'Once' });
        for (let i = 0; i < 10; i++) same(await s.say({ cid, conv: s.conv, text: 'Once' }), first, 'ack');
        await s.settle();
        same(s.log.filter((f) => f.t === 'msg' && f.cid === cid).length, 1, 'entries');
    });
    check('a repeat of a first message makes no second conversation', async () => {
        const s = await client.hello(), cid = uuid();
        const first = await s.say({ cid, text: 'Once' });
        same(await s.say({ cid, text: 'Once' }), first, 'ack');
        same(await s.say({ cid, conv: first.conv, text: 'Once' }), first, 'ack with conv');
        const b = await client.hello({ tok: s.tok });
        same(b.welcome.convs.length, 1, 'conversations');
    });
    check('two sockets send the same message at once: one entry', async () => {
        const a = await client.talker(), b = await client.hello({ tok: a.tok });
        for (let i = 0; i < 3; i++) {
            const frame = { cid: uuid(), conv: a.conv, text: `Race ${i}` };
            const [x, y] = await Promise.all([a.say(frame), b.say(frame)]);
            same(x, y, 'acks');
        }
        await Promise.all([a.settle(), b.settle()]);
        for (const s of [a, b]) {
            const mine = s.log.filter((f) => f.t === 'msg' && f.text.startsWith('Race'));
            same(mine.length, 3, 'entries');
        }
    });
    check('a new conversation sent twice at once is one conversation', async () => {
        const a = await client.hello(), b = await client.hello({ tok: a.tok });
        const frame = { cid: uuid(), text: 'Race to open' };
        const [x, y] = await Promise.all([a.say(frame), b.say(frame)]);
        same(x, y, 'acks');
    });
    check('a repeat with another text is a conflict', async () => {
        const s = await client.talker(), cid = uuid();
        const first = await s.say({ cid, conv: s.conv, text: 'One text' });
        const err = await s.say({ cid, conv: s.conv, text: 'Another text' });
        same([err.code, err.cid, err.retry_ms], ['conflict', cid, undefined], 'err');
        same(await s.say({ cid, conv: s.conv, text: 'One text' }), first, 'the first stays');
    });
    check('texts that only look alike are a conflict', async () => {
        const s = await client.talker(), cid = uuid();
        await s.say({ cid, conv: s.conv, text: 'e\u0301' });
        same((await s.say({ cid, conv: s.conv, text: '\u00e9' })).code, 'conflict', 'code');
    });
    check('another contact may use the same cid', async () => {
        const [a, b] = [await client.talker(), await client.talker()], cid = uuid();
        same((await a.say({ cid, conv: a.conv, text: 'A' })).t, 'ack', 'a');
        same((await b.say({ cid, conv: b.conv, text: 'B' })).t, 'ack', 'b');
    });
    check('the conv of a repeat is not compared', async () => {
        const s = await client.hello(), cid = uuid();
        const [one, two] = [await s.say({ text: '1' }), await s.say({ text: '2' })];
        const first = await s.say({ cid, conv: one.conv, text: 'x' });
        same(await s.say({ cid, conv: two.conv, text: 'x' }), first, 'ack');
    });
    check('the conv of a repeat must be the own', async () => {
        const s = await client.talker(), other = await client.talker(), cid = uuid();
        await s.say({ cid, conv: s.conv, text: 'x' });
        same((await s.say({ cid, conv: other.conv, text: 'x' })).code, 'not_found', 'code');
    });
    check('a repeat on a new socket gets the same ack', async () => {
        const s = await client.talker(), cid = uuid();
        const first = await s.say({ cid, conv: s.conv, text: 'x' });
        await s.drop();
        const b = await client.hello({ tok: s.tok });
        same(await b.say({ cid, conv: s.conv, text: 'x' }), first, 'ack');
    });
    check('a message into a foreign or unknown conversation is not_found', async () => {
        const a = await client.talker(), b = await client.hello();
        for (const conv of [a.conv, 'no-such-conversation']) {
            const err = await b.say({ conv, text: 'Let me in' });
            same({ ...err, text: '', cid: '' }, { t: 'err', code: 'not_found', cid: '', conv, text: '' }, 'err');
        }
        await a.settle();
        same(a.log.filter((f) => f.text === 'Let me in').length, 0, 'entries');
    });

    check('messages of one socket keep their order', async () => {
        const s = await client.hello();
        const { conv } = await s.say({ text: 'First' });
        const cids = Array.from({ length: 4 }, uuid);
        cids.forEach((cid, i) => s.send({ t: 'send', cid, conv, text: `Line ${i}` }));
        const acks = [];
        for (let i = 0; i < 4; i++) acks.push(await s.next('ack'));
        same(acks.map((a) => a.cid), cids, 'order of acks');
        that(acks.every((a, i) => !i || a.seq > acks[i - 1].seq), `numbers ${acks.map((a) => a.seq)}`);
    });
    check('the sixth message within 10 s is rate_limited, and later it is not', async () => {
        const s = await client.hello(), cid = uuid();
        const { conv } = await s.say({ text: '1' });
        let fifth;
        const fifthCid = uuid();
        for (let i = 2; i <= 5; i++) fifth = await s.say({ ...(i === 5 ? { cid: fifthCid } : {}), conv, text: `${i}` });
        same(fifth.t, 'ack', 'the fifth');
        const err = await s.say({ cid, conv, text: '6' });
        same([err.code, err.cid], ['rate_limited', cid], 'err');
        that(Number.isInteger(err.retry_ms) && err.retry_ms > 0 && err.retry_ms <= 10000, `retry_ms ${err.retry_ms}`);
        same((await s.say({ cid: fifthCid, conv, text: '5' })).t, 'ack', 'a repeat is over no limit');
        same((await s.say({ cid: fifthCid, conv, text: 'five' })).code, 'conflict', 'a conflict is over no limit');
        const b = await client.hello({ tok: s.tok });
        same((await b.say({ conv, text: '6' })).code, 'rate_limited', 'another socket of the contact');
        await pause(err.retry_ms + 50);
        same((await s.say({ cid, conv, text: '6' })).t, 'ack', 'after retry_ms');
    });
    check('the limit of one contact is not that of another', async () => {
        const a = await client.hello();
        for (let i = 0; i < 6; i++) await a.say({ text: `${i}` });
        const b = await client.hello();
        same((await b.say({ text: 'x' })).t, 'ack', 'answer');
    });
    check('the 21st conversation within a day is rate_limited', async () => {
        const s = await client.hello();
        for (let i = 0; i < 20; i++) same((await sayPatiently(s, { cid: uuid(), text: `Conversation ${i}` })).t, 'ack', `conversation ${i}`);
        await pause(10100);
        const err = await s.say({ text: 'One more' });
        same(err.code, 'rate_limited', 'code');
        that(err.retry_ms > 60000, `retry_ms ${err.retry_ms}`);
        const b = await client.hello({ tok: s.tok });
        same((await b.say({ conv: b.welcome.convs[0].conv, text: 'Into an old one' })).t, 'ack', 'an old conversation');
    }, { seconds: 90 });
    check('the 61st message within 10 min is rate_limited', async () => {
        const s = await client.talker();
        for (let i = 1; i < 60; i++) same((await sayPatiently(s, { cid: uuid(), conv: s.conv, text: `${i}` })).t, 'ack', `message ${i}`);
        await pause(10100);
        const err = await s.say({ conv: s.conv, text: '61' });
        same(err.code, 'rate_limited', 'code');
        that(err.retry_ms > 10000, `retry_ms ${err.retry_ms}`);
    }, { seconds: 180 });

    if (!desk.bin) return;
    check('a restart keeps tokens, messages and once-only', async () => {
        const s = await client.talker('Before the restart'), cid = uuid();
        const first = await s.say({ cid, conv: s.conv, text: 'Kept' });
        const fresh = await client.hello();
        await desk.stop('SIGKILL');
        await desk.start();
        const b = await client.hello({ tok: s.tok, pos: [[s.conv, 0]] });
        await b.next('synced');
        same(await b.say({ cid, conv: s.conv, text: 'Kept' }), first, 'ack');
        same(b.entries(s.conv).filter((e) => e.cid === cid).length, 1, 'entries');
        same((await client.hello({ tok: fresh.tok })).tok, fresh.tok, 'a token that was only welcomed');
    }, { alone: true, seconds: 30 });
    check('a drain closes sockets with 1012 and ends with status 0', async () => {
        const s = await client.hello();
        const stopped = desk.stop('SIGTERM');
        same((await s.closing(10000)).code, 1012, 'close code');
        same((await stopped).code, 0, 'exit status');
        await desk.start();
    }, { alone: true, seconds: 30 });
}
