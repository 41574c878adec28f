#!/usr/bin/env node
// setup.mjs - deskhand setup slack and setup teams: the files they write, held to the platforms' published
// rules (stated by us in tests/cli/*.schema.json), and every check against the stand-ins.
// usage: DESK_BIN=build/deskhand node tests/cli/setup.mjs
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { inflateSync } from 'node:zlib';
import Ajv from 'ajv';
import { Checks } from '../conformance/checks.mjs';
import { Desk } from '../conformance/desk.mjs';
import { SlackStandin, SCOPES } from '../standins/slack/standin.mjs';
import { METHODS } from '../standins/slack/web_api.mjs';
import { startTeams } from '../standins/teams/teams.mjs';
import { newCertificate } from '../standins/teams/x509.mjs';

const bin = resolve(process.env.DESK_BIN ?? 'build/deskhand');
const home = mkdtempSync(join(tmpdir(), 'desk-setup-'));
process.on('exit', () => rmSync(home, { recursive: true, force: true }));
const schema = (name) => new Ajv({ allErrors: true, strict: false })
    .compile(createRequire(import.meta.url)(`./${name}_manifest.schema.json`));
const GUID = '72f988bf-86f1-41af-91ab-2d7cd011db47';

// What the surrounding shell has set must not decide.
function environment(given) {
    const kept = Object.entries(process.env).filter(([name]) => !/^(SLACK_|TEAMS_|DESKHAND_|CREDENTIALS_)/.test(name));
    return { ...Object.fromEntries(kept), ...given };
}

// The stand-ins live in this process, so nothing here may block.
function run(env, ...words) {
    return new Promise((done) => {
        const child = spawn(bin, words, { cwd: home, env: environment(env), timeout: 60000 });
        const out = [], err = [];
        child.stdout.on('data', (bytes) => out.push(bytes));
        child.stderr.on('data', (bytes) => err.push(bytes));
        child.on('close', (code) => done({ code, bytes: Buffer.concat(out), out: String(Buffer.concat(out)), err: String(Buffer.concat(err)) }));
    });
}
const wrongs = (result) => result.out.split('\n').filter((line) => line.includes('WRONG'));

// One problem, and it is this one; no token is ever printed.
function one(result, pattern, code = 1) {
    assert.equal(result.code, code, result.out + result.err);
    const found = wrongs(result);
    assert.equal(found.length, 1, result.out);
    assert.match(found[0], pattern);
    assert.doesNotMatch(result.out + result.err, /standin\b.*xox|xapp-1-|xoxb-1111|stand-in-secret/);
}

const checks = new Checks({ atOnce: 3 });

/* ---- Slack ---- */

async function withSlack(options, test) {
    const slack = await SlackStandin.start(options);
    try {
        await test(slack, (env = {}) => run({ ...slack.environment(), ...env }, 'setup', 'slack', '--out', `${slack.port}.json`, '--data', home));
    } finally {
        await slack.stop();
    }
}

checks.add('slack: the manifest keeps to the published rules', async () => {
    const { code, out } = await run({}, 'setup', 'slack');
    assert.equal(code, 0, out);
    assert.match(out, /xapp-[\s\S]*SLACK_APP_TOKEN[\s\S]*xoxb-[\s\S]*SLACK_BOT_TOKEN[\s\S]*\/invite @Deskhand/);
    const manifest = JSON.parse(readFileSync(join(home, 'deskhand-slack.json'), 'utf8'));
    const fits = schema('slack');
    assert.ok(fits(manifest), JSON.stringify(fits.errors));
    assert.doesNotMatch(JSON.stringify(manifest), /url/);
    const bad = structuredClone(manifest);
    bad.features.shortcuts[0].name = 'x'.repeat(25);
    bad.settings.event_subscriptions.request_url = 'https://x.example';
    assert.ok(!fits(bad) && fits.errors.length === 2, 'the rules find mistakes');
});

// Methods that the sources name, but for the tables of what Slack has.
function methodsCalled() {
    const folder = new URL('../../adapters/slack/', import.meta.url), found = new Set();
    for (const name of readdirSync(folder).filter((file) => file.endsWith('.c') && !/^api_(method|error)/.test(file)))
        for (const [, method] of readFileSync(new URL(name, folder), 'utf8').matchAll(/"([a-z]+\.[a-zA-Z.]+)"/g))
            if (METHODS[method]) found.add(method);
    return [...found];
}

// Where the scope depends on the kind of channel: those for public and private ones.
function scopesOf(method) {
    const { scope, token } = METHODS[method];
    if (token === 'app' || !scope) return [];
    if (typeof scope !== 'function') return [].concat(scope).slice(0, 1);
    const all = scope({ types: 'public_channel,private_channel' }, { workspace: { channels: new Map() } });
    return [].concat(all).filter((name) => /^(channels|groups):/.test(name));
}

checks.add('slack: the manifest asks for what the desk hears and calls', async () => {
    const { code, out, err } = await run({}, 'setup', 'slack', '--out', '-');
    assert.equal(code, 0);
    assert.match(err, /SLACK_BOT_TOKEN/);
    const { oauth_config, settings, features } = JSON.parse(out);
    const scopes = oauth_config.scopes.bot, events = settings.event_subscriptions.bot_events;
    const source = readFileSync(new URL('../../adapters/slack/envelope_event.c', import.meta.url), 'utf8');
    const heard = [...source.matchAll(/^ {4}\{ "([a-z_]+)", SLACK_/gm)].map((m) => m[1]);
    assert.ok(heard.length > 15);
    for (const event of heard.filter((name) => name !== 'message' && name !== 'app_rate_limited')) assert.ok(events.includes(event), event);
    for (const event of ['message.channels', 'message.groups', 'message.im']) assert.ok(events.includes(event), event);
    const need = { 'app_mention': 'app_mentions:read', 'message.channels': 'channels:history', 'message.groups': 'groups:history',
        'message.im': 'im:history', 'channel_archive': 'channels:read', 'group_archive': 'groups:read', 'user_change': 'users:read' };
    for (const [event, scope] of Object.entries(need)) assert.ok(events.includes(event) && scopes.includes(scope), scope);
    const called = methodsCalled();
    assert.ok(called.length > 10 && called.includes('chat.postMessage'));
    for (const method of called)
        for (const scope of scopesOf(method)) assert.ok(scopes.includes(scope), `${method} needs ${scope}`);
    assert.ok(scopes.every((scope) => SCOPES.includes(scope)), 'the stand-in knows each of them');
    assert.deepEqual([features.shortcuts[0].type, features.slash_commands[0].command], ['message', '/ticket']);
});

checks.add('slack: with all that is needed it ends with 0', () => withSlack({}, async (slack, setup) => {
    const result = await setup();
    assert.equal(result.code, 0, result.out + result.err);
    assert.deepEqual(wrongs(result), []);
    for (const words of [/Workspace "Stand-in", bot "deskhand"/, /all \d+ scopes/, /said hello/, /#triage \(slack:C\w+\)/, /All is well/])
        assert.match(result.out, words);
    assert.deepEqual(slack.problems(), []);
    await slack.waitFor(() => slack.sockets.open().length === 0);
    assert.deepEqual([...new Set(slack.calls('*').map((call) => call.method))].sort(), ['apps.connections.open', 'auth.test', 'users.conversations']);
}));

checks.add('slack: the scopes of the manifest are enough for the stand-in', () => withSlack({}, async (slack, setup) => {
    await setup();
    slack.scopes = JSON.parse(readFileSync(join(home, `${slack.port}.json`), 'utf8')).oauth_config.scopes.bot;
    assert.equal((await setup()).code, 0);
}));

checks.add('slack: tokens may come as files of a service', () => withSlack({}, async (slack, setup) => {
    const folder = mkdtempSync(join(home, 'credentials-'));
    for (const [name, token] of [['SLACK_APP_TOKEN', slack.appToken], ['SLACK_BOT_TOKEN', slack.botToken]])
        writeFileSync(join(folder, name), `${token}\n`);
    const env = { SLACK_API_URL: slack.environment().SLACK_API_URL, CREDENTIALS_DIRECTORY: folder };
    const result = await run(env, 'setup', 'slack', '--out', '/dev/null', '--data', home);
    assert.equal(result.code, 0, result.out + result.err);
    assert.match(result.out, /said hello/);
}));

checks.add('slack: each missing scope is named, with what does not work', () => withSlack({
    scopes: SCOPES.filter((scope) => scope !== 'users:read.email' && scope !== 'commands'),
}, async (slack, setup) => {
    const result = await setup();
    assert.equal(result.code, 1);
    assert.equal(wrongs(result).length, 2, result.out);
    assert.match(result.out, /users:read\.email is missing; without it technicians are not found/);
    assert.match(result.out, /commands is missing; without it \/ticket/);
    assert.match(result.out, /Reinstall/);
}));

checks.add('slack: swapped tokens are found before anything is sent', () => withSlack({}, async (slack, setup) => {
    const result = await setup({ SLACK_APP_TOKEN: slack.botToken, SLACK_BOT_TOKEN: slack.appToken });
    assert.equal(result.code, 78);
    assert.match(result.err, /SLACK_APP_TOKEN.*begins with xapp-/);
    assert.match(result.err, /SLACK_BOT_TOKEN.*begins with xoxb-/);
    assert.equal(slack.calls('*').length, 0);
}));

checks.add('slack: token kinds that only Slack can tell apart', () => withSlack({ botToken: 'odd-bot-token', appToken: 'odd-app-token' },
    async (slack, setup) => {
        const result = await setup({ SLACK_APP_TOKEN: slack.botToken, SLACK_BOT_TOKEN: slack.appToken });
        assert.equal(result.code, 1);
        assert.match(result.out, /not a bot token.*swapped/);
        assert.match(result.out, /not an app-level token.*swapped/);
    }));

checks.add('slack: wrong, withdrawn and lonely tokens', () => withSlack({}, async (slack, setup) => {
    one(await setup({ SLACK_BOT_TOKEN: 'xoxb-wrong' }), /invalid_auth.*Install the app again/);
    one(await setup({ SLACK_APP_TOKEN: 'xapp-wrong' }), /invalid_auth.*App-Level Tokens/);
    slack.revoke({ token: 'bot', error: 'token_revoked' });
    one(await setup(), /token_revoked.*withdrawn/);
    const alone = await setup({ SLACK_APP_TOKEN: '' });
    assert.equal(alone.code, 78);
    assert.match(alone.err, /SLACK_APP_TOKEN: missing/);
    assert.match(alone.out, /Nothing is checked/);
}));

checks.add('slack: the app-level token without connections:write', () => withSlack({ appScopes: ['authorizations:read'] },
    async (slack, setup) => one(await setup(), /missing_scope.*connections:write/)));

checks.add('slack: Socket Mode that is off is named, whoever says so', () => withSlack({}, async (slack, setup) => {
    for (const no_hello of [true, false]) {
        slack.future({ reason: 'link_disabled', no_hello });
        one(await setup(), /Socket Mode is off: switch it on/);
    }
    for (const error of ['not_allowed', 'socket_mode_disabled']) {
        slack.fault({ method: 'apps.connections.open', kind: 'error', error });
        one(await setup(), /Socket Mode is off: switch it on/);
    }
}));

checks.add('slack: sockets that are refused, full, broken', () => withSlack({}, async (slack, setup) => {
    slack.fault({ method: 'link', kind: 'status', status: 409 });
    one(await setup(), /refused the socket \(status 409\)/);
    slack.future({ reason: 'too_many_websockets', no_hello: true });
    one(await setup(), /too many connections/);
    slack.fault({ method: 'link', kind: 'reset' });
    one(await setup(), /The socket failed.*firewall or proxy/);
    slack.ghosts({ count: 2 });
    const crowd = await setup();
    assert.equal(crowd.code, 0);
    assert.match(crowd.out, /note +The app has 3 connections/);
}));

checks.add('slack: no hello is not waited for forever', () => withSlack({}, async (slack, setup) => {
    slack.future({ no_hello: true });
    one(await setup(), /No hello came within 15 seconds/);
}), { seconds: 40 });

checks.add('slack: a bot in no channel is to be invited', () => withSlack({ channels: [{ name: 'lonely', members: ['omar'] }] },
    async (slack, setup) => one(await setup(), /in no channel: write \/invite @Deskhand/)));

checks.add('slack: what is not Slack, or not there, is said', async () => {
    await withSlack({}, async (slack, setup) => {
        slack.fault({ method: 'auth.test', kind: 'html' });
        one(await setup(), /What answers at .* is not Slack \(status 503\)/);
        slack.fault({ method: 'auth.test', kind: 'status', status: 429, retry_after: 30 });
        one(await setup(), /asked too often/);
        slack.fault({ method: 'users.conversations', kind: 'garbage' });
        one(await setup(), /is not Slack \(status 200\)/);
    });
    await withSlack({}, async (slack, setup) => {
        const env = slack.environment();
        await slack.stop();
        const result = await setup(env);
        assert.equal(result.code, 1);
        assert.match(result.out, /cannot be reached at http:\/\/127/);
    });
});

checks.add('slack: a file that cannot be written is said', async () => {
    const result = await run({}, 'setup', 'slack', '--out', join(home, 'nowhere', 'x.json'));
    assert.equal(result.code, 1);
    assert.match(result.out, /could not be written \(No such file/);
});

/* ---- Teams ---- */

function crc32(bytes) {
    let sum = ~0;
    for (const byte of bytes) {
        sum ^= byte;
        for (let i = 0; i < 8; i++) sum = sum >>> 1 ^ (sum & 1 ? 0xedb88320 : 0);
    }
    return ~sum >>> 0;
}

// The files of a zip with their bytes; checks what a strict reader would.
function unzip(bytes) {
    const end = bytes.length - 22;
    assert.equal(bytes.readUInt32LE(end), 0x06054b50);
    const files = new Map();
    let at = bytes.readUInt32LE(end + 16);
    assert.equal(at + bytes.readUInt32LE(end + 12), end);
    for (let i = 0; i < bytes.readUInt16LE(end + 10); i++) {
        assert.equal(bytes.readUInt32LE(at), 0x02014b50);
        const length = bytes.readUInt16LE(at + 28), size = bytes.readUInt32LE(at + 24), local = bytes.readUInt32LE(at + 42);
        const name = bytes.toString('latin1', at + 46, at + 46 + length);
        assert.equal(bytes.readUInt32LE(local), 0x04034b50);
        assert.deepEqual(bytes.subarray(local + 4, local + 30), bytes.subarray(at + 6, at + 32));
        const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
        const content = bytes.subarray(from, from + size);
        assert.equal(crc32(content), bytes.readUInt32LE(at + 16), name);
        files.set(name, content);
        at += 46 + length;
    }
    return files;
}

// Width, height and pixels (RGBA) of a PNG without filters.
function png(bytes) {
    assert.equal(bytes.toString('latin1', 0, 8), '\x89PNG\r\n\x1a\n');
    const chunks = {};
    for (let at = 8; at < bytes.length;) {
        const length = bytes.readUInt32BE(at), type = bytes.toString('latin1', at + 4, at + 8);
        assert.equal(crc32(bytes.subarray(at + 4, at + 8 + length)), bytes.readUInt32BE(at + 8 + length), type);
        chunks[type] = bytes.subarray(at + 8, at + 8 + length);
        at += 12 + length;
    }
    const width = chunks.IHDR.readUInt32BE(0), height = chunks.IHDR.readUInt32BE(4), rows = inflateSync(chunks.IDAT);
    assert.deepEqual([...chunks.IHDR.subarray(8)], [8, 6, 0, 0, 0]);
    assert.equal(rows.length, height * (1 + 4 * width));
    const pixels = [];
    for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++) pixels.push([...rows.subarray(y * (1 + 4 * width) + 1 + 4 * x).subarray(0, 4)]);
    return { width, height, pixels };
}

// A desk for the check of the address: answers each request with this status.
async function door(status) {
    const server = createServer((request, response) => {
        server.seen = `${request.method} ${request.url}`;
        response.writeHead(status, status === 302 ? { Location: 'https://elsewhere.example/' } : {}).end();
    });
    await new Promise((done) => server.listen(0, '127.0.0.1', done));
    server.url = `http://127.0.0.1:${server.address().port}`;
    return server;
}

async function withTeams(options, test, status = 405) {
    const teams = await startTeams(options), server = await door(status);
    try {
        await test(teams, (env = {}, url = server.url) =>
            run({ ...teams.env, ...env }, 'setup', 'teams', '--out', `${server.address().port}.zip`, '--public-url', url, '--data', home), server);
    } finally {
        await teams.stop();
        server.closeAllConnections();
        await new Promise((done) => server.close(done));
    }
}

checks.add('teams: the package is a zip with a manifest by the published rules and two icons', () => withTeams({}, async (teams, setup, server) => {
    await setup({}, 'https://desk.example/');
    const files = unzip(readFileSync(join(home, `${server.address().port}.zip`)));
    assert.deepEqual([...files.keys()].sort(), ['color.png', 'manifest.json', 'outline.png']);
    const manifest = JSON.parse(String(files.get('manifest.json'))), fits = schema('teams');
    assert.ok(fits(manifest), JSON.stringify(fits.errors));
    assert.equal(manifest.bots[0].botId, teams.options.appId);
    assert.notEqual(manifest.id, teams.options.appId);
    assert.deepEqual(manifest.validDomains, ['desk.example']);
    assert.equal(manifest.developer.websiteUrl, 'https://desk.example');
    assert.equal(manifest.webApplicationInfo.id, teams.options.appId);
    assert.deepEqual(manifest.authorization.permissions.resourceSpecific, [{ name: 'ChannelMessage.Read.Group', type: 'Application' }]);
    const bad = structuredClone(manifest);
    bad.bots[0].scopes = ['groupchat'];
    bad.name.short = 'x'.repeat(31);
    assert.ok(!fits(bad) && fits.errors.length === 2, 'the rules find mistakes');

    const color = png(files.get('color.png')), outline = png(files.get('outline.png'));
    assert.deepEqual([color.width, color.height, outline.width, outline.height], [192, 192, 32, 32]);
    assert.ok(color.pixels.every((p) => p[3] === 255) && color.pixels.some((p) => p[0] === 255) && color.pixels.some((p) => p[0] === 0x24));
    assert.ok(outline.pixels.every((p) => p[0] === 255 && p[1] === 255 && p[2] === 255), 'white only');
    assert.ok(outline.pixels.some((p) => p[3] === 255) && outline.pixels.filter((p) => p[3] === 0).length > 500, 'on nothing');
}));

checks.add('teams: the same bot gives the same package, another bot another id', async () => {
    const make = async (id, name) => {
        await run({ TEAMS_APP_ID: id }, 'setup', 'teams', '--public-url', 'https://desk.example', '--out', name);
        return readFileSync(join(home, name));
    };
    const id = (bytes) => JSON.parse(String(unzip(bytes).get('manifest.json'))).id;
    const first = await make(GUID, 'a.zip'), again = await make(GUID, 'b.zip');
    assert.ok(first.equals(again));
    assert.equal(id(await make(GUID.toUpperCase(), 'c.zip')), id(first));
    assert.notEqual(id(await make(GUID.replace('7', '8'), 'd.zip')), id(first));
    const piped = await run({ TEAMS_APP_ID: GUID }, 'setup', 'teams', '--public-url', 'https://desk.example', '--out', '-');
    assert.ok(piped.bytes.equals(first));
});

checks.add('teams: without settings it says what to do and where', async () => {
    const result = await run({}, 'setup', 'teams', '--public-url', 'https://desk.example', '--out', 'none.zip');
    one(result, /set TEAMS_APP_ID \(step 1\)/);
    assert.match(result.out, /^1\. [\s\S]*^2\. [\s\S]*^3\. [\s\S]*https:\/\/desk\.example\/api\/messages[\s\S]*^4\. /m);
    assert.ok(!existsSync(join(home, 'none.zip')));
});

checks.add('teams: the address is needed, and is https', async () => {
    const url = async (...words) => run({ TEAMS_APP_ID: GUID }, 'setup', 'teams', '--out', 'url.zip', ...words);
    one(await url(), /address of the desk is not known: name it with --public-url/, 78);
    for (const bad of ['http://desk.example', 'desk.example', 'ftp://desk.example', 'https://', 'https://a b'])
        one(await url('--public-url', bad), /begins with https:\/\//, 78);
    assert.ok(!existsSync(join(home, 'url.zip')));
    writeFileSync(join(home, 'public.conf'), 'public_url = "https://conf.example";\n');
    await url('--config', join(home, 'public.conf'));
    assert.match(String(unzip(readFileSync(join(home, 'url.zip'))).get('manifest.json')), /https:\/\/conf\.example/);
});

checks.add('teams: with all that is needed it ends with 0', () => withTeams({}, async (teams, setup, server) => {
    const result = await setup();
    assert.equal(result.code, 0, result.out + result.err);
    for (const words of [/gave the desk a token/, /The keys of the Bot Connector are there/, /The desk answers at/, /Teams needs https/, /All is well/])
        assert.match(result.out, words);
    assert.equal(server.seen, 'GET /api/messages');
}));

checks.add('teams: a certificate in place of the secret', async () => {
    const file = join(home, 'bot.pem');
    const { certificate, key } = await newCertificate();
    writeFileSync(file, certificate + key);
    await withTeams({ certificate, secret: undefined }, async (teams, setup) => {
        const env = { TEAMS_APP_SECRET: '', TEAMS_APP_CERTIFICATE: file };
        const result = await setup(env);
        assert.equal(result.code, 0, result.out + result.err);
        one(await setup({ ...env, TEAMS_APP_CERTIFICATE: join(home, 'none.pem') }), /TEAMS_APP_CERTIFICATE, .*none\.pem: /);
    });
});

checks.add('teams: each usual error of the login service has its own sentence', () => withTeams({ expiredSecrets: ['old'] }, async (teams, setup) => {
    one(await setup({ TEAMS_APP_ID: GUID }), /AADSTS700016.*TEAMS_TENANT_ID/);
    one(await setup({ TEAMS_TENANT_ID: GUID }), /AADSTS90002.*no such tenant/);
    one(await setup({ TEAMS_TENANT_ID: `botframework.com,${teams.options.tenantId}` }), /AADSTS700016.*single-tenant app asks its own tenant/);
    one(await setup({ TEAMS_APP_SECRET: 'wrong' }), /AADSTS7000215.*Value, not its Secret ID/);
    one(await setup({ TEAMS_APP_SECRET: 'old' }), /AADSTS7000222.*expired/);
    for (const code of [53003, 1002012]) {
        teams.faults.add({ op: 'token', kind: 'aad', code });
        one(await setup(), new RegExp(`AADSTS${code}\\.? `));
    }
    teams.faults.add({ op: 'token', kind: 'status', status: 503, html: true });
    one(await setup(), /login service says 503/);
    one(await setup({ TEAMS_LOGIN_URL: 'http://127.0.0.1:1' }), /login service/);
}), { seconds: 60 });

checks.add('teams: ids that are none are named', () => withTeams({}, async (teams, setup) => {
    for (const tenant of ['acme.example', 'my_company'])
        one(await setup({ TEAMS_TENANT_ID: `${teams.options.tenantId}, ${tenant}` }), new RegExp(`"${tenant}" is no tenant id`));
    const shared = await setup({ TEAMS_TENANT_ID: 'botframework.com' });
    assert.match(shared.out, /names no tenant whose people may use the desk/);
    const result = await setup({ TEAMS_APP_ID: 'deskhand' });
    assert.equal(result.code, 1);
    assert.match(result.out, /TEAMS_APP_ID is no app id/);
}));

checks.add('teams: the key server: away, of another cloud, not one at all', () => withTeams({}, async (teams, setup, server) => {
    teams.keys.published = [];
    one(await setup(), /no usable key at/);
    one(await setup({ TEAMS_OPENID_METADATA_URL: `${server.url}/metadata` }), /answers 405 where it should have the metadata/);
    teams.faults.add({ op: 'metadata', kind: 'garbage' });
    const garbage = await setup();
    assert.match(garbage.out, /is no OpenID metadata/);
    teams.options.issuer = 'https://api.botframework.us';
    assert.match((await setup()).out, /metadata is of the issuer https:\/\/api\.botframework\.us/);
    await teams.keys.down();
    one(await setup(), /the metadata cannot be fetched from/);
}), { seconds: 60 });

for (const [status, pattern] of [[401, null], [404, /answers 404, not 405: the proxy does not pass \/api\/messages/],
    [200, /answers 200, not 405/], [502, /does not reach the desk \(status 502\)/], [302, /sends elsewhere \(status 302\)/]])
    checks.add(`teams: the desk from outside answers ${status}`, () => withTeams({}, async (teams, setup) => {
        const result = await setup();
        if (pattern) one(result, pattern);
        else assert.equal(result.code, 0, result.out);
    }, status));

checks.add('teams: nothing answers at the address', () => withTeams({}, async (teams, setup) =>
    one(await setup({}, 'http://127.0.0.1:1'), /Nothing answers at http:\/\/127\.0\.0\.1:1\/api\/messages/)));

/* ---- the desk that was set up ---- */

const logOf = (desk) => readFileSync(join(desk.dir, 'desk.log'), 'utf8');
const surfacesOn = (desk) => [...logOf(desk).matchAll(/event="surface on" surface=(\w+)/g)].map((m) => m[1]);

checks.add('run: the log says which surfaces are on; one that is away leaves the desk ready', async () => {
    const teams = await startTeams(), slack = await SlackStandin.start();
    const env = environment({ ...slack.environment(), ...teams.env });
    const desk = new Desk({ bin, env: { ...env } }), plain = new Desk({ bin, env: { SLACK_APP_TOKEN: '', SLACK_BOT_TOKEN: '', TEAMS_APP_ID: '' } });
    try {
        await slack.stop();
        await desk.start();
        assert.deepEqual(surfacesOn(desk), ['slack', 'teams']);
        for (const end = Date.now() + 15000; ;) {
            const health = await (await fetch(`${desk.url}/readyz`)).json();
            assert.equal(health.ok, true);
            const slackIs = health.surfaces.find((surface) => surface.name === 'slack');
            if (slackIs?.well === false && slackIs.text) break;
            assert.ok(Date.now() < end, JSON.stringify(health));
            await new Promise((done) => setTimeout(done, 100));
        }
        const result = await run(teams.env, 'setup', 'teams', '--out', 'real.zip', '--public-url', desk.url, '--data', home);
        assert.equal(result.code, 0, result.out);
        assert.doesNotMatch(logOf(desk), /xoxb-1111|xapp-1-|stand-in-secret/);
        await plain.start();
        assert.deepEqual(surfacesOn(plain), []);
    } finally {
        await Promise.all([desk.remove(), plain.remove(), teams.stop()]);
    }
}, { seconds: 40 });

await checks.run();
process.exit(checks.finish());
