/* The launcher in a customer's page: one button, a frame on first use, and the visitor's token in this
   page's own storage. It never sees a message. The desk appends the settings as this function's argument. */
(function (config) {
  'use strict';
  const before = window.Deskhand;
  if (before?.destroy) return;

  const CSS = `
:host{all:initial!important;position:fixed!important;z-index:2147483000!important}
button,iframe{position:fixed;bottom:20px;border:0;padding:0;transition:.18s}
button{width:56px;height:56px;border-radius:50%;cursor:pointer;background:var(--c);color:var(--i);
box-shadow:0 4px 16px #0004,0 0 0 1px #fff6}
button:focus-visible{outline:3px solid var(--c);outline-offset:3px;box-shadow:0 0 0 3px #fff}
svg{width:28px;display:block;margin:auto;fill:none;stroke:currentColor;stroke-width:2;
stroke-linecap:round;stroke-linejoin:round}
b{position:absolute;top:-4px;right:-4px;min-width:22px;padding:0 6px;box-sizing:border-box;
border-radius:11px;background:#c81e1e;color:#fff;font:600 13px/22px system-ui;box-shadow:0 0 0 2px #fff}
iframe{bottom:92px;width:400px;height:min(700px,100dvh - 112px);
border-radius:16px;box-shadow:0 12px 48px #0005,0 0 0 1px #0002;background:Canvas;visibility:hidden;opacity:0}
.open iframe{visibility:visible;opacity:1}
.right>*{right:20px}.left>*{left:20px}
.away button,b:empty{display:none}
@media(max-width:520px){.open button{display:none}
iframe{inset:0;width:100%;height:100dvh;border-radius:0}}
@media(prefers-reduced-motion){*{transition:none!important}}
@media print{:host{display:none!important}}`;

  const brand = config.brand || {};
  const key = 'dh:' + config.key;
  const listeners = {};
  const waiting = [];
  let { lang } = config;
  let theme, frame, port;
  let open = false;
  let unread = 0;

  /* Storage may be full, blocked or absent: the messenger then lasts as long as the page. */
  function stored() {
    const found = { out: [] };
    try {
      found.tok = localStorage[key];
      for (const name of Object.keys(localStorage))
        if (name.startsWith(key + ':')) found.out.push(JSON.parse(localStorage[name]));
    } catch { /* nothing was kept */ }
    return found;
  }

  const host = document.createElement('deskhand-messenger');
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(CSS);
  root.adoptedStyleSheets = [sheet];
  const box = document.createElement('div');
  const button = document.createElement('button');
  const badge = document.createElement('b');
  const svg = (tag) => document.createElementNS('http://www.w3.org/2000/svg', tag);
  const icon = svg('svg');
  const path = svg('path');
  const color = /^#[0-9a-f]{6}$/i.test(brand.color) ? brand.color : '#2455d6';
  const light = [1, 3, 5].reduce((sum, at, i) =>
    sum + [0.21, 0.72, 0.07][i] * (parseInt(color.slice(at, at + 2), 16) / 255) ** 2.2, 0);
  icon.setAttribute('viewBox', '0 0 24 24');
  icon.append(path);
  button.append(icon, badge);
  button.onclick = () => api.toggle();
  box.className = brand.position === 'left' ? 'left' : 'right';
  box.style.setProperty('--c', color);
  box.style.setProperty('--i', light > 0.18 ? '#000' : '#fff');
  box.append(button);
  root.append(box);

  let label = (brand.name || '') + ' Chat';   /* the frame knows it in the visitor's language */
  function paint() {
    button.ariaLabel = label;
    button.ariaExpanded = String(open);
    badge.textContent = unread && !open ? unread : '';
    path.setAttribute('d', open ? 'M6 9l6 6 6-6'
      : 'M21 11.5a8.4 8.4 0 0 1-12 7.6l-5.5 1.4 1.4-5A8.4 8.4 0 1 1 21 11.5zM8.5 11.5h0M12.5 11.5h0M16.5 11.5h0');
    box.classList.toggle('open', open);
    fit();
  }

  /* On a phone the frame fills what the keyboard leaves. */
  const view = window.visualViewport;
  function fit() {
    const full = view && open && matchMedia('(max-width:520px)').matches;
    if (!frame) return;
    frame.style.cssText = full ? `height:${view.height}px;top:${view.offsetTop}px` : '';
  }

  const tell = (...call) => (port ? port.postMessage(call) : waiting.push(call));
  const emit = (name, detail) => {
    for (const fn of listeners[name] || []) queueMicrotask(() => fn(detail));
  };

  /* One message between the windows hands over a port, to the desk's exact origin; the rest takes the port. */
  function start() {
    if (frame) return;
    frame = document.createElement('iframe');
    frame.title = label;
    frame.setAttribute('sandbox', 'allow-scripts allow-same-origin allow-forms allow-popups ' +
      'allow-popups-to-escape-sandbox allow-downloads');
    frame.src = config.base + config.frame;
    frame.onload = () => {
      const channel = new MessageChannel();
      port = channel.port1;
      port.onmessage = (e) => heard[e.data[0]](...e.data.slice(1));
      frame.contentWindow.postMessage('deskhand', new URL(config.base).origin, [channel.port2]);
      tell('init', { ...stored(), lang, theme, open,
        page: { url: location.origin + location.pathname, title: document.title } });
      waiting.splice(0).forEach((call) => tell(...call));
    };
    box.prepend(frame);
  }

  const api = {
    open() {
      if (open) return;
      start();
      open = true;
      paint();
      tell('open', true);
      frame.focus();
      emit('open');
    },
    close() {
      if (!open) return;
      open = false;
      paint();
      tell('open', false);
      button.focus();
      emit('close');
    },
    toggle: () => api[open ? 'close' : 'open'](),
    show: () => box.classList.remove('away'),
    hide() { api.close(); box.classList.add('away'); },
    setLocale(tag) { lang = tag; tell('setLocale', tag); },
    setTheme(name) { theme = name; tell('setTheme', name); },
    setAttributes: (a) => tell('setAttributes', a),
    async identify(proof) { tell('identify', await (proof.call ? proof() : proof)); },
    logout() { if (stored().tok) start(); tell('logout'); },
    newMessage(text) { api.open(); tell('newMessage', text); },
    showTicket(id) { api.open(); tell('showTicket', id); },
    on(name, fn) {
      (listeners[name] ||= new Set()).add(fn);
      return () => listeners[name].delete(fn);
    },
    destroy() { host.remove(); delete window.Deskhand; },
  };
  const heard = {
    keep(name, value) {
      try {
        if (value) localStorage[key + name] = value;
        else localStorage.removeItem(key + name);
      } catch { /* nothing to keep it in */ }
    },
    close: api.close,
    unread(n, name) {
      if (n !== unread) emit('unread', n);
      unread = n;
      label = name;
      paint();
    },
    emit,
  };

  view?.addEventListener('resize', fit);
  view?.addEventListener('scroll', fit);
  host.onkeydown = (e) => { if (e.key === 'Escape') api.close(); };
  paint();
  window.Deskhand = Object.assign((name, ...args) => api[name](...args), api);
  (document.body || document.documentElement).append(host);
  for (const call of before?.q || []) window.Deskhand(...call);
  /* Who has written before sees unread answers without opening; for nobody else the frame is loaded. */
  if (stored().tok) setTimeout(start, 1500);
  emit('ready');
})
