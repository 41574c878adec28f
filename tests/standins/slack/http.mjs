// http.mjs - the HTTP side: /api/<method>, /response/..., /control. Bytes in, the right module, bytes out.
import { now } from './log.mjs';
import { SlackError } from './errors.mjs';
import { readArguments, tokenOf } from './arguments.mjs';
import { perform, scopeHeaders } from './web_api.mjs';
import { suffer } from './faults.mjs';
import { respond } from './response_url.mjs';
import { control } from './control.mjs';

const MAX_BODY = 8 << 20;

async function bodyOf(request) {
    const parts = [];
    let size = 0;
    for await (const part of request) {
        size += part.length;
        if (size > MAX_BODY) throw new Error('body too large');
        parts.push(part);
    }
    return Buffer.concat(parts).toString('utf8');
}

function sendAnswer(entry, response, { status = 200, headers = {}, body = '' }) {
    if (response.destroyed) return;
    entry.status = status;
    response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
    response.end(body);
}

const json = (value, headers = {}) => ({
    status: 200, headers: { 'content-type': 'application/json; charset=utf-8', ...headers }, body: JSON.stringify(value),
});

// Which of our tokens was used; the token itself is not written down.
function whose(s, token) {
    if (!token) return 'none';
    return token === s.botToken ? 'bot' : token === s.appToken ? 'app' : 'unknown';
}

function readCall(request, url, body) {
    const call = { verb: request.method, args: {} };
    try {
        const type = request.headers['content-type'] ?? '';
        Object.assign(call, readArguments({ verb: request.method, type, query: url.searchParams, body }));
    } catch (error) {
        if (!(error instanceof SlackError)) throw error;
        call.refused = error;
    }
    Object.assign(call, tokenOf(request.headers.authorization, call.args));
    return call;
}

// One recorded exchange: `right` makes the right answer, a fault may stand in its way.
async function exchange(s, entry, response, right) {
    const fault = s.faults.take(entry.method, entry.args);
    entry.fault = fault?.kind;
    response.on('close', () => {
        entry.closed_at = now();
        if (!response.writableFinished) entry.cut = true;
        s.log.changed();
    });
    const performOnce = async () => {
        const answer = await right();
        entry.performed = true;
        return answer;
    };
    const send = (answer) => {
        sendAnswer(entry, response, answer);
        entry.answered_at = now();
        s.log.changed();
    };
    if (fault) await suffer(s, fault, response, performOnce, send);
    else send(await performOnce());
}

async function api(s, request, response, url) {
    const name = url.pathname.slice('/api/'.length);
    const began = now();
    const call = readCall(request, url, await bodyOf(request));
    const { token, ...args } = call.args;
    const entry = s.log.add('call', { method: name, args, form: call.form, auth: whose(s, call.token), began_at: began });
    await exchange(s, entry, response, async () => {
        const answer = await perform(s, name, call);
        Object.assign(entry, { ok: answer.ok, error: answer.error, answer });
        return json(answer, scopeHeaders(s, name, args));
    });
}

async function responseUrl(s, request, response, url) {
    const body = await bodyOf(request);
    let args = {};
    try {
        args = JSON.parse(body);
    } catch { /* respond() says what it thinks of it */ }
    const entry = s.log.add('call', { method: 'response_url', args, auth: 'none' });
    await exchange(s, entry, response, async () => {
        const answer = respond(s, url.pathname, args);
        Object.assign(entry, { ok: answer.status === 200, error: answer.error });
        return answer;
    });
}

async function steer(s, request, response, url) {
    const { status, body } = await control(s, request.method, url, await bodyOf(request));
    sendAnswer({}, response, { ...json(body), status });
}

const ROUTES = [['/api/', api], ['/response/', responseUrl], ['/control', steer]];

export async function serve(s, request, response) {
    const url = new URL(request.url, 'http://standin');
    const [, route] = ROUTES.find(([prefix]) => url.pathname.startsWith(prefix)) ?? [];
    try {
        if (route) await route(s, request, response, url);
        else sendAnswer({}, response, { status: 404, body: 'not found' });
    } catch (error) {
        if (error.code === 'ECONNRESET') return;            // the caller went away in the middle of its body
        s.log.add('problem', { text: `the stand-in failed at ${url.pathname}: ${error.stack ?? error}` });
        if (!response.headersSent) sendAnswer({}, response, { status: 500, body: 'stand-in failed' });
    }
}
