// privacy.mjs - section 12: of all frames of this run, none has a type or member that the page lacks.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { that } from './checks.mjs';
import { seenFrames } from './client.mjs';

const members = {
    welcome: 'v tok now me hb convs limits features away prechat',
    msg: 'conv seq ts from name cid text files cites choices',
    conv: 'conv seq ts status handler subject assignee',
    synced: 'conv seq more reset',
    ack: 'cid conv seq ts',
    ok: 'rid for url mailed state ttl',
    err: 'code text cid rid conv retry_ms',
    seen: 'conv seq by',
    typing: 'conv who',
    ping: 'n',
    pong: 'n',
};
const inside = {
    'welcome.me': 'verified name email',
    'welcome.convs': 'conv status handler subject assignee seq seen read unread last ts',
    'welcome.limits': 'frame text files file_bytes sockets sends',
    'welcome.away': 'text until',
    'welcome.prechat': 'id label type required',
    'msg.files': 'id name type size url',
    'msg.cites': 'title url',
};
const codes = ('bad_frame unknown_type unsupported too_large unauthorized token_expired bad_code forbidden not_found conflict '
    + 'file_type file_size rate_limited unavailable').split(' ');

function strangers(object, allowed) {
    const known = `t ${allowed}`.split(' ');
    return Object.keys(object).filter((name) => !known.includes(name) && !name.startsWith('x_'));
}

export function strange(frame) {
    if (!members[frame.t]) return String(frame.t).startsWith('x_') ? [] : [`type ${frame.t}`];
    const found = strangers(frame, members[frame.t]);
    for (const [path, allowed] of Object.entries(inside)) {
        const [type, name] = path.split('.');
        if (frame.t !== type || frame[name] === undefined) continue;
        for (const part of [frame[name]].flat()) found.push(...strangers(part, allowed).map((n) => `${name}.${n}`));
    }
    return found;
}

export default function privacy(checks, client, desk) {
    const check = (name, run) => checks.add(`privacy: ${name}`, run, { alone: true });
    const all = (fits) => seenFrames.find(({ raw, frame }) => fits(frame, raw));
    const never = (name, fits) => check(name, async () => {
        that(seenFrames.length > 0, 'no frame was seen');
        const found = all(fits);
        that(!found, found?.raw.slice(0, 300));
    });

    if (desk.bin) check('texts, names and tokens stand in no log, tokens not in the file', async () => {
        const canary = `canary${Date.now()}x`;
        const s = await client.talker(`A text with ${canary} in it`);
        await s.ask({ t: 'who', name: `Name ${canary}`, email: `${canary}@shop.example` });
        s.send(`{"t":"nonsense ${canary}"}`);
        await s.settle();
        const read = (name) => { try { return readFileSync(join(desk.dir, name)); } catch { return Buffer.alloc(0); } };
        that(!read('desk.log').includes(canary), 'the canary is in the log');
        that(!read('desk.log').includes(s.tok), 'a token is in the log');
        const stored = Buffer.concat([read('desk.db'), read('desk.db-wal')]);
        that(stored.includes(canary), 'the canary was not stored: this check sees nothing');
        that(!stored.includes(s.tok) && !stored.includes(s.tok.replace(/^dh1\./, '')), 'a token is stored as it is');
    });
    never('no frame has a type or member that is not in the protocol', (f) => strange(f).length > 0);
    never('every frame is at most 65,536 bytes', (_, raw) => Buffer.byteLength(raw) > 65536);
    never('every err has a known code and plain words', (f) => f.t === 'err' && (!codes.includes(f.code) || !/^[\x20-\x7e]+$/.test(f.text)));
    never('rate_limited always says when to try again', (f) => f.t === 'err' && f.code === 'rate_limited' && !(f.retry_ms > 0));
    never('no member is null', (_, raw) => /:null[,}]/.test(raw.replace(/"(?:[^"\\]|\\.)*"/g, '""')));
    never('no error betrays SQL, files or a library', (f) => f.t === 'err' && /sqlite|libwebsockets|constraint|\.c:|\/home|\/tmp|SELECT |INSERT /i.test(f.text));
    never('non-ASCII is written as UTF-8', (_, raw) => /(^|[^\\])(\\\\)*\\u(?!00[01]|007f|003c|2028|2029|0026|003e)/i.test(raw));
}
