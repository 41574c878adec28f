/* Text of people and models as page nodes: a small part of Markdown, and never markup.
   Nothing here parses HTML, and no address but http, https and mailto becomes a link. */
'use strict';

const INLINE = new RegExp([
  '`([^`\\n]{1,500})`',
  '\\*\\*(\\S(?:[^*\\n]{0,500}\\S)?)\\*\\*',
  '\\*(\\S(?:[^*\\n]{0,500}\\S)?)\\*',
  '\\[([^\\]\\n]{1,300})\\]\\(([^()\\s]{1,1000})\\)',
  '(https?://[^\\s<>"]{1,1000})',
].join('|'), 'g');

function link(label, address) {
  let url;
  try { url = new URL(address); } catch { return null; }
  if (!['http:', 'https:', 'mailto:'].includes(url.protocol)) return null;
  const a = document.createElement('a');
  a.href = url.href;
  a.target = '_blank';
  a.rel = 'noopener noreferrer nofollow';
  a.textContent = label;
  return a;
}

function element(tag, text) {
  const e = document.createElement(tag);
  e.textContent = text;
  return e;
}

function inline(parent, text, plain) {
  let done = 0;
  for (const m of text.matchAll(INLINE)) {
    const [all, code, bold, italic, label, address] = m;
    let bare = m[6];
    let node = null;
    if (bare) {
      bare = bare.replace(/[.,;:!?)\]'*]+$/, '');
      node = link(bare, bare);
    } else if (plain) {
      continue;
    } else if (code) {
      node = element('code', code);
    } else if (bold) {
      node = element('strong', bold);
    } else if (italic) {
      node = element('em', italic);
    } else {
      node = link(label, address);
    }
    if (!node) continue;
    parent.append(text.slice(done, m.index), node);
    done = m.index + (bare || all).length;
  }
  parent.append(text.slice(done));
}

/* Draws `text` into `parent`; `plain` keeps everything but links as it was typed. */
function drawText(parent, text, plain) {
  let list = null;
  let para = null;
  let code = null;
  for (const line of text.split('\n')) {
    const fence = !plain && line.startsWith('```');
    const item = plain ? null : /^\s{0,3}(?:[-*•]|(\d{1,3})[.)])\s+(.*)$/.exec(line);
    if (code) {
      if (fence) code = null;
      else code.textContent += line + '\n';
    } else if (fence) {
      code = element('pre', '');
      code.dir = 'ltr';
      parent.append(code);
      list = para = null;
    } else if (item) {
      const tag = item[1] ? 'OL' : 'UL';
      if (!list || list.tagName !== tag) {
        list = element(tag, '');
        if (item[1]) list.start = Number(item[1]);
        parent.append(list);
      }
      inline(list.appendChild(element('li', '')), item[2]);
      para = null;
    } else if (!line.trim()) {
      list = para = null;
    } else {
      const heading = plain ? null : /^#{1,6}\s+(.*)$/.exec(line);
      if (para) para.append(document.createElement('br'));
      else parent.append(para = element('p', ''));
      if (heading) para.append(element('strong', heading[1]));
      else inline(para, line, plain);
      list = null;
    }
  }
}
