// faults.mjs - what goes wrong with HTTP answers, and how often. A fault is told as
// { method: glob, kind, count (1; -1: until cleared), skip (0), every (1), where: {argument: value}, ... }.
// `method` may also be `response_url` and `link` (the handshake of a socket).
import { globbed } from './log.mjs';

const KINDS = ['status', 'html', 'delay', 'hang', 'hang_body', 'did_status', 'did_502', 'did_cut', 'did_hang',
    'did_reset', 'garbage', 'empty', 'error', 'did_error', 'huge', 'redirect', 'reset', 'cut', 'cut_body'];

export class Faults {
    constructor(log) {
        this.log = log;
        this.active = [];
    }

    add(fault) {
        if (!KINDS.includes(fault.kind)) throw new Error(`no such fault: ${fault.kind}; there are ${KINDS.join(' ')}`);
        const added = { method: '*', count: 1, skip: 0, every: 1, seen: 0, hits: 0, ...fault };
        this.active.push(added);
        this.log.add('fault', { method: added.method, what: added.kind, count: added.count });
        return added;
    }

    clear(method) {
        this.active = this.active.filter((fault) => method && fault.method !== method);
    }

    // The first fault that this call has to suffer, if any.
    take(method, args = {}) {
        for (const fault of this.active) {
            if (!globbed(fault.method, method)) continue;
            const where = Object.entries(fault.where ?? {});
            if (!where.every(([name, value]) => String(args[name]) === String(value))) continue;
            if (fault.seen++ < fault.skip || (fault.seen - fault.skip - 1) % fault.every !== 0) continue;
            fault.hits++;
            if (fault.count > 0 && fault.hits >= fault.count) this.active.splice(this.active.indexOf(fault), 1);
            return fault;
        }
        return null;
    }
}

const wait = (s, ms) => new Promise((resolve) => s.timers.after(ms, resolve));

function reset(response) {
    response.socket?.resetAndDestroy();
}

function cut(response) {
    response.socket?.destroy();
}

function plain(status, type, body, headers = {}) {
    return { status, headers: { 'content-type': type, ...headers }, body };
}

function statusAnswer(fault) {
    const status = fault.kind === 'did_502' ? 502 : fault.status ?? 500;
    const headers = fault.retry_after === undefined ? {} : { 'retry-after': String(fault.retry_after) };
    const limited = JSON.stringify({ ok: false, error: 'ratelimited' });
    if (status === 429) return plain(429, 'application/json; charset=utf-8', fault.body ?? limited, headers);
    return plain(status, 'text/plain', fault.body ?? 'upstream connect error', headers);
}

const HTML = '<!DOCTYPE html><html><head><title>Slack</title></head><body><h1>503</h1></body></html>';

// What is answered instead of the right thing; undefined: nothing is answered.
const INSTEAD = {
    status: statusAnswer,
    did_status: statusAnswer,
    did_502: statusAnswer,
    html: () => plain(503, 'text/html', HTML),
    garbage: (f) => plain(200, 'application/json; charset=utf-8', f.body ?? '{"ok":tru\u0000e,]'),
    empty: () => plain(200, 'application/json; charset=utf-8', ''),
    error: (f) => plain(200, 'application/json; charset=utf-8',
        JSON.stringify({ ok: false, error: f.error ?? 'internal_error', ...f.extra })),
    huge: (f) => plain(200, 'application/json; charset=utf-8',
        `{"ok":true,"padding":"${'x'.repeat(f.bytes ?? 32 << 20)}"}`),
    redirect: (f) => plain(f.status ?? 302, 'text/plain', '', { location: f.location ?? 'http://127.0.0.1:9/' }),
};
INSTEAD.did_error = INSTEAD.error;

// Answers one call under a fault. perform() does the call and returns its right answer; send() answers.
export async function suffer(s, fault, response, perform, send) {
    const did = fault.kind.startsWith('did_');
    if (fault.kind === 'delay') {
        if (fault.before !== false) await wait(s, fault.ms ?? 1000);
        const answer = await perform();
        if (fault.before === false) await wait(s, fault.ms ?? 1000);
        return send(answer);
    }
    const right = did || fault.kind === 'cut_body' || fault.kind === 'hang_body' ? await perform() : null;
    if (fault.ms) await wait(s, fault.ms);
    const instead = INSTEAD[fault.kind];
    if (instead) return send(instead(fault));
    if (fault.kind === 'reset' || fault.kind === 'did_reset') return reset(response);
    if (fault.kind === 'cut' || fault.kind === 'did_cut') return cut(response);
    if (fault.kind === 'cut_body' || fault.kind === 'hang_body') {
        const body = Buffer.from(right.body);
        response.writeHead(200, { ...right.headers, 'content-length': body.length });
        response.write(body.subarray(0, body.length >> 1), () => fault.kind === 'cut_body' && cut(response));
    }
    return undefined;               // hang, did_hang, hang_body: the peer waits as long as it likes
}
