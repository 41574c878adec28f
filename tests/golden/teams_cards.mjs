// Every golden card for Teams in the official library and renderer, in Chromium, narrow and wide.
// DESKHAND_GOLDEN_DIR names another directory of cards; PICTURES one for pictures of the README.
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Report, launch, violations } from '../browser/browser.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const golden = process.env.DESKHAND_GOLDEN_DIR || here;
const library = createRequire(import.meta.url).resolve('adaptivecards/dist/adaptivecards.min.js');
const STYLE = readFileSync(library.replace('.min.js', '.css'), 'utf8') + `
  :root { font-family: "Segoe UI", "DejaVu Sans", sans-serif; font-size: 14px; color: #242424 }
  body { margin: 0; background: #fff }
  h1 { position: absolute; clip-path: inset(50%); margin: 0 }
  #card { overflow-wrap: anywhere }
  .ac-pushButton { padding: 5px 12px; border: 1px solid #b3b3b3; border-radius: 4px;
    background: #fff; color: #242424; font: inherit; font-weight: 600 }
  .ac-pushButton.style-positive { background: #444791; border-color: #444791; color: #fff }
  .ac-input { border: 1px solid #767676; border-radius: 4px; padding: 6px 8px; font: inherit }
  textarea.ac-input { min-height: 64px }
  .ac-input-required-indicator { color: #b10e1c }`;
const read = (name) => JSON.parse(readFileSync(join(golden, name), 'utf8'));
const names = readdirSync(golden).filter((name) => /^teams_.*\.json$/.test(name)).sort();

const report = new Report();
const browser = await launch();

async function stage(wide, requests) {
  const page = await browser.newPage({ viewport: { width: wide, height: 900 } });
  await page.route('**/*', (route) => {
    requests.push(route.request().url());
    route.abort();
  });
  page.on('dialog', (dialog) => {
    requests.push(`a dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  await page.setContent(`<!doctype html><html lang="en"><title>A card</title><style>${STYLE}</style>
    <main><h1>A card</h1><div id="card"></div></main>`);
  await page.addScriptTag({ path: library });
  await page.addScriptTag({ path: join(here, 'teams_page.js') });
  return page;
}

/* Findings of all kinds about one card. Our own request comes last: when it is seen, so are those
 * that the card made. */
const LAST = 'https://last.invalid/';
async function judge(page, requests, card) {
  requests.length = 0;
  const found = await page.evaluate(async ([json, last]) => {
    const all = window.judge(json);
    await fetch(last).catch(() => {});
    return all;
  }, [card, LAST]);
  if (requests.pop() !== LAST) found.push('requests are not seen');
  return [...found, ...requests.map((url) => `it asked for ${url}`)];
}

report.check('there are cards', names.length > 40, `${names.length}`);
for (const wide of [320, 800]) {
  const requests = [];
  const page = await stage(wide, requests);
  for (const name of names) {
    await report.scenario(`${name} at ${wide} px`, async () => {
      const found = await judge(page, requests, read(name));
      const axe = await violations(page);
      if (axe) found.push(`axe: ${axe}`);
      report.check(`${name} at ${wide} px`, !found.length, found.join('; '));
    });
  }
  await page.close();
}

/* ---- the checks themselves: each wrong card must be found out ---- */

const run = (text) => ({ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text }] });
const block = (text) => ({ type: 'TextBlock', text, wrap: true });
const button = (title) => ({
  type: 'Action.Submit', title, data: { _d: { a: title } }, associatedInputs: 'none' });
const column = (width, ...items) => ({ type: 'Column', width, items });
const input = (more) => ({ type: 'Input.Text', id: 'text', ...more });
const wrong = {
  'a link of Markdown': [/<a> was made/, { body: [block('[x](https://evil.example)')] }],
  'a bare address': [/<a> was made/, { body: [block('see https://evil.example/')] }],
  'a picture': [/<img> was made[^]*asked for/,
    { body: [block('![p](https://evil.example/p.png)')] }],
  'a date that is filled in': [/text 0 is seen as/,
    { body: [run('{{DATE(2026-01-01T00:00:00Z,LONG)}}')] }],
  'a date that is not filled in': [/a date is not filled in/,
    { body: [block('{{DATE(2026-01-01 00:00 UTC,SHORT)}}')] }],
  'a member that nobody knows': [/unknown to TextBlock/,
    { body: [{ ...block('x'), colour: 'red' }] }],
  'a member of 1.6': [/later than 1.5/, { body: [input({ label: 'x', labelWidth: 3 })] }],
  'a wrong value': [/parser: /, { body: [{ ...block('x'), size: 'Enormous' }] }],
  'an element that nobody knows': [/no Chart in 1.5/, { body: [{ type: 'Chart' }] }],
  'seven actions': [/actions|library/, { body: [block('x')], actions: [...'abcdefg'].map(button) }],
  'an input without a label': [/read as ""/, { body: [input({ placeholder: 'x' })] }],
  'a row that is too wide': [/wide in|leaves the card|cut off/,
    { body: [{ type: 'ColumnSet', columns: [column('600px', block('x'))] }] }],
};
{
  const requests = [];
  const page = await stage(320, requests);
  for (const [story, [finding, parts]] of Object.entries(wrong)) {
    const card = { type: 'AdaptiveCard', version: '1.5', ...parts };
    const found = (await judge(page, requests, card)).join('; ');
    report.check(`found out: ${story}`, finding.test(found), found || 'nothing');
  }
  await page.close();
}

/* ---- pictures ---- */

if (process.env.PICTURES) {
  mkdirSync(process.env.PICTURES, { recursive: true });
  const page = await stage(560, []);
  const wanted = { open: 'card_open_handoff', claimed: 'card_claimed', reply: 'dialog_reply' };
  for (const [name, file] of Object.entries(wanted)) {
    const text = JSON.stringify(read(`teams_${file}.json`)).replaceAll('\u2620', '');
    await page.evaluate((json) => window.judge(json), JSON.parse(text));
    const path = join(process.env.PICTURES, `teams-${name}.png`);
    await page.locator('#card').screenshot({ path });
  }
}

await browser.close();
report.end();
