// log.mjs - section 5: the numbered log, pages, sync, the live guarantee.
import { that, same } from './checks.mjs';
import { pause } from './desk.mjs';
import { uuid } from './client.mjs';
import { sayPatiently } from './sending.mjs';

// Each entry once, rising, without holes, beginning after `after`. Pages repeat what was live.
export function dense(entries, after, what) {
    const numbers = entries.map((e) => e.seq);
    same(numbers, numbers.map((_, i) => after + 1 + i), `numbers ${what}`);
}

async function page(socket, conv, after, limit) {
    const from = socket.log.length;
    socket.send({ t: 'sync', conv, after, ...(limit ? { limit } : {}) });
    const synced = await socket.next('synced');
    const at = socket.log.indexOf(synced);
    const entries = socket.log.slice(from, at).filter((f) => f.conv === conv && (f.t === 'msg' || f.t === 'conv'));
    return { synced, entries };
}

async function settled(socket, conv) {          // until the assistant has said its line
    let count = -1;
    while (count !== socket.entries(conv).length) {
        count = socket.entries(conv).length;
        await pause(400);
        await socket.settle();
    }
}

const bytesOf = (frames) => frames.reduce((n, f) => n + Buffer.byteLength(JSON.stringify(f)), 0);

export default function log(checks, client) {
    const check = (name, run, options) => checks.add(`log: ${name}`, run, options);

    check('live entries are dense on every socket, once each', async () => {
        const a = await client.talker(), b = await client.hello({ tok: a.tok, pos: [[a.conv, 0]] });
        await b.next('synced');
        await a.say({ conv: a.conv, text: 'From a' });
        await b.say({ conv: a.conv, text: 'From b' });
        await settled(a, a.conv);
        await settled(b, a.conv);
        dense(a.entries(a.conv), 0, 'of a');
        dense(b.entries(a.conv), 0, 'of b');
        same(b.entries(a.conv), a.entries(a.conv), 'entries of both');
    });
    check('without pos live begins after the head of welcome', async () => {
        const a = await client.talker();
        await settled(a, a.conv);
        const b = await client.hello({ tok: a.tok });
        await a.say({ conv: a.conv, text: 'New' });
        await settled(b, a.conv);
        dense(b.entries(a.conv), b.welcome.convs[0].seq, 'of b');
        that(b.entries(a.conv).length >= 1, 'nothing came');
    });
    check('a new conversation of another socket comes live from 1', async () => {
        const a = await client.hello(), b = await client.hello({ tok: a.tok });
        const { conv } = await a.say({ text: 'Brand new' });
        await settled(b, conv);
        dense(b.entries(conv), 0, 'of b');
    });
    check('pos in the middle resumes after it', async () => {
        const a = await client.talker();
        await a.say({ conv: a.conv, text: '2' });
        await a.say({ conv: a.conv, text: '3' });
        await settled(a, a.conv);
        const b = await client.hello({ tok: a.tok, pos: [[a.conv, 1]] });
        const synced = await b.next('synced');
        same([synced.conv, synced.more], [a.conv, false], 'synced');
        dense(b.entries(a.conv), 1, 'of b');
        same(b.entries(a.conv), a.entries(a.conv).slice(1), 'entries');
    });
    check('pos at the head is an empty page', async () => {
        const a = await client.talker();
        await settled(a, a.conv);
        const head = a.entries(a.conv).length;
        const b = await client.hello({ tok: a.tok, pos: [[a.conv, head]] });
        same(await b.next('synced'), { t: 'synced', conv: a.conv, seq: head, more: false }, 'synced');
        same(b.entries(a.conv).length, 0, 'entries');
    });
    check('pos above the head says reset', async () => {
        const a = await client.talker();
        await settled(a, a.conv);
        const head = a.entries(a.conv).length;
        const b = await client.hello({ tok: a.tok, pos: [[a.conv, head + 500]] });
        same(await b.next('synced'), { t: 'synced', conv: a.conv, seq: head, more: false, reset: true }, 'synced');
        await a.say({ conv: a.conv, text: 'After the reset' });
        await b.next((f) => f.t === 'msg' && f.text === 'After the reset');
    });
    check('pos answers in its order, foreign ones with not_found', async () => {
        const a = await client.hello(), other = await client.talker();
        const [one, two] = [(await a.say({ text: '1' })).conv, (await a.say({ text: '2' })).conv];
        const b = await client.hello({ tok: a.tok, pos: [[two, 0], [other.conv, 0], ['unknown', 3], [one, 0]] });
        await b.next((f) => f.t === 'synced' && f.conv === one);
        const order = b.log.filter((f) => f.t === 'synced' || f.t === 'err').map((f) => [f.t, f.conv]);
        same(order, [['synced', two], ['err', other.conv], ['err', 'unknown'], ['synced', one]], 'answers');
        for (const err of b.log.filter((f) => f.t === 'err')) same(err.code, 'not_found', 'code');
        await b.settle();
    });
    check('sync of the whole, of one, from the head', async () => {
        const a = await client.talker();
        await a.say({ conv: a.conv, text: '2' });
        await settled(a, a.conv);
        const all = a.entries(a.conv), head = all.length;
        const whole = await page(a, a.conv, 0);
        same(whole.entries, all, 'entries');
        same(whole.synced, { t: 'synced', conv: a.conv, seq: head, more: false }, 'synced');
        const one = await page(a, a.conv, 0, 1);
        same([one.entries, one.synced.seq, one.synced.more], [all.slice(0, 1), 1, true], 'one');
        const none = await page(a, a.conv, head);
        same([none.entries.length, none.synced.seq, none.synced.more], [0, head, false], 'none');
        const last = await page(a, a.conv, head - 1, 200);
        same([last.entries, last.synced.more], [all.slice(-1), false], 'last');
    });
    check('sync above the head says reset', async () => {
        const a = await client.talker();
        await settled(a, a.conv);
        const { synced } = await page(a, a.conv, 100000);
        same(synced, { t: 'synced', conv: a.conv, seq: a.entries(a.conv).length, more: false, reset: true }, 'synced');
    });
    check('sync never moves the live position back', async () => {
        const a = await client.talker();
        await settled(a, a.conv);
        const head = a.entries(a.conv).length;
        await page(a, a.conv, 0, 1);
        await a.say({ conv: a.conv, text: 'Next' });
        await settled(a, a.conv);
        const live = a.log.slice(a.log.findIndex((f) => f.t === 'synced') + 1).filter((f) => f.conv === a.conv && (f.t === 'msg' || f.t === 'conv'));
        dense(live, head, 'after the sync');
    });
    check('sync of a foreign and of an unknown conversation look the same', async () => {
        const a = await client.talker(), b = await client.hello();
        const answers = [];
        for (const conv of [a.conv, 'no-such-conversation']) {
            b.send({ t: 'sync', conv, after: 0, rid: 'r1' });
            answers.push(await b.next('err'));
            same([answers.at(-1).code, answers.at(-1).conv, answers.at(-1).rid], ['not_found', conv, 'r1'], 'err');
        }
        same(answers[0].text, answers[1].text, 'texts');
        same(Object.keys(answers[0]).sort(), Object.keys(answers[1]).sort(), 'members');
    });
    check('state entries carry the whole visible state', async () => {
        const a = await client.talker();
        await a.ask({ t: 'human', conv: a.conv });
        await settled(a, a.conv);
        for (const e of a.entries(a.conv).filter((f) => f.t === 'conv')) {
            that(['open', 'in_progress', 'waiting_customer', 'on_hold', 'awaiting_close', 'resolved', 'closed'].includes(e.status), `status ${e.status}`);
            that(['ai', 'human', 'none'].includes(e.handler), `handler ${e.handler}`);
            that(typeof e.subject === 'string' && [...e.subject].length <= 200, `subject ${e.subject}`);
        }
    });
    check('others have a name, the own messages a cid', async () => {
        const a = await client.talker('How do I reset my password?');
        await settled(a, a.conv);
        for (const m of a.entries(a.conv).filter((f) => f.t === 'msg')) {
            that(['me', 'technician', 'assistant', 'system'].includes(m.from), `from ${m.from}`);
            if (m.from === 'me') that(m.cid && m.name === undefined, JSON.stringify(m));
            else that(typeof m.name === 'string' && m.name && m.cid === undefined, JSON.stringify(m));
        }
    });
    check('times never decide the order but are plausible', async () => {
        const a = await client.talker();
        await settled(a, a.conv);
        for (const e of a.entries(a.conv)) that(Math.abs(e.ts - Date.now()) < 60000, `ts ${e.ts}`);
    });
    check('pages end at 256 KiB, and live waits until more is false', async () => {
        const a = await client.hello(), text = '😀'.repeat(8000);
        const { conv } = await sayPatiently(a, { cid: uuid(), text });
        for (let i = 0; i < 10; i++) await sayPatiently(a, { cid: uuid(), conv, text });
        const b = await client.hello({ tok: a.tok, pos: [[conv, 0]] });
        let synced = await b.next('synced');
        const first = b.entries(conv);
        that(synced.more === true, 'a page took more than 256 KiB');
        that(bytesOf(first) <= 262144, `the page has ${bytesOf(first)} bytes`);
        that(first.length >= 5, `the page has ${first.length} entries only`);
        dense(first, 0, 'of the first page');
        await sayPatiently(a, { cid: uuid(), conv, text: 'Live while more' });
        await b.settle();
        await pause(300);
        same(b.entries(conv).length, first.length, 'entries while more is true');
        while (synced.more) {
            b.send({ t: 'sync', conv, after: synced.seq });
            synced = await b.next('synced');
        }
        await settled(b, conv);
        dense(b.entries(conv), 0, 'in the end');
        that(b.entries(conv).some((e) => e.text === 'Live while more'), 'the live message is missing');
    }, { seconds: 80 });
}
