// session.mjs - section 3: hello, welcome, tokens, heartbeat, sockets; and the small frames of section 6.
import { that, same } from './checks.mjs';
import { pause } from './desk.mjs';
import { uuid } from './client.mjs';

const long = (n) => 'x'.repeat(n);

async function refusedHello(client, hello, code, close) {
    const s = await client.open();
    s.send({ t: 'hello', v: 1, ...hello });
    same((await s.next('err')).code, code, 'code');
    if (close) same((await s.closing()).code, close, 'close code');
    same(s.log.filter((f) => f.t === 'welcome').length, 0, 'welcomes');
    return s;
}

export default function session(checks, client, desk) {
    const check = (name, run, options) => checks.add(`session: ${name}`, run, options);

    check('no hello within 5 s closes with 4408', async () => {
        const s = await client.open(), began = Date.now();
        same((await s.closing(9000)).code, 4408, 'close code');
        that(Date.now() - began > 4000, `closed after ${Date.now() - began} ms`);
    });
    check('silence of 70 s closes with 4408', async () => {
        const s = await client.hello(), began = Date.now();
        same((await s.closing(95000)).code, 4408, 'close code');
        that(Date.now() - began > 65000, `closed after ${Date.now() - began} ms`);
    }, { seconds: 100 });
    check('WebSocket pings keep a socket alive', async () => {
        const s = await client.hello();
        const timer = setInterval(() => s.ws.ping(), 20000);
        await pause(80000);
        clearInterval(timer);
        same(s.closedWith, null, 'closed');
        await s.settle();
    }, { seconds: 100 });
    for (const frame of [{ t: 'ping' }, { t: 'send', cid: uuid(), text: 'x' }, { t: 'nonsense' }])
        check(`${frame.t} before hello closes with 4400`, async () => {
            const s = await client.open();
            s.send(frame);
            same((await s.next('err')).code, 'bad_frame', 'code');
            same((await s.closing()).code, 4400, 'close code');
        });
    check('a second hello closes with 4400', async () => {
        const s = await client.hello();
        s.send({ t: 'hello', v: 1 });
        same((await s.next('err')).code, 'bad_frame', 'code');
        same((await s.closing()).code, 4400, 'close code');
    });
    check('version 2 is unsupported', () => refusedHello(client, { v: 2 }, 'unsupported', 4400));
    for (const [name, hello] of [
        ['no version', { v: undefined }], ['version as a string', { v: '1' }], ['tok as a number', { tok: 1 }], ['tok null', { tok: null }],
        ['lang of 36 characters', { lang: long(36) }], ['lang as a number', { lang: 1 }],
        ['a url of 2,049', { page: { url: `https://a.example/${long(2031)}` } }],
        ['a title of 201', { page: { title: long(201) } }], ['page as a string', { page: 'x' }],
        ['a jwt of 4,097', { jwt: long(4097) }], ['pos as an object', { pos: {} }],
        ['pos of 51', { pos: Array.from({ length: 51 }, (_, i) => [`c${i}`, 0]) }],
        ['a pair of one', { pos: [['abc']] }], ['a pair of three', { pos: [['abc', 1, 2]] }],
        ['a position of -1', { pos: [['abc', -1]] }], ['a conversation twice in pos', { pos: [['abc', 0], ['abc', 1]] }],
        ['a bad conv in pos', { pos: [['a b', 0]] }],
    ]) check(`hello with ${name} is refused`, () => refusedHello(client, hello, 'bad_frame'));
    check('the longest values of hello are fine', async () => {
        await client.hello({ lang: 'de-CH-1996-u-co-phonebk-x-abcdefghi'.slice(0, 35),
            page: { url: `https://a.example/${long(2030)}`, title: 'ü'.repeat(200) } });
    });

    check('welcome has every member', async () => {
        const { welcome: w } = await client.hello();
        same(w.v, 1, 'v');
        that(/^[A-Za-z0-9._~-]{32,200}$/.test(w.tok), `tok ${w.tok}`);
        that(Number.isInteger(w.now) && Math.abs(w.now - Date.now()) < 60000, `now ${w.now}`);
        same(w.me, { verified: false }, 'me');
        that(Number.isInteger(w.hb) && w.hb >= 5000 && w.hb < 70000, `hb ${w.hb}`);
        same(w.convs, [], 'convs');
        same([w.limits.frame, w.limits.text, w.limits.files, w.limits.file_bytes], [65536, 8000, 5, 10485760], 'limits');
        that(Number.isInteger(w.limits.sockets), 'limits.sockets');
        that(Array.isArray(w.limits.sends) && w.limits.sends.every((p) => p.length === 2 && p.every(Number.isInteger)), 'limits.sends');
        const known = ['files', 'identify_email', 'identify_jwt', 'transcript', 'transcript_mail', 'erase', 'csat', 'kb'];
        that(Array.isArray(w.features) && w.features.every((f) => known.includes(f)), `features ${w.features}`);
        if (w.away) that(typeof w.away.text === 'string', 'away.text');
    });
    check('nothing comes before welcome', async () => {
        const a = await client.talker();
        const b = await client.hello({ tok: a.tok, pos: [[a.conv, 0]] });
        same(b.log[0].t, 'welcome', 'first frame');
    });
    check('welcome lists the conversation', async () => {
        const a = await client.talker('A line to see again');
        await a.settle();
        const b = await client.hello({ tok: a.tok });
        const [c] = b.welcome.convs;
        same([b.welcome.convs.length, c.conv], [1, a.conv], 'convs');
        const statuses = ['open', 'in_progress', 'waiting_customer', 'on_hold', 'awaiting_close', 'resolved', 'closed'];
        that(statuses.includes(c.status), `status ${c.status}`);
        that(['ai', 'human', 'none'].includes(c.handler), `handler ${c.handler}`);
        for (const name of ['seq', 'seen', 'read', 'unread', 'ts']) that(Number.isInteger(c[name]) && c[name] >= 0, `${name} is ${c[name]}`);
        that(c.seq >= 1 && typeof c.subject === 'string' && typeof c.last === 'string', JSON.stringify(c));
        that([...c.last].length <= 120, 'last is too long');
    });
    check('welcome lists the newest activity first', async () => {
        const a = await client.hello();
        const one = (await a.say({ text: 'First' })).conv, two = (await a.say({ text: 'Second' })).conv;
        that(one !== two, 'one conversation for two');
        await a.settle();
        await a.say({ conv: one, text: 'Again the first' });
        await pause(300);
        const b = await client.hello({ tok: a.tok });
        same(new Set(b.welcome.convs.map((c) => c.conv)).size, 2, 'conversations');
        const times = b.welcome.convs.map((c) => c.ts);
        that(times[0] >= times[1], `times ${times}`);
    });
    check('two visitors get different tokens', async () => {
        const [a, b] = [await client.hello(), await client.hello()];
        that(a.tok !== b.tok, 'the same token');
    });
    check('a valid token is returned unchanged', async () => {
        const a = await client.hello(), b = await client.hello({ tok: a.tok });
        same(b.tok, a.tok, 'tok');
    });
    for (const [name, tok] of [['unknown', `dh1.${'A'.repeat(43)}`], ['short', 'x'], ['empty', ''], ['long', long(5000)],
        ['not ASCII', 'ü'.repeat(40)], ['like SQL', "' OR 1=1 --".padEnd(40, 'x')]])
        check(`a token that is ${name} is unauthorized`, () => refusedHello(client, { tok }, 'unauthorized', 4401));
    check('a token with one character changed is unauthorized', async () => {
        const { tok } = await client.hello();
        const at = tok.length - 5, other = tok[at] === 'A' ? 'B' : 'A';
        await refusedHello(client, { tok: tok.slice(0, at) + other + tok.slice(at + 1) }, 'unauthorized', 4401);
    });
    check('close reasons are short code words', async () => {
        const s = await refusedHello(client, { tok: 'x' }, 'unauthorized', 4401);
        same(s.closedWith.reason, 'unauthorized', 'reason');
    });
    check('a jwt without keys for it is unauthorized or unavailable', async () => {
        const s = await client.open();
        s.send({ t: 'hello', v: 1, jwt: 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.' });
        that(['unauthorized', 'unavailable'].includes((await s.next('err')).code), 'another code');
    });

    check('ping is answered by pong', async () => {
        const s = await client.hello();
        s.send({ t: 'ping', n: 7 });
        same(await s.next('pong'), { t: 'pong', n: 7 }, 'pong');
        s.send({ t: 'ping' });
        same(await s.next('pong'), { t: 'pong' }, 'pong');
    });
    check('pong is taken in silence', async () => {
        const s = await client.hello();
        s.send({ t: 'pong', n: 1 });
        await s.settle();
        same(s.log.filter((f) => f.t === 'err').length, 0, 'errors');
    });
    check('a WebSocket ping is answered', async () => {
        const s = await client.hello();
        const pong = new Promise((done) => s.ws.once('pong', (d) => done(String(d))));
        s.ws.ping('hello');
        same(await pong, 'hello', 'payload');
    });
    check('the 11th socket closes the oldest with 4409', async () => {
        const first = await client.hello(), others = [];
        for (let i = 0; i < 9; i++) others.push(await client.hello({ tok: first.tok }));
        await first.settle();
        const eleventh = await client.hello({ tok: first.tok });
        same((await first.closing()).code, 4409, 'close code');
        await eleventh.settle();
        for (const s of others) same(s.closedWith, null, 'another socket');
    });
    check('a normal close is answered', async () => {
        const s = await client.hello();
        same((await s.close()).code, 1000, 'close code');
    });

    check('who is ok, and welcome shows it', async () => {
        const s = await client.hello();
        same((await s.ask({ t: 'who', name: 'Ana Gómez', email: 'ana@shop.example' })).for, 'who', 'for');
        const b = await client.hello({ tok: s.tok });
        same(b.welcome.me, { verified: false, name: 'Ana Gómez', email: 'ana@shop.example' }, 'me');
    });
    check('who with a name alone keeps the mail address', async () => {
        const s = await client.hello();
        await s.ask({ t: 'who', name: 'Ana', email: 'ana@shop.example' });
        same((await s.ask({ t: 'who', name: 'ü'.repeat(120) })).t, 'ok', 'answer');
        const b = await client.hello({ tok: s.tok });
        same([b.welcome.me.name, b.welcome.me.verified], ['ü'.repeat(120), false], 'me');
    });
    check('ok without rid has none', async () => {
        const s = await client.hello();
        s.send({ t: 'who', name: 'Ana' });
        same(await s.next('ok'), { t: 'ok', for: 'who' }, 'ok');
    });
    check('attrs is ok', async () => {
        const s = await client.hello();
        const a = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`name.${i}_-`, [1, true, 'x'.repeat(500), -1.5][i % 4]]));
        same((await s.ask({ t: 'attrs', a })).for, 'attrs', 'for');
        same((await s.ask({ t: 'attrs', a: {} })).for, 'attrs', 'for');
    });
    check('human is ok, again and again', async () => {
        const s = await client.talker();
        for (let i = 0; i < 3; i++) same((await s.ask({ t: 'human', conv: s.conv })).for, 'human', 'for');
        let handler = 'ai';             // the assistant hands over in its own words, a moment later
        for (const end = Date.now() + 6000; handler === 'ai' && Date.now() < end; await pause(300)) {
            const b = await client.hello({ tok: s.tok });
            handler = b.welcome.convs[0].handler;
            await b.close();
        }
        that(handler !== 'ai', 'the assistant still has it');
    });
    check('human, seen, typing of a foreign conversation are not_found', async () => {
        const a = await client.talker(), b = await client.hello();
        for (const frame of [{ t: 'human' }, { t: 'seen', seq: 1 }, { t: 'typing' }]) {
            b.send({ ...frame, conv: a.conv, rid: frame.t });
            const err = await b.next('err');
            same([err.code, err.conv, err.rid], ['not_found', a.conv, frame.t], frame.t);
        }
    });
    check('typing has no answer, however often', async () => {
        const s = await client.talker();
        for (let i = 0; i < 5; i++) s.send({ t: 'typing', conv: s.conv });
        await s.settle();
        same(s.log.filter((f) => f.t === 'err' || f.t === 'typing').length, 0, 'frames');
    });
    check('seen reaches the other sockets and is kept', async () => {
        const a = await client.talker(), b = await client.hello({ tok: a.tok });
        a.send({ t: 'seen', conv: a.conv, seq: 1 });
        same(await b.next('seen'), { t: 'seen', conv: a.conv, seq: 1, by: 'me' }, 'seen');
        await a.settle();
        same(a.log.filter((f) => f.t === 'seen' && f.by === 'me').length, 0, 'seen on the own socket');
        const c = await client.hello({ tok: a.tok });
        same(c.welcome.convs[0].seen, 1, 'seen in welcome');
        a.send({ t: 'seen', conv: a.conv, seq: 0 });
        await a.settle();
        const d = await client.hello({ tok: a.tok });
        same(d.welcome.convs[0].seen, 1, 'the larger one stays');
    });
    check('seen above the head is refused', async () => {
        const a = await client.talker();
        a.send({ t: 'seen', conv: a.conv, seq: 999, rid: 'r1' });
        same((await a.next('err')).code, 'bad_frame', 'code');
        await a.settle();
    });
    check('unread counts what others wrote above the mark', async () => {
        const a = await client.talker('Hi');
        await pause(1500);
        const b = await client.hello({ tok: a.tok, pos: [[a.conv, 0]] });
        await b.next('synced');
        const c = b.welcome.convs[0];
        const others = b.entries(a.conv).filter((e) => e.t === 'msg' && e.from !== 'me' && e.seq <= c.seq && e.seq > c.seen).length;
        same(c.unread, others, 'unread');
    });

    const gated = { csat: [['csat'], (conv) => ({ t: 'csat', conv, v: 5 })], kbvote: [['kb'], () => ({ t: 'kbvote', id: 'a1', v: 1 })],
        transcript: [['transcript', 'transcript_mail'], (conv) => ({ t: 'transcript', conv })],
        'identify by mail': [['identify_email'], () => ({ t: 'identify', email: 'a@b.example' })],
        'identify by jwt': [['identify_jwt'], () => ({ t: 'identify', jwt: 'eyJhbGciOiJIUzI1NiJ9.e30.AA' })],
        erase: [['erase'], () => ({ t: 'erase', confirm: 'erase' })] };
    for (const [name, [features, frame]] of Object.entries(gated)) check(`${name} is unavailable while its feature is off`, async () => {
        const s = await client.talker();
        if (features.some((f) => s.welcome.features.includes(f))) return;
        const err = await s.ask(frame(s.conv));
        same([err.t, err.code, err.retry_ms], ['err', 'unavailable', undefined], 'answer');
        await s.settle();
    });
    check('files are unavailable while the feature is off', async () => {
        const s = await client.talker();
        if (s.welcome.features.includes('files')) return;
        const err = await s.say({ conv: s.conv, text: 'x', files: ['f_1'] });
        that(['unavailable', 'not_found'].includes(err.code), JSON.stringify(err));
        await s.settle();
    });

    check('logout revokes the token and closes every socket with 4401', async () => {
        const a = await client.hello(), b = await client.hello({ tok: a.tok });
        a.send({ t: 'logout', rid: 'bye' });
        const ok = await a.next('ok');
        same([ok.for, ok.rid], ['logout', 'bye'], 'ok');
        for (const s of [a, b]) same(await s.closing(), { code: 4401, reason: 'logged_out' }, 'close');
        await refusedHello(client, { tok: a.tok }, 'unauthorized', 4401);
    });

    if (!desk.bin) return;
    check('a token of another client key is unauthorized', async () => {
        const made = await desk.command('client', 'add', 'other', '--name', 'Other', '--hours', 'always');
        same(made.code, 0, `client add: ${made.stderr}`);
        const { Client } = await import('./client.mjs');
        const other = new Client(client.port, 'other');
        let foreign;
        for (let i = 0; i < 20 && !foreign; i++) foreign = await other.hello().catch(() => pause(250));
        that(foreign, 'the new client key does not work');
        await refusedHello(client, { tok: foreign.tok }, 'unauthorized', 4401);
        const mine = await client.talker();
        const err = await foreign.ask({ t: 'sync', conv: mine.conv, after: 0 });
        same(err.code, 'not_found', 'conversation of another client');
    });
}
