// http.mjs - small loopback servers: one request in, one answer out.
import { createServer } from 'node:http';

const BODY_LIMIT = 16 * 1024 * 1024;

export async function readBody(stream) {
    const parts = [];
    let size = 0;
    for await (const part of stream) {
        size += part.length;
        if (size > BODY_LIMIT) throw new Error('body too large');
        parts.push(part);
    }
    return Buffer.concat(parts);
}

export const json = (status, value, headers = {}) => ({
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
});

export const empty = (status, headers = {}) => ({ status, headers, body: '' });

export function write(exchange, { status, headers = {}, body = '' }) {
    if (exchange.res.destroyed) return;
    const bytes = Buffer.from(body);
    exchange.res.writeHead(status, { ...headers, 'Content-Length': bytes.length });
    exchange.res.end(bytes);
}

export function reset(exchange) {       // the peer sees ECONNRESET
    const { socket } = exchange.req;
    if (socket.resetAndDestroy) socket.resetAndDestroy();
    else socket.destroy();
}

// A server that can go away and come back at the same port. handle(exchange) writes the answer.
export class Listener {
    constructor(handle) {
        this.handle = handle;
        this.port = 0;
    }

    async open(port = this.port) {
        if (this.server) return this;
        this.server = createServer((req, res) => this.serve(req, res));
        this.server.keepAliveTimeout = 30000;
        await new Promise((resolve, reject) => {
            this.server.once('error', reject);
            this.server.listen(port, '127.0.0.1', resolve);
        });
        this.port = this.server.address().port;
        return this;
    }

    async close() {                     // refuses connections from now on, cuts those that are open
        const server = this.server;
        if (!server) return;
        this.server = undefined;
        const closed = new Promise((resolve) => server.close(resolve));
        server.closeAllConnections();
        await closed;
    }

    get url() {
        return `http://127.0.0.1:${this.port}`;
    }

    get host() {
        return `127.0.0.1:${this.port}`;
    }

    async serve(req, res) {
        req.on('error', () => {});
        res.on('error', () => {});
        const url = new URL(req.url, this.url);
        const exchange = {
            req, res, method: req.method, rawUrl: req.url, path: url.pathname, query: url.searchParams,
            headers: req.headers, base: this.url,
        };
        try {
            exchange.body = await readBody(req);
            await this.handle(exchange);
        } catch (error) {
            if (res.headersSent) reset(exchange);
            else write(exchange, json(500, { error: { code: 'ServiceError', message: error.message } }));
        }
    }
}
