// sockets.mjs - the sockets of Socket Mode: tickets, handshake, hello, pings, disconnect frames, and what may
// be wrong with a socket. Which envelope goes where is the business of envelopes.mjs.
import { randomUUID } from 'node:crypto';
import { WebSocketServer } from 'ws';
import { now } from './log.mjs';

const MOST = 10;
// How long Slack leaves a socket open after it said goodbye, unless told otherwise.
const GOODBYE_MS = { warning: 10000, refresh_requested: 10000, link_disabled: 100, too_many_websockets: 100 };

export class Sockets {
    constructor(s, options) {
        this.s = s;
        this.lifetimeSeconds = options.lifetimeSeconds ?? 18060;
        this.recycle = options.recycle ?? false;        // really end sockets after their lifetime
        this.warnMs = options.warnMs ?? 10000;
        this.ticketMs = options.ticketMs ?? 60000;
        this.pingMs = options.pingMs ?? 10000;
        this.helloMs = options.helloMs ?? 0;
        this.ghosts = 0;                                // registrations that nobody holds any more
        this.ghostsListen = false;                      // they take their share of envelopes
        this.future = [];                               // what happens to sockets that come next
        this.tickets = new Map();
        this.all = [];
        this.onFrame = () => {};
        this.server = new WebSocketServer({ noServer: true, autoPong: false, perMessageDeflate: false, maxPayload: 4 << 20 });
    }

    ticketUrl() {
        const ticket = randomUUID();
        this.tickets.set(ticket, { at: now() });
        return `${this.s.url.replace('http', 'ws')}/link/?ticket=${ticket}&app_id=${this.s.workspace.app.id.toLowerCase()}`;
    }

    open() { return this.all.filter((socket) => socket.closed_at === null); }

    ready() { return this.open().filter((socket) => socket.hello_at !== null); }

    // 'all', 'newest', 'oldest' or an id; only open sockets are found.
    choose(which = 'newest') {
        const open = this.open();
        if (which === 'all') return open;
        if (which === 'newest') return open.slice(-1);
        if (which === 'oldest') return open.slice(0, 1);
        return open.filter((socket) => socket.id === Number(which));
    }

    ticketIsGood(url) {
        const ticket = this.tickets.get(url.searchParams.get('ticket'));
        const good = ticket && !ticket.used && now() - ticket.at <= this.ticketMs;
        if (ticket) ticket.used = true;
        return Boolean(good);
    }

    refuse(raw, status) {
        this.s.log.add('handshake', { status });
        raw.end(`HTTP/1.1 ${status} Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
    }

    upgrade(request, raw, head) {
        const url = new URL(request.url, 'http://standin');
        raw.on('error', () => {});
        if (!url.pathname.startsWith('/link')) return this.refuse(raw, 404);
        const fault = this.s.faults.take('link', {});
        if (fault?.kind === 'reset') return raw.resetAndDestroy();
        if (fault?.kind === 'cut') return raw.destroy();
        if (fault?.kind === 'hang') return undefined;
        if (fault && fault.kind !== 'delay') return this.refuse(raw, fault.status ?? (fault.kind === 'html' ? 503 : 409));
        if (!this.ticketIsGood(url)) return this.refuse(raw, 401);
        const accept = () => this.server.handleUpgrade(request, raw, head, (ws) => this.accept(ws, raw, url));
        if (fault) this.s.timers.after(fault.ms ?? 1000, accept);
        else accept();
        return undefined;
    }

    accept(ws, raw, url) {
        const socket = {
            id: this.all.length + 1, opened_at: now(), hello_at: null, closed_at: null, code: null, reason: null,
            goodbye: null, ended_by: null, mute: {}, pings: 0, pongs: 0, sent: 0, received: 0,
        };
        Object.defineProperties(socket, { ws: { value: ws }, raw: { value: raw } });
        this.all.push(socket);
        this.s.log.add('socket', { op: 'open', socket: socket.id });
        this.listen(socket);
        if (this.open().length + this.ghosts > MOST) this.goodbye(socket, 'too_many_websockets');
        else this.greet(socket, url.searchParams.get('debug_reconnects') === 'true');
    }

    listen(socket) {
        const { ws } = socket;
        ws.on('message', (data, binary) => {
            socket.received++;
            this.onFrame(socket, binary ? null : data.toString('utf8'));
        });
        ws.on('ping', (data) => {
            socket.pings++;
            if (!socket.mute.pongs) ws.pong(data);
        });
        ws.on('pong', () => { socket.pongs++; });
        ws.on('error', (error) => this.s.log.add('problem', { text: `socket ${socket.id}: ${error.message}` }));
        ws.on('close', (code, reason) => {
            Object.assign(socket, { closed_at: now(), code, reason: reason.toString(), ended_by: socket.ended_by ?? 'client' });
            this.s.log.add('socket', { op: 'close', socket: socket.id, code, by: socket.ended_by });
        });
        this.schedulePing(socket);
    }

    schedulePing(socket) {
        if (!this.pingMs) return;
        this.s.timers.after(this.pingMs, () => {
            if (socket.closed_at !== null) return;
            if (!socket.mute.pings && !socket.mute.all) socket.ws.ping(`standin ${Math.floor(now())}`);
            this.schedulePing(socket);
        });
    }

    greet(socket, short) {
        this.s.timers.after(this.helloMs, () => {
            if (socket.closed_at !== null) return;
            const faults = this.future.splice(0, 1)[0] ?? {};
            if (faults.mute) this.mute(socket, faults.mute);
            if (!faults.no_hello) this.hello(socket, short ? 360 : this.lifetimeSeconds);
            if (faults.half_open) this.halfOpen(socket);
            if (faults.reason) this.goodbye(socket, faults.reason, faults.close_after_ms);
            if (faults.code) this.close(socket, faults.code);
        });
    }

    hello(socket, seconds) {
        const { app } = this.s.workspace;
        this.send(socket, {
            type: 'hello', num_connections: this.open().length + this.ghosts, connection_info: { app_id: app.id },
            debug_info: { host: 'applink-standin', build_number: 54, started: new Date().toISOString(), approximate_connection_time: seconds },
        });
        socket.hello_at = now();
        this.s.log.add('socket', { op: 'hello', socket: socket.id });
        if (!this.recycle) return;
        const left = Math.max(0, seconds * 1000 - this.warnMs);
        this.s.timers.after(left, () => socket.closed_at === null && this.goodbye(socket, 'warning', this.warnMs));
    }

    // Everything we send passes here. frame: an object (JSON), a string or a Buffer (binary).
    // fragments: how many pieces; true is returned when the bytes were handed over.
    send(socket, frame, { fragments = 1 } = {}) {
        if (socket.closed_at !== null || socket.mute.all) return false;
        const binary = Buffer.isBuffer(frame);
        const bytes = binary ? frame : Buffer.from(typeof frame === 'string' ? frame : JSON.stringify(frame));
        const size = Math.max(1, Math.ceil(bytes.length / fragments));
        socket.sent++;
        for (let from = 0; from === 0 || from < bytes.length; from += size) {
            socket.ws.send(bytes.subarray(from, from + size), { binary, fin: from + size >= bytes.length }, () => {});
        }
        return true;
    }

    goodbye(socket, reason, closeAfterMs = GOODBYE_MS[reason] ?? 1000) {
        socket.goodbye = reason;
        this.s.log.add('socket', { op: 'disconnect', socket: socket.id, reason });
        this.send(socket, { type: 'disconnect', reason, debug_info: { host: 'wss-standin' } });
        this.s.timers.after(closeAfterMs, () => this.close(socket, 1000));
    }

    close(socket, code = 1000, reason = '') {
        if (socket.closed_at !== null || socket.mute.all) return;
        socket.ended_by ??= 'standin';
        if (code === 1006) return socket.raw.destroy();
        socket.ws.close(code, reason);
        return undefined;
    }

    reset(socket) {
        socket.ended_by ??= 'standin';
        socket.raw.resetAndDestroy();
    }

    // what: { pings, pongs, all }
    mute(socket, what) {
        Object.assign(socket.mute, what);
        this.s.log.add('socket', { op: 'mute', socket: socket.id, what });
        if (what.all) this.halfOpen(socket);
    }

    // Reads and writes nothing more, without a FIN; to Slack it stays a registered connection.
    halfOpen(socket) {
        socket.mute.all = true;
        socket.mute.pongs = true;
        socket.ws.pause();
        this.s.log.add('socket', { op: 'half_open', socket: socket.id });
    }

    // Lets go what is half open, as Slack does when a ghost expires.
    expire(socket) {
        socket.ended_by ??= 'standin';
        socket.raw.destroy();
        socket.ws.terminate();
    }

    // The longest time, in ms, in which no socket had said hello, between two moments.
    longestGap(from = this.all[0]?.hello_at ?? 0, to = now()) {
        const spans = this.all.filter((socket) => socket.hello_at !== null && (socket.closed_at ?? Infinity) > from)
            .map((socket) => [socket.hello_at, socket.closed_at ?? to]).sort((a, b) => a[0] - b[0]);
        let covered = from, longest = 0;
        for (const [begin, end] of spans) {
            if (begin > to) break;
            longest = Math.max(longest, begin - covered);
            covered = Math.max(covered, end);
        }
        return Math.max(longest, to - covered);
    }

    stop() {
        for (const socket of this.open()) this.expire(socket);
        this.server.close();
    }
}
