#!/usr/bin/env node
// ws101.mjs - RFC 6455 cases against the messenger's socket, byte by byte on a raw TCP connection.
// What a case may end in: an answer to a ping frame, or a close with a code (dropping TCP counts too:
// the protocol allows it). KNOWN lists what libwebsockets 4.1.6 does otherwise.
import net from 'node:net';
import { randomBytes } from 'node:crypto';
import { Checks, that, same } from './checks.mjs';
import { deskFromEnvironment } from './desk.mjs';

const KNOWN = {
    'unmasked text': 'libwebsockets 4.1.6 takes frames without a mask',
    'unmasked ping': 'libwebsockets 4.1.6 takes frames without a mask',
    'unmasked close': 'libwebsockets 4.1.6 takes frames without a mask',
    'a 16-bit length for a short payload': 'libwebsockets 4.1.6 takes longer forms of a length',
    'a 64-bit length for a short payload': 'libwebsockets 4.1.6 takes longer forms of a length',
    'close of one byte': 'libwebsockets 4.1.6 answers it like a close without a code',
    'close with a reason that is no UTF-8': 'libwebsockets 4.1.6 does not look at the reason',
    'ten pings in one segment': 'libwebsockets 4.1.6 answers one of them; RFC 6455 5.5.3 allows the last',
};

const TEXT = 1, BINARY = 2, CLOSE = 8, PING = 9, PONG = 10;

// form: 7, 16 or 64 for the length; claim: another length than that of the payload.
function frame(opcode, payload = '', { fin = true, rsv = 0, mask = true, form, claim, key } = {}) {
    const bytes = Buffer.from(payload), length = claim ?? BigInt(bytes.length);
    form ??= length < 126n ? 7 : length < 65536n ? 16 : 64;
    const head = Buffer.alloc(form === 7 ? 2 : form === 16 ? 4 : 10);
    head[0] = (fin ? 0x80 : 0) | rsv << 4 | opcode;
    head[1] = (mask ? 0x80 : 0) | (form === 7 ? Number(length) : form === 16 ? 126 : 127);
    if (form === 16) head.writeUInt16BE(Number(length), 2);
    if (form === 64) head.writeBigUInt64BE(length, 2);
    if (!mask) return Buffer.concat([head, bytes]);
    const k = key ?? randomBytes(4);
    return Buffer.concat([head, k, Buffer.from(bytes.map((b, i) => b ^ k[i % 4]))]);
}

class Wire {
    static async open(port) {
        const wire = new Wire();
        wire.socket = net.connect({ port, host: '127.0.0.1', noDelay: true });
        wire.bytes = Buffer.alloc(0);
        wire.frames = [];
        wire.ended = false;
        wire.waiters = [];
        wire.socket.on('data', (d) => { wire.bytes = Buffer.concat([wire.bytes, d]); wire.parse(); wire.wake(); });
        wire.socket.on('error', () => {});
        wire.socket.on('close', () => { wire.ended = true; wire.wake(); });
        wire.socket.write(`GET /m/ws?k=demo HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: http://127.0.0.1:${port}\r\n`
            + 'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n'
            + `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\nSec-WebSocket-Protocol: deskhand.v1\r\n\r\n`);
        await wire.until(() => wire.upgraded, 'the upgrade');
        wire.send(frame(TEXT, '{"t":"hello","v":1}'));
        await wire.until(() => wire.frames.some((f) => f.text?.includes('"welcome"')), 'welcome');
        wire.frames = [];
        return wire;
    }

    parse() {
        if (!this.upgraded) {
            const end = this.bytes.indexOf('\r\n\r\n');
            if (end < 0) return;
            that(this.bytes.subarray(9, 12).toString() === '101', 'no upgrade');
            this.upgraded = true;
            this.bytes = this.bytes.subarray(end + 4);
        }
        for (;;) {
            if (this.bytes.length < 2) return;
            let length = this.bytes[1] & 127, head = 2;
            if (length === 126) { head = 4; if (this.bytes.length < 4) return; length = this.bytes.readUInt16BE(2); }
            if (length === 127) { head = 10; if (this.bytes.length < 10) return; length = Number(this.bytes.readBigUInt64BE(2)); }
            if (this.bytes.length < head + length) return;
            const payload = this.bytes.subarray(head, head + length), opcode = this.bytes[0] & 15;
            this.frames.push({ opcode, first: this.bytes[0], masked: this.bytes[1] > 127, payload,
                text: opcode === TEXT ? payload.toString() : undefined });
            this.bytes = this.bytes.subarray(head + length);
        }
    }

    send(...parts) { if (!this.ended) this.socket.write(Buffer.concat(parts)); }
    wake() { for (const w of this.waiters.splice(0)) w(); }

    async until(fits, what, ms = 4000) {
        for (const end = Date.now() + ms; !fits();) {
            if (this.ended) throw new Error(`the connection was dropped while waiting for ${what}`);
            if (Date.now() >= end) throw new Error(`no ${what}; got ${JSON.stringify(this.frames.map((f) => [f.opcode, f.text ?? f.payload.toString('hex')])).slice(0, 200)}`);
            await new Promise((done) => { const t = setTimeout(done, end - Date.now()); this.waiters.push(() => { clearTimeout(t); done(); }); });
        }
    }

    // The desk still serves this socket.
    async alive() {
        const n = 1 + Math.floor(Math.random() * 1e9);
        this.send(frame(TEXT, `{"t":"ping","n":${n}}`));
        await this.until(() => this.frames.some((f) => f.text?.includes(`"n":${n}`)), 'answer');
    }

    pongs(payload) { return this.frames.filter((f) => f.opcode === PONG && f.payload.equals(Buffer.from(payload))).length; }

    async closes(...codes) {
        for (const end = Date.now() + 4000; Date.now() < end && !this.ended && !this.closeCode();)
            await new Promise((done) => { const t = setTimeout(done, 100); this.waiters.push(() => { clearTimeout(t); done(); }); });
        const code = this.closeCode();
        if (code) that(codes.includes(code), `closed with ${code}, wanted ${codes}`);
        else that(this.ended, `still open, wanted ${codes}`);
        for (const f of this.frames) that(!f.masked && !(f.first & 0x70), 'a server frame has a mask or reserved bits');
    }

    closeCode() {
        const f = this.frames.find((g) => g.opcode === CLOSE);
        return f && (f.payload.length >= 2 ? f.payload.readUInt16BE(0) : 1005);
    }
}

const desk = await deskFromEnvironment();
const checks = new Checks({ atOnce: 4 });
let count = 0;

function test(name, run) {
    count++;
    checks.add(`ws: ${name}`, async () => {
        const wire = await Wire.open(desk.port);
        try { await run(wire); } finally { wire.socket.destroy(); }
    }, { known: KNOWN[name] });
}
const stays = (name, ...parts) => test(name, async (w) => { w.send(...parts); await w.alive(); });
const fails = (name, codes, ...parts) => test(name, async (w) => { w.send(...parts); await w.closes(...[codes].flat()); });

const pingOf = (bytes) => {
    const head = '{"t":"ping","n":5,"x":"';
    return head + 'x'.repeat(bytes - head.length - 2) + '"}';
};
const answered = async (w) => w.until(() => w.frames.some((f) => f.text?.includes('"n":5')), 'answer to the ping frame');

// ---- lengths ----
for (const size of [30, 125, 126, 127, 128, 4096, 65535, 65536])
    test(`a text of ${size} bytes`, async (w) => { w.send(frame(TEXT, pingOf(size))); await answered(w); });
fails('a text of 65,537 bytes', 1009, frame(TEXT, pingOf(65537)));
fails('a length of 1 GiB is announced', [1009], frame(TEXT, Buffer.alloc(70000, 32), { claim: 1n << 30n, form: 64 }));
fails('a length with its highest bit set', [1002, 1009], frame(TEXT, '', { claim: 1n << 63n, form: 64 }), Buffer.alloc(70000, 32));
fails('a 16-bit length for a short payload', 1002, frame(TEXT, pingOf(40), { form: 16 }));
fails('a 64-bit length for a short payload', 1002, frame(TEXT, pingOf(40), { form: 64 }));
test('a text byte by byte', async (w) => {
    for (const byte of frame(TEXT, pingOf(60))) { w.send(Buffer.from([byte])); await new Promise(setImmediate); }
    await answered(w);
});
test('two texts in one segment', async (w) => {
    w.send(frame(TEXT, '{"t":"ping","n":1}'), frame(TEXT, '{"t":"ping","n":2}'));
    await w.until(() => w.frames.filter((f) => f.text?.includes('pong')).length === 2, 'two answers');
});
test('fifty texts in one segment', async (w) => {
    w.send(...Array.from({ length: 50 }, (_, n) => frame(TEXT, `{"t":"ping","n":${n}}`)));
    await w.until(() => w.frames.filter((f) => f.text?.includes('pong')).length === 50, 'fifty answers');
    same(w.frames.filter((f) => f.text).map((f) => JSON.parse(f.text).n), Array.from({ length: 50 }, (_, n) => n), 'order');
});

// ---- masks ----
for (const [name, key] of [['zero', [0, 0, 0, 0]], ['of ones', [255, 255, 255, 255]], ['with an odd key', [1, 0, 254, 7]]])
    test(`a mask ${name}`, async (w) => { w.send(frame(TEXT, pingOf(60), { key: Buffer.from(key) })); await answered(w); });
fails('unmasked text', 1002, frame(TEXT, pingOf(40), { mask: false }));
fails('unmasked ping', 1002, frame(PING, 'x', { mask: false }));
fails('unmasked close', 1002, frame(CLOSE, Buffer.from([3, 232]), { mask: false }));

// ---- ping and pong ----
for (const [name, payload] of [['empty', ''], ['of one byte', 'a'], ['of 125 bytes', 'p'.repeat(125)],
    ['of bytes that are no text', Buffer.from([0, 255, 254, 128])]])
    test(`a ping, ${name}`, async (w) => { w.send(frame(PING, payload)); await w.until(() => w.pongs(payload) === 1, 'pong'); });
fails('a ping of 126 bytes', 1002, frame(PING, 'p'.repeat(126)));
fails('a fragmented ping', 1002, frame(PING, 'p', { fin: false }), frame(0, 'q'));
test('a ping byte by byte', async (w) => {
    for (const byte of frame(PING, 'slow')) { w.send(Buffer.from([byte])); await new Promise(setImmediate); }
    await w.until(() => w.pongs('slow') === 1, 'pong');
});
test('ten pings, each after the last answer', async (w) => {
    for (let i = 0; i < 10; i++) { w.send(frame(PING, `p${i}`)); await w.until(() => w.pongs(`p${i}`) === 1, `pong ${i}`); }
});
test('ten pings in one segment', async (w) => {
    w.send(...Array.from({ length: 10 }, (_, i) => frame(PING, `p${i}`)));
    await w.until(() => w.pongs('p9') === 1, 'the last pong');
    await w.until(() => w.frames.filter((f) => f.opcode === PONG).length === 10, 'ten pongs', 1500);
});
stays('a pong nobody asked for', frame(PONG));
stays('a pong with a payload', frame(PONG, 'news'));
stays('a pong of 125 bytes', frame(PONG, 'p'.repeat(125)));
fails('a pong of 126 bytes', 1002, frame(PONG, 'p'.repeat(126)));
fails('a fragmented pong', 1002, frame(PONG, 'p', { fin: false }), frame(0, 'q'));
stays('a hundred pongs', ...Array.from({ length: 100 }, () => frame(PONG)));

// ---- reserved bits and opcodes ----
for (let rsv = 1; rsv <= 7; rsv++) fails(`reserved bits ${rsv} in a text`, 1002, frame(TEXT, pingOf(40), { rsv }));
fails('a reserved bit in a ping', 1002, frame(PING, 'p', { rsv: 4 }));
fails('a reserved bit in a close', 1002, frame(CLOSE, Buffer.from([3, 232]), { rsv: 2 }));
fails('a reserved bit in a continuation', 1002, frame(TEXT, '{"t":"pi', { fin: false }), frame(0, 'ng"}', { rsv: 1 }));
for (const opcode of [3, 4, 5, 6, 7, 11, 12, 13, 14, 15]) fails(`opcode ${opcode}`, 1002, frame(opcode, 'x'));
fails('opcode 5 between fragments', 1002, frame(TEXT, '{"t":"pi', { fin: false }), frame(5, 'x'));
fails('opcode 11 without payload', 1002, frame(11));
fails('a binary message', 1003, frame(BINARY, pingOf(40)));
fails('an empty binary message', 1003, frame(BINARY));

// ---- fragments ----
const fragments = (text, size) => {
    const bytes = Buffer.from(text), parts = [];
    for (let at = 0; at < bytes.length; at += size)
        parts.push(frame(at ? 0 : TEXT, bytes.subarray(at, at + size), { fin: at + size >= bytes.length }));
    return parts;
};
for (const size of [1, 2, 7, 39]) test(`fragments of ${size}`, async (w) => { w.send(...fragments(pingOf(40), size)); await answered(w); });
test('fragments, one segment each', async (w) => {
    for (const part of fragments(pingOf(60), 5)) { w.send(part); await new Promise(setImmediate); }
    await answered(w);
});
test('empty fragments between', async (w) => {
    w.send(frame(TEXT, '', { fin: false }), frame(0, pingOf(40), { fin: false }), frame(0, '', { fin: false }), frame(0));
    await answered(w);
});
test('a ping between fragments', async (w) => {
    const [a, b] = fragments(pingOf(60), 30);
    w.send(a, frame(PING, 'mid'), b);
    await answered(w);
    await w.until(() => w.pongs('mid') === 1, 'pong');
});
test('a pong between fragments', async (w) => {
    const [a, b] = fragments(pingOf(60), 30);
    w.send(a, frame(PONG, 'mid'), b);
    await answered(w);
});
test('a close between fragments', async (w) => {
    w.send(fragments(pingOf(60), 30)[0], frame(CLOSE, Buffer.from([3, 232])));
    await w.closes(1000);
});
fails('a continuation of nothing', 1002, frame(0, 'x'));
fails('an unfinished continuation of nothing', 1002, frame(0, 'x', { fin: false }));
fails('a continuation after a whole text', 1002, frame(TEXT, '{"t":"ping"}'), frame(0, 'x'));
fails('a new text amid fragments', 1002, frame(TEXT, '{"t":', { fin: false }), frame(TEXT, '"ping"}'));
fails('a new binary amid fragments', [1002, 1003], frame(TEXT, '{"t":', { fin: false }), frame(BINARY, 'x'));
fails('fragments over 65,536 bytes', 1009, ...fragments(pingOf(70000), 8000));
fails('fragments that never end', 1009, frame(TEXT, ' ', { fin: false }), ...Array.from({ length: 70 }, () => frame(0, ' '.repeat(1000), { fin: false })));

// ---- UTF-8 ----
const inText = (bytes) => Buffer.concat([Buffer.from('{"t":"ping","n":5,"x":"'), Buffer.from(bytes), Buffer.from('"}')]);
for (const [name, bytes] of Object.entries({
    'two bytes': [0xc3, 0xa4], 'three bytes': [0xe2, 0x82, 0xac], 'four bytes': [0xf0, 0x9f, 0x98, 0x80], 'U+10FFFF': [0xf4, 0x8f, 0xbf, 0xbf],
    'a noncharacter': [0xef, 0xbf, 0xbe], 'U+0080': [0xc2, 0x80], 'U+D7FF': [0xed, 0x9f, 0xbf], 'U+E000': [0xee, 0x80, 0x80],
})) test(`UTF-8: ${name}`, async (w) => { w.send(frame(TEXT, inText(bytes))); await answered(w); });
for (const [name, bytes] of Object.entries({
    'a lone continuation': [0x80], 'a lone 0xbf': [0xbf], 'a lone start': [0xc3], 'a start and a letter': [0xe2, 0x82, 0x41],
    'an overlong slash': [0xc0, 0xaf], 'an overlong NUL': [0xc0, 0x80], 'an overlong of three': [0xe0, 0x80, 0xaf],
    'an overlong of four': [0xf0, 0x80, 0x80, 0xaf], 'a surrogate': [0xed, 0xa0, 0x80], 'a surrogate pair': [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80],
    'over U+10FFFF': [0xf4, 0x90, 0x80, 0x80], '0xf5': [0xf5, 0x80, 0x80, 0x80], '0xfe': [0xfe], '0xff': [0xff],
    'five bytes': [0xf8, 0x88, 0x80, 0x80, 0x80],
})) fails(`UTF-8: ${name}`, 1007, frame(TEXT, inText(bytes)));
test('UTF-8 cut by fragments', async (w) => { w.send(...fragments(inText([0xf0, 0x9f, 0x98, 0x80]), 1)); await answered(w); });
fails('UTF-8 that ends too early', [1007], frame(TEXT, Buffer.concat([Buffer.from('{"t":"ping"}'), Buffer.from([0xe2, 0x82])])));
fails('UTF-8 broken over fragments', 1007, frame(TEXT, Buffer.from([0x7b, 0x22, 0xe2]), { fin: false }), frame(0, Buffer.from([0x41, 0x22, 0x7d])));

// ---- close ----
const code = (n, reason = '') => { const b = Buffer.alloc(2); b.writeUInt16BE(n); return Buffer.concat([b, Buffer.from(reason)]); };
for (const n of [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999])
    fails(`close ${n} is answered`, [n, 1000], frame(CLOSE, code(n)));
fails('close without a code is answered', [1005, 1000], frame(CLOSE));
fails('close with a reason is answered', 1000, frame(CLOSE, code(1000, 'Thank you, grüezi')));
fails('close with 123 bytes of reason', 1000, frame(CLOSE, code(1000, 'r'.repeat(123))));
fails('close of one byte', 1002, frame(CLOSE, 'x'));
fails('close of 126 bytes', 1002, frame(CLOSE, code(1000, 'r'.repeat(124))));
fails('close with a reason that is no UTF-8', [1007, 1002], frame(CLOSE, Buffer.concat([code(1000), Buffer.from([0xc3])])));
fails('a fragmented close', 1002, frame(CLOSE, code(1000), { fin: false }));
for (const n of [0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535])
    test(`close ${n} is no code to send`, async (w) => { w.send(frame(CLOSE, code(n))); await w.closes(1002, n); });
test('nothing is answered after close', async (w) => {
    w.send(frame(CLOSE, code(1000)), frame(TEXT, '{"t":"ping","n":77}'), frame(PING, 'late'));
    await w.closes(1000);
    same(w.frames.filter((f) => f.text?.includes('77') || f.opcode === PONG).length, 0, 'frames after close');
});
test('the TCP connection ends after close', async (w) => {
    w.send(frame(CLOSE, code(1000)));
    for (const end = Date.now() + 7000; !w.ended && Date.now() < end;) await new Promise((done) => setTimeout(done, 50));
    that(w.ended, 'still open');
});
test('two closes are one', async (w) => {
    w.send(frame(CLOSE, code(1000)), frame(CLOSE, code(1001)));
    await w.closes(1000);
    same(w.frames.filter((f) => f.opcode === CLOSE).length <= 1, true, 'one close frame');
});

await checks.run();
await desk.remove();
console.log(`${count} cases`);
process.exit(checks.finish());
