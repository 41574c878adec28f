// limits.mjs - section 9: frames per socket, floods, readers that stop.
import { that, same } from './checks.mjs';
import { pause } from './desk.mjs';
import { uuid } from './client.mjs';
import { sayPatiently } from './sending.mjs';
import { readFileSync } from 'node:fs';

const residentBytes = (pid) => Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096;

export default function limits(checks, client, desk) {
    const check = (name, run, options) => checks.add(`limits: ${name}`, run, options);

    check('frames over 100 in 10 s are rate_limited, each', async () => {
        const s = await client.hello();
        for (let i = 0; i < 150; i++) s.send({ t: 'ping', n: i });
        for (let i = 0; i < 51; i++) {
            const err = await s.next('err');
            same(err.code, 'rate_limited', 'code');
            that(err.retry_ms > 0 && err.retry_ms <= 10000, `retry_ms ${err.retry_ms}`);
        }
        that(Math.abs(s.log.filter((f) => f.t === 'pong').length - 99) <= 1, `${s.log.filter((f) => f.t === 'pong').length} pongs`);
        same(s.closedWith, null, 'closed');
    });
    check('a message over the frame limit is rate_limited with its cid and not stored', async () => {
        const s = await client.talker(), cid = uuid();
        for (let i = 0; i < 100; i++) s.send({ t: 'ping', n: i });
        s.send({ t: 'send', cid, conv: s.conv, text: 'Too fast' });
        const err = await s.next((f) => f.t === 'err' && f.cid === cid);
        same(err.code, 'rate_limited', 'code');
        await pause(err.retry_ms + 100);
        same((await s.say({ cid, conv: s.conv, text: 'Too fast' })).t, 'ack', 'later');
        same(s.log.filter((f) => f.t === 'msg' && f.cid === cid).length <= 1, true, 'once');
    });
    check('over 300 frames in 10 s close with 4429', async () => {
        const s = await client.hello();
        for (let i = 0; i < 400; i++) s.send({ t: 'ping' });
        same((await s.closing()).code, 4429, 'close code');
    });
    check('the flood of one socket is not the limit of another', async () => {
        const a = await client.hello(), b = await client.hello({ tok: a.tok });
        for (let i = 0; i < 400; i++) a.send({ t: 'ping' });
        await a.closing();
        await b.settle();
    });

    check('an address has at most 500 open sockets', async () => {
        const address = `192.0.2.${1 + Math.floor(Math.random() * 250)}`, open = [];
        const hello = () => client.hello({}, { headers: { 'X-Forwarded-For': address } });
        for (let i = 0; i < 295; i += 5) open.push(...await Promise.all([hello(), hello(), hello(), hello(), hello()]));
        await pause(61000);             // the limit of upgrades in 60 s lies below that of sockets
        for (const s of open) s.send({ t: 'ping' });
        for (let i = open.length; i < 500; i += 5) open.push(...await Promise.all([hello(), hello(), hello(), hello(), hello()]));
        const refused = await client.request({ headers: { 'X-Forwarded-For': address } });
        same([refused.status, refused.json?.code], [429, 'rate_limited'], 'the 501st');
        that(/^[1-9]\d*$/.test(refused.headers['retry-after'] ?? ''), `Retry-After is ${refused.headers['retry-after']}`);
        await Promise.all(open.slice(0, 5).map((s) => s.close()));
        await hello();
        for (const s of open) s.ws.terminate();
    }, { seconds: 120 });
    check('a reader that stops is closed, costs little and delays nobody', async () => {
        const a = await client.hello(), text = '😀'.repeat(8000);
        const { conv } = await sayPatiently(a, { cid: uuid(), text });
        for (let i = 0; i < 8; i++) await sayPatiently(a, { cid: uuid(), conv, text });
        const before = desk.pid ? residentBytes(desk.pid) : 0;
        const slow = await client.hello({ tok: a.tok });
        slow.ws.pause();
        for (let i = 0; i < 60; i++) slow.send({ t: 'sync', conv, after: 0 });
        const honest = await client.talker();
        let worst = 0, grew = 0, ended = false;
        slow.ws._socket.on('close', () => { ended = true; });
        for (const end = Date.now() + 75000; !ended && Date.now() < end;) {
            const began = Date.now();
            await honest.settle();
            worst = Math.max(worst, Date.now() - began);
            if (before) grew = Math.max(grew, residentBytes(desk.pid) - before);
            await pause(200);
            slow.ws._socket.write(Buffer.from([0x89, 0x80, 0, 0, 0, 0]));   // alive, but reading nothing
            if (Date.now() > end - 30000) slow.ws.resume();    // else the close cannot be seen
        }
        that(ended && Date.now(), `still open after 75 s; ${slow.log.length} frames were read`);
        that(worst < 1000, `an honest round trip took ${worst} ms`);
        that(grew < 24 << 20, `the desk grew by ${grew >> 20} MiB`);
        const again = await client.hello({ tok: a.tok, pos: [[conv, 0]] });
        await again.next('synced');
    }, { seconds: 150 });
    check('half a handshake does not disturb others and ends', async () => {
        const halves = [];
        for (let i = 0; i < 20; i++) halves.push(client.raw(`GET /m/ws?k=demo HTTP/1.1\r\nHost: x\r\nX-Slow: `, { ms: 60000 }).catch((e) => e));
        const began = Date.now();
        await client.talker();
        that(Date.now() - began < 2000, `an honest client waited ${Date.now() - began} ms`);
        await Promise.all(halves);
        that(Date.now() - began < 59000, 'half a handshake was kept for a minute');
    }, { seconds: 75 });
    check('headers of 16 KiB do not crash or hang', async () => {
        const a = await client.request({ headers: { 'X-Long': 'x'.repeat(16000) } }).catch(() => ({ status: 0 }));
        that([0, 101, 400, 413, 431].includes(a.status), `status ${a.status}`);
        await client.hello();
    });
    check('bytes that are no HTTP do not disturb others', async () => {
        await client.raw(Buffer.from([0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3]), { ms: 3000 }).catch(() => {});
        await client.raw('\0\0\0\0\r\n\r\n', { ms: 3000 }).catch(() => {});
        await client.hello();
    });
}
