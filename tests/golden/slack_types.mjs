// Every golden file for Slack as a value of Slack's own published types: unknown members, missing
// ones, wrong words and wrong nesting are errors of the compiler. Lengths and counts, which types
// cannot say, are checked in tests/golden/slack_walk.h. DESKHAND_GOLDEN_DIR names another directory.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const here = dirname(fileURLToPath(import.meta.url));
const golden = process.env.DESKHAND_GOLDEN_DIR || here;
const OPTIONS = {
  strict: true, noEmit: true, skipLibCheck: true, types: [], target: ts.ScriptTarget.ES2020,
  module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext,
};

/* Blocks are KnownBlock even in views: there the types would take any object with a `type`. */
function source(value) {
  const lines = ["import type { HomeView, KnownBlock, ModalView } from '@slack/types';"];
  const { blocks, ...rest } = value;
  lines.push(`export const blocks: KnownBlock[] = ${JSON.stringify(blocks)};`);
  if (rest.type) {
    lines.push(`type Known = (HomeView | ModalView) & { blocks: KnownBlock[] };`,
      `export const view: Known = { blocks, ${JSON.stringify(rest).slice(1, -1)} };`);
  } else {
    lines.push(`export const message: { text: string } = ${JSON.stringify(rest)};`);
  }
  return lines.join('\n');
}

/* The sources exist only in memory, beside this file, where the types are found. */
function compile(sources) {
  const host = ts.createCompilerHost(OPTIONS);
  const { fileExists, getSourceFile, readFile } = host;
  host.fileExists = (path) => sources.has(path) || fileExists(path);
  host.readFile = (path) => sources.get(path) ?? readFile(path);
  host.getSourceFile = (path, target, ...more) => (sources.has(path)
    ? ts.createSourceFile(path, sources.get(path), target) : getSourceFile(path, target, ...more));
  const program = ts.createProgram([...sources.keys()], OPTIONS, host);
  const found = new Map([...sources.keys()].map((path) => [path, []]));
  for (const d of ts.getPreEmitDiagnostics(program)) {
    const text = ts.flattenDiagnosticMessageText(d.messageText, ' ').slice(0, 400);
    for (const list of d.file && found.has(d.file.fileName) ? [found.get(d.file.fileName)] : found.values())
      list.push(text);
  }
  return found;
}

let passed = 0;
let failed = 0;
function check(name, ok, detail) {
  if (ok) passed++;
  else failed++;
  console.log(`${ok ? 'ok    ' : 'not ok'} ${name}${ok ? '' : `: ${detail}`}`);
}

/* Each of these is wrong in one way, which the compiler must name. */
const plain = (text) => ({ type: 'plain_text', text, emoji: false });
const button = (more) => ({ type: 'actions', elements: [{ type: 'button', text: plain('x'), ...more }] });
const rich = (...elements) => ({ type: 'rich_text', elements });
const wrong = {
  'a block that nobody knows': [{ type: 'headline', text: plain('x') }],
  'a header with markup': [{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }],
  'a member that nobody knows': [{ type: 'divider', colour: 'red' }],
  'a button without a text': [{ type: 'actions', elements: [{ type: 'button', action_id: 'a' }] }],
  'a style that nobody knows': [button({ style: 'loud' })],
  'a value that is a number': [button({ value: 42 })],
  'words outside of a section': [rich({ type: 'text', text: 'x' })],
  'a quote inside of a list': [rich({ type: 'rich_text_list', style: 'bullet',
    elements: [{ type: 'rich_text_quote', elements: [] }] })],
  'an input without a label': [{ type: 'input', element: { type: 'plain_text_input' } }],
  'a menu whose option has no value': [{ type: 'actions',
    elements: [{ type: 'overflow', options: [{ text: 'x' }] }] }],
};

const names = readdirSync(golden).filter((name) => /^slack_.*\.json$/.test(name)).sort();
const files = new Map();
for (const name of names)
  files.set(join(here, `${name}.ts`), source(JSON.parse(readFileSync(join(golden, name), 'utf8'))));
for (const [story, blocks] of Object.entries(wrong))
  files.set(join(here, `wrong ${story}.ts`), source({ text: 'x', blocks }));
files.set(join(here, 'wrong a modal without a title.ts'), source({ type: 'modal', blocks: [] }));
files.set(join(here, 'wrong a home page that submits.ts'),
  source({ type: 'home', blocks: [], submit: plain('x') }));

check('there are golden files', names.length > 40, `${names.length}`);
for (const [path, errors] of compile(files)) {
  const name = path.slice(here.length + 1, -3);
  if (name.startsWith('wrong '))
    check(`found out: ${name.slice(6)}`, errors.length > 0, 'the compiler took it');
  else
    check(name, !errors.length, errors.join('; '));
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
