#!/usr/bin/env node
// socket.mjs - Slack's sockets as they go over the wire: handshake, fragments, big messages, refresh,
// half-open, closing, TLS, proxies. Needs build/tools/socket_drive (make slack-programs).
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import assert from 'node:assert/strict';
import { Slack, Drive, Proxy, certificates, until } from './socket_server.mjs';

const program = process.env.SOCKET_DRIVE
    ?? join(process.env.BUILD ?? new URL('../../build', import.meta.url).pathname, 'tools/socket_drive');
const dir = mkdtempSync(join(tmpdir(), 'deskhand-socket-'));
const cases = [];
const test = (name, fn, options) => cases.push({ name, fn, options });
const envelope = (id, more = {}) => JSON.stringify({ envelope_id: id, type: 'events_api', payload: {}, ...more });
const wait = (ms) => new Promise((wake) => setTimeout(wake, ms));

test('the call and the handshake carry what they must and nothing else', async ({ slack, drive }) => {
    await drive.connected();
    const [call] = slack.calls, [upgrade] = slack.upgrades;
    assert.equal(call.method, 'POST');
    assert.equal(call.path, '/api/apps.connections.open');
    assert.equal(call.headers.authorization, 'Bearer xapp-1-secret-token');
    assert.equal(call.headers['content-length'], '0');
    assert.equal(upgrade.url, '/link/?ticket=secret-ticket-1&app_id=A1');
    assert.equal(upgrade.headers.host, `127.0.0.1:${slack.port}`);
    for (const none of ['origin', 'authorization', 'sec-websocket-protocol', 'sec-websocket-extensions'])
        assert.equal(upgrade.headers[none], undefined, none);
});

test('an envelope is handed on and its ack comes back', async ({ slack, drive }) => {
    await drive.connected();
    slack.last.ws.send(envelope('e1'));
    await drive.envelope('e1');
    await until(() => slack.last.acks.length === 1, 'the ack');
    assert.deepEqual(slack.last.acks[0], { envelope_id: 'e1' });
    const h = await drive.health();
    assert.deepEqual([h.connected, h.sockets, h.num, h.trouble], [1, 1, 1, '']);
});

test('fragments are joined, with pings between them', async ({ slack, drive }) => {
    await drive.connected();
    const text = envelope('fragmented-ü-€-😀'), bytes = Buffer.from(text), ws = slack.last.ws;
    for (let i = 0; i < bytes.length; i++) {
        ws.send(bytes.subarray(i, i + 1), { fin: i === bytes.length - 1, binary: false });
        if (i === 3) ws.ping('between');
    }
    await drive.envelope('fragmented-ü-€-😀');
    assert.equal(slack.last.pong, 'between');
});

test('a message of 1 MiB is whole', async ({ slack, drive }) => {
    await drive.connected();
    const rest = 'x'.repeat((1 << 20) - envelope('big', { pad: '' }).length);
    slack.last.ws.send(envelope('big', { pad: rest }));
    assert.match(await drive.envelope('big'), / 1048576 big$/);
});

test('a message over the limit ends the connection with 1009', async ({ slack, drive }) => {
    await drive.connected();
    slack.last.ws.send(envelope('huge', { pad: 'x'.repeat(3 << 20) }));
    await until(() => slack.sockets[0].closed, 'the close');
    assert.ok([1009, 1006].includes(slack.sockets[0].closed.code));
    await drive.connected(2);
    assert.ok(!drive.lines.some((l) => l.endsWith(' huge')));
});

test('binary, garbage and what is no UTF-8', async ({ slack, drive }) => {
    await drive.connected();
    const ws = slack.last.ws;
    ws.send(Buffer.from(envelope('binary')), { binary: true });
    ws.send('UNAUTHENTICATED: cache_error');
    ws.send('[]');
    ws.send('');
    ws.send(envelope('after'));
    await drive.envelope('after');
    assert.ok(!drive.lines.some((l) => l.endsWith(' binary')));
    assert.equal(drive.log.match(/slack frame ignored/g).length, 1);
    ws.send(Buffer.from([0x7b, 0xff, 0x7d]), { binary: false });
    await until(() => slack.sockets[0].closed, 'the close');
    assert.equal(slack.sockets[0].closed.code, 1007);
    await drive.connected(2);
});

test('a refresh: the new one says hello first, the old one is still read', async ({ slack, drive }) => {
    await drive.connected();
    await wait(5100);                           /* a refresh of a calm connection is done at once */
    const [old] = slack.sockets;
    slack.mute = true;
    old.ws.send(JSON.stringify({ type: 'disconnect', reason: 'warning' }));
    await until(() => slack.sockets.length === 2, 'the second dial', 1000);
    await wait(300);
    assert.equal(old.closed, null);
    assert.equal((await drive.health()).sockets, 1);
    slack.last.ws.send(JSON.stringify({ type: 'hello', num_connections: 2, debug_info: {} }));
    await drive.connected(2);
    assert.equal((await drive.health()).sockets, 2);
    old.ws.send(envelope('late'));
    await drive.envelope('late');
    await until(() => old.acks.length === 1, 'the ack by the old one');
    old.ws.close(1000);
    await until(() => old.closed, 'the end of the old one');
    const h = await drive.health();
    assert.deepEqual([h.connected, h.sockets, h.reconnects], [1, 1, 1]);
    assert.equal(slack.most, 2);
});

test('an old one that stays is closed after 15 s', async ({ slack, drive }) => {
    slack.hello.lifetime = 6;
    await drive.connected();
    slack.hello.lifetime = 3600;
    await until(() => slack.sockets.length === 2, 'the second, before the announced end', 6500);
    await until(() => slack.sockets[0].closed, 'the close of the first', 17000);
    const [first, second] = slack.sockets;
    assert.equal(first.closed.code, 1000);
    assert.ok(second.at - first.at < 6000, 'the second came in time');
    assert.ok(Math.abs(first.closed.at - second.at - 15000) < 1500, `${first.closed.at - second.at} ms`);
    assert.ok(first.pings.length >= 1 && /^\d+$/.test(first.pings[0]), 'pings of our own');
}, { long: true });

test('half-open: a server that answers nothing is given up after 30 s', async ({ slack, drive }) => {
    await drive.connected();
    const first = slack.last;
    first.mute = true;
    first.socket.pause();                       /* reads nothing, answers nothing, closes nothing */
    const begun = Date.now();
    await until(() => slack.sockets.length === 2, 'the next dial', 35000);
    const took = Date.now() - begun;
    assert.ok(took > 28000 && took < 33000, `${took} ms`);
    assert.match(drive.log, /nothing heard for 30 s/);
    await drive.connected(2);
}, { long: true });

test('a socket that never says hello is given up after 15 s', async ({ slack, drive }) => {
    slack.mute = true;
    await until(() => slack.sockets.length === 1, 'the first dial');
    const begun = Date.now();
    await until(() => slack.sockets[0].closed, 'its end', 17000);
    assert.ok(Math.abs(Date.now() - begun - 15000) < 1500);
    slack.mute = false;
    await drive.connected();
}, { long: true });

test('a lost connection is renewed within a second and a half, with a fresh URL', async ({ slack, drive }) => {
    await drive.connected();
    const descriptors = () => readdirSync(`/proc/${drive.child.pid}/fd`).length, before = descriptors();
    slack.last.ws.terminate();
    await drive.connected(2);
    await until(() => descriptors() === before, 'as many descriptors as before');
    assert.ok(slack.calls[1].at - slack.sockets[0].closed.at < 1500);
    assert.notEqual(slack.upgrades[1].url, slack.upgrades[0].url);
});

test('a handshake that is refused says its status; a redirect is not followed', async ({ slack, drive }) => {
    const answers = ['409 Conflict', '503 Service Unavailable'];
    slack.upgrade = (socket) => {
        const status = answers.shift() ?? '302 Found';
        socket.end(`HTTP/1.1 ${status}\r\nLocation: ws://127.0.0.1:${slack.port}/elsewhere\r\nContent-Length: 0\r\n\r\n`);
        if (status.startsWith('302')) slack.upgrade = null;
        return true;
    };
    await until(() => drive.lines.includes('connected'), 'connected', 15000);
    assert.match(drive.log, /HTTP 409/);
    assert.match(drive.log, /HTTP 503/);
    assert.ok(slack.upgrades.length >= 4);
    assert.ok(!slack.upgrades.some((u) => u.url.includes('elsewhere')));
}, { long: true });

test('Retry-After is obeyed; a final error stops with one clear line', async ({ slack, drive }) => {
    await until(() => slack.calls.length === 3, 'the third call', 15000);
    assert.ok(slack.calls[1].at - slack.calls[0].at >= 2000, 'Retry-After');
    await wait(1500);
    assert.equal(slack.calls.length, 3);
    assert.equal(drive.log.match(/refuses SLACK_APP_TOKEN \(invalid_auth\)/g).length, 1);
    const h = await drive.health();
    assert.equal(h.connected, 0);
    assert.match(h.trouble, /SLACK_APP_TOKEN/);
}, { long: true, prepare: (slack) => { slack.answer = (n) => [
    { status: 429, headers: { 'retry-after': '2' }, body: { ok: false, error: 'ratelimited' } },
    { body: 'no json' }, { body: { ok: false, error: 'invalid_auth' } }][Math.min(n, 3) - 1]; } });

test('a URL that is not Slack\'s is not dialled', async ({ drive }) => {
    await until(() => drive.log.includes('url_not_allowed'), 'the refusal');
    assert.ok(!drive.log.includes('evil'));
}, { prepare: (slack) => { slack.answer = () => ({ body: { ok: true, url: 'wss://slack.com.evil.example/?ticket=secret' } }); } });

test('too many connections: this one is closed, the next waits', async ({ slack, drive }) => {
    await drive.connected();
    slack.last.ws.send(JSON.stringify({ type: 'disconnect', reason: 'too_many_websockets' }));
    await until(() => slack.sockets[0].closed, 'the close');
    assert.match(drive.log, /too many connections/);
    await wait(1500);
    assert.equal(slack.calls.length, 1);
});

test('drain closes with 1000 within a second, also when the peer does not answer', async ({ slack, drive }) => {
    await drive.connected();
    const { socket } = slack.last;
    socket.removeAllListeners('data');          /* ws would answer the close by itself */
    let frames = Buffer.alloc(0), ended = 0;
    socket.on('data', (d) => { frames = Buffer.concat([frames, d]); });
    for (const event of ['end', 'close']) socket.on(event, () => { ended ||= Date.now(); });
    const begun = Date.now();
    drive.tell('drain');
    await until(() => ended, 'the end', 3000);
    assert.ok(ended - begun < 1500, `${ended - begun} ms`);
    assert.equal(frames[0], 0x88);
    const key = frames.subarray(2, 6);
    assert.equal((frames[6] ^ key[0]) << 8 | (frames[7] ^ key[1]), 1000);
    await wait(1200);
    assert.equal(slack.calls.length, 1);
});

test('an ack is kept while no connection lives, and goes by the next', async ({ slack, drive }) => {
    await drive.connected();
    drive.tell('hold');
    slack.last.ws.send(envelope('orphan'));
    await drive.envelope('orphan');
    slack.mute = true;
    slack.last.ws.terminate();
    await until(() => slack.sockets.length === 2, 'the next');
    drive.tell('release');
    assert.equal((await drive.health()).connected, 0);
    slack.last.ws.send(JSON.stringify({ type: 'hello', num_connections: 1 }));
    await until(() => slack.last.acks.length, 'the ack');
    assert.deepEqual(slack.last.acks[0], { envelope_id: 'orphan' });
});

const environment = (proxy, more = {}) => ({ https_proxy: `http://us%40er:p%3Ass@127.0.0.1:${proxy.port}`, ...more });

test('TLS with a certificate of a known authority, by name', async ({ slack, drive }) => {
    await drive.connected();
    slack.last.ws.send(envelope('tls', { pad: 'y'.repeat(300000) }));
    await drive.envelope('tls');
    assert.equal(slack.tlsErrors, undefined);
}, { tls: true, host: 'localhost', env: (c) => ({ SSL_CERT_FILE: c.ca }) });

test('TLS with an unknown authority is refused', async ({ slack, drive }) => {
    await until(() => drive.log.includes('no connection'), 'the refusal');
    await until(() => slack.tlsErrors, 'the alert');
    assert.equal(slack.sockets.length, 0);
}, { tls: true, host: 'localhost' });

test('TLS for another name is refused', async ({ slack, drive }) => {
    await until(() => drive.log.includes('no connection'), 'the refusal');
    assert.equal(slack.sockets.length, 0);
}, { tls: true, host: '127.0.0.1', env: (c) => ({ SSL_CERT_FILE: c.ca }) });

test('the socket goes through the proxy of the environment, with its password', async ({ slack, drive, proxy }) => {
    await drive.connected();
    assert.deepEqual(proxy.targets, [`localhost:${slack.port}`]);
    slack.last.ws.send(envelope('proxied'));
    await drive.envelope('proxied');
    await until(() => slack.last.acks.length, 'the ack');
}, { tls: true, host: 'localhost', proxy: { credentials: 'us@er:p:ss', split: true },
     env: (c, proxy) => environment(proxy, { SSL_CERT_FILE: c.ca }) });

test('a proxy that refuses is told of', async ({ slack, drive, proxy }) => {
    await until(() => drive.log.includes('no connection'), 'the refusal');
    assert.equal(slack.sockets.length, 0);
    assert.ok(proxy.refused > 0);
}, { tls: true, host: 'localhost', proxy: { credentials: 'other:one' },
     env: (c, proxy) => environment(proxy, { SSL_CERT_FILE: c.ca }) });

test('NO_PROXY is obeyed', async ({ drive, proxy }) => {
    await drive.connected();
    assert.deepEqual(proxy.targets, []);
}, { tls: true, host: 'localhost', proxy: {},
     env: (c, proxy) => environment(proxy, { SSL_CERT_FILE: c.ca, NO_PROXY: 'example.org,localhost' }) });

test('a loopback socket without TLS goes through no proxy', async ({ slack, drive, proxy }) => {
    await drive.connected();
    assert.deepEqual([proxy.targets, proxy.refused, slack.sockets.length], [[], 0, 1]);
}, { proxy: {}, env: (c, proxy) => environment(proxy, { http_proxy: `http://127.0.0.1:${proxy.port}`,
     all_proxy: `http://127.0.0.1:${proxy.port}` }) });

test('an https proxy is refused, with a reason', async ({ slack, drive }) => {
    await until(() => drive.log.includes('the proxy must be given as http://'), 'the refusal');
    assert.equal(slack.sockets.length, 0);
}, { tls: true, host: 'localhost', env: (c) => ({ SSL_CERT_FILE: c.ca, https_proxy: 'https://127.0.0.1:1' }) });

// ---- running them: the long ones beside each other, for they only wait ----

const tls = certificates(dir, ['localhost']);
let passed = 0, failed = 0;

async function play({ name, fn, options = {} }) {
    const slack = await Slack.open({ tls: options.tls && tls, host: options.host });
    const proxy = options.proxy && await Proxy.open(options.proxy);
    options.prepare?.(slack);
    const drive = new Drive(program, slack, options.env?.(tls, proxy));
    let problem;
    try {
        await fn({ slack, drive, proxy });
    } catch (error) { problem = error; }
    const code = await drive.quit();
    if (!problem && code !== 0) problem = new Error(`the program ended with ${code}`);
    if (!problem && /secret/.test(drive.log.replaceAll('[secret]', ''))) problem = new Error('a secret is in the log');
    await slack.close();
    proxy?.close();
    if (problem) failed++; else passed++;
    console.log(`${problem ? 'FAILED' : 'ok'}  ${name}`);
    if (problem) console.log(problem.stack + '\n' + drive.log + drive.lines.slice(-20).join('\n'));
}

const chosen = cases.filter((c) => !process.argv[2] || c.name.includes(process.argv[2]));
const long = Promise.all(chosen.filter((c) => c.options?.long).map(play));
for (const c of chosen.filter((c) => !c.options?.long)) await play(c);
await long;
rmSync(dir, { recursive: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
