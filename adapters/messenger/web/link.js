/* The connection to the desk: a session of deskhand.v1 over a socket or, where sockets are blocked,
   over long polls. Knows conversations, the outbox and the sequence rule; nothing of how they look. */
'use strict';

const ACK_MS = 10000;     /* how long an unanswered frame may take before it is asked for again */
const POLL_WAIT_MS = 25000;
const HISTORY = 50;       /* entries of older history fetched at a time */

/* The desk refuses U+0000 and half surrogates, which any text field can produce. */
const clean = (text) => text.replace(/\0|\p{Cs}/gu, '');
const pack = (value) => JSON.stringify(value, (_, v) => (typeof v === 'string' ? clean(v) : v));

/* randomUUID wants a secure context; a desk on a plain loopback name is none. */
function newId() {
  const b = crypto.getRandomValues(new Uint8Array(16));
  b[6] = (b[6] & 15) | 64;
  b[8] = (b[8] & 63) | 128;
  return Array.from(b, (x) => x.toString(16).padStart(2, '0')).join('')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/* A wire carries frames: send(frame), close(), and on.open, on.frame, on.close(code, reason, wait_ms). */
function socketWire(key, on) {
  const ws = new WebSocket(location.origin.replace(/^http/, 'ws') + '/m/ws?k=' + key, 'deskhand.v1');
  ws.onopen = () => on.open();
  ws.onmessage = (e) => on.frame(JSON.parse(e.data));
  ws.onclose = (e) => on.close(e.code, e.reason);
  return {
    send(frame) { if (ws.readyState === 1) ws.send(pack(frame)); },
    close() { ws.onmessage = ws.onclose = ws.onopen = null; ws.close(1000); },
  };
}

/* What a refused poll means, in close codes. */
const REFUSED = { 400: 4400, 403: 4403, 404: 4403, 413: 4400, 415: 4400, 429: 4429, 503: 1012 };

function pollWire(key, on) {
  const stop = new AbortController();
  let out = [];
  let got = 0;
  let turn = 0;
  let failures = 0;
  let sid, flush, done;
  const end = (code, reason, wait) => {
    if (done) return;
    done = true;
    on.close(code, reason, wait);
  };
  /* A newer request ends the older one with an empty answer, so frames never wait for a held poll. */
  async function ask() {
    const mine = ++turn;
    const frames = out.splice(0, 16);
    const wait = out.length ? 0 : POLL_WAIT_MS;
    try {
      const answer = await fetch('/m/poll?k=' + key, {
        method: 'POST', credentials: 'omit', signal: stop.signal,
        headers: { 'Content-Type': 'application/json' },
        body: pack(sid ? { sid, got, wait, frames } : { frames }),
      });
      if (!answer.ok)
        return end(REFUSED[answer.status] || 1006, '', answer.headers.get('Retry-After') * 1000);
      const body = await answer.json();
      failures = 0;
      sid = body.sid || sid;
      if (body.n > got) {
        got = body.n;
        body.frames.forEach((f) => done || on.frame(f));
      }
      if (body.close) return end(body.close.code, body.close.reason);
      if (!done && mine === turn) ask();
    } catch {
      out = frames.concat(out);
      if (done) return;
      if (++failures > 3) return end(1006, '');
      setTimeout(() => { if (!done && mine === turn) ask(); }, 1000 * failures);
    }
  }
  setTimeout(() => done || on.open());
  return {
    polls: true,
    send(frame) {
      out.push(frame);
      if (!sid && turn) return; /* goes with the request that follows the first answer */
      clearTimeout(flush);
      flush = setTimeout(() => { if (!done && out.length) ask(); }, 10);
    },
    close() { done = true; stop.abort(); },
  };
}

const emptyConv = (conv) => ({
  conv, status: 'open', handler: 'none', subject: '', assignee: undefined, last: '', ts: 0,
  entries: [],          /* a run without holes: numbers from + 1 .. known */
  from: 0, known: 0,
  head: 0,              /* the highest number heard of */
  counted: 0,           /* `unread` from the desk counts up to this number */
  seen: 0, read: 0, unread: 0,
  sent: [],             /* acknowledged, but the entry itself has not come yet */
  syncing: null, typing: null, asked: false,
});

class Session {
  /* keep: { tok(value), put(message), drop(cid) } in the visitor's storage. */
  constructor(key, keep, start) {
    Object.assign(this, { key, keep, tok: start.tok, lang: start.lang, page: start.page });
    this.outbox = start.out.sort((a, b) => a.at - b.at);
    this.convs = new Map();
    this.requests = new Map();
    this.features = new Set();
    this.prechat = [];
    this.me = {};
    this.limits = { text: 8000 };
    this.hb = 25000;
    this.state = 'connecting';
    this.welcomed = false;
    this.tries = this.refused = this.broken = this.missed = this.number = 0;
    this.changed = this.moved = this.said = this.failed = () => {};
    addEventListener('online', () => this.wake());
    addEventListener('focus', () => this.wake());
    addEventListener('offline', () => this.probe());
    document.addEventListener('visibilitychange', () => { if (!document.hidden) this.wake(); });
  }

  /* --- connection ------------------------------------------------------- */

  connect() {
    clearTimeout(this.again);
    if (this.wire) return;
    let opened = false;
    const mine = (fn) => (...args) => { if (this.wire === wire) fn(...args); };
    const make = this.refused >= 2 ? pollWire : socketWire;
    const wire = make(this.key, {
      open: mine(() => { opened = true; this.hello(); }),
      frame: mine((f) => this.frame(f)),
      close: mine((code, reason, wait) => {
        if (wire.polls) this.refused = 1;             /* try a socket again next time */
        else if (!opened && navigator.onLine) this.refused++;
        this.closed(code, reason, wait);
      }),
    });
    this.wire = wire;
    this.expect(ACK_MS);
  }

  hello() {
    const known = this.list().filter((c) => c.entries.length);
    for (const c of known.splice(50)) Object.assign(c, { entries: [], from: c.known });
    for (const c of known) c.syncing = {};
    this.send({ t: 'hello', v: 1, tok: this.tok, lang: this.lang, page: this.page,
      pos: known.slice(0, 50).map((c) => [c.conv, c.known]) });
  }

  send(frame) {
    if (!this.wire) return;
    this.wire.send(frame);
    clearTimeout(this.beat);
    if (!this.wire.polls) this.beat = setTimeout(() => this.heartbeat(), this.hb);
  }

  heartbeat() {
    if (this.missed++ >= 2) return this.lose();
    this.send({ t: 'ping', n: this.missed });
  }

  /* Give up on this wire unless something is heard within the time. */
  expect(ms) {
    clearTimeout(this.watch);
    this.watch = setTimeout(() => this.lose(), ms);
  }

  /* After sleep or a change of network a socket can be dead without knowing it. */
  probe() {
    if (this.state !== 'online' || this.wire.polls) return;
    this.send({ t: 'ping' });
    this.expect(ACK_MS / 2);
  }

  wake() {
    if (this.state === 'online') return this.probe();
    if (this.state === 'offline' || this.state === 'replaced') this.connect();
  }

  lose() {
    if (!this.wire) return;
    this.wire.close();
    if (this.wire.polls) this.refused = 1;
    else if (this.state !== 'online' && navigator.onLine) this.refused++;
    this.closed(1006, '');
  }

  closed(code, reason, wait) {
    this.wire = null;
    clearTimeout(this.beat);
    clearTimeout(this.watch);
    clearTimeout(this.resend);
    if (this.state === 'online' && Date.now() - this.since > ACK_MS) this.tries = 0;
    for (const c of this.convs.values()) c.syncing = c.typing = null;
    const rule = Object.hasOwn(CLOSED, code) ? CLOSED[code] : CLOSED.other;
    const next = rule(this, reason);
    for (const o of this.outbox) o.due = o.tried = 0;
    if (typeof next === 'string') {
      this.state = next;
    } else {
      this.state = 'offline';
      this.again = setTimeout(() => this.connect(), Math.max(next, wait || 0));
    }
    this.changed();
  }

  forget() {
    this.tok = undefined;
    this.keep.tok(null);
    this.convs.clear();
    this.me = {};
  }

  /* --- frames from the desk --------------------------------------------- */

  frame(f) {
    this.heard = Date.now();
    this.missed = 0;
    clearTimeout(this.watch);
    if (Object.hasOwn(FRAMES, f.t)) FRAMES[f.t](this, f);
    this.changed();
  }

  conv(id) {
    if (!this.convs.has(id)) this.convs.set(id, emptyConv(id));
    return this.convs.get(id);
  }

  list() { return [...this.convs.values()].sort((a, b) => b.ts - a.ts); }
  unread() { return this.list().reduce((n, c) => n + c.unread, 0); }

  apply(c, f) {
    c.known = f.seq;
    c.entries.push(f);
    c.ts = f.ts;
    if (f.t === 'conv') {
      const { status, handler, subject, assignee } = f;
      Object.assign(c, { status, handler, subject, assignee });
      return;
    }
    c.last = f.text.slice(0, 120);
    if (f.from === 'me') {
      if (f.cid) this.settle(f.cid, c.conv);
      c.sent = c.sent.filter((o) => o.cid !== f.cid);
      return;
    }
    c.typing = null;
    if (f.seq > c.counted && f.seq > c.seen) c.unread++;
    if (f.seq > c.counted) this.said(f);
  }

  /* --- what the visitor does -------------------------------------------- */

  /* Queue a message. `root` names a conversation that does not exist yet: the id of its first message. */
  say(text, conv, root, person) {
    const cid = newId();
    const last = this.outbox.at(-1);
    const o = { cid, conv, root: conv ? undefined : root || cid, text: clean(text), person,
      at: Math.max(Date.now(), last ? last.at + 1 : 0) };
    this.outbox.push(o);
    this.keep.put(o);
    this.wake();
    this.pump();
    this.changed();
    return o;
  }

  /* One message in flight per conversation: whatever is refused or lost, order holds. */
  pump() {
    clearTimeout(this.resend);
    if (this.state !== 'online') return;
    const now = Date.now();
    const lanes = new Set();
    let next = Infinity;
    for (const o of this.outbox) {
      const lane = o.conv || o.root;
      if (o.failed || lanes.has(lane)) continue;
      lanes.add(lane);
      if (!(o.due > now)) {
        /* An acknowledgement is overdue: on a silent line the line is dead, else the frame was. */
        if (o.tried && this.heard < o.tried) return this.lose();
        o.tried = now;
        o.due = now + ACK_MS;
        this.send({ t: 'send', cid: o.cid, conv: o.conv, text: o.text });
      }
      next = Math.min(next, o.due);
    }
    if (next < Infinity) this.resend = setTimeout(() => this.pump(), next - now);
  }

  /* A message is safe on the desk. Followers of a new conversation learn its name first, in storage too. */
  settle(cid, conv) {
    const o = this.outbox.find((x) => x.cid === cid);
    if (!o) return;
    this.broken = 0;
    for (const p of this.outbox) {
      if (p !== o && !p.conv && p.root === o.root) {
        p.conv = conv;
        this.keep.put(p);
      }
    }
    this.outbox = this.outbox.filter((x) => x !== o);
    this.keep.drop(cid);
    if (o.person) this.person(conv);
    this.moved(o.conv || o.root, conv);
    this.pump();
    return o;
  }

  fail(o, code) {
    o.failed = code;
    this.keep.put(o);
    this.failed(code);
    this.pump();
  }

  /* The same id again, unless the desk holds something else under it. */
  retry(o) {
    const gone = o.failed === 'not_found';
    this.discard(o);
    if (o.failed === 'conflict') o.cid = newId();
    if (gone) Object.assign(o, { conv: undefined, root: o.cid });
    Object.assign(o, { failed: undefined, due: 0, tried: 0, at: Date.now() });
    this.outbox.push(o);
    this.keep.put(o);
    this.wake();
    this.pump();
    this.changed();
  }

  discard(o) {
    this.outbox = this.outbox.filter((x) => x !== o);
    this.keep.drop(o.cid);
  }

  /* Kept until answered; all of these may be repeated safely. */
  request(frame) {
    frame.rid = 'r' + ++this.number;
    this.requests.set(frame.rid, frame);
    if (this.state === 'online') this.send(frame);
  }

  person(id) {
    this.conv(id).asked = true;
    this.request({ t: 'human', conv: id });
  }

  seen(c) {
    if (c.known <= c.seen) return;
    c.seen = c.known;
    c.unread = 0;
    this.send({ t: 'seen', conv: c.conv, seq: c.seen });
  }

  typing(c) {
    if (this.state !== 'online' || Date.now() - (c.typed || 0) < 3000) return;
    c.typed = Date.now();
    this.send({ t: 'typing', conv: c.conv });
  }

  /* --- the log ----------------------------------------------------------- */

  ask(c, after, limit, older) {
    const mine = { older, after };
    c.syncing = mine;
    this.send({ t: 'sync', conv: c.conv, after, limit });
    setTimeout(() => {
      if (c.syncing !== mine) return;
      c.syncing = null;
      this.catchUp(c);
      this.changed();
    }, ACK_MS);
  }

  catchUp(c) {
    if (this.state === 'online' && c.head > c.known && !c.syncing) this.ask(c, c.known);
  }

  history(c) {
    if (this.state !== 'online' || c.syncing || !c.from) return;
    const after = Math.max(0, c.from - HISTORY);
    this.ask(c, after, Math.min(200, c.from - after), []);
  }
}

/* What each frame of the desk does; unknown ones are ignored. */
const FRAMES = {
  welcome(s, f) {
    const same = s.tok === f.tok;
    s.tok = f.tok;
    s.keep.tok(f.tok);
    Object.assign(s, { me: f.me, away: f.away, prechat: f.prechat || [], hb: f.hb || s.hb,
      limits: f.limits || s.limits, features: new Set(f.features), state: 'online', since: Date.now(),
      refused: s.wire.polls ? s.refused : 0, welcomed: true });
    const listed = new Set(f.convs.map((w) => w.conv));
    if (!same) for (const id of s.convs.keys()) if (!listed.has(id)) s.convs.delete(id);
    for (const w of f.convs) {
      const c = s.conv(w.conv);
      const mark = c.seen;
      const { status, handler, subject, assignee, read, unread, last, ts } = w;
      Object.assign(c, { status, handler, subject, assignee, read, unread, last, ts });
      c.seen = Math.max(mark, w.seen);
      c.head = c.counted = w.seq;
      if (!c.entries.length) c.from = c.known = w.seq;
      if (mark > w.seen && mark <= w.seq) {
        s.send({ t: 'seen', conv: c.conv, seq: mark });
        c.unread = c.entries.filter((e) => e.t === 'msg' && e.from !== 'me' && e.seq > mark).length;
      }
      s.catchUp(c);
    }
    for (const r of s.requests.values()) s.send(r);
    s.pump();
  },

  ack(s, f) {
    const o = s.settle(f.cid, f.conv);
    const c = s.conv(f.conv);
    if (f.seq <= c.known || !o) return;
    c.sent.push({ ...o, seq: f.seq, ts: f.ts });
    c.last = o.text.slice(0, 120);
    c.ts = f.ts;
    c.head = Math.max(c.head, f.seq);
    setTimeout(() => s.catchUp(c), ACK_MS / 5); /* the entry itself is on its way */
  },

  msg(s, f) {
    const c = s.conv(f.conv);
    const older = c.syncing && c.syncing.older;
    c.head = Math.max(c.head, f.seq);
    if (f.seq === c.known + 1) s.apply(c, f);
    else if (f.seq > c.known) s.catchUp(c);
    else if (older && f.seq <= c.from && f.seq === c.syncing.after + older.length + 1) older.push(f);
  },
  conv(s, f) { FRAMES.msg(s, f); },

  synced(s, f) {
    const c = s.conv(f.conv);
    const { older, after } = c.syncing || {};
    c.syncing = null;
    if (f.reset) {
      Object.assign(c, emptyConv(c.conv), { head: f.seq, counted: f.seq });
    } else if (older) {
      const rest = c.from - after - older.length;
      if (rest > 0) return s.ask(c, after + older.length, rest, []), void (c.syncing.after = after,
      c.syncing.older = older);
      c.entries = older.concat(c.entries);
      c.from = after;
    } else {
      c.head = Math.max(c.head, f.seq);
      if (f.more) return s.ask(c, c.known);
    }
    s.catchUp(c);
  },

  seen(s, f) {
    const c = s.conv(f.conv);
    if (f.by === 'desk') {
      c.read = Math.max(c.read, f.seq);
    } else if (f.seq > c.seen) {
      c.seen = f.seq;
      c.unread = f.seq >= c.known ? 0
        : c.entries.filter((e) => e.t === 'msg' && e.from !== 'me' && e.seq > f.seq).length;
    }
  },

  typing(s, f) {
    const c = s.conv(f.conv);
    const mine = c.typing = { who: f.who };
    setTimeout(() => { if (c.typing === mine) { c.typing = null; s.changed(); } }, 6000);
  },

  ping(s, f) { s.send({ t: 'pong', n: f.n }); },

  ok(s, f) { s.requests.delete(f.rid); },

  err(s, f) {
    const o = s.outbox.find((x) => x.cid === f.cid);
    const r = s.requests.get(f.rid);
    if (o && f.retry_ms === undefined) s.fail(o, f.code);
    else if (o) { o.due = Date.now() + f.retry_ms; o.tried = 0; s.pump(); }
    else if (r && f.retry_ms === undefined) s.requests.delete(f.rid);
    else if (r) setTimeout(() => s.requests.has(f.rid) && s.send(r), f.retry_ms);
    else if (f.code === 'not_found' && f.conv) s.convs.delete(f.conv);
  },
};

/* What each close code asks for: a delay in ms until the next try, or a state to stay in. */
const CLOSED = {
  1012: () => 500 + Math.random() * 4500,
  4400(s) {
    for (const o of s.outbox) if (o.tried) { o.failed = 'bad_frame'; s.keep.put(o); }
    s.requests.clear();
    return s.broken++ ? 'broken' : 500;
  },
  4401(s, reason) {
    const had = s.tok;
    s.forget();
    s.requests.clear();
    if (reason === 'erased' || reason === 'logged_out') {
      s.outbox.slice().forEach((o) => s.discard(o));
      return 'ended';
    }
    for (const o of s.outbox) if (o.conv) { o.failed = 'not_found'; s.keep.put(o); }
    return had ? 0 : 'blocked';
  },
  4403: () => 'blocked',
  4409: () => 'replaced',
  4429: () => 30000 + Math.random() * 10000,
  other: (s) => Math.min(30000, 500 * 2 ** s.tries++) * (0.5 + Math.random() / 2),
};
CLOSED[1002] = CLOSED[1003] = CLOSED[1007] = CLOSED[1009] = CLOSED[4400];
