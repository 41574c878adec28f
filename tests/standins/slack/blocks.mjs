// blocks.mjs - holds blocks and views to the limits of Block Kit, as strictly as they are published.
import { Check, object, string, integer, boolean, oneOf, list, typed, anything } from './schema.mjs';
import { ELEMENTS, plainText, anyText, accessory, action, inputElement, contextElement } from './elements.mjs';
import { SlackError } from './errors.mjs';

const style = object({}, { bold: boolean, italic: boolean, strike: boolean, code: boolean, underline: boolean, highlight: boolean, client_highlight: boolean, unlink: boolean });

const words = (value, pointer, check) => {
    if (typeof value === 'string') check.text += [...value].length;
    string(3000)(value, pointer, check);
};

const inline = (required, optional = {}) => object({ type: anything, ...required }, { style, ...optional });
const INLINE = {
    text: inline({ text: words }),
    link: inline({ url: string(3000) }, { text: words, unsafe: boolean }),
    user: inline({ user_id: string() }),
    usergroup: inline({ usergroup_id: string() }),
    channel: inline({ channel_id: string() }),
    emoji: inline({ name: string() }, { unicode: string(), skin_tone: integer(1, 6) }),
    date: inline({ timestamp: integer(0, 99999999999), format: string() }, { url: string(), fallback: string() }),
    broadcast: inline({ range: oneOf('here', 'channel', 'everyone') }),
    color: inline({ value: string() }),
    team: inline({ team_id: string() }),
};
const border = integer(0, 1);
const RICH = {
    rich_text_section: object({ type: anything, elements: list(typed(INLINE), 10000, 0) }),
    rich_text_quote: object({ type: anything, elements: list(typed(INLINE), 10000, 0) }, { border }),
    rich_text_preformatted: object({ type: anything, elements: list(typed(INLINE), 10000, 0) }, { border, language: string() }),
};
RICH.rich_text_list = object({
    type: anything, style: oneOf('bullet', 'ordered'),
    elements: list(typed({ rich_text_section: RICH.rich_text_section }), 1000),
}, { indent: integer(0, 8), offset: integer(0, 1000), border });

const blockId = (value, pointer, check) => {
    string(255)(value, pointer, check);
    if (check.blockIds.has(value)) check.fail(pointer, `\`block_id\` already exists: ${value}`);
    check.blockIds.add(value);
};
const block = (required, optional = {}, also = anything) => {
    const rule = object({ type: anything, ...required }, { block_id: blockId, ...optional }, also);
    return (value, pointer, check) => {
        check.actionIds = new Set();
        rule(value, pointer, check);
    };
};

const markdownText = (value, pointer, check) => {
    string(12000)(value, pointer, check);
    check.markdown += [...String(value)].length;
    if (check.markdown > 12000) check.fail(pointer, 'markdown blocks must be less than 12001 characters in all');
};

const cell = typed({
    raw_text: object({ type: anything, text: words }),
    rich_text: object({ type: anything, elements: list(typed(RICH), 100) }),
});

const BLOCKS = {
    section: block({}, { text: anyText(3000), fields: list(anyText(2000), 10), accessory, expand: boolean },
        (value, pointer, check) => {
            if (!value.text && !value.fields) check.fail(pointer, 'either text or fields must be provided');
        }),
    header: block({ text: plainText(150) }, { level: integer(1, 4) }),
    context: block({ elements: list(contextElement, 10) }),
    actions: block({ elements: list(action, 25) }),
    input: block({ label: plainText(2000), element: inputElement }, { hint: plainText(2000), optional: boolean, dispatch_action: boolean }),
    image: block({ alt_text: string(2000) }, { image_url: string(3000), slack_file: anything, title: plainText(2000) },
        (value, pointer, check) => {
            if (!value.image_url === !value.slack_file) check.fail(pointer, 'either image_url or slack_file must be provided');
        }),
    divider: block({}),
    rich_text: block({ elements: list(typed(RICH), 1000) }),
    markdown: block({ text: markdownText }),
    table: block({ rows: list(list(cell, 20), 100) }, { column_settings: list(anything, 20) }),
};
const MESSAGE_ONLY = ['markdown', 'table'];
const anyBlock = typed(BLOCKS, (check) =>
    Object.keys(BLOCKS).filter((type) => check.surface === 'message' || !MESSAGE_ONLY.includes(type)));

// Refuses what Slack would refuse; blocks is what was sent, already taken out of its JSON string.
export function checkMessageBlocks(blocks) {
    if (!Array.isArray(blocks)) throw new SlackError('invalid_blocks_format');
    const check = new Check('message');
    list(anyBlock, 50, 0)(blocks, '/blocks', check);
    if (blocks.filter((one) => one?.type === 'table').length > 1) check.fail('/blocks', 'only one table allowed');
    if (check.problems.length) {
        throw new SlackError('invalid_blocks', {
            errors: check.messages().map((text) => text.replace('[ERROR] ', '')),
            response_metadata: { messages: check.messages() },
        });
    }
    if (check.text > 13000) throw new SlackError('msg_blocks_too_long');
}

const VIEW_COMMON = {
    callback_id: string(255), private_metadata: string(3000, 0), external_id: string(255, 0), blocks: list(anyBlock, 100, 0),
    notify_on_close: boolean, clear_on_close: boolean, submit_disabled: boolean,
};
const VIEWS = {
    modal: object({ type: anything, title: plainText(24), blocks: VIEW_COMMON.blocks },
        { ...VIEW_COMMON, submit: plainText(24), close: plainText(24) },
        (value, pointer, check) => {
            if (Array.isArray(value.blocks) && value.blocks.some((one) => one?.type === 'input') && !value.submit) {
                check.fail(`${pointer}/submit`, 'missing required field: submit, needed as there are input blocks');
            }
        }),
    home: object({ type: anything, blocks: VIEW_COMMON.blocks }, { ...VIEW_COMMON, title: plainText(24), submit: plainText(24), close: plainText(24) }),
};

export function checkView(view, types) {
    if (view === undefined || view === null) throw new SlackError('invalid_arguments', { response_metadata: { messages: ['[ERROR] missing required field: view'] } });
    if (Buffer.byteLength(JSON.stringify(view)) > 250000) throw new SlackError('view_too_large');
    const check = new Check(view.type);
    typed(VIEWS, () => types)(view, '/view', check);
    if (check.problems.length) throw new SlackError('invalid_arguments', { response_metadata: { messages: check.messages() } });
}

let made = 0;
const madeId = () => `m${(++made).toString(36).padStart(4, '0')}`;

export const elementsOf = (one) => [
    ...(one.accessory ? [one.accessory] : []),
    ...(one.type === 'actions' ? one.elements : []),
    ...(one.type === 'input' ? [one.element] : []),
].filter((element) => element.type !== 'image' && Object.hasOwn(ELEMENTS, element.type));

// Slack names what the app left without a name. Returns a copy.
export function named(blocks) {
    const copy = structuredClone(blocks ?? []);
    for (const one of copy) {
        one.block_id ??= madeId();
        for (const element of elementsOf(one)) element.action_id ??= madeId();
    }
    return copy;
}
