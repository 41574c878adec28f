/* The connection to the desk: a session of deskhand.v1 over a socket or, where sockets are blocked, over
   long polls. Knows conversations, the outbox and the sequence rule; nothing of how they look. */
'use strict';

const PATIENCE_MS = 10000;   /* how long an answer may take before it is asked for again */

/* The desk refuses U+0000 and half surrogates, which any text field can produce. */
const clean = (text) => text.replace(/\0|\p{Cs}/gu, '');
const pack = (value) => JSON.stringify(value, (_, v) => (v?.replace ? clean(v) : v));

/* 128 random bits; randomUUID would need a secure context. */
const newId = () => crypto.getRandomValues(new Uint32Array(4)).reduce((id, x) => id + x.toString(36).padStart(7, 0), '');

/* A wire has send(frame) and close(), and calls on.open, on.frame, on.close(code, reason). */
function socketWire(key, on) {
  const ws = new WebSocket(location.origin.replace('http', 'ws') + '/m/ws?k=' + key, 'deskhand.v1');
  ws.onopen = on.open;
  ws.onmessage = (e) => on.frame(JSON.parse(e.data));
  ws.onclose = (e) => on.close(e.code, e.reason);
  return {
    send: (frame) => ws.readyState === 1 && ws.send(pack(frame)),
    close: () => ws.close(1000),
  };
}

/* What a refused poll means, in close codes. */
const REFUSED = { 400: 4400, 403: 4403, 404: 4403, 429: 4429, 503: 1012 };

/* A newer request ends the older one with an empty answer, so frames never wait for a held poll. */
function pollWire(key, on) {
  const stop = new AbortController();
  const out = [];
  let got = 0;
  let turn = 0;
  let sid, soon;
  async function ask() {
    const mine = ++turn;
    const frames = out.splice(0, 16);
    try {
      const answer = await fetch('/m/poll?k=' + key, {
        method: 'POST', signal: stop.signal, headers: { 'Content-Type': 'application/json' },
        body: pack(sid ? { sid, got, wait: out.length ? 0 : 25000, frames } : { frames }),
      });
      if (!answer.ok) return on.close(REFUSED[answer.status]);
      const body = await answer.json();
      sid ||= body.sid;
      if (body.n > got) {
        got = body.n;
        body.frames.forEach(on.frame);
      }
      if (body.close) on.close(body.close.code, body.close.reason);
      else if (mine === turn && !stop.signal.aborted) ask();
    } catch { on.close(); }
  }
  setTimeout(on.open);
  return {
    polls: true,
    send(frame) {
      out.push(frame);
      clearTimeout(soon);
      if (sid || !turn) soon = setTimeout(() => out.length && ask());
    },
    close: () => stop.abort(),
  };
}

class Session {
  state = 'connecting';
  convs = new Map();
  requests = new Map();
  limits = { text: 8000 };
  prechat = [];
  hb = 25000;
  tries = 0;     /* since a session last held */
  refused = 0;   /* upgrades in a row */
  broken = 0;    /* closed as broken since the last success */
  missed = 0;    /* pongs */
  count = 0;     /* request ids */

  /* start: { tok, lang, page, out }; keep(name, value) stores; on: changed, moved, said, failed. */
  constructor(key, start, keep, on) {
    Object.assign(this, { key, keep, on }, start);
    this.outbox = start.out.sort((a, b) => a.at - b.at);
    const wake = () => document.hidden || this.wake();
    addEventListener('online', wake);
    addEventListener('focus', wake);
    document.addEventListener('visibilitychange', wake);
  }

  /* --- connection ------------------------------------------------------- */

  connect() {
    clearTimeout(this.again);
    if (this.wire) return;
    const mine = (act) => (...args) => this.wire === wire && act(...args);
    const wire = this.wire = (this.refused > 1 ? pollWire : socketWire)(this.key, {
      open: mine(() => this.hello()),
      frame: mine((f) => this.hear(f)),
      close: mine((code, reason) => this.closed(code, reason)),
    });
    this.expect();
  }

  hello() {
    const known = this.list().filter((c) => c.entries.length).slice(0, 50);
    for (const c of known) this.await(c);
    this.send({ t: 'hello', v: 1, tok: this.tok, lang: this.lang, page: this.page,
      pos: known.map((c) => [c.conv, c.known]) });
  }

  send(frame) {
    this.wire?.send(frame);
    clearTimeout(this.beat);
    this.beat = setTimeout(() => this.ping(), this.hb);
  }

  ping() {
    if (!this.wire || this.wire.polls) return;
    if (this.missed++ > 1) this.closed();
    else this.send({ t: 'ping' });
  }

  /* Gives this wire up unless something is heard in time. */
  expect() {
    clearTimeout(this.watch);
    this.watch = setTimeout(() => this.closed(), PATIENCE_MS);
  }

  /* Somebody is here: connect at once; or make sure that the line did not die in its sleep. */
  wake() {
    if (Date.now() < this.quiet) return;
    if (/offline|replaced/.test(this.state)) this.connect();
    else if (this.state === 'online' && !this.wire.polls) {
      this.send({ t: 'ping' });
      this.expect();
    }
  }

  closed(code, reason) {
    const wire = this.wire;
    this.wire = null;
    wire.close();
    for (const timer of ['beat', 'watch', 'resend']) clearTimeout(this[timer]);
    if (this.state !== 'online') this.refused = wire.polls ? 1 : this.refused + navigator.onLine;
    else if (Date.now() - this.since > PATIENCE_MS) this.tries = 0;
    this.missed = 0;
    const next = (CLOSED[code] || CLOSED.other)(this, reason);
    for (const o of this.outbox) o.due = o.tried = 0;
    for (const c of this.convs.values()) c.syncing = c.typing = null;
    const stay = typeof next === 'string';
    this.state = stay ? next : 'offline';
    if (!stay) this.again = setTimeout(() => this.connect(), next);
    this.on.changed();
  }

  hear(f) {
    this.heard = Date.now();
    this.missed = 0;
    this['on_' + f.t]?.(f);
    if (this.state === 'online') clearTimeout(this.watch);
    this.on.changed();
  }

  /* --- conversations ----------------------------------------------------- */

  conv(id) {
    if (!this.convs.has(id)) this.convs.set(id, this.blank(id));
    return this.convs.get(id);
  }

  blank(conv) {
    return {
      conv, status: 'open', handler: '', subject: '', last: '', ts: 0,
      entries: [], from: 0, known: 0,   /* a run without holes: numbers from + 1 .. known */
      head: 0, counted: 0,              /* the highest number heard of; `unread` was counted up to */
      seen: 0, read: 0, unread: 0,
      sent: [],                         /* acknowledged; of no use once `known` has reached them */
    };
  }

  list() { return [...this.convs.values()].sort((a, b) => b.ts - a.ts); }

  recount(c) {
    c.unread = c.entries.filter((e) => e.t === 'msg' && e.from !== 'me' && e.seq > c.seen).length;
  }

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
      this.settle(f.cid, c.conv);
      return;
    }
    c.typing = null;
    if (f.seq <= c.counted) return;
    if (f.seq > c.seen) c.unread++;
    this.on.said(f);
  }

  /* Asks for what comes after `known`; with `older`, for history from `start` up to what is there. */
  ask(c, start, older) {
    const after = start + (older ? older.length : 0);
    this.await(c, start, older);
    this.send({ t: 'sync', conv: c.conv, after, limit: older ? c.from - after : 200 });
  }

  await(c, start, older) {
    const mine = c.syncing = { start, older };
    setTimeout(() => {
      if (c.syncing !== mine) return;
      c.syncing = null;
      this.catchUp(c);
      this.on.changed();
    }, PATIENCE_MS);
  }

  catchUp(c) {
    if (this.state === 'online' && c.head > c.known && !c.syncing) this.ask(c, c.known);
  }

  history(c) {
    if (this.state === 'online' && c.from && !c.syncing) this.ask(c, Math.max(0, c.from - 50), []);
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

  /* --- the outbox --------------------------------------------------------- */

  /* `root` names a conversation that does not exist yet: the id of its first message. */
  say(text, conv, root, person) {
    const cid = newId();
    return this.queue({ cid, conv, root: root || cid, text, person });
  }

  queue(o) {
    this.outbox = this.outbox.filter((x) => x !== o);
    o.at = Math.max(Date.now(), (this.outbox.at(-1)?.at || 0) + 1);
    this.outbox.push(o);
    this.store(o);
    if (this.state !== 'online') this.wake();
    this.pump();
    this.on.changed();
    return o;
  }

  store(o) { this.keep(':' + o.cid, pack({ ...o, due: 0, tried: 0 })); }

  drop(o) {
    this.outbox = this.outbox.filter((x) => x !== o);
    this.keep(':' + o.cid);
  }

  /* One message in flight per conversation: whatever is lost or refused, their order holds. */
  pump() {
    clearTimeout(this.resend);
    if (this.state !== 'online') return;
    const now = Date.now();
    const busy = new Set();
    let next = Infinity;
    for (const o of this.outbox) {
      const lane = o.conv || o.root;
      if (o.failed || busy.has(lane)) continue;
      busy.add(lane);
      if (!(o.due > now)) {
        /* The answer is overdue. On a silent line the line is dead, else only the frame was. */
        if (o.tried && this.heard < o.tried) return this.closed();
        o.tried = now;
        o.due = now + PATIENCE_MS;
        this.send({ t: 'send', cid: o.cid, conv: o.conv, text: o.text });
      }
      next = Math.min(next, o.due);
    }
    if (busy.size) this.resend = setTimeout(() => this.pump(), next - now);
  }

  /* Safe on the desk. Those that follow into a new conversation learn its name first, in storage too. */
  settle(cid, conv) {
    const o = this.outbox.find((x) => x.cid === cid);
    if (!o) return;
    this.broken = 0;
    for (const p of this.outbox)
      if (p !== o && !o.conv && p.root === o.root) {
        p.conv = conv;
        this.store(p);
      }
    this.drop(o);
    if (o.person) this.person(conv);
    this.on.moved(o.conv || o.root, { conv });
    this.pump();
    return o;
  }

  fail(o, code) {
    o.failed = code;
    if (code === 'not_found') {
      this.on.moved(o.conv, { root: o.cid });
      o.conv = undefined;
      o.root = o.cid;
    }
    this.store(o);
    this.on.failed({ code });
  }

  /* The same id again, unless the desk has something else under it. */
  retry(o) {
    this.drop(o);
    if (o.failed === 'conflict') o.cid = newId();
    o.failed = undefined;
    o.due = o.tried = 0;
    this.queue(o);
  }

  /* Kept until answered; every request may be repeated safely. */
  request(frame) {
    frame.rid = 'r' + ++this.count;
    this.requests.set(frame.rid, frame);
    if (this.state === 'online') this.send(frame);
  }

  person(conv) {
    this.conv(conv).asked = true;
    this.request({ t: 'human', conv });
  }

  /* --- frames from the desk; unknown ones are ignored ---------------------- */

  on_welcome(f) {
    const same = this.tok === f.tok;
    this.keep('', f.tok);
    const { convs, ...rest } = f;
    Object.assign(this, { away: null, prechat: [] }, rest, { state: 'online', since: this.heard });
    if (!this.wire.polls) this.refused = 0;
    if (!same)
      for (const id of this.convs.keys()) if (!convs.some((w) => w.conv === id)) this.convs.delete(id);
    for (const { seq, seen, ...rest } of convs) {
      const c = Object.assign(this.conv(rest.conv), { assignee: undefined }, rest);
      c.head = c.counted = seq;
      if (!c.entries.length) c.from = c.known = seq;
      if (c.seen > seen && c.seen <= seq) {
        this.send({ t: 'seen', conv: c.conv, seq: c.seen });
        this.recount(c);
      } else {
        c.seen = seen;
      }
      this.catchUp(c);
    }
    for (const r of this.requests.values()) this.send(r);
    this.pump();
  }

  on_ack(f) {
    const o = this.settle(f.cid, f.conv);
    const c = this.conv(f.conv);
    if (!o || f.seq <= c.known) return;
    c.sent.push({ ...o, ts: f.ts, seq: f.seq });
    c.last = o.text.slice(0, 120);
    c.ts = f.ts;
    c.head = Math.max(c.head, f.seq);
    setTimeout(() => this.catchUp(c), 2000); /* the entry itself is on its way */
  }

  on_msg(f) {
    const c = this.conv(f.conv);
    const { start, older } = c.syncing || {};
    c.head = Math.max(c.head, f.seq);
    if (f.seq === c.known + 1) this.apply(c, f);
    else if (f.seq > c.known) this.catchUp(c);
    else if (older && f.seq <= c.from && f.seq === start + older.length + 1) older.push(f);
  }
  on_conv(f) { this.on_msg(f); }

  on_synced(f) {
    const c = this.conv(f.conv);
    const { start, older } = c.syncing || {};
    c.syncing = null;
    if (f.reset) {
      Object.assign(c, this.blank(c.conv), { head: f.seq, counted: f.seq });
    } else if (older) {
      if (older.length < c.from - start) return this.ask(c, start, older);
      c.entries.unshift(...older);
      c.from = start;
    } else {
      c.head = Math.max(c.head, f.seq);
      if (f.more) return this.ask(c, c.known);
    }
    this.catchUp(c);
  }

  on_seen(f) {
    const c = this.conv(f.conv);
    if (f.by === 'desk') {
      c.read = Math.max(c.read, f.seq);
    } else if (f.seq > c.seen) {
      c.seen = f.seq;
      this.recount(c);
    }
  }

  on_typing(f) {
    const c = this.conv(f.conv);
    const mine = c.typing = { who: f.who };
    setTimeout(() => {
      if (c.typing === mine) c.typing = null;
      this.on.changed();
    }, 6000);
  }

  on_ping(f) { this.send({ t: 'pong', n: f.n }); }

  on_ok(f) { this.requests.delete(f.rid); }

  /* retry_ms: the same frame again after that time. Without: never again unchanged. */
  on_err(f) {
    const o = this.outbox.find((x) => x.cid === f.cid);
    const r = this.requests.get(f.rid);
    if (f.code === 'not_found' && f.conv) this.convs.delete(f.conv);
    if (r && f.retry_ms) setTimeout(() => this.requests.has(f.rid) && this.send(r), f.retry_ms);
    else this.requests.delete(f.rid);
    if (!o) return;
    if (f.retry_ms === undefined) this.fail(o, f.code);
    else {
      o.tried = 0;
      o.due = Date.now() + f.retry_ms;
    }
    this.pump();
  }
}

/* What each close code asks for: a delay in ms until the next try, or a state to stay in. */
const CLOSED = {
  1012: () => 500 + Math.random() * 4500,
  4400(s) {
    for (const o of s.outbox) if (o.tried) s.fail(o, 'bad_frame');
    s.requests.clear();
    return s.broken++ ? 'broken' : 500;
  },
  4401(s, reason) {
    const had = s.tok;
    const over = reason === 'erased' || reason === 'logged_out';
    s.tok = undefined;
    s.keep('');
    s.convs.clear();
    s.requests.clear();
    for (const o of s.outbox)
      if (over) s.drop(o);
      else if (o.conv) s.fail(o, 'not_found');
    return over ? 'ended' : had ? 0 : 'blocked';
  },
  4403: () => 'blocked',
  4409: () => 'replaced',
  4429(s) {
    const wait = 30000 + Math.random() * 10000;
    s.quiet = Date.now() + wait;
    return wait;
  },
  other: (s) => Math.min(30000, 500 * 2 ** s.tries++) * (0.5 + Math.random() / 2),
};
for (const code of [1002, 1003, 1007, 1009]) CLOSED[code] = CLOSED[4400];
