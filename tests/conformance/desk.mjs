// desk.mjs - a desk for a test: an address that is given, or a process of our own in a fresh directory.
// It does not check anything. Every process it starts ends with the test.
import { spawn, execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync, openSync, closeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import net from 'node:net';
import http from 'node:http';

export const pause = (ms) => new Promise((done) => setTimeout(done, ms));

export function freePort() {
    return new Promise((done, failed) => {
        const probe = net.createServer();
        probe.on('error', failed);
        probe.listen(0, '127.0.0.1', () => {
            const { port } = probe.address();
            probe.close(() => done(port));
        });
    });
}

function status(port, path) {
    return new Promise((done) => {
        const request = http.get({ host: '127.0.0.1', port, path, agent: false }, (answer) => {
            answer.resume();
            answer.on('end', () => done(answer.statusCode));
        });
        request.on('error', () => done(0));
        request.setTimeout(2000, () => request.destroy());
    });
}

export class Desk {
    static all = new Set();

    // options: bin, port, dir (a fresh one if absent), config (text of a settings file), env,
    // before (words in front of the command, like nice), args (behind it)
    constructor(options) {
        Object.assign(this, options);
        this.ownDir = !this.dir;
        this.dir ??= mkdtempSync(join(tmpdir(), 'desk-'));
        this.child = null;
        Desk.all.add(this);
    }

    get url() { return `http://127.0.0.1:${this.port}`; }
    get pid() { return this.child?.pid ?? Number(process.env.DESK_PID ?? 0); }

    async start(readyWithinMs = 20000) {
        this.port ??= await freePort();
        const args = ['run', '--data', this.dir, '--listen', `127.0.0.1:${this.port}`];
        if (this.config) {
            writeFileSync(join(this.dir, 'test.conf'), this.config);
            args.push('--config', join(this.dir, 'test.conf'));
        }
        const log = openSync(join(this.dir, 'desk.log'), 'a');
        const [program, ...words] = [...(this.before ?? []), this.bin, ...args, ...(this.args ?? [])];
        const child = spawn(program, words, { stdio: ['ignore', log, log], env: { ...process.env, ...this.env } });
        closeSync(log);
        this.child = child;
        this.ended = new Promise((done) => child.on('exit', (code, signal) => {
            if (this.child === child) this.child = null;
            done({ code, signal });
        }));
        for (const end = Date.now() + readyWithinMs; await status(this.port, '/readyz') !== 200;) {
            if (!this.child) throw new Error(`the desk ended while starting; see ${this.dir}/desk.log`);
            if (Date.now() > end) throw new Error('the desk did not become ready');
            await pause(this.pollMs ?? 10);
        }
        return this;
    }

    async stop(signal = 'SIGTERM', withinMs = 15000) {
        if (!this.child) return null;
        const child = this.child;
        child.kill(signal);
        const timer = setTimeout(() => child.kill('SIGKILL'), withinMs);
        const how = await this.ended;
        clearTimeout(timer);
        return how;
    }

    async remove() {
        await this.stop('SIGKILL');
        if (this.ownDir) rmSync(this.dir, { recursive: true, force: true });
    }

    // Runs a subcommand on the same data directory: resolves with its output, also when it fails.
    command(...args) {
        return new Promise((done) => {
            execFile(this.bin, [...args, '--data', this.dir], { timeout: 20000, maxBuffer: 1 << 26 },
                (error, stdout, stderr) => done({ code: error ? error.code ?? 1 : 0, stdout, stderr }));
        });
    }
}

process.on('exit', () => { for (const desk of Desk.all) desk.child?.kill('SIGKILL'); });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));

// DESK_BIN: starts that binary. Else DESK_URL (default http://127.0.0.1:8080): a desk that runs.
export async function deskFromEnvironment(options = {}) {
    if (process.env.DESK_BIN) return new Desk({ bin: process.env.DESK_BIN, ...options }).start();
    const url = new URL(process.env.DESK_URL ?? 'http://127.0.0.1:8080');
    return { url: url.origin, port: Number(url.port || 80), pid: Number(process.env.DESK_PID ?? 0),
        bin: null, stop: async () => null, remove: async () => {} };
}
