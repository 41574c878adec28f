// socket_server.mjs - a Slack of one method and its sockets, an HTTP CONNECT proxy, certificates, and
// the driver program: what socket.mjs plays with. All on loopback, ports from the system.
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { spawn, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRequire } from 'node:module';
const { WebSocketServer } = createRequire(new URL('../package.json', import.meta.url))('ws');

export async function until(condition, what, ms = 10000) {
    const end = Date.now() + ms;
    for (;;) {
        const value = condition();
        if (value) return value;
        if (Date.now() > end) throw new Error(`waited ${ms} ms for ${what}`);
        await new Promise((wake) => setTimeout(wake, 10));
    }
}

const listen = async (server) => { server.listen(0, '127.0.0.1'); await once(server, 'listening'); return server.address().port; };

export class Slack {
    // tls: { key, cert } for the sockets; host: the name in their URLs.
    static async open({ tls, host = '127.0.0.1' } = {}) {
        const slack = Object.assign(new Slack(), { calls: [], sockets: [], most: 0, tickets: 0 });
        slack.hello = { num_connections: () => slack.open, lifetime: 3600 };
        slack.answer = null;                    // (count) => { status, headers, body } or null
        slack.upgrade = null;                   // (socket) => true when it has dealt with the request
        slack.mute = false;                     // no hello for new ones
        slack.api = http.createServer((req, res) => slack.call(req, res));
        slack.front = tls ? https.createServer(tls) : http.createServer();
        slack.scheme = tls ? 'wss' : 'ws';
        slack.host = host;
        slack.wss = new WebSocketServer({ noServer: true, autoPong: false, perMessageDeflate: false });
        slack.front.on('upgrade', (req, socket, head) => slack.connect(req, socket, head));
        slack.front.on('tlsClientError', () => { slack.tlsErrors = (slack.tlsErrors ?? 0) + 1; });
        slack.apiPort = await listen(slack.api);
        slack.port = await listen(slack.front);
        return slack;
    }

    get open() { return this.sockets.filter((s) => s.ws.readyState === 1).length; }
    get last() { return this.sockets.at(-1); }
    get url() { return `http://127.0.0.1:${this.apiPort}/api/`; }

    call(req, res) {
        this.calls.push({ method: req.method, path: req.url, headers: req.headers, at: Date.now() });
        req.resume();
        const other = this.answer?.(this.calls.length);
        const ticket = `secret-ticket-${++this.tickets}`;
        const body = other?.body ?? { ok: true, url: `${this.scheme}://${this.host}:${this.port}/link/?ticket=${ticket}&app_id=A1` };
        res.writeHead(other?.status ?? 200, { 'content-type': 'application/json', ...other?.headers });
        res.end(typeof body === 'string' ? body : JSON.stringify(body));
    }

    connect(req, socket, head) {
        this.upgrades = [...this.upgrades ?? [], { url: req.url, headers: req.headers, raw: req.rawHeaders }];
        if (this.upgrade?.(socket, req)) return;
        this.wss.handleUpgrade(req, socket, head, (ws) => this.greet(ws, socket));
    }

    greet(ws, socket) {
        const s = { ws, socket, acks: [], pings: [], closed: null, at: Date.now() };
        this.sockets.push(s);
        this.most = Math.max(this.most, this.open);
        ws.on('message', (m) => s.acks.push(JSON.parse(m)));
        ws.on('ping', (p) => { s.pings.push(p.toString()); if (!s.mute) ws.pong(p); });
        ws.on('pong', (p) => { s.pong = p.toString(); });
        ws.on('close', (code) => { s.closed = { code, at: Date.now() }; });
        ws.on('error', () => {});
        if (this.mute) return;
        ws.send(JSON.stringify({ type: 'hello', num_connections: this.hello.num_connections(),
            connection_info: { app_id: 'A1' }, debug_info: { approximate_connection_time: this.hello.lifetime } }));
    }

    async close() {
        for (const s of this.sockets) s.ws.terminate();
        for (const server of [this.api, this.front]) { server.closeAllConnections(); server.close(); }
    }
}

export class Drive {
    constructor(program, slack, env = {}) {
        this.lines = [];
        this.log = '';
        this.child = spawn(program, [], { env: { PATH: process.env.PATH, SLACK_API_URL: slack.url,
            SLACK_APP_TOKEN: 'xapp-1-secret-token', ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
        createInterface({ input: this.child.stdout }).on('line', (line) => this.lines.push(line));
        this.child.stderr.on('data', (d) => { this.log += d; });
        this.exited = once(this.child, 'exit');
    }

    tell(order) { this.child.stdin.write(order + '\n'); }
    connected(n = 1) { return until(() => this.lines.filter((l) => l === 'connected').length >= n, `connected ${n}`); }
    envelope(id) { return until(() => this.lines.find((l) => l.endsWith(' ' + id)), `envelope ${id}`); }

    async health() {
        const from = this.lines.length;
        this.tell('health');
        const line = await until(() => this.lines.slice(from).find((l) => l.startsWith('health ')), 'health');
        const [, connected, sockets, age, reconnects, num, ...text] = line.split(' ');
        return { connected: +connected, sockets: +sockets, age: +age, reconnects: +reconnects, num: +num, trouble: text.join(' ') };
    }

    // Ends it; the exit code.
    async quit() {
        if (this.child.exitCode === null && this.child.signalCode === null) this.tell('quit');
        const late = setTimeout(() => this.child.kill('SIGKILL'), 10000);
        const [code] = await this.exited;
        clearTimeout(late);
        return code;
    }
}

// An HTTP proxy for CONNECT; the answer's head leaves in two pieces when split is set.
export class Proxy {
    static async open({ credentials, split } = {}) {
        const proxy = Object.assign(new Proxy(), { targets: [], refused: 0, tunnels: new Set() });
        const want = credentials && 'Basic ' + Buffer.from(credentials).toString('base64');
        proxy.server = http.createServer((req, res) => { res.writeHead(500); res.end(); });
        proxy.server.on('connect', (req, client) => {
            client.on('error', () => {});
            if (want && req.headers['proxy-authorization'] !== want) {
                proxy.refused++;
                client.end('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n');
                return;
            }
            proxy.targets.push(req.url);
            const upstream = net.connect(+req.url.split(':').at(-1), '127.0.0.1', () => {
                client.write('HTTP/1.1 200 OK\r\nX-Long');
                setTimeout(() => { client.write(': yes\r\n\r\n'); client.pipe(upstream).pipe(client); }, split ? 60 : 0);
            });
            upstream.on('error', () => client.destroy());
            for (const s of [client, upstream]) { proxy.tunnels.add(s); s.on('close', () => proxy.tunnels.delete(s)); }
        });
        proxy.port = await listen(proxy.server);
        return proxy;
    }
    close() { for (const s of this.tunnels) s.destroy(); this.server.closeAllConnections(); this.server.close(); }
}

// A certificate authority of our own, and what it signs for the names.
export function certificates(dir, names) {
    const openssl = (...args) => execFileSync('openssl', args, { cwd: dir, stdio: 'pipe' });
    openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2',
        '-subj', '/CN=Test CA', '-keyout', 'ca.key', '-out', 'ca.pem');
    openssl('req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-subj', '/CN=test',
        '-addext', `subjectAltName=${names.map((n) => 'DNS:' + n).join(',')}`, '-keyout', 'key.pem', '-out', 'request.pem');
    openssl('x509', '-req', '-in', 'request.pem', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2',
        '-copy_extensions', 'copyall', '-out', 'cert.pem');
    const read = (name) => readFileSync(join(dir, name));
    return { key: read('key.pem'), cert: read('cert.pem'), ca: join(dir, 'ca.pem') };
}
