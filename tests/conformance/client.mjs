// client.mjs - a messenger without a face: sockets, long polls and raw HTTP as a test wants them.
// It keeps every frame the desk sent, so that the privacy check can look at all of them.
import WebSocket from 'ws';
import net from 'node:net';
import http from 'node:http';
import { randomUUID } from 'node:crypto';

export const uuid = randomUUID;
export const seenFrames = [];       // { raw, frame } of every server frame of this run

const LATE_MS = 8000;

export class Client {
    constructor(port, key = 'demo') {
        this.port = port;
        this.key = key;
        this.origin = `http://127.0.0.1:${port}`;
    }

    open(options = {}) { return Socket.open(this, options); }

    // A socket with its welcome. hello: more members of it.
    async hello(hello = {}, options = {}) {
        const socket = await this.open(options);
        socket.send({ t: 'hello', v: 1, ...hello });
        socket.welcome = await socket.next('welcome');
        socket.tok = socket.welcome.tok;
        return socket;
    }

    // A contact with a conversation: one message is sent and acknowledged.
    async talker(text = 'Hello there') {
        const socket = await this.hello();
        const ack = await socket.say({ text });
        socket.conv = ack.conv;
        return socket;
    }

    poll(body, options = {}) { return poll(this, body, options); }
    raw(bytes, options) { return raw(this.port, bytes, options); }

    request({ method = 'GET', path = `/m/ws?k=${this.key}`, headers = {}, extra = '' } = {}) {
        const all = { Host: `127.0.0.1:${this.port}`, Origin: this.origin, Upgrade: 'websocket',
            Connection: 'Upgrade', 'Sec-WebSocket-Version': '13',
            'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
            'Sec-WebSocket-Protocol': 'deskhand.v1', ...headers };
        const lines = Object.entries(all).filter(([, v]) => v !== undefined).map(([k, v]) => `${k}: ${v}\r\n`);
        return this.raw(`${method} ${path} HTTP/1.1\r\n${lines.join('')}${extra}\r\n`);
    }
}

class Socket {
    static open(client, { headers = {}, protocols = ['deskhand.v1'], query = '' } = {}) {
        const ws = new WebSocket(`ws://127.0.0.1:${client.port}/m/ws?k=${client.key}${query}`, protocols,
            { headers: { Origin: client.origin, ...headers }, perMessageDeflate: false, handshakeTimeout: LATE_MS });
        const socket = new Socket(client, ws);
        return new Promise((done, failed) => {
            ws.on('open', () => done(socket));
            ws.on('error', failed);
            ws.on('unexpected-response', (_, answer) => failed(new Error(`upgrade refused: ${answer.statusCode}`)));
        });
    }

    constructor(client, ws) {
        Object.assign(this, { client, ws, frames: [], log: [], waiters: [], closedWith: null });
        this.closed = new Promise((done) => ws.on('close', (code, reason) => {
            this.closedWith = { code, reason: String(reason) };
            done(this.closedWith);
            this.wake();
        }));
        ws.on('error', () => {});
        ws.on('message', (data) => this.take(String(data)));
    }

    take(raw) {
        let frame;
        try { frame = JSON.parse(raw); } catch { frame = { t: 'not json', raw }; }
        seenFrames.push({ raw, frame });
        this.frames.push(frame);
        this.log.push(frame);
        this.wake();
    }

    wake() { for (const w of this.waiters.splice(0)) w(); }

    send(frame) { this.ws.send(typeof frame === 'string' || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame)); }

    // Takes the next frame that fits out of the queue; others stay. what: a type or a function.
    async next(what, ms = LATE_MS) {
        const fits = typeof what === 'function' ? what : (f) => f.t === what;
        for (const end = Date.now() + ms; ;) {
            const i = this.frames.findIndex(fits);
            if (i >= 0) return this.frames.splice(i, 1)[0];
            const left = end - Date.now();
            if (this.closedWith) throw new Error(`closed with ${this.closedWith.code} ${this.closedWith.reason} while waiting for ${what}`);
            if (left <= 0) throw new Error(`nothing like ${what} came; got ${JSON.stringify(this.frames).slice(0, 400)}`);
            await this.change(left);
        }
    }

    change(ms) {
        return new Promise((done) => {
            const timer = setTimeout(done, ms);
            this.waiters.push(() => { clearTimeout(timer); done(); });
        });
    }

    async closing(ms = LATE_MS) {
        for (const end = Date.now() + ms; !this.closedWith;) {
            if (Date.now() >= end) throw new Error(`still open; got ${JSON.stringify(this.frames).slice(0, 300)}`);
            await this.change(end - Date.now());
        }
        return this.closedWith;
    }

    // A round trip: everything the desk did about earlier frames of this socket has been said.
    async settle() {
        const n = Socket.pings = (Socket.pings ?? 1000) + 1;
        this.send({ t: 'ping', n });
        return this.next((f) => f.t === 'pong' && f.n === n);
    }

    async ask(frame) {
        const rid = uuid();
        this.send({ ...frame, rid });
        return this.next((f) => (f.t === 'ok' || f.t === 'err') && f.rid === rid);
    }

    // Sends a message; resolves with its ack or err.
    async say(members, ms) {
        const frame = { t: 'send', cid: uuid(), ...members };
        this.send(frame);
        return this.next((f) => (f.t === 'ack' || f.t === 'err') && f.cid === frame.cid, ms);
    }

    entries(conv) { return this.log.filter((f) => (f.t === 'msg' || f.t === 'conv') && f.conv === conv); }

    close() { this.ws.close(1000); return this.closed; }
    drop() { this.ws.terminate(); return this.closed; }
}

function poll(client, body, { method = 'POST', headers = {}, query = `?k=${client.key}`, ms = 40000 } = {}) {
    const bytes = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
    const all = { Origin: client.origin, 'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(bytes), ...headers };
    for (const name of Object.keys(all)) if (all[name] === undefined) delete all[name];
    return new Promise((done, failed) => {
        const request = http.request({ host: '127.0.0.1', port: client.port, path: `/m/poll${query}`, method,
            headers: all, agent: false }, (answer) => {
            const parts = [];
            answer.on('data', (d) => parts.push(d));
            answer.on('error', failed);
            answer.on('end', () => {
                const text = Buffer.concat(parts).toString();
                let json = null;
                try { json = JSON.parse(text); } catch { /* the check says so */ }
                for (const frame of json?.frames ?? []) seenFrames.push({ raw: JSON.stringify(frame), frame });
                done({ status: answer.statusCode, headers: answer.headers, text, json });
            });
        });
        request.on('error', failed);
        request.setTimeout(ms, () => request.destroy(new Error('no answer to the poll')));
        if (bytes.length) request.write(bytes);
        request.end();
    });
}

// Sends bytes, reads one HTTP answer (or the 101) and what follows it until the peer closes or is idle.
function raw(port, bytes, { keep = false, ms = LATE_MS } = {}) {
    return new Promise((done, failed) => {
        const socket = net.connect(port, '127.0.0.1');
        let got = Buffer.alloc(0);
        const timer = setTimeout(() => { socket.destroy(); failed(new Error(`no HTTP answer; got ${got.toString().slice(0, 200)}`)); }, ms);
        const finish = (answer) => {
            clearTimeout(timer);
            if (!keep) socket.destroy();
            done(answer);
        };
        socket.on('error', () => {});
        socket.on('connect', () => socket.write(bytes));
        const look = (ended) => {
            const answer = parseAnswer(got, ended);
            if (answer) finish({ ...answer, socket });
            else if (ended) finish({ status: 0, headers: {}, body: '', socket });
        };
        socket.on('data', (d) => { got = Buffer.concat([got, d]); look(false); });
        socket.on('close', () => look(true));
    });
}

function parseAnswer(bytes, ended) {
    const end = bytes.indexOf('\r\n\r\n');
    if (end < 0) return null;
    const [first, ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
    const headers = {};
    for (const line of lines) {
        const colon = line.indexOf(':');
        headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
    }
    const code = Number(first.split(' ')[1]);
    const rest = bytes.subarray(end + 4);
    const length = headers['content-length'], chunked = headers['transfer-encoding'] === 'chunked';
    const whole = chunked ? rest.includes('0\r\n\r\n') : length !== undefined && rest.length >= Number(length);
    if (code !== 101 && !ended && !whole) return null;
    const body = chunked ? rest.toString().replace(/(^|\r\n)[0-9a-f]+\r\n/gi, '').trimEnd() : rest.toString();
    let json = null;
    try { json = JSON.parse(body); } catch { /* the check says so */ }
    return { status: code, headers, body, json, rest };
}
