// upgrade.mjs - section 1: what is refused before the upgrade, in which order, with which answer.
import { createHash } from 'node:crypto';
import { that, same } from './checks.mjs';

const acceptOf = (key) => createHash('sha1').update(key + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11').digest('base64');

function refused(answer, status, code) {
    same(answer.status, status, 'status');
    that(answer.json, `the body is not JSON: ${answer.body.slice(0, 120)}`);
    that(typeof answer.json.code === 'string' && typeof answer.json.text === 'string', `no code or text in ${answer.body.slice(0, 120)}`);
    if (code) same(answer.json.code, code, 'code');
    same(answer.headers['cache-control'], 'no-store', 'Cache-Control');
    that(/^application\/json\b/.test(answer.headers['content-type'] ?? ''), `Content-Type is ${answer.headers['content-type']}`);
    that(!answer.headers['set-cookie'], 'a cookie is set');
}

export default function upgrade(checks, client) {
    const check = (name, run, options) => checks.add(`upgrade: ${name}`, run, options);
    const port = client.port;
    const refuse = (name, request, status, code, more, known) => check(name, async () => {
        const answer = await client.request(request);
        refused(answer, status, code);
        more?.(answer);
    }, { known });

    check('a whole request is upgraded', async () => {
        const a = await client.request();
        same(a.status, 101, 'status');
        same(a.headers['sec-websocket-accept'], acceptOf('dGhlIHNhbXBsZSBub25jZQ=='), 'Sec-WebSocket-Accept');
        same(a.headers['sec-websocket-protocol'], 'deskhand.v1', 'Sec-WebSocket-Protocol');
        that(!a.headers['set-cookie'], 'a cookie is set');
    });
    check('no extension is negotiated', async () => {
        const a = await client.request({ headers: { 'Sec-WebSocket-Extensions': 'permessage-deflate; client_max_window_bits' } });
        same(a.status, 101, 'status');
        same(a.headers['sec-websocket-extensions'], undefined, 'Sec-WebSocket-Extensions');
    });
    check('header names and token values in any case', async () => {
        const a = await client.request({ headers: { Upgrade: 'WebSocket', Connection: 'keep-alive, upgrade' } });
        same(a.status, 101, 'status');
    });
    check('deskhand.v1 is taken from a list', async () => {
        const a = await client.request({ headers: { 'Sec-WebSocket-Protocol': 'deskhand.v9, deskhand.v1' } });
        same([a.status, a.headers['sec-websocket-protocol']], [101, 'deskhand.v1'], 'answer');
    });
    check('Origin localhost is accepted on loopback', async () => {
        const a = await client.request({ headers: { Origin: `http://localhost:${port}` } });
        same(a.status, 101, 'status');
    });
    check('cookies are not read or set', async () => {
        const a = await client.request({ headers: { Cookie: 'session=x; dh=y' } });
        same(a.status, 101, 'status');
        that(!a.headers['set-cookie'], 'a cookie is set');
    });

    refuse('another path is 404', { path: '/m/wsx?k=demo' }, 404);
    refuse('a longer path is 404', { path: '/m/ws/more?k=demo' }, 404);
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
        refuse(`${method} is 405`, { method, headers: { 'Content-Length': '0' } }, 405);
    const needsUpgrade = (a) => that(/websocket/i.test(a.headers.upgrade ?? ''), 'no Upgrade: websocket in the answer');
    refuse('no Upgrade is 426', { headers: { Upgrade: undefined, Connection: 'close' } }, 426, null, needsUpgrade);
    refuse('Upgrade: h2c is 426', { headers: { Upgrade: 'h2c', 'HTTP2-Settings': 'AAMAAABkAAQCAAAAAAIAAAAA', Connection: 'Upgrade, HTTP2-Settings' } }, 426, null, needsUpgrade);
    refuse('an unknown Upgrade is 426', { headers: { Upgrade: 'telepathy' } }, 426, null, needsUpgrade);
    const needsVersion = (a) => same(a.headers['sec-websocket-version'], '13', 'Sec-WebSocket-Version');
    refuse('version 8 is 426', { headers: { 'Sec-WebSocket-Version': '8' } }, 426, null, needsVersion);
    refuse('no version is 426', { headers: { 'Sec-WebSocket-Version': undefined } }, 426, null, needsVersion);

    refuse('no Origin is 403', { headers: { Origin: undefined } }, 403, 'forbidden');
    refuse('two Origins are 403', { extra: `Origin: http://127.0.0.1:${port}\r\n` }, 403, 'forbidden');
    for (const [name, origin] of [
        ['null', 'null'], ['another site', 'https://evil.example'],
        ['another scheme', `https://127.0.0.1:${port}`], ['another port', `http://127.0.0.1:${port === 1 ? 2 : port - 1}`],
        ['no port', 'http://127.0.0.1'], ['upper case', `http://LOCALHOST:${port}`],
        ['trailing slash', `http://127.0.0.1:${port}/`], ['a longer host', `http://127.0.0.1:${port}.evil.example`],
        ['a host in front', `http://evil.127.0.0.1:${port}`], ['user information', `http://a@127.0.0.1:${port}`],
        ['more digits of the port', `http://127.0.0.1:${port}0`], ['an address not bound', `http://[::1]:${port}`],
        ['two in one header', `http://127.0.0.1:${port}, http://127.0.0.1:${port}`],
        ['another spelling of loopback', `http://127.1:${port}`], ['trailing dot', `http://localhost.:${port}`],
    ]) refuse(`Origin with ${name} is 403`, { headers: { Origin: origin } }, 403, 'forbidden');

    for (const [name, query] of [
        ['missing', ''], ['twice', '?k=demo&k=demo'], ['empty', '?k='], ['in upper case', '?k=DEMO'],
        ['with a space', '?k=de%20mo'], ['with a dot', '?k=de.mo'], ['of 65 characters', `?k=${'a'.repeat(65)}`],
        ['unknown', '?k=nobody-has-this-key'], ['under another name', '?kk=demo'],
        ['with a slash', '?k=../demo'],
    ]) refuse(`client key ${name} is 404`, { path: `/m/ws${query}` }, 404, 'not_found');
    refuse('client key with NUL is 404', { path: '/m/ws?k=demo%00' }, 404, 'not_found', null,
        'libwebsockets 4.1.6 drops a request with %00 without an answer');
    refuse('no subprotocol is 400', { headers: { 'Sec-WebSocket-Protocol': undefined } }, 400, 'unsupported');
    refuse('another subprotocol is 400', { headers: { 'Sec-WebSocket-Protocol': 'deskhand.v2' } }, 400, 'unsupported');
    refuse('a subprotocol that only begins alike is 400', { headers: { 'Sec-WebSocket-Protocol': 'deskhand.v10' } }, 400, 'unsupported');

    refuse('order: path before method', { method: 'POST', path: '/nothing?k=demo', headers: { 'Content-Length': '0' } }, 404);
    refuse('order: method before upgrade', { method: 'PUT', headers: { Upgrade: undefined, 'Content-Length': '0' } }, 405);
    refuse('order: upgrade before Origin', { headers: { Upgrade: undefined, Connection: 'close', Origin: 'null' } }, 426);
    refuse('order: Origin before key', { path: '/m/ws?k=nobody-has-this-key', headers: { Origin: 'null' } }, 403, 'forbidden');
    refuse('order: key before subprotocol', { path: '/m/ws', headers: { 'Sec-WebSocket-Protocol': 'x' } }, 404, 'not_found');

    check('an answer betrays no software version', async () => {
        const a = await client.request({ headers: { Origin: 'null' } });
        that(!/libwebsockets|\d+\.\d+\.\d+/i.test(`${a.headers.server ?? ''} ${a.body}`), `${a.headers.server} ${a.body}`);
    });

    check('an address over its limit is 429, others are not', async () => {
        const from = (address, more = {}) => client.request({ headers: { 'X-Forwarded-For': address, ...more } });
        const mine = `198.51.100.${1 + Math.floor(Math.random() * 250)}`;
        let refusals = 0, last;
        for (let done = 0; done < 330;) {
            const answers = await Promise.all(Array.from({ length: 30 }, () => from(mine)));
            done += 30;
            for (const a of answers) if (a.status === 429) { refusals++; last = a; }
        }
        that(refusals >= 20 && refusals <= 60, `${refusals} of 330 upgrades were refused, wanted about 30`);
        refused(last, 429, 'rate_limited');
        that(/^[1-9]\d*$/.test(last.headers['retry-after'] ?? ''), `Retry-After is ${last.headers['retry-after']}`);
        same((await from('203.0.113.9')).status, 101, 'another address');
        same((await from(`203.0.113.10, ${mine}`)).status, 429, 'the last address that is not a proxy counts');
        same((await from(`${mine}, 203.0.113.11`)).status, 101, 'what a client writes in front does not count');
        same((await from(mine, { 'Sec-WebSocket-Protocol': 'x' })).status, 400, 'the subprotocol is checked before the limit');
        same((await client.request()).status, 101, 'loopback without X-Forwarded-For has no address');
    }, { seconds: 40 });
}
