/* The messenger's launcher in a customer's page. It draws one button, opens the frame on first use,
   and keeps the visitor's token in this page's own storage. It never sees a message.
   The desk appends the client's settings as the argument of this function. */
(function (config) {
  'use strict';
  const before = window.Deskhand;
  if (before && before.destroy) return; /* a page that names the script twice gets one messenger */

  const SANDBOX = 'allow-scripts allow-same-origin allow-forms allow-popups ' +
    'allow-popups-to-escape-sandbox allow-downloads';
  const LABELS = { en: 'Chat with us', de: 'Chat mit uns', ar: 'تحدّث معنا' };
  const CSS = `
:host{all:initial!important;position:fixed!important;z-index:2147483000!important;inset:auto 0 0 auto!important}
button,iframe{position:fixed;bottom:20px;border:0;margin:0;padding:0}
button{width:56px;height:56px;border-radius:50%;cursor:pointer;background:var(--c);color:var(--i);
box-shadow:0 4px 16px #0004,0 0 0 1px #fff6;transition:transform .15s}
button:hover{transform:scale(1.06)}
button:focus-visible{outline:3px solid var(--c);outline-offset:3px;box-shadow:0 0 0 3px #fff}
svg{width:28px;height:28px;display:block;margin:auto;fill:none;stroke:currentColor;stroke-width:2;
stroke-linecap:round;stroke-linejoin:round}
b{position:absolute;top:-4px;inset-inline-end:-4px;min-width:22px;height:22px;padding:0 6px;box-sizing:border-box;
border-radius:11px;background:#c81e1e;color:#fff;font:600 13px/22px system-ui,sans-serif;box-shadow:0 0 0 2px #fff}
iframe{bottom:92px;width:400px;max-width:calc(100vw - 40px);height:min(700px,calc(100dvh - 112px));
border-radius:16px;box-shadow:0 12px 48px #0005,0 0 0 1px #0002;background:Canvas;color-scheme:light dark;
visibility:hidden;opacity:0;transform:translateY(12px);transition:opacity .18s,transform .18s,visibility 0s .18s}
.open iframe{visibility:visible;opacity:1;transform:none;transition-delay:0s}
.right>*{right:20px}.left>*{left:20px}
.away button,b:empty{display:none}
@media(max-width:520px){.open button{display:none}
iframe{inset:0;width:100%;max-width:none;height:100dvh;border-radius:0;box-shadow:none}}
@media(prefers-reduced-motion:reduce){*{transition:none!important;transform:none!important}}
@media(forced-colors:active){button,iframe{border:2px solid ButtonText}}
@media print{:host{display:none!important}}`;

  const brand = config.brand || {};
  const origin = new URL(config.base).origin;
  const key = 'dh:' + config.key;
  const listeners = {};
  const waiting = [];
  const phone = matchMedia('(max-width:520px)');
  let lang = config.lang || navigator.language || 'en';
  let theme = 'auto';
  let open = false;
  let unread = 0;
  let frame, port, scroll;

  /* Storage may be full, blocked or absent: the messenger then lasts as long as the page. */
  function keep(name, value) {
    try {
      if (value == null) localStorage.removeItem(name);
      else localStorage.setItem(name, value);
    } catch { /* nothing to keep it in */ }
  }
  function kept() {
    const found = { out: [] };
    try {
      found.tok = localStorage.getItem(key) || undefined;
      for (const name of Object.keys(localStorage))
        if (name.startsWith(key + ':')) found.out.push(JSON.parse(localStorage.getItem(name)));
    } catch { /* as above */ }
    return found;
  }

  /* White or black, whichever can be read on the client's colour. */
  function ink(color) {
    const n = parseInt(color.slice(1), 16);
    const [r, g, b] = [n >> 16, n >> 8, n].map((v) => {
      const x = (v & 255) / 255;
      return x > 0.04045 ? ((x + 0.055) / 1.055) ** 2.4 : x / 12.92;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.1833 ? '#000' : '#fff';
  }

  const host = document.createElement('deskhand-messenger');
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(CSS);
  root.adoptedStyleSheets = [sheet];
  const box = document.createElement('div');
  const button = document.createElement('button');
  const badge = document.createElement('b');
  const color = /^#[0-9a-f]{6}$/i.test(brand.color) ? brand.color : '#2455d6';
  const svg = (tag) => document.createElementNS('http://www.w3.org/2000/svg', tag);
  const icon = svg('svg');
  const path = svg('path');
  icon.append(path);
  icon.setAttribute('viewBox', '0 0 24 24');
  icon.setAttribute('aria-hidden', 'true');
  badge.setAttribute('aria-hidden', 'true');
  button.type = 'button';
  button.append(icon, badge);
  button.onclick = () => api.toggle();
  box.className = brand.position === 'left' ? 'left' : 'right';
  box.style.setProperty('--c', color);
  box.style.setProperty('--i', ink(color));
  box.append(button);
  root.append(box);

  let label = brand.name ? brand.name + ': ' : '';
  label += LABELS[lang.slice(0, 2)] || LABELS.en;
  function paint(name) {
    button.setAttribute('aria-label', name || label);
    button.setAttribute('aria-expanded', String(open));
    badge.textContent = unread && !open ? (unread > 99 ? '99+' : unread) : '';
    path.setAttribute('d', open ? 'M6 9l6 6 6-6'
      : 'M21 11.5a8.4 8.4 0 0 1-12 7.6L3.5 20.5l1.4-5A8.4 8.4 0 1 1 21 11.5zM8.5 11.5h.01M12.5 11.5h.01M16.5 11.5h.01');
    box.classList.toggle('open', open);
    fit();
  }

  /* On a phone the frame fills what the keyboard leaves, and the page behind it stays put. */
  function fit() {
    const view = window.visualViewport;
    const full = open && phone.matches;
    const page = document.documentElement.style;
    if (full && scroll === undefined) { scroll = page.overflow; page.overflow = 'hidden'; }
    if (!full && scroll !== undefined) { page.overflow = scroll; scroll = undefined; }
    if (!frame) return;
    frame.style.height = full && view ? view.height + 'px' : '';
    frame.style.top = full && view ? view.offsetTop + 'px' : '';
  }

  function tell(message) {
    if (port) port.postMessage(message);
    else waiting.push(message);
  }
  function emit(name, detail) {
    for (const fn of [...(listeners[name] || [])]) {
      try { fn(detail); } catch (e) { setTimeout(() => { throw e; }); }
    }
  }

  /* The one message between windows carries a port, to the desk's exact origin; the rest takes the port. */
  function start() {
    if (frame) return;
    frame = document.createElement('iframe');
    frame.title = label;
    frame.setAttribute('sandbox', SANDBOX);
    frame.src = config.base + config.frame;
    frame.onload = () => {
      const channel = new MessageChannel();
      port = channel.port1;
      port.onmessage = (e) => hear(e.data);
      frame.contentWindow.postMessage('deskhand', origin, [channel.port2]);
      port.postMessage({ t: 'init', ...kept(), lang, theme, open,
        page: { url: location.origin + location.pathname, title: document.title } });
      waiting.splice(0).forEach(tell);
    };
    box.prepend(frame);
  }

  function hear(m) {
    if (m.t === 'tok') keep(key, m.tok);
    else if (m.t === 'keep') keep(key + ':' + m.cid, m.value);
    else if (m.t === 'close') api.close();
    else if (m.t === 'unread') {
      if (m.n !== unread) emit('unread', m.n);
      unread = m.n;
      paint(m.label);
    } else if (m.t === 'event') emit(m.name, m.detail);
  }

  const forward = (name, opens) => (...args) => {
    if (opens) api.open();
    if (name === 'logout' && kept().tok) start();
    tell({ t: 'call', name, args });
  };
  const api = {
    open() {
      if (open) return;
      start();
      open = true;
      unread = 0;
      paint();
      tell({ t: 'open', on: true });
      frame.focus();
      emit('open');
    },
    close() {
      if (!open) return;
      open = false;
      paint();
      tell({ t: 'open', on: false });
      button.focus();
      emit('close');
    },
    toggle: () => (open ? api.close() : api.open()),
    show: () => box.classList.remove('away'),
    hide() { api.close(); box.classList.add('away'); },
    setLocale(tag) { lang = tag; tell({ t: 'call', name: 'setLocale', args: [tag] }); },
    setTheme(name) { theme = name; tell({ t: 'call', name: 'setTheme', args: [name] }); },
    identify: (proof) => Promise.resolve(typeof proof === 'function' ? proof() : proof)
      .then((jwt) => tell({ t: 'call', name: 'identify', args: [jwt] })),
    logout: forward('logout'),
    setAttributes: forward('setAttributes'),
    newMessage: forward('newMessage', true),
    showTicket: forward('showTicket', true),
    on(name, fn) {
      (listeners[name] ||= new Set()).add(fn);
      return () => listeners[name].delete(fn);
    },
    destroy() {
      api.close();
      if (port) port.close();
      phone.onchange = null;
      window.visualViewport?.removeEventListener('resize', fit);
      window.visualViewport?.removeEventListener('scroll', fit);
      host.remove();
      delete window.Deskhand;
    },
  };

  phone.onchange = fit;
  window.visualViewport?.addEventListener('resize', fit);
  window.visualViewport?.addEventListener('scroll', fit);
  host.addEventListener('keydown', (e) => { if (e.key === 'Escape') api.close(); });
  paint();
  window.Deskhand = Object.assign((name, ...args) => api[name](...args), api);
  (document.body || document.documentElement).append(host);
  for (const call of (before && before.q) || []) window.Deskhand(...call);
  /* Who has written before sees an unread mark without opening; nobody else loads the frame. */
  if (kept().tok) setTimeout(start, 1500);
  emit('ready');
})
