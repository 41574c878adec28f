// faults.mjs - what can go wrong at a server, per operation and count.
// A rule: { op, kind, times = 1 (null: always), skip = 0, conv, after, ... }. `op` is an operation of the log
// (metadata, keys, token, send, reply, update, delete, create, member, ...), or '*'. `conv`: only
// for conversation ids that begin so. `after: true`: the operation happens, only the answer is lost.
import { empty, json, reset, write } from './http.mjs';
import { aadError } from './aad.mjs';

const CODES = {
    400: 'BadArgument', 401: 'BotNotRegistered', 403: 'BotNotInConversationRoster',
    404: 'ConversationNotFound', 412: 'PreconditionFailed', 413: 'MessageSizeTooBig',
    429: 'Throttled', 500: 'ServiceError', 502: 'BadGateway', 503: 'ServiceUnavailable', 504: 'GatewayTimeout',
};

// The error body of the Connector; a subCode comes in Skype's older form around it.
export function connectorError(status, code = CODES[status] ?? 'ServiceError', message = code, subCode) {
    if (!subCode) return json(status, { error: { code, message } });
    const inner = { subCode, details: message, errorCode: null, errorSubCode: null };
    return json(status, {
        errorCode: 209, message: JSON.stringify(inner), subCode, error: { code, message },
    });
}

function statusAnswer(rule) {
    const answer = rule.html
        ? { status: rule.status, headers: { 'Content-Type': 'text/html' }, body: '<html><h1>Bad gateway</h1></html>' }
        : connectorError(rule.status, rule.code, rule.message, rule.subCode);
    if (rule.retryAfter !== undefined) answer.headers['Retry-After'] = String(rule.retryAfter);
    return answer;
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const JSON_TYPE = { 'Content-Type': 'application/json' };

// kind: what is written instead of the right answer. `real` exists when the operation happened.
const KINDS = {
    status: (x, rule) => write(x, statusAnswer(rule)),
    aad: (x, rule) => write(x, aadError(rule.code, rule)),
    garbage: (x, rule, real) => write(x, { status: real?.status ?? 200, headers: JSON_TYPE, body: rule.body ?? '{"id": "17' }),
    empty: (x, rule, real) => write(x, empty(rule.status ?? real?.status ?? 200)),
    huge: (x, rule, real) => write(x, {
        status: real?.status ?? 200, headers: JSON_TYPE, body: `{"id":"1","x":"${'x'.repeat(rule.bytes ?? 8 << 20)}"}`,
    }),
    redirect: (x, rule) => write(x, empty(rule.status ?? 307, { Location: rule.location ?? `${x.base}/elsewhere` })),
    rst: (x) => reset(x),
    cut(x, rule, real) {                // half of the answer, then nothing
        const body = real?.body || '{"id":"0000000000000"}';
        x.res.writeHead(real?.status ?? 200, { ...JSON_TYPE, 'Content-Length': body.length });
        x.res.write(body.slice(0, body.length >> 1), () => reset(x));
    },
    hang() {},                          // ends when the client gives up or the stand-in closes
    async delay(x, rule, real) {
        await pause(rule.ms ?? 1000);
        write(x, real);
    },
    async drip(x, rule, real) {         // the right answer, one byte at a time
        x.res.writeHead(real.status, { ...real.headers, 'Content-Length': real.body.length });
        for (const byte of Buffer.from(real.body)) {
            if (x.res.destroyed) return;
            x.res.write(Buffer.of(byte));
            await pause(rule.ms ?? 50);
        }
        x.res.end();
    },
};
const HAPPENS = new Set(['garbage', 'empty', 'huge', 'delay', 'drip', 'cut']);

export class Faults {
    constructor() {
        this.rules = [];
    }

    add(rule) {
        if (!KINDS[rule.kind]) throw new Error(`no fault ${rule.kind}; there are ${Object.keys(KINDS)}`);
        const full = { op: '*', times: 1, skip: 0, after: HAPPENS.has(rule.kind), ...rule, hits: 0 };
        this.rules.push(full);
        return full;
    }

    clear(op) {
        this.rules = op ? this.rules.filter((rule) => rule.op !== op) : [];
    }

    take(op, conv = '') {
        for (const rule of this.rules) {
            if ((rule.op !== op && rule.op !== '*') || !conv.startsWith(rule.conv ?? '')) continue;
            if (rule.hits >= (rule.times ?? Infinity)) continue;
            if (rule.skip > 0) { rule.skip--; continue; }
            rule.hits++;
            return rule;
        }
        return undefined;
    }

    // Does the operation and answers, as the rules want it. Returns what the log should know.
    async answer(exchange, op, operation, conv) {
        const rule = this.take(op, conv);
        const real = !rule || rule.after ? await operation() : undefined;
        if (!rule) {
            write(exchange, real);
            return { status: real.status, done: real.status < 300 };
        }
        await KINDS[rule.kind](exchange, rule, real);
        const status = exchange.res.headersSent ? exchange.res.statusCode : 0;
        return { status, fault: rule.kind, done: Boolean(real && real.status < 300), real: real?.status };
    }
}
