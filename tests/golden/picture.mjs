// Pictures of the cards for the README, drawn from the golden files by a small renderer of Slack's
// classic blocks. usage: node picture.mjs [OUT_DIR]; default deploy/pictures. Nothing is fetched.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch } from '../browser/browser.mjs';
import { squeeze } from './squeeze.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] || join(here, '../../deploy/pictures');
const read = (name) => JSON.parse(readFileSync(join(here, `slack_${name}.json`), 'utf8'));

/* ---- words; everything is escaped here and nowhere else ---- */

const escape = (text) => String(text).replace(/[&<>"]/g,
  (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]);
const lines = (text) => escape(text).replace(/\n/g, '<br>');

/* Drawn, because not every machine has a font with coloured signs. */
const SIGNS = {
  warning: '<path d="M8 1 15.5 15H.5Z" fill="#e8a723"/><path d="M8 6v4m0 1.5v1.5" stroke="#fff" stroke-width="1.8"/>',
  lock: '<path d="M4.5 8V5a3.5 3.5 0 0 1 7 0v3" fill="none" stroke="#8a6a1f" stroke-width="1.8"/><rect x="2.5" y="7" width="11" height="8" rx="1.5" fill="#e8a723"/>',
  speech_balloon: '<path d="M1.5 2.5h13v8.5H7l-3.5 3.5V11h-2Z" fill="#dfe7f2" stroke="#5b7aa6"/>',
  outbox_tray: '<path d="M1.5 9h3l1 2h5l1-2h3v5.5h-13Z" fill="#c9d7e8" stroke="#4a6c98"/><path d="M8 8.5V2M5 4.5 8 1.5l3 3" fill="none" stroke="#1264a3" stroke-width="1.8"/>',
  robot_face: '<rect x="2" y="4" width="12" height="10" rx="2" fill="#cfd8dc" stroke="#607d8b"/><path d="M8 4V1" stroke="#607d8b"/><circle cx="5.5" cy="8" r="1.3" fill="#e01e5a"/><circle cx="10.5" cy="8" r="1.3" fill="#e01e5a"/><path d="M5 11.5h6" stroke="#607d8b"/>',
  alarm_clock: '<circle cx="8" cy="9" r="6" fill="#fff" stroke="#c0392b" stroke-width="1.8"/><path d="M8 5.5V9l2.5 1.5" fill="none" stroke="#333"/>',
  memo: '<path d="M3 1h10v14H3Z" fill="#fff" stroke="#888"/><path d="M5 5h6M5 8h6M5 11h4" stroke="#888"/>',
  bell: '<path d="M3 12V7a5 5 0 0 1 10 0v5l1 1H2Z" fill="#e8a723"/><circle cx="8" cy="14" r="1.5" fill="#b07d12"/>',
  bar_chart: '<path d="M2 15V8h3v7m1.5 0V3h3v12m1.5 0V6h3v9" fill="#1264a3"/>',
};
const sign = (name) => (SIGNS[name]
  ? `<svg class="sign" viewBox="0 0 16 16">${SIGNS[name]}</svg>` : escape(`:${name}:`));

/* Only what our own sentences use: bold and signs, with entities undone by escaping first. */
const markup = (text) => escape(text).replace(/&amp;(amp|lt|gt);/g, '&$1;')
  .replace(/\*([^*\n]+)\*/g, '<b>$1</b>').replace(/:([a-z_]+):/g, (_, name) => sign(name))
  .replace(/\n/g, '<br>');
const object = (o) => (o.type === 'mrkdwn' ? markup(o.text) : lines(o.text));

/* ---- rich text ---- */

const day = (seconds) => new Date(seconds * 1000).toISOString().slice(11, 16);
function word(e) {
  if (e.type === 'emoji') return sign(e.name);
  if (e.type === 'date') return `<span class="soft">Today, ${day(e.timestamp)}</span>`;
  if (e.type === 'link') return `<span class="link">${escape(e.text)}</span>`;
  const tag = e.style?.bold ? 'b' : e.style?.italic ? 'i' : 'span';
  return `<${tag}>${lines(e.text)}</${tag}>`;
}
const words = (part) => part.elements.map(word).join('');
const part = {
  rich_text_section: (p) => `<div class="words">${words(p)}</div>`,
  rich_text_quote: (p) => `<blockquote>${words(p)}</blockquote>`,
  rich_text_list: (p) => `<ul>${p.elements.map((e) => `<li>${words(e)}</li>`).join('')}</ul>`,
};

/* ---- blocks ---- */

const choice = (e) => (e.initial_option || { text: e.placeholder }).text.text;
const element = {
  button: (e) => `<span class="button ${e.style || ''}">${escape(e.text.text)}</span>`,
  overflow: () => '<span class="button menu">···</span>',
  static_select: (e) => `<span class="select">${escape(choice(e))}<i></i></span>`,
  plain_text_input: (e) => `<div class="field ${e.multiline ? 'long' : ''}">${lines(e.initial_value || '')}</div>`,
};
const draw = (e) => element[e.type](e);
const block = {
  header: (b) => `<h3>${escape(b.text.text)}</h3>`,
  divider: () => '<hr>',
  section: (b) => `<div class="section"><div>${object(b.text)}</div>${b.accessory ? draw(b.accessory) : ''}</div>`,
  context: (b) => `<div class="context">${b.elements.map(object).join(' ')}</div>`,
  actions: (b) => `<div class="actions">${b.elements.map(draw).join('')}</div>`,
  rich_text: (b) => b.elements.map((p) => part[p.type](p)).join(''),
  input: (b) => `<div class="input"><b>${escape(b.label.text)}</b>${b.optional ? ' <span class="soft">(optional)</span>' : ''}
    ${draw(b.element)}${b.hint ? `<div class="soft">${escape(b.hint.text)}</div>` : ''}</div>`,
};
const blocks = (all) => all.map((b) => `<div class="block">${block[b.type](b)}</div>`).join('');

const message = (name, time) => `<article><div class="face">D</div><div class="body">
  <div class="from"><b>Deskhand</b> <span class="app">APP</span> <span class="soft">${time}</span></div>
  ${blocks(read(name).blocks)}</div></article>`;

function modal(name) {
  const view = read(name);
  return `<section class="modal"><header><div class="face small">D</div><b>${escape(view.title.text)}</b>
    <span class="cross">×</span></header><div class="inside">${blocks(view.blocks)}</div>
    <footer><span class="button">${escape(view.close.text)}</span>
    ${view.submit ? `<span class="button primary">${escape(view.submit.text)}</span>` : ''}</footer></section>`;
}

const thread = (names) => `<div class="thread"><div class="replies"><span>${names.length} replies</span></div>
  ${names.map((name, i) => message(name, `09:1${i}`)).join('')}</div>`;

const STYLE = `
  * { box-sizing: border-box }
  body { margin: 0; background: #fff; color: #1d1c1d; font: 15px/1.46 Lato, "Liberation Sans", Arial, sans-serif }
  main { width: 640px; padding: 14px 18px; overflow-wrap: anywhere }
  article { display: flex; gap: 10px; padding: 4px 0 8px }
  .body { flex: 1; min-width: 0 }
  .face { flex: none; width: 36px; height: 36px; border-radius: 8px; background: #3f51a3; color: #fff; font-weight: 700; display: grid; place-items: center }
  .face.small { width: 28px; height: 28px; border-radius: 6px }
  .from { line-height: 1.2; margin-bottom: 3px }
  .app { background: #e8e8e8; color: #555; font-size: 10px; font-weight: 700; border-radius: 3px; padding: 1px 4px; vertical-align: 1px }
  .soft { color: #616061; font-size: 13px }
  .block { margin: 5px 0 }
  h3 { font-size: 18px; margin: 8px 0 4px }
  hr { border: 0; border-top: 1px solid #ddd; margin: 10px 0 }
  blockquote { margin: 3px 0 8px; padding: 1px 0 1px 12px; border-left: 4px solid #ddd }
  .words { margin: 2px 0 } ul { margin: 4px 0; padding-left: 22px }
  .context { color: #616061; font-size: 13px }
  .section { display: flex; justify-content: space-between; gap: 12px }
  .actions { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 8px }
  .button { border: 1px solid #bbb; border-radius: 8px; padding: 4px 12px; font-size: 14px; font-weight: 700; background: #fff; white-space: nowrap }
  .button.primary { background: #007a5a; border-color: #007a5a; color: #fff }
  .button.danger { border-color: #e01e5a; color: #e01e5a }
  .button.menu { padding: 4px 10px; letter-spacing: 1px }
  .select { border: 1px solid #bbb; border-radius: 8px; padding: 5px 12px; font-size: 14px; display: inline-flex; gap: 14px; align-items: center }
  .select i { border: 4px solid transparent; border-top-color: #555; margin-top: 4px }
  .input { margin: 12px 0 } .input .select { display: flex; justify-content: space-between; margin-top: 5px }
  .field { border: 1px solid #8d8d8d; border-radius: 6px; min-height: 36px; padding: 6px 10px; margin-top: 5px }
  .field.long { min-height: 92px }
  .sign { width: 16px; height: 16px; vertical-align: -3px }
  .thread { border-left: 0; margin-left: 46px } .thread .face { width: 28px; height: 28px; font-size: 13px }
  .replies { display: flex; align-items: center; gap: 10px; color: #616061; font-size: 13px; margin: 2px 0 6px }
  .replies::after { content: ""; flex: 1; border-top: 1px solid #ddd }
  .modal { border: 1px solid #ccc; border-radius: 10px; box-shadow: 0 3px 14px #0002; width: 520px; margin: 0 auto }
  .modal header { display: flex; align-items: center; gap: 10px; font-size: 18px; padding: 14px 18px 6px }
  .modal .cross { margin-left: auto; color: #616061; font-size: 24px; line-height: 1 }
  .modal .inside { padding: 0 18px 6px }
  .modal footer { display: flex; justify-content: flex-end; gap: 10px; padding: 12px 18px; border-top: 1px solid #e6e6e6 }`;

const pictures = {
  'slack-open': message('card_open_handoff', '09:10'),
  'slack-claimed': message('card_in_progress', '09:10')
    + thread(['line_customer', 'line_change', 'line_note', 'line_reply']),
  'slack-reply': modal('view_reply'),
};

mkdirSync(out, { recursive: true });
const browser = await launch();
const page = await browser.newPage({ viewport: { width: 680, height: 900 }, deviceScaleFactor: 1.25 });
await page.route('**/*', (route) => route.abort());
for (const [name, html] of Object.entries(pictures)) {
  await page.setContent(`<!doctype html><html lang="en"><title>${name}</title><style>${STYLE}</style><main>${html}</main>`);
  const png = squeeze(await page.locator('main').screenshot());
  writeFileSync(join(out, `${name}.png`), png);
  console.log(`${name}.png, ${png.length} bytes`);
}
await browser.close();
