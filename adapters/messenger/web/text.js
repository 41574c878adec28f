/* Text of people and models as page nodes: a small part of Markdown, never markup. No HTML is parsed,
   and no address but http, https and mailto becomes a link. */
'use strict';

const h = (tag, props, ...kids) => {
  const e = Object.assign(document.createElement(tag), props);
  e.append(...kids);
  return e;
};

const MARKS = new RegExp([
  '`([^`]{1,500})`',
  '\\*\\*(\\S(?:[^*]{0,500}\\S)?)\\*\\*',
  '\\*(\\S(?:[^*]{0,500}\\S)?)\\*',
  '\\[([^\\]]{1,300})\\]\\(([^()\\s]{1,1000})\\)',
  '(https?://[^\\s<>"]{0,1000}[^\\s<>".,;:!?)\\]\'*])',
].join('|'), 'g');

function link(label, address) {
  try {
    const url = new URL(address);
    if (!/^(https?|mailto):$/.test(url.protocol)) return label;
    return h('a', { href: url.href, target: '_blank', rel: 'noopener noreferrer nofollow' }, label);
  } catch { return label; }
}

function inline(text, plain) {
  const out = [];
  let done = 0;
  for (const m of text.matchAll(MARKS)) {
    const [all, code, bold, italic, label, address, bare] = m;
    if (plain && !bare) continue;
    out.push(text.slice(done, m.index), bare ? link(bare, bare) : label ? link(label, address)
      : h(code ? 'code' : bold ? 'strong' : 'em', {}, code || bold || italic));
    done = m.index + all.length;
  }
  return [...out, text.slice(done)];
}

/* Draws `text` into `parent`; `plain` keeps all but links as it was typed. */
function drawText(parent, text, plain) {
  let block, code;   /* the paragraph or list that the next line may continue; an open fence */
  for (const line of text.split('\n')) {
    const [, number, item] = (!plain && /^ {0,3}(?:[-*•]|(\d{1,3})[.)]) +(.*)/.exec(line)) || [];
    if (!plain && line.startsWith('```')) {
      block = null;
      code = code ? null : parent.appendChild(h('pre', { dir: 'ltr' }));
    } else if (code) {
      code.append(line + '\n');
    } else if (item !== undefined) {
      const tag = number ? 'OL' : 'UL';
      if (block?.tagName !== tag) parent.append(block = h(tag, number ? { start: number } : {}));
      block.append(h('li', {}, ...inline(item)));
    } else if (!line.trim()) {
      block = null;
    } else {
      const title = !plain && /^#{1,6} +(.*)/.exec(line);
      if (block?.tagName === 'P') block.append(h('br'));
      else parent.append(block = h('p'));
      block.append(...(title ? [h('strong', {}, title[1])] : inline(line, plain)));
    }
  }
}
