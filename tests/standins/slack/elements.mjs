// elements.mjs - what Block Kit allows in texts, options and interactive elements.
import { object, string, integer, boolean, oneOf, pattern, list, typed, anything } from './schema.mjs';

const counted = (rule) => (value, pointer, check) => {
    if (typeof value === 'string') check.text += [...value].length;
    rule(value, pointer, check);
};

export const plainText = (max, min = 1) => object({ type: oneOf('plain_text'), text: counted(string(max, min)) }, { emoji: boolean });
const mrkdwn = (max, min = 1) => object({ type: oneOf('mrkdwn'), text: counted(string(max, min)) }, { verbatim: boolean });
export const anyText = (max, min = 1) => typed({ plain_text: plainText(max, min), mrkdwn: mrkdwn(max, min) });

const confirm = object({ title: plainText(100), text: anyText(300), confirm: plainText(30), deny: plainText(30) },
    { style: oneOf('primary', 'danger') });

// An action_id may occur only once in its block.
const actionId = (value, pointer, check) => {
    string(255)(value, pointer, check);
    if (check.actionIds.has(value)) check.fail(pointer, `\`action_id\` already exists: ${value}`);
    check.actionIds.add(value);
};

const option = (url) => object({ text: anyText(75), value: string(150) },
    { description: anyText(75), ...(url ? { url: string(3000) } : {}) });
const group = object({ label: plainText(75), options: list(option(), 100) });

function eitherOptions(value, pointer, check) {
    if (!value.options === !value.option_groups) check.fail(pointer, 'either options or option_groups must be provided');
    const values = [...(value.options ?? []), ...(value.option_groups ?? []).flatMap((g) => g?.options ?? [])].map((o) => o?.value);
    const initial = value.initial_options ?? (value.initial_option ? [value.initial_option] : []);
    if (Array.isArray(initial) && !initial.every((o) => values.includes(o?.value))) {
        check.fail(pointer, 'initial options must match the options provided');
    }
}

const conversationFilter = object({}, {
    include: list(oneOf('im', 'mpim', 'private', 'public'), 4), exclude_external_shared_channels: boolean, exclude_bot_users: boolean,
});
const common = { action_id: actionId, confirm, focus_on_load: boolean, placeholder: plainText(150) };
const chosen = { options: list(option(), 100), option_groups: list(group, 100) };
const many = { max_selected_items: integer(1, 100) };
const strings = list(string(), 1000, 0);
const date = pattern(/^\d{4}-\d{2}-\d{2}$/, 'must be a date of the form YYYY-MM-DD');
const time = pattern(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of the form HH:mm');
const dispatch = object({}, { trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), 2) });

const select = (required, optional, also) => object({ type: anything, ...required }, { ...common, ...optional }, also);

function lengthsFit(value, pointer, check) {
    if (value.min_length > value.max_length) check.fail(pointer, 'min_length must not be greater than max_length');
    if (typeof value.initial_value === 'string' && [...value.initial_value].length > (value.max_length ?? 3000)) {
        check.fail(`${pointer}/initial_value`, 'must not be longer than max_length');
    }
}

const imageElement = object({ type: anything, alt_text: string(2000) },
    { image_url: string(3000), slack_file: anything },
    (value, pointer, check) => {
        if (!value.image_url === !value.slack_file) check.fail(pointer, 'either image_url or slack_file must be provided');
    });

export const ELEMENTS = {
    button: object({ type: anything, text: plainText(75) }, {
        action_id: actionId, value: string(2000), url: string(3000), style: oneOf('primary', 'danger'), confirm,
        accessibility_label: string(75),
    }),
    overflow: object({ type: anything, options: list(option(true), 5) }, { action_id: actionId, confirm }),
    static_select: select({}, { ...chosen, initial_option: option() }, eitherOptions),
    multi_static_select: select({}, { ...chosen, ...many, initial_options: list(option(), 100) }, eitherOptions),
    external_select: select({}, { initial_option: option(), min_query_length: integer(0, 255) }),
    multi_external_select: select({}, { ...many, initial_options: list(option(), 100), min_query_length: integer(0, 255) }),
    users_select: select({}, { initial_user: string() }),
    multi_users_select: select({}, { ...many, initial_users: strings }),
    conversations_select: select({}, {
        initial_conversation: string(), default_to_current_conversation: boolean, response_url_enabled: boolean, filter: conversationFilter,
    }),
    multi_conversations_select: select({}, {
        ...many, initial_conversations: strings, default_to_current_conversation: boolean, filter: conversationFilter,
    }),
    channels_select: select({}, { initial_channel: string(), response_url_enabled: boolean }),
    multi_channels_select: select({}, { ...many, initial_channels: strings }),
    datepicker: select({}, { initial_date: date }),
    timepicker: select({}, { initial_time: time, timezone: string() }),
    datetimepicker: select({}, { initial_date_time: integer(0, 9999999999) }),
    radio_buttons: select({ options: list(option(), 10) }, { initial_option: option() }, eitherOptions),
    checkboxes: select({ options: list(option(), 10) }, { initial_options: list(option(), 10) }, eitherOptions),
    plain_text_input: select({}, {
        initial_value: string(3000, 0), multiline: boolean, min_length: integer(0, 3000), max_length: integer(1, 3000),
        dispatch_action_config: dispatch,
    }, lengthsFit),
    number_input: select({ is_decimal_allowed: boolean }, {
        initial_value: string(), min_value: string(), max_value: string(), dispatch_action_config: dispatch,
    }),
    email_text_input: select({}, { initial_value: string(), dispatch_action_config: dispatch }),
    url_text_input: select({}, { initial_value: string(), dispatch_action_config: dispatch }),
    rich_text_input: select({}, { initial_value: anything, dispatch_action_config: dispatch }),
    file_input: select({}, { filetypes: list(string(), 100), max_files: integer(1, 10) }),
    image: imageElement,
};

const SELECTS = Object.keys(ELEMENTS).filter((type) => /select|picker|radio|checkboxes/.test(type));
const INPUTS = Object.keys(ELEMENTS).filter((type) => /_input$/.test(type));
export const accessory = typed(ELEMENTS, () => ['button', 'overflow', 'image', ...SELECTS.filter((type) => type !== 'datetimepicker')]);
export const action = typed(ELEMENTS, () => ['button', 'overflow', 'rich_text_input', ...SELECTS]);
export const inputElement = typed(ELEMENTS, () => [...INPUTS, ...SELECTS]);
export const contextElement = typed({ plain_text: plainText(3000), mrkdwn: mrkdwn(3000), image: imageElement });
