// frames.mjs - section 2: frames that are broken, refused, unknown, too large, or just unusual.
import { that, same } from './checks.mjs';
import { uuid } from './client.mjs';

const nested = (depth) => '{"t":"ping","x":' + '['.repeat(depth - 1) + ']'.repeat(depth - 1) + '}';
const long = (n, c = 'x') => c.repeat(n);

const broken = {
    'an empty message': '',
    'no JSON': 'hello',
    'an array': '[{"t":"ping"}]',
    'a string': '"ping"',
    'a number': '1',
    'null': 'null',
    'a byte-order mark': '\ufeff{"t":"ping"}',
    'text after the object': '{"t":"ping"}x',
    'a second object': '{"t":"ping"}{"t":"ping"}',
    'a name twice': '{"t":"ping","n":1,"n":2}',
    't twice': '{"t":"ping","t":"ping"}',
    'a name twice further in': '{"t":"attrs","a":{"x":1,"x":2}}',
    'a name twice by an escape': '{"t":"ping","n":1,"\\u006e":2}',
    'nesting of 9': nested(9),
    'nesting of 2,000': nested(2000),
    'an escaped NUL': '{"t":"send","cid":"12345678","text":"a\\u0000b"}',
    'an escaped NUL in a name': '{"t":"ping","a\\u0000":1}',
    'a raw NUL': '{"t":"send","cid":"12345678","text":"a\u0000b"}',
    'a lone high surrogate': '{"t":"send","cid":"12345678","text":"\\ud83d"}',
    'a lone low surrogate': '{"t":"send","cid":"12345678","text":"\\ude00"}',
    'surrogates the wrong way round': '{"t":"send","cid":"12345678","text":"\\ude00\\ud83d"}',
    'a high surrogate and a letter': '{"t":"send","cid":"12345678","text":"\\ud83da"}',
    'no t': '{"n":1}',
    'an empty object': '{}',
    't is a number': '{"t":1}',
    't is null': '{"t":null}',
    't is an array': '{"t":["ping"]}',
    'a trailing comma': '{"t":"ping",}',
    'single quotes': "{'t':'ping'}",
    'a comment': '{"t":"ping"/**/}',
    'NaN': '{"t":"ping","n":NaN}',
    'a leading zero': '{"t":"ping","n":01}',
    'a bare plus': '{"t":"ping","n":+1}',
    'a raw line feed in a string': '{"t":"ping","x":"a\nb"}',
    'a wrong escape': '{"t":"ping","x":"\\q"}',
    'half an object': '{"t":"ping"',
    'half a string': '{"t":"pi',
};

const c = () => uuid();
// name: [frame, what else the err must echo]
const refusedFrames = () => ({
    'send without cid': { t: 'send', text: 'x' },
    'send without text': { t: 'send', cid: c() },
    'send with null text': { t: 'send', cid: c(), text: null },
    'send with a number as text': { t: 'send', cid: c(), text: 5 },
    'send of nothing': { t: 'send', cid: c(), text: '' },
    'send of white space': { t: 'send', cid: c(), text: ' \n\t\u00a0\u2003' },
    'cid of 7 characters': { t: 'send', cid: '1234567', text: 'x' },
    'cid of 65 characters': { t: 'send', cid: long(65), text: 'x' },
    'cid with a dot': { t: 'send', cid: 'abcd.efgh', text: 'x' },
    'cid as a number': { t: 'send', cid: 12345678, text: 'x' },
    'conv of 41 characters': { t: 'send', cid: c(), conv: long(41), text: 'x' },
    'conv empty': { t: 'send', cid: c(), conv: '', text: 'x' },
    'conv with a space': { t: 'send', cid: c(), conv: 'a b', text: 'x' },
    'conv null': { t: 'send', cid: c(), conv: null, text: 'x' },
    'files as a string': { t: 'send', cid: c(), text: 'x', files: 'f_1' },
    'files empty': { t: 'send', cid: c(), text: 'x', files: [] },
    'six files': { t: 'send', cid: c(), text: 'x', files: ['a1', 'a2', 'a3', 'a4', 'a5', 'a6'] },
    'a file twice': { t: 'send', cid: c(), text: 'x', files: ['f_1', 'f_1'] },
    'sync without after': { t: 'sync', conv: 'abc' },
    'sync without conv': { t: 'sync', after: 0 },
    'sync after -1': { t: 'sync', conv: 'abc', after: -1 },
    'sync after 1.5': { t: 'sync', conv: 'abc', after: 1.5 },
    'sync after a string': { t: 'sync', conv: 'abc', after: '0' },
    'sync limit 0': { t: 'sync', conv: 'abc', after: 0, limit: 0 },
    'sync limit 201': { t: 'sync', conv: 'abc', after: 0, limit: 201 },
    'sync limit null': { t: 'sync', conv: 'abc', after: 0, limit: null },
    'seen without conv': { t: 'seen', seq: 1 },
    'seen without seq': { t: 'seen', conv: 'abc' },
    'seen with a string': { t: 'seen', conv: 'abc', seq: '1' },
    'typing without conv': { t: 'typing' },
    'who of nobody': { t: 'who' },
    'who with a name of 121': { t: 'who', name: long(121) },
    'who with a mail address of 255': { t: 'who', email: `${long(243)}@example.com` },
    'who with a number': { t: 'who', name: 7 },
    'attrs without a': { t: 'attrs' },
    'attrs as an array': { t: 'attrs', a: [] },
    'attrs of 21': { t: 'attrs', a: Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`n${i}`, 1])) },
    'attrs with a bad name': { t: 'attrs', a: { 'a b': 1 } },
    'attrs with a name of 41': { t: 'attrs', a: { [long(41)]: 1 } },
    'attrs with null': { t: 'attrs', a: { a: null } },
    'attrs with an object': { t: 'attrs', a: { a: {} } },
    'attrs with 501 characters': { t: 'attrs', a: { a: long(501) } },
    'human without conv': { t: 'human' },
    'ping with a string': { t: 'ping', n: '7' },
    'ping with null': { t: 'ping', n: null },
    'ping with -1': { t: 'ping', n: -1 },
});

export default function frames(checks, client) {
    const check = (name, run, options) => checks.add(`frames: ${name}`, run, options);

    for (const [name, text] of Object.entries(broken)) check(`${name} is broken`, async () => {
        const s = await client.hello();
        s.send(text);
        same((await s.next('err')).code, 'bad_frame', 'code');
        same((await s.closing()).code, 4400, 'close code');
    });
    check('a broken first frame is broken too', async () => {
        const s = await client.open();
        s.send('{"t":"hello","v":1,"v":1}');
        same((await s.next('err')).code, 'bad_frame', 'code');
        same((await s.closing()).code, 4400, 'close code');
    });

    for (const [name, frame] of Object.entries(refusedFrames())) check(`${name} is refused, the socket stays`, async () => {
        const s = await client.hello(), rid = 'rid_1-A';
        s.send({ ...frame, rid });
        const err = await s.next('err');
        same(err.code, 'bad_frame', 'code');
        same(err.rid, rid, 'rid');
        if (typeof frame.cid === 'string' && /^[A-Za-z0-9_-]{8,64}$/.test(frame.cid)) same(err.cid, frame.cid, 'cid');
        else same(err.cid, undefined, 'cid');
        that(typeof err.text === 'string' && err.text, 'no text');
        same(err.retry_ms, undefined, 'retry_ms');
        await s.settle();
    });
    for (const [name, rid] of [['a space', 'a b'], ['65 characters', long(65)], ['nothing', ''], ['a number', 5]])
        check(`rid of ${name} is refused and not echoed`, async () => {
            const s = await client.hello();
            s.send({ t: 'who', name: 'Ana', rid });
            const err = await s.next('err');
            same([err.code, err.rid], ['bad_frame', undefined], 'err');
            await s.settle();
        });
    for (const [name, frame] of [
        ['a made-up type', { t: 'teleport' }], ['an empty type', { t: '' }], ['a server type', { t: 'ack' }],
        ['another case', { t: 'PING' }], ['a type of 10,000 characters', { t: long(10000) }],
    ]) check(`${name} is unknown_type`, async () => {
        const s = await client.hello();
        s.send({ ...frame, rid: 'r7' });
        const err = await s.next('err');
        same([err.code, err.rid], ['unknown_type', 'r7'], 'err');
        await s.settle();
    });

    check('the 21st refused frame within 60 s closes with 4400', async () => {
        const s = await client.hello();
        for (let i = 0; i < 20; i++) s.send({ t: i % 2 ? 'typing' : 'nonsense' });
        for (let i = 0; i < 20; i++) await s.next('err');
        await s.settle();
        s.send({ t: 'nonsense' });
        await s.next('err');
        same((await s.closing()).code, 4400, 'close code');
    });
    check('conflict and not_found do not count as refused frames', async () => {
        const s = await client.hello();
        for (let i = 0; i < 22; i++) s.send({ t: 'sync', conv: 'not-mine', after: 0 });
        for (let i = 0; i < 22; i++) same((await s.next('err')).code, 'not_found', 'code');
        await s.settle();
    });

    check('unknown members are ignored', async () => {
        const s = await client.hello({ nonsense: { a: [1, null] } });
        s.send({ t: 'ping', n: 3, more: 'x', x_y: null });
        same((await s.next('pong')).n, 3, 'n');
    });
    check('nesting of 8 is fine', async () => {
        const s = await client.hello();
        s.send(nested(8));
        await s.next('pong');
    });
    check('white space around the object is fine', async () => {
        const s = await client.hello();
        s.send(' \r\n\t{ "t" : "ping" }\n ');
        await s.next('pong');
    });
    for (const [n, fine] of [['0', true], ['9007199254740991', true], ['9007199254740992', false], ['1.0', false],
        ['1e3', false], ['1E0', false]])
        check(`the int ${n} is ${fine ? 'fine' : 'refused'}`, async () => {
            const s = await client.hello();
            s.send(`{"t":"ping","n":${n}}`);
            if (fine) same((await s.next('pong')).n, Number(n), 'n');
            else { same((await s.next('err')).code, 'bad_frame', 'code'); await s.settle(); }
        });
    check('a number over 64 bits is refused or broken', async () => {
        const s = await client.hello();
        s.send('{"t":"ping","n":99999999999999999999999999}');
        same((await s.next('err')).code, 'bad_frame', 'code');
    });

    const sized = (bytes) => {
        const head = '{"t":"ping","n":5,"x":"';
        return head + long(bytes - head.length - 2) + '"}';
    };
    check('a frame of 65,536 bytes is fine', async () => {
        const s = await client.hello();
        s.send(sized(65536));
        same((await s.next('pong')).n, 5, 'n');
    });
    const closed = (how, codes) => that(codes.includes(how.code) || how.code === 1006, `closed with ${how.code}`);
    check('a frame of 65,537 bytes closes with 1009', async () => {
        const s = await client.hello();
        s.send(sized(65537));
        closed(await s.closing(), [1009]);
        same(s.frames.filter((f) => f.t === 'pong').length, 0, 'pongs');
    });
    check('fragments over 65,536 bytes close with 1009', async () => {
        const s = await client.hello();
        for (let i = 0; i < 9; i++) s.ws.send(long(8192), { fin: i === 8 });
        closed(await s.closing(), [1009]);
    });
    check('fragments count as the whole, control frames come between', async () => {
        const s = await client.hello();
        const pong = new Promise((done) => s.ws.once('pong', (d) => done(String(d))));
        s.ws.send('{"t":"pi', { fin: false });
        s.ws.ping('between');
        s.ws.send('ng","n"', { fin: false });
        s.ws.send(':9}', { fin: true });
        same((await s.next('pong')).n, 9, 'n');
        same(await pong, 'between', 'payload of the pong');
    });
    check('a character torn between fragments is whole', async () => {
        const s = await client.talker();
        const cid = uuid(), bytes = Buffer.from(JSON.stringify({ t: 'send', cid, conv: s.conv, text: 'x😀y' }));
        const cut = bytes.indexOf(0xf0) + 2;
        s.ws.send(bytes.subarray(0, cut), { fin: false, binary: false });
        s.ws.send(bytes.subarray(cut), { fin: true, binary: false });
        await s.next((f) => f.t === 'ack' && f.cid === cid);
        same((await s.next((f) => f.t === 'msg' && f.cid === cid)).text, 'x😀y', 'text');
    });
    check('a binary message closes with 1003', async () => {
        const s = await client.hello();
        s.ws.send(Buffer.from('{"t":"ping"}'), { binary: true });
        closed(await s.closing(), [1003]);
    });
    check('invalid UTF-8 closes with 1007', async () => {
        const s = await client.hello();
        s.ws.send(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), { binary: false });
        closed(await s.closing(), [1007]);
    });
    check('UTF-8 of a surrogate closes with 1007', async () => {
        const s = await client.hello();
        s.ws.send(Buffer.concat([Buffer.from('{"t":"'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('"}')]), { binary: false });
        closed(await s.closing(), [1007]);
    });
    check('non-ASCII text leaves as UTF-8, not as escapes', async () => {
        const s = await client.talker();
        const text = 'Grüße — 你好 😀 é';
        await s.say({ conv: s.conv, text });
        await s.next((f) => f.t === 'msg' && f.text === text);
    });
}
