// Runs inside the browser, beside the official renderer: draws one card and says what is wrong.
/* global AdaptiveCards */
'use strict';

const AC = AdaptiveCards;
const KNOWN = new Set(['type', 'fallback', '$schema', 'msteams', 'requires']);
/* What the library reads by itself and not by its tables. */
const CHILDREN = { AdaptiveCard: ['body', 'actions'], Container: ['items'], Column: ['items'],
  ColumnSet: ['columns'], ActionSet: ['actions'], RichTextBlock: ['inlines'] };
const ACTIONS = /^Action\./;

/* Markdown as the hastiest client would have it: links, pictures and bare addresses everywhere. */
AC.AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = text
    .replace(/!\[([^\]]*)\]\(([^)]*)\)/g, '<img alt="$1" src="$2">')
    .replace(/\[([^\]]*)\]\(([^)]*)\)/g, '<a href="$2">$1</a>')
    .replace(/(^|[\s>])(https?:\/\/[^\s<]+)/g, '$1<a href="$2">$2</a>')
    .replace(/\*\*([^*]+)\*\*/g, '<b>$1</b>')
    .replace(/\n\n/g, '<br>');
  result.didProcess = true;
};

const colours = (text, subtle) => {
  const one = { default: text, subtle };
  return Object.fromEntries(['default', 'dark', 'light', 'accent', 'good', 'warning', 'attention']
    .map((name) => [name, one]));
};
const ground = (backgroundColor) => ({
  backgroundColor, foregroundColors: colours('#242424', '#505050') });

/* Sizes and limits as Teams has them; on a narrow screen buttons stand one below the other. */
const HOST = {
  supportsInteractivity: true,
  fontFamily: '"Segoe UI", "DejaVu Sans", sans-serif',
  fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 },
  spacing: { small: 8, default: 12, medium: 12, large: 20, extraLarge: 24, padding: 16 },
  separator: { lineThickness: 1, lineColor: '#d1d1d1' },
  actions: { maxActions: 6, actionAlignment: 'left', buttonSpacing: 8,
    actionsOrientation: innerWidth < 480 ? 'vertical' : 'horizontal',
    showCard: { actionMode: 'inline' } },
  textBlock: { headingLevel: 2 },
  containerStyles: { default: ground('#ffffff'), emphasis: ground('#f0f0f0'),
    warning: ground('#fff9f5'), attention: ground('#fdf3f4'), good: ground('#f1faf1'),
    accent: ground('#ebf3fc') },
};

function instance(json, version) {
  if (json.type === 'AdaptiveCard') return new AC.AdaptiveCard();
  if (json.type === 'TextRun') return new AC.TextRun();
  if (json.type === 'Column') return new AC.Column();
  const registry = ACTIONS.test(json.type) ? AC.GlobalRegistry.actions : AC.GlobalRegistry.elements;
  return registry.createInstance(json.type, version);
}

/* Members that the library does not know for this type, or only in a later version, and values that
 * are of the wrong kind for it. */
function shape(json, path, found) {
  if (Array.isArray(json)) return json.forEach((one, i) => shape(one, `${path}[${i}]`, found));
  if (json === null || typeof json !== 'object') return;
  if (typeof json.type === 'string' && !path.endsWith('.msteams')) {
    const known = instance(json, AC.Versions.v1_5);
    if (!known) return found.push(`${path}: no ${json.type} in 1.5`);
    const schema = known.getSchema();
    const names = new Map();
    for (let i = 0; i < schema.getCount(); i++) {
      names.set(schema.getItemAt(i).name, schema.getItemAt(i).targetVersion);
    }
    for (const name of Object.keys(json)) {
      if (KNOWN.has(name) || CHILDREN[json.type]?.includes(name)) continue;
      if (!names.has(name)) found.push(`${path}.${name}: unknown to ${json.type}`);
      else if (names.get(name).compareTo(AC.Versions.v1_5) > 0) {
        found.push(`${path}.${name}: later than 1.5`);
      }
    }
  }
  for (const [name, value] of Object.entries(json)) {
    if (name !== 'data') shape(value, `${path}.${name}`, found);
  }
}

function collect(json, wanted, into = []) {
  if (json === null || typeof json !== 'object') return into;
  if (!Array.isArray(json) && wanted(json)) into.push(json);
  for (const [name, value] of Object.entries(json)) {
    if (name !== 'fallback' && name !== 'data') collect(value, wanted, into);
  }
  return into;
}

/* ---- what is seen ---- */

function links(place, found) {
  for (const bad of place.querySelectorAll('a, img, iframe, script, object, svg, video')) {
    found.push(`a <${bad.localName}> was made: ${bad.outerHTML.slice(0, 80)}`);
  }
}

function words(place, json, found) {
  const label = (e) => e.closest('[id]:not(#card)')?.id;
  const labelled = new Set([...place.querySelectorAll('[aria-labelledby]')]
    .flatMap((e) => e.getAttribute('aria-labelledby').split(/\s+/)));
  const seen = [...place.querySelectorAll('.ac-textRun')].filter((e) => !labelled.has(label(e)))
    .map((e) => e.innerText);
  const wanted = collect(json, (e) => e.type === 'TextRun').map((e) => e.text);
  const plain = (text) => (text ?? '').replace(/\s+/g, ' ').trim();
  if (seen.length !== wanted.length) {
    found.push(`${seen.length} of ${wanted.length} texts are seen`);
  }
  if (/\{\{(DATE|TIME)\(/.test(place.innerText)) found.push('a date is not filled in');
  wanted.forEach((text, i) => {
    const is = plain(seen[i]);
    if (is !== plain(text)) found.push(`text ${i} is seen as "${is.slice(0, 60)}"`);
  });
}

function width(place, found) {
  const page = document.scrollingElement;
  if (page.scrollWidth > innerWidth) {
    found.push(`it is ${page.scrollWidth} px wide in ${innerWidth}`);
  }
  const edge = place.getBoundingClientRect();
  for (const e of place.querySelectorAll('*')) {
    const box = e.getBoundingClientRect();
    if (box.width && (box.right > edge.right + 1 || box.left < edge.left - 1)) {
      found.push(`<${e.localName} class="${e.className}"> leaves the card`);
      break;
    }
    const cut = e.clientWidth && e.scrollWidth > e.clientWidth + 1;
    if (cut && getComputedStyle(e).overflowX === 'hidden') {
      found.push(`it is cut off: ${e.innerText.slice(0, 60)}`);
      break;
    }
  }
}

function labels(place, json, found) {
  const inputs = [...place.querySelectorAll('input, textarea, select')];
  const wanted = collect(json, (e) => /^Input\./.test(e.type));
  if (inputs.length !== wanted.length) {
    found.push(`${inputs.length} of ${wanted.length} inputs are seen`);
  }
  inputs.forEach((input, i) => {
    const ids = (input.getAttribute('aria-labelledby') ?? '').split(/\s+/);
    const text = [...[...input.labels ?? []], ...ids.map((id) => document.getElementById(id))]
      .map((e) => e?.innerText ?? '').join(' ');
    if (!wanted[i]?.label || !text.includes(wanted[i].label)) {
      found.push(`input ${i} is read as "${text.trim()}"`);
    }
  });
}

/* Clicks everything, in the overflow menu, too; what comes out must be what the card says. */
function clicks(card, place, json, found) {
  const fired = [], menus = [];
  const wanted = collect(json, (e) => ACTIONS.test(e.type));
  card.onExecuteAction = (action) => fired.push(action);
  card.onDisplayOverflowActionMenu = (actions) => { menus.push(...actions); return true; };
  const required = collect(json, (e) => e.isRequired && !e.value).length;
  const sends = wanted.filter((e) => e.associatedInputs !== 'none').length;
  const press = () => {
    fired.length = menus.length = 0;
    place.querySelectorAll('button').forEach((button) => button.click());
    menus.splice(0).forEach((action) => action.execute());
  };
  press();
  if (required && fired.length !== wanted.length - sends) {
    found.push('it was sent with a required answer missing');
  }
  card.getAllInputs().forEach((input) => {
    const control = input.renderedInputControlElement;
    if (!input.choices && !input.value) control.value = 'An answer';
  });
  place.querySelectorAll('select').forEach((s) => {
    if (!s.value) s.selectedIndex = 1;
    s.dispatchEvent(new Event('change'));
  });
  press();
  const key = (data, title) => `${title} ${JSON.stringify(data?._d)}`;
  const got = fired.map((a) => key(a.data, a.title)).sort();
  const expected = wanted.map((a) => key(a.data, a.title)).sort();
  if (got.join('\n') !== expected.join('\n')) {
    found.push(`${got.length} of ${expected.length} actions came back as they are`);
  }
  for (const action of fired) {
    if (action.associatedInputs === 'none') continue;
    for (const input of collect(json, (e) => /^Input\./.test(e.type))) {
      if (action.data[input.id] === undefined) found.push(`${input.id} did not come along`);
    }
  }
}

/* All findings about one card; none is good. The card stays on the page. */
window.judge = (json) => {
  const found = [];
  const context = new AC.SerializationContext(AC.Versions.v1_5);
  const card = new AC.AdaptiveCard();
  card.hostConfig = new AC.HostConfig(HOST);
  shape(json, 'card', found);
  AC.CardElement.langProperty.regEx.lastIndex = 0; /* else it refuses every second "en" */
  card.parse(json, context);
  const { validationEvents } = card.validateProperties();
  for (let i = 0; i < context.eventCount; i++) {
    found.push(`parser: ${context.getEventAt(i).message}`);
  }
  for (const event of validationEvents) found.push(`library: ${event.message}`);
  const place = document.getElementById('card');
  place.replaceChildren(card.render());
  links(place, found);
  words(place, json, found);
  width(place, found);
  labels(place, json, found);
  clicks(card, place, json, found);
  place.replaceChildren(card.render());
  return found;
};
