/* The messenger's page: draws a Session, listens to the visitor and to the loader's port.
   All text goes in as text nodes; every style goes through classes or the CSSOM. */
'use strict';

const $ = (id) => document.getElementById(id);
const config = JSON.parse($('config').textContent);
const brand = config.brand || {};
const html = document.documentElement;
const GROUP_MS = 300000;       /* messages closer than this share a name and a time */

let words = {};
let locale = 'en';
let theme = 'auto';
let session, port;
let shown = true;
let view = { name: 'home' };   /* or { name: 'talk', conv } or { name: 'talk', root } */
let nodes = new Map();         /* what the log shows, by key */
let answered = {};             /* prechat answers given on this page */
let queued = false;
let aimed = false;             /* the focus has to move once the view is drawn */

const say = (key, values = {}) => (words[key] || '').replace(/\{(\w+)\}/g, (_, k) => values[k]);
const word = (kind, value, other) => words[kind + '_' + value] || words[kind + '_' + other];
const tell = (message) => port && port.postMessage(message);
const when = (ms, form) => new Intl.DateTimeFormat(locale, form).format(ms);
const CLOCK = { hour: 'numeric', minute: '2-digit' };
const DAY = { weekday: 'long', day: 'numeric', month: 'long' };
const day = (ms) => new Date(ms).toDateString();
const time = (ms) => when(ms, day(ms) === day(Date.now()) ? CLOCK : { day: 'numeric', month: 'short' });

function make(tag, name, text) {
  const e = document.createElement(tag);
  if (name) e.className = name;
  if (text !== undefined) e.textContent = text;
  return e;
}
function press(name, text, act) {
  const b = make('button', name, text);
  b.type = 'button';
  b.onclick = act;
  return b;
}
/* Writing only what differs keeps the focus where it is and screen readers quiet. */
function put(id, text) { if ($(id).textContent !== text) $(id).textContent = text; }

/* --- colours: any brand colour becomes readable ----------------------------- */

const rgb = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
function light(color) {
  const [r, g, b] = color.map((v) => (v /= 255) > 0.04045 ? ((v + 0.055) / 1.055) ** 2.4 : v / 12.92);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
}
function paint() {
  const dark = theme === 'dark' || (theme === 'auto' && night.matches);
  const color = /^#[0-9a-f]{6}$/i.test(brand.color) ? brand.color : '#2455d6';
  const ground = dark ? light(rgb('#22262e')) : light(rgb('#f2f4f7'));
  let accent = rgb(color);
  while ((dark ? light(accent) / ground : ground / light(accent)) < 4.6)
    accent = accent.map((v) => dark ? v + (255 - v) / 9 : v * 0.9);
  html.classList.toggle('dark', dark);
  html.style.setProperty('--brand', color);
  html.style.setProperty('--ink', light(rgb(color)) > 0.2333 ? '#000' : '#fff');
  html.style.setProperty('--accent', `rgb(${accent.map(Math.round)})`);
}
const night = matchMedia('(prefers-color-scheme: dark)');
night.onchange = paint;

/* --- language ---------------------------------------------------------------- */

async function speak(tag) {
  const file = (l) => document.querySelector(`link[hreflang="${CSS.escape(l)}"]`);
  const lang = file(tag.slice(0, 2)) ? tag.slice(0, 2) : 'en';
  words = await (await fetch(file(lang).href)).json();
  try { [locale] = Intl.getCanonicalLocales(lang === tag.slice(0, 2) ? tag : 'en'); } catch { locale = lang; }
  html.lang = lang;
  html.dir = words.dir;
  for (const e of document.querySelectorAll('[data-text]')) e.textContent = say(e.dataset.text);
  for (const e of document.querySelectorAll('[data-label]')) e.setAttribute('aria-label', say(e.dataset.label));
  $('text').placeholder = say('write');
  nodes.clear();
  $('log').replaceChildren();
  draw();
}

/* --- where we are ------------------------------------------------------------ */

const conv = () => view.conv && session.convs.get(view.conv);
const here = (o) => (view.conv ? o.conv === view.conv : view.root && o.root === view.root && !o.conv);
const name = () => brand.bot || brand.name || '';

function go(next) {
  view = next;
  nodes.clear();
  $('log').replaceChildren();
  $('log').setAttribute('aria-live', 'off');   /* history is not read out, what comes after is */
  setTimeout(() => $('log').setAttribute('aria-live', 'polite'), 1000);
  const c = conv();
  if (c && !c.entries.length) session.history(c);
  aim();
}
/* A phone's keyboard should not jump up over what the visitor came to read. */
function aim() { aimed = true; draw(); }
function focus() {
  aimed = false;
  if (!shown) return;
  const fine = matchMedia('(pointer: fine)').matches;
  if (view.name === 'home') $('start').focus();
  else if (!$('prechat').hidden) $('prechat').querySelector('input').focus();
  else if (fine || !view.conv) $('text').focus();
  else $('title').focus();
}

/* --- drawing ----------------------------------------------------------------- */

function draw() {
  if (queued || !words.dir) return;
  queued = true;
  setTimeout(() => {
    queued = false;
    if (view.conv && session.welcomed && !conv()) view = { name: 'home' };
    document.body.hidden = false;
    drawHead();
    drawNotice();
    $('home').hidden = view.name !== 'home';
    $('talk').hidden = view.name === 'home';
    if (view.name === 'home') drawHome();
    else drawTalk();
    tell({ t: 'unread', n: session.unread(), label: [brand.name, say('launcher'),
      session.unread() && say('unread', { n: session.unread() })].filter(Boolean).join(', ') });
    if (aimed) focus();
  });
}

function drawHead() {
  const c = conv();
  const people = c && c.handler === 'human';
  put('title', view.name === 'home' ? brand.name || name() : c ? c.subject || c.last : say('fresh'));
  put('sub', view.name === 'home' ? '' : c ? word('status', c.status, 'open') : '');
  $('back').hidden = view.name === 'home' || !session.convs.size;
  $('close').hidden = !port;
  put('who', people && c.assignee ? say('helping', { name: c.assignee })
    : people || (c && c.asked) ? say('asked') : say('bot', { bot: name() }));
  put('person', say(people || (c && c.asked) ? 'person_asked' : 'person'));
  $('person').toggleAttribute('aria-disabled', Boolean(people || (c && c.asked)));
  if ($('person').hasAttribute('aria-disabled')) $('person').setAttribute('aria-disabled', 'true');
}

let slow = false;
function drawNotice() {
  const s = session.state;
  if (s === 'connecting' && !slow) setTimeout(() => { slow = true; draw(); }, 1500);
  const text = s === 'online' || (s === 'connecting' && !slow) ? '' : say('state_' + s);
  $('notice').hidden = !text;
  if ($('notice').dataset.state === s && text) return;
  $('notice').dataset.state = text && s;
  $('notice').replaceChildren(text);
  if (['replaced', 'broken', 'ended'].includes(s))
    $('notice').append(press('', say('reconnect'), () => { session.broken = 0; session.connect(); }));
}

function away() {
  const a = session.away;
  return a ? a.text + (a.until ? ' ' + say('until', { time: when(a.until, { weekday: 'long', ...CLOCK }) }) : '') : '';
}

function drawHome() {
  put('greeting', brand.greeting || say('hello'));
  for (const e of document.querySelectorAll('.away')) e.textContent = away();
  const rows = session.list().map((c) => {
    const row = press('row', '', () => go({ name: 'talk', conv: c.conv }));
    const title = make('b', '', c.subject || c.last);
    const last = make('span', 'last', c.last);
    title.dir = last.dir = 'auto';
    row.append(title, make('time', '', time(c.ts)), last);
    if (c.unread) {
      const count = make('span', 'count', c.unread);
      count.setAttribute('aria-label', say('unread', { n: c.unread }));
      count.setAttribute('role', 'img');
      row.append(count);
    }
    row.append(make('span', 'state ' + c.status, word('status', c.status, 'open')));
    row.dataset.conv = c.conv;
    const li = make('li');
    li.append(row);
    return li;
  });
  const focused = document.activeElement?.dataset.conv;
  $('list').replaceChildren(...rows);
  if (focused) $('list').querySelector(`[data-conv="${CSS.escape(focused)}"]`)?.focus();
}

/* A keyed node: made once, then only updated, so that the live region speaks each line once. */
function keyed(key, create) {
  if (!nodes.has(key)) nodes.set(key, create());
  return nodes.get(key);
}

function bubble(m) {
  const mine = m.from === 'me';
  const e = make('div', 'msg ' + (mine ? 'me' : 'them'));
  const who = make('span', 'name');
  who.append(make('bdi', '', mine ? say('you') : m.name || name()));
  if (m.from === 'assistant') who.append(make('em', '', say('assistant')));
  const body = make('div', 'body');
  body.dir = 'auto';
  drawText(body, m.text, mine);
  if (m.cites && m.cites.length) {
    const cites = make('ul', 'cites');
    cites.setAttribute('aria-label', say('sources'));
    m.cites.forEach((x, i) => {
      const li = make('li', '', `[${i + 1}] `);
      li.append((x.url && link(x.title, new URL(x.url, location.href))) || x.title);
      cites.append(li);
    });
    body.append(cites);
  }
  e.append(who, body, make('div', 'meta'));
  return e;
}

/* Below a bubble: its time, and for the visitor's own what became of it. */
function meta(e, m, last, read) {
  let text = m.ts ? when(m.ts, CLOCK) : '';
  if (m.o && m.o.failed) text = say('failed') + ' ' + word('err', m.o.failed, 'other');
  else if (m.o) text = say(session.state === 'offline' ? 'waiting' : 'sending');
  else if (last && m.from === 'me') text += ' · ' + say(read >= m.seq ? 'seen' : 'sent');
  const box = e.lastChild;
  e.classList.toggle('bad', Boolean(m.o && m.o.failed));
  box.hidden = !m.end && !m.o && !(last && m.from === 'me');
  if (box.dataset.text === text) return;
  box.dataset.text = text;
  box.replaceChildren(text);
  if (m.o && m.o.failed && m.o.failed !== 'too_large')
    box.append(press('retry', say('retry'), () => session.retry(m.o)));
}

/* The lines of a conversation, oldest first: greeting, entries, what is acknowledged, what is not. */
function lines(c) {
  const out = [];
  const own = (o) => ({ t: 'msg', from: 'me', cid: o.cid, text: o.text, ts: o.ts, seq: o.seq });
  if (!c || !c.from)
    out.push({ t: 'msg', key: 'hello', from: 'assistant', name: name(), text: brand.greeting || say('hello') });
  if (c) out.push(...c.entries, ...c.sent.map(own));
  for (const o of session.outbox) if (here(o)) out.push({ ...own(o), o });
  return out;
}

/* What a change of state means to the visitor; nothing if it is not known what was before. */
function event(m, before) {
  if (m.assignee && m.handler === 'human' && (!before || before.assignee !== m.assignee))
    return say('joined', { name: m.assignee });
  const was = before ? before.status : m.seq <= 2 ? 'open' : m.status;
  return was === m.status ? '' : say('became', { status: word('status', m.status, 'open') });
}

function drawTalk() {
  const c = conv();
  const log = $('log');
  const bottom = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
  const height = log.scrollHeight;
  const all = lines(c);
  const show = [];
  let previous, state, date;
  if (c && c.from) show.push(keyed('older', () => press('older', say('older'), () => session.history(conv()))));
  const lastMine = all.findLast((m) => m.from === 'me');
  all.forEach((m, i) => {
    if (m.ts && day(m.ts) !== date) {
      date = day(m.ts);
      show.push(keyed('day ' + date, () => make('div', 'day', when(m.ts, DAY))));
      previous = null;
    }
    if (m.t === 'conv') {
      const text = event(m, state);
      state = m;
      if (text) show.push(keyed('event ' + m.seq, () => make('div', 'event', text)));
      if (text) previous = null;
      return;
    }
    const e = keyed(m.key || m.cid || m.seq, () => bubble(m));
    const next = all.slice(i + 1).find((x) => x.t === 'msg');
    const joins = (a, b) => a && b && a.from === b.from && a.name === b.name && Math.abs(a.ts - b.ts) < GROUP_MS;
    const first = !joins(previous, m);
    m.end = !joins(m, next);
    e.classList.toggle('first', first);
    e.firstChild.classList.toggle('quiet', !first || m.from === 'me');
    meta(e, m, m === lastMine, c ? c.read : 0);
    show.push(e);
    previous = m;
  });
  if (c && c.typing) show.push(typing(c.typing.who));
  show.forEach((e, i) => { if (log.children[i] !== e) log.insertBefore(e, log.children[i] || null); });
  while (log.children.length > show.length) log.lastChild.remove();
  if (bottom) log.scrollTop = log.scrollHeight;
  else if (show[0] !== log.dataset.top && log.scrollTop < 40) log.scrollTop += log.scrollHeight - height;
  drawChoices(all);
  drawPrechat();
  if (c && shown && bottom && !document.hidden) session.seen(c);
}

function typing(who) {
  return keyed('typing ' + who, () => {
    const e = make('div', 'msg them first');
    const dots = make('div', 'body dots');
    dots.append(make('i'), make('i'), make('i'));
    e.append(make('span', 'quiet', say('typing', { name: who })), dots);
    return e;
  });
}

function drawChoices(all) {
  const last = all.at(-1);
  const choices = (last && last.choices) || [];
  const box = $('choices');
  if (box.dataset.of === choices.join('\n')) return;
  box.dataset.of = choices.join('\n');
  box.replaceChildren(...choices.map((text) => {
    const b = press('', text, () => { send(text); aim(); });
    b.dir = 'auto';
    return b;
  }));
}

/* --- questions before the first message --------------------------------------- */

function open() {
  return session.prechat.filter((f) => !(f.id in answered) &&
    !(f.id === 'name' && session.me.name) && !(f.type === 'email' && session.me.email));
}
function drawPrechat() {
  const ask = view.conv || view.root ? [] : open();
  const form = $('prechat');
  const ids = ask.map((f) => f.id).join();
  form.hidden = !ask.length;
  $('composer').hidden = ask.length > 0;
  if (!ask.length || form.dataset.of === ids + locale) return;
  form.dataset.of = ids + locale;
  form.replaceChildren();
  for (const f of ask) {
    const label = make('label', '', f.label);
    const input = make('input');
    const error = make('p');
    label.htmlFor = input.id = 'ask-' + f.id;
    error.id = input.id + '-error';
    Object.assign(input, { type: f.type, name: f.id, required: f.required, maxLength: f.type === 'email' ? 254 : 120,
      autocomplete: f.type === 'email' ? 'email' : f.id === 'name' ? 'name' : 'on' });
    input.setAttribute('aria-describedby', error.id);
    form.append(label, input, error);
  }
  const go = make('button', 'big', say('continue'));
  form.append(go);
}
$('prechat').onsubmit = (e) => {
  e.preventDefault();
  const inputs = [...$('prechat').querySelectorAll('input')];
  for (const i of inputs) {
    i.setAttribute('aria-invalid', String(!i.validity.valid));
    i.nextSibling.textContent = i.validity.valid ? '' : say(i.value ? 'email' : 'required');
  }
  const wrong = inputs.find((i) => !i.validity.valid);
  if (wrong) return wrong.focus();
  const who = {};
  const rest = {};
  for (const i of inputs) {
    const value = i.value.trim();
    answered[i.name] = value;
    if (value) (i.type === 'email' ? who : i.name === 'name' ? who : rest)[i.type === 'email' ? 'email' : i.name] = value;
  }
  if (who.name || who.email) session.request({ t: 'who', ...who });
  if (Object.keys(rest).length) session.request({ t: 'attrs', a: rest });
  aim();
};

/* --- what the visitor does ------------------------------------------------------ */

const length = (text) => [...text].length;

function send(text, person) {
  const o = session.say(text, view.conv, view.root, person);
  if (!view.conv) view.root = o.root;
  $('log').scrollTop = $('log').scrollHeight;
  draw();
}

function grow() {
  const t = $('text');
  t.style.height = 'auto';
  t.style.height = t.scrollHeight + 2 + 'px';
  const over = length(t.value) - session.limits.text;
  put('count', over > 0 ? say('over', { n: over }) : '');
}

$('composer').onsubmit = (e) => {
  e.preventDefault();
  const text = clean($('text').value);
  if (!text.trim() || length(text) > session.limits.text) return $('text').focus();
  $('text').value = '';
  grow();
  send(text);
  $('text').focus();
};
$('text').oninput = () => {
  grow();
  if (conv() && $('text').value) session.typing(conv());
};
$('text').onkeydown = (e) => {
  if (e.key !== 'Enter' || e.shiftKey || e.isComposing) return;
  e.preventDefault();
  $('composer').requestSubmit();
};

/* A person is always one press away: in the newest live conversation, or in a new one. */
$('person').onclick = () => {
  if ($('person').hasAttribute('aria-disabled')) return;
  if (view.name === 'home') {
    const live = session.list().find((c) => !['resolved', 'closed'].includes(c.status));
    go(live ? { name: 'talk', conv: live.conv } : { name: 'talk' });
  }
  if (!view.conv) return send(say('person_text'), true);
  if (!conv().asked && conv().handler !== 'human') session.person(view.conv);
  draw();
};
$('start').onclick = () => go({ name: 'talk' });
$('back').onclick = () => {
  const from = view.conv;
  go({ name: 'home' });
  setTimeout(() => (from && $('list').querySelector(`[data-conv="${CSS.escape(from)}"]`) || $('start')).focus(), 20);
};
$('close').onclick = () => tell({ t: 'close' });
$('log').onscroll = () => {
  const log = $('log');
  if (conv() && shown && log.scrollHeight - log.scrollTop - log.clientHeight < 60) session.seen(conv());
};
addEventListener('keydown', (e) => { if (e.key === 'Escape' && !e.isComposing) tell({ t: 'close' }); });
addEventListener('resize', () => {
  if (view.name === 'talk') $('log').scrollTop = $('log').scrollHeight;
});
document.addEventListener('visibilitychange', () => draw());

/* What the customer's page may ask for, through the loader. */
const CALLS = {
  setLocale: speak,
  setTheme(name) { theme = name; paint(); },
  setAttributes(a) { session.request({ t: 'attrs', a }); },
  identify(jwt) { if (session.features.has('identify_jwt')) session.request({ t: 'identify', jwt }); },
  logout() { session.request({ t: 'logout' }); },
  newMessage(text) {
    go({ name: 'talk' });
    if (text) { $('text').value = text; grow(); }
  },
  showTicket(id) { if (session.convs.has(id)) go({ name: 'talk', conv: id }); },
};

/* --- start ------------------------------------------------------------------------ */

async function start(init, keep) {
  theme = init.theme || theme;
  shown = init.open !== false;
  paint();
  if (brand.logo) {
    const img = make('img');
    img.alt = '';
    img.src = brand.logo;
    $('logo').append(img);
  } else {
    put('logo', [...(brand.name || name())][0] || '');
  }
  const tag = String(init.lang || navigator.language).slice(0, 35);
  session = new Session(config.key, keep, { ...init, lang: tag });
  const draft = session.outbox.find((o) => !o.conv);
  if (draft) view = { name: 'talk', root: draft.root };
  let settled = false;
  session.changed = () => {
    /* Who has never written goes straight to the first message. */
    if (!settled && session.welcomed) {
      settled = true;
      if (view.name === 'home' && !session.convs.size) go({ name: 'talk' });
      else aim();
    }
    const c = conv();
    if (c && !c.entries.length && !c.syncing && c.head) session.history(c);
    draw();
  };
  session.moved = (from, to) => {
    if ((view.conv || view.root) === from && from !== to) view = { name: 'talk', conv: to };
  };
  session.said = (m) => tell({ t: 'event', name: 'message', detail: { conv: m.conv, from: m.from, name: m.name } });
  session.failed = (code) => tell({ t: 'event', name: 'error', detail: { code } });
  session.connect();
  for (let wait = 500; !words.dir; wait *= 2) {
    try { await speak(tag); } catch { await new Promise((done) => setTimeout(done, wait)); }
  }
}

function heard(m) {
  if (m.t === 'init') {
    start(m, {
      tok: (tok) => tell({ t: 'tok', tok }),
      put: (o) => tell({ t: 'keep', cid: o.cid, value: pack({ ...o, due: 0, tried: 0 }) }),
      drop: (cid) => tell({ t: 'keep', cid }),
    });
  } else if (m.t === 'open') {
    shown = m.on;
    aim();
  } else if (m.t === 'call' && Object.hasOwn(CALLS, m.name)) {
    CALLS[m.name](...m.args);
  }
}

/* A page of its own keeps its token itself; in a frame the loader hands over one port, once. */
if (parent === window) {
  const key = 'dh:' + config.key;
  const keep = (k, v) => {
    try { if (v == null) localStorage.removeItem(k); else localStorage.setItem(k, v); } catch { /* blocked */ }
  };
  const init = { out: [], lang: config.lang };
  try {
    init.tok = localStorage.getItem(key) || undefined;
    for (const k of Object.keys(localStorage))
      if (k.startsWith(key + ':')) init.out.push(JSON.parse(localStorage.getItem(k)));
  } catch { /* blocked */ }
  start(init, {
    tok: (tok) => keep(key, tok),
    put: (o) => keep(key + ':' + o.cid, pack({ ...o, due: 0, tried: 0 })),
    drop: (cid) => keep(key + ':' + cid),
  });
} else {
  addEventListener('message', function once(e) {
    if (e.source !== parent || e.data !== 'deskhand' || !e.ports[0]) return;
    removeEventListener('message', once);
    [port] = e.ports;
    port.onmessage = (m) => heard(m.data);
  });
}
