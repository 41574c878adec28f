// own.mjs - the stand-in alone: its faults, limits, refusals and repeats are what they say.
// usage: node tests/standins/teams/own.mjs
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { randomUUID } from 'node:crypto';
import { Checks, same, that } from '../../conformance/checks.mjs';
import { Buckets } from './buckets.mjs';
import { forge } from './jwt.mjs';
import { startTeams } from './teams.mjs';
import { newCertificate } from './x509.mjs';

const certificate = await newCertificate();
const checks = new Checks({ atOnce: 1 });
const teams = await startTeams({ certificate: certificate.certificate, expiredSecrets: ['old'] });
const { people, world, faults, log, options } = teams;
await people.install();                 // no bot listens yet: only the world changes
const support = world.channel('Support').id, text = (words) => ({ type: 'message', text: words });
let token;

async function askToken(form = {}, tenant = options.tenantId) {
    const right = { grant_type: 'client_credentials', client_id: options.appId, client_secret: options.secret, scope: options.scope };
    const body = new URLSearchParams(Object.entries({ ...right, ...form }).filter(([, value]) => value !== undefined));
    const response = await fetch(`${teams.login.url}/${tenant}/oauth2/v2.0/token`, { method: 'POST', body });
    return { status: response.status, ...(await response.json()) };
}

async function call(method, path, body, headers = {}) {
    token ??= (await askToken()).access_token;
    const response = await fetch(`${world.serviceUrl}v3/${path}`, {
        method, headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', ...headers }, body: body && JSON.stringify(body), redirect: 'manual',
    });
    const said = await response.text();
    let parsed;
    try { parsed = JSON.parse(said); } catch { /* not JSON */ }
    return { status: response.status, headers: response.headers, text: said, json: parsed, code: parsed?.error?.code };
}

const conv = (id, rest = '') => `conversations/${encodeURIComponent(id)}${rest}`;
const send = (words = 'x', id = support) => call('POST', conv(id, '/activities'), typeof words === 'string' ? text(words) : words);

function assertion({ header, claims, key = certificate.pair.privateKey } = {}) {
    const now = Math.floor(Date.now() / 1000);
    return forge({
        header: { alg: 'PS256', 'x5t#S256': certificate.x5tS256, ...header }, key,
        claims: {
            aud: `${teams.login.url}/${options.tenantId}/oauth2/v2.0/token`, iss: options.appId, sub: options.appId,
            jti: randomUUID(), nbf: now, exp: now + 600, ...claims,
        },
    });
}
const askWithAssertion = (client_assertion) => askToken({
    client_secret: undefined, client_assertion, client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
});

checks.add('token: each refusal has its number and body', async () => {
    const table = [
        [{}, 'botframework.com', 400, 'unauthorized_client', 700016], [{ client_id: 'x' }, undefined, 400, 'unauthorized_client', 700016],
        [{ client_secret: 'x' }, undefined, 401, 'invalid_client', 7000215], [{ client_secret: 'old' }, undefined, 401, 'invalid_client', 7000222],
        [{}, 'nowhere', 400, 'invalid_request', 90002], [{ scope: 'x' }, undefined, 400, 'invalid_scope', 1002012],
        [{ client_secret: undefined }, undefined, 401, 'invalid_client', 7000216], [{ grant_type: 'password' }, undefined, 400, 'unsupported_grant_type', 70003],
    ];
    for (const [form, tenant, status, error, number] of table) {
        const got = await askToken(form, tenant);
        same([got.status, got.error, got.error_codes], [status, error, [number]], 'refusal');
        that(got.error_description.startsWith(`AADSTS${number}: `), got.error_description);
    }
    faults.add({ op: 'token', kind: 'aad', code: 53003 });
    same((await askToken()).error, 'unauthorized_client', 'forced');
});
checks.add('token: certificates, PS256 and RS256, once each, checked', async () => {
    const good = assertion(), now = Math.floor(Date.now() / 1000);
    same((await askWithAssertion(good)).status, 200, 'PS256');
    same((await askWithAssertion(good)).error_codes, [500131], 'the same again');
    same((await askWithAssertion(assertion({ header: { alg: 'RS256', x5t: certificate.x5t, 'x5t#S256': undefined } }))).status, 200, 'RS256');
    const other = await newCertificate();
    const table = [
        [{ header: { 'x5t#S256': certificate.x5t } }, 700027], [{ key: other.pair.privateKey }, 700027], [{ claims: { aud: 'x' } }, 700023],
        [{ claims: { iss: 'x' } }, 700021], [{ claims: { exp: now - 400 } }, 700024], [{ claims: { exp: undefined } }, 700024],
    ];
    for (const [parts, number] of table) same((await askWithAssertion(assertion(parts))).error_codes, [number], JSON.stringify(parts.claims ?? {}));
});
checks.add('connector: no, foreign, expired tokens', async () => {
    for (const Authorization of ['', 'Bearer x', `bearer ${token}`]) {
        const answer = await call('GET', conv(support, '/members'), undefined, { Authorization });
        same([answer.status, answer.json.message], [401, 'Authorization has been denied for this request.'], Authorization);
    }
    const short = teams.login.issue({ appId: options.appId, tenant: options.tenantId, seconds: -1 });
    same((await call('GET', conv(support, '/members'), undefined, { Authorization: `Bearer ${short}` })).status, 401, 'expired');
});
checks.add('connector: codes of what cannot be', async () => {
    const table = [
        [() => send('x', '19:nobody@thread.tacv2'), 404, 'ConversationNotFound'],
        [() => send('x', `${support};messageid=1`), 404, 'ConversationNotFound'],
        [() => call('PUT', conv(support, '/activities/1'), text('x')), 404, 'ActivityNotFoundInConversation'],
        [() => call('DELETE', conv(support, '/activities/1')), 404, 'ActivityNotFoundInConversation'],
        [() => send({ type: 'message' }), 400, 'BadSyntax'], [() => send({ type: 'poem' }), 400, 'BadArgument'],
        [() => send('x'.repeat(51200)), 413, 'MessageSizeTooBig'],
        [() => send('x', world.personal('Sam Roe').id), 403, 'BotNotInConversationRoster'],
        [() => call('POST', 'conversations', { members: [{ id: world.user('Sam Roe').id }], tenantId: options.tenantId }), 403, 'BotNotInConversationRoster'],
        [() => call('POST', 'conversations', { members: [] }), 400, 'BadSyntax'],
    ];
    for (const [act, status, code] of table) {
        const answer = await act();
        same([answer.status, answer.code], [status, code], act.toString());
    }
    world.channel('Support').blocked = true;
    const blocked = await send();
    world.channel('Support').blocked = false;
    same([blocked.status, blocked.json.subCode, blocked.code], [403, 'MessageWritesBlocked', 'ConversationBlockedByUser'], 'blocked');
});
checks.add('connector: text beside a card becomes two messages without an id', async () => {
    const before = world.shown(support).length, content = { type: 'AdaptiveCard', version: '1.5', body: [] };
    const answer = await send({ type: 'message', text: 'x', attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }] });
    same([answer.status, answer.json, world.shown(support).length - before], [201, {}, 2], 'answer');
});
checks.add('connector: a thread, paged members, old ids of pages', async () => {
    for (let i = 0; i < 60; i++) world.addUser(`Extra ${i}`);
    const { json: root } = await call('POST', 'conversations', { isGroup: true, channelData: { channel: { id: support } }, activity: text('root') });
    same((await send('below', root.id)).status, 201, 'status');
    same(world.shown(root.id).map((m) => m.activity.text), ['root', 'below'], 'thread');
    const first = (await call('GET', conv(support, '/pagedmembers?pageSize=1'))).json;
    const second = (await call('GET', conv(support, `/pagedMembers?pageSize=1&continuationToken=${first.continuationToken}`))).json;
    same([first.members.length, second.members.length, second.continuationToken ?? null], [50, 13, null], 'pages');
});
checks.add('limits: 7 in a second, 60 in half a minute, then Retry-After', async () => {
    let now = 1e12;
    const buckets = new Buckets(() => now), waits = [];
    for (let i = 0; i < 8; i++) waits.push(buckets.take('send', 'c'));
    same(waits, [0, 0, 0, 0, 0, 0, 0, 1], 'waits');
    same([buckets.take('update', 'c'), buckets.take('send', 'd'), buckets.take('member', 'c')], [1, 0, 0], 'others');
    for (let i = 0; i < 60; i++) { now += 300; same(buckets.take('send', 'e'), 0, `wait of ${i}`); }
    same(buckets.take('send', 'e'), 13, 'wait after 60 in 17.7 s');
    options.rateLimits = true;
    const statuses = await Promise.all(Array.from({ length: 9 }, () => send('x', world.channel('Billing').id)));
    options.rateLimits = false;
    same(statuses.map((a) => a.status).sort(), [201, 201, 201, 201, 201, 201, 201, 429, 429], 'statuses');
    same(statuses.find((a) => a.status === 429).headers.get('retry-after'), '1', 'Retry-After');
});
checks.add('faults: delivered or not, as the rule says', async () => {
    const count = () => world.shown(support).length;
    const table = [
        [{ kind: 'status', status: 429, retryAfter: 3 }, 0, (a) => a.status === 429 && a.headers.get('retry-after') === '3'],
        [{ kind: 'status', status: 429 }, 0, (a) => a.headers.get('retry-after') === null],
        [{ kind: 'status', status: 502, html: true }, 0, (a) => a.status === 502 && a.text.startsWith('<html>')],
        [{ kind: 'status', status: 502, after: true }, 1, (a) => a.status === 502],
        [{ kind: 'status', status: 403, subCode: 'MessageWritesBlocked' }, 0, (a) => a.json.subCode === 'MessageWritesBlocked'],
        [{ kind: 'garbage' }, 1, (a) => a.status === 201 && !a.json], [{ kind: 'empty' }, 1, (a) => a.status === 201 && a.text === ''],
        [{ kind: 'huge', bytes: 1 << 20 }, 1, (a) => a.text.length > 1 << 20], [{ kind: 'redirect' }, 0, (a) => a.status === 307],
        [{ kind: 'delay', ms: 30 }, 1, (a) => a.status === 201], [{ kind: 'drip', ms: 1 }, 1, (a) => a.json?.id],
        [{ kind: 'cut' }, 1, (a) => a.cut], [{ kind: 'rst' }, 0, (a) => a.cut], [{ kind: 'rst', after: true }, 1, (a) => a.cut],
    ];
    for (const [rule, delivered, right] of table) {
        const before = count();
        faults.add({ op: 'send', ...rule });
        const answer = await send().catch(() => ({ cut: true }));
        that(right(answer), `${JSON.stringify(rule)}: ${answer.status} ${answer.text?.slice(0, 200)}`);
        same(count() - before, delivered, `delivered with ${JSON.stringify(rule)}`);
    }
    const skipped = faults.add({ op: 'send', kind: 'status', status: 503, skip: 1, times: 2 });
    same((await Promise.all([1, 2, 3, 4].map(() => send()))).map((a) => a.status).sort(), [201, 201, 503, 503], 'skip and times');
    same(skipped.hits, 2, 'hits');
});
checks.add('faults: hang ends with the client; an overlapping update is told', async () => {
    const { json: { id } } = await send(), put = () => call('PUT', conv(support, `/activities/${id}`), text('y'));
    faults.add({ op: 'update', kind: 'delay', ms: 50 });
    options.conflicts = true;
    same((await Promise.all([put(), put()])).map((a) => a.status).sort(), [200, 412], 'statuses');
    options.conflicts = false;
    same((await put()).status, 200, 'later');
    faults.add({ op: 'send', kind: 'hang' });
    const hung = fetch(`${world.serviceUrl}v3/${conv(support, '/activities')}`, { method: 'POST', body: '{}', signal: AbortSignal.timeout(50) });
    same(await hung.catch((error) => error.name), 'TimeoutError', 'hang');
});
checks.add('keys: rotation, down and up, faults', async () => {
    const read = async () => {
        const { jwks_uri } = await (await fetch(teams.keys.metadataUrl)).json();
        return (await (await fetch(jwks_uri)).json()).keys;
    };
    const [key] = await read();
    same([key.kty, key.use, key.e, key.endorsements.includes('msteams'), key.x5t === key.kid], ['RSA', 'sig', 'AQAB', true, true], 'key');
    await teams.keys.rotate();
    same((await read()).length, 2, 'keys');
    await teams.keys.rotate({ keepOld: false, endorsements: null });
    same((await read()).map((k) => k.endorsements ?? null), [null], 'keys');
    await teams.keys.down();
    await read().catch(() => {});       // a kept connection, which is cut
    same(await read().catch((error) => error.cause.code), 'ECONNREFUSED', 'down');
    await teams.keys.up();
    faults.add({ op: 'keys', kind: 'garbage' });
    that(await read().catch((error) => error instanceof SyntaxError), 'no garbage came');
});
checks.add('delivery: repeats with the same id, then with a new one', async () => {
    const bodies = [];
    const bot = createServer((request, response) => {
        let body = '';
        request.on('data', (part) => { body += part; });
        request.on('end', () => {
            bodies.push(JSON.parse(body));
            if (bodies.length > 2) response.end('{}');
        });
    });
    await new Promise((resolve) => bot.listen(0, '127.0.0.1', resolve));
    teams.botUrl = `http://127.0.0.1:${bot.address().port}/api/messages`;
    try {
        const policy = { same: 1, sameAfterMs: 20, fresh: 1, freshAfterMs: 20 };
        const { answer } = await people.invoke({ name: 'adaptiveCard/action', policy, timeoutMs: 200 });
        same([answer.status, answer.all.map((a) => a.status)], [200, [0, 0, 200]], 'answers');
        that(bodies[0].id === bodies[1].id && bodies[0].id !== bodies[2].id, 'ids');
        const from = bodies.length;
        await people.write({ text: 'hello', where: 'Support', mention: true, repeat: { same: 2, fresh: 1 } });
        same(new Set(bodies.slice(from).map((b) => b.id)).size, 2, 'ids at once');
        same(bodies.length - from, 4, 'deliveries');
    } finally {
        bot.closeAllConnections();
        bot.close();
    }
});
checks.add('log: waiting ends with the event or in time', async () => {
    const late = await teams.waitFor((e) => e.kind === 'nothing', 20).catch((error) => error.message);
    that(late.includes('nothing within 20 ms'), late);
    const from = log.mark(), soon = teams.waitFor((e) => e.op === 'send' && e.status === 201, 1000, from);
    await send('awaited');
    same((await soon).activity.text, 'awaited', 'entry');
});
checks.add('command: one line, control, the end of stdin ends it', async () => {
    const child = spawn(process.execPath, [fileURLToPath(new URL('main.mjs', import.meta.url)), '--secret', 's'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const line = await new Promise((resolve) => child.stdout.once('data', resolve));
    const { control, env } = JSON.parse(line);
    const state = await (await fetch(control, { method: 'POST', body: '{"do":"state"}' })).json();
    same([env.TEAMS_APP_SECRET, state.env], ['s', env], 'settings');
    child.stdin.end();
    same(await ended, 0, 'exit status');
});

await checks.run();
await teams.stop();
process.exit(checks.finish());
