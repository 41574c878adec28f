// people_clicks.mjs - what people do with buttons, menus, shortcuts, commands and the home of the app.
import { CannotDo } from './errors.mjs';
import { elementsOf, named } from './blocks.mjs';
import { stateOf } from './views.mjs';
import { responseUrl, answer } from './response_url.mjs';

const shortUser = (s, user) => ({ id: user.id, username: user.name, name: user.name, team_id: user.team_id });

// What every interactive payload carries.
export function base(s, type, user) {
    const { team, app } = s.workspace;
    return {
        type, team: { id: team.id, domain: team.domain }, enterprise: team.enterprise_id ? { id: team.enterprise_id, name: 'Org' } : null, api_app_id: app.id,
        token: 'verification-is-deprecated', user: shortUser(s, user), is_enterprise_install: false,
    };
}

export const interactive = (s, payload, options) => s.envelopes.deliver('interactive', payload, { accepts: true, ...options });

const optionsOf = (element) => [...(element.options ?? []), ...(element.option_groups ?? []).flatMap((group) => group.options)];

function option(element, value) {
    if (value === null) return null;
    if (element.type.includes('external')) return typeof value === 'object' ? value : { text: { type: 'plain_text', text: String(value) }, value: String(value) };
    const found = optionsOf(element).find((one) => one.value === value || one.text.text === value);
    if (!found) throw new CannotDo(`no option ${value} in ${element.action_id}`);
    return found;
}

// What a person put into an element, as payloads say it; value is the plain thing.
export function chosen(s, element, value) {
    const { type } = element;
    const id = (key) => (key === null ? null : s.workspace.user(key).id);
    const place = (key) => (key === null ? null : s.workspace.channel(key).id);
    if (type === 'rich_text_input') return { rich_text_value: value };
    if (type.endsWith('_input')) return { value: value === '' ? null : value };
    if (type === 'checkboxes' || /^multi_(static|external)/.test(type)) return { selected_options: value.map((one) => option(element, one)) };
    if (type === 'users_select') return { selected_user: id(value) };
    if (type === 'multi_users_select') return { selected_users: value.map(id) };
    if (type === 'conversations_select') return { selected_conversation: place(value) };
    if (type === 'multi_conversations_select') return { selected_conversations: value.map(place) };
    if (type === 'channels_select') return { selected_channel: place(value) };
    if (type === 'multi_channels_select') return { selected_channels: value.map(place) };
    if (type === 'datepicker') return { selected_date: value };
    if (type === 'timepicker') return { selected_time: value };
    if (type === 'datetimepicker') return { selected_date_time: value };
    return { selected_option: option(element, value) };
}

// By action_id, block_id.action_id, block_id, or the words on a button.
export function findElement(blocks, wanted) {
    for (const block of blocks ?? []) {
        for (const element of elementsOf(block)) {
            const names = [element.action_id, `${block.block_id}.${element.action_id}`, element.text?.text];
            if (names.includes(wanted)) return { block, element };
        }
    }
    return (blocks ?? []).filter((block) => block.block_id === wanted).map((block) => ({ block, element: elementsOf(block)[0] }))
        .find(({ element }) => element) ?? null;
}

function actionOf(s, { block, element }, value) {
    const content = element.type === 'button' ? { text: element.text, ...(element.value === undefined ? {} : { value: element.value }) }
        : chosen(s, element, value);
    const placeholder = element.placeholder ? { placeholder: element.placeholder } : {};
    return { type: element.type, action_id: element.action_id, block_id: block.block_id, action_ts: s.workspace.ts(), ...placeholder, ...content };
}

function found(blocks, wanted) {
    const one = findElement(blocks, wanted);
    if (!one) throw new CannotDo(`there is no ${wanted} to click`);
    return one;
}

// Where the clicked thing is: a message that all see, or one that only this person sees.
function clickedMessage(s, user, { channel: key, ts }) {
    const channel = s.workspace.channel(key);
    const message = channel.messages.get(ts);
    if (message && !channel.members.has(user.id)) throw new CannotDo(`${user.name} is not in ${channel.name}`);
    if (message) return { channel, message, shown: structuredClone(message) };
    const ephemeral = s.workspace.ephemerals.find((one) => one.message_ts === ts && one.user === user.id);
    if (!ephemeral) throw new CannotDo('that message is not there');
    return { channel, ephemeral, shown: structuredClone(ephemeral) };
}

function clickMessage(s, user, args) {
    const { channel, message, ephemeral, shown } = clickedMessage(s, user, args);
    const action = actionOf(s, found(shown.blocks, args.action), args.value);
    const thread = shown.thread_ts ? { thread_ts: shown.thread_ts } : {};
    return {
        ...base(s, 'block_actions', user), trigger_id: s.views.trigger(user),
        container: { type: 'message', message_ts: args.ts, channel_id: channel.id, is_ephemeral: Boolean(ephemeral), ...thread },
        channel: { id: channel.id, name: channel.is_im ? 'directmessage' : channel.is_private ? 'privategroup' : channel.name },
        ...(ephemeral ? {} : { message: shown }), state: { values: stateOf(shown.blocks, args.typed) },
        response_url: responseUrl(s, { user, channel, message, ephemeral }), actions: [action],
    };
}

function clickView(s, user, view, args) {
    if (!view) throw new CannotDo(`${user.name} has no such view`);
    const { block, element } = found(view.blocks, args.action);
    const action = actionOf(s, { block, element }, args.value);
    if (element.type !== 'button' && element.type !== 'overflow') {
        (view.typed[block.block_id] ??= {})[element.action_id] = chosen(s, element, args.value);
    }
    const shown = s.views.shown(view);
    return {
        ...base(s, 'block_actions', user), trigger_id: s.views.trigger(user, view), container: { type: 'view', view_id: view.id },
        view: shown, hash: view.hash, state: shown.state, actions: [action],
    };
}

// { user, action, value?, channel + ts | home: true | modal: true, deny?: true at a confirm dialog }
function click(s, { user: key = 'omar', ...args }) {
    const user = s.workspace.user(key);
    if (args.deny) return { envelopes: [] };
    const payload = args.home ? clickView(s, user, s.views.homes.get(user.id), args)
        : args.modal ? clickView(s, user, s.views.top(user.id), args) : clickMessage(s, user, args);
    const envelope = interactive(s, payload, { accepts: false });
    return { envelope, envelopes: [envelope], trigger_id: payload.trigger_id, response_url: payload.response_url };
}

// What is typed into an external_select; { user, action, value, modal | home | channel + ts }
function suggest(s, { user: key = 'omar', value = '', ...args }) {
    const user = s.workspace.user(key);
    const view = args.home ? s.views.homes.get(user.id) : s.views.top(user.id);
    const blocks = args.ts ? clickedMessage(s, user, args).shown.blocks : view?.blocks;
    const { block, element } = found(blocks, args.action);
    const envelope = interactive(s, {
        ...base(s, 'block_suggestion', user), action_id: element.action_id, block_id: block.block_id, value,
        ...(args.ts ? {} : { view: s.views.shown(view) }),
    });
    return { envelope, envelopes: [envelope] };
}

// { user, channel, command: '/ticket', text }; the payload of the acknowledgement is shown as a message.
function slash(s, { user: key = 'omar', channel: place = 'triage', command = '/ticket', text = '' }) {
    const user = s.workspace.user(key), channel = s.workspace.channel(place);
    if (!channel.members.has(user.id)) throw new CannotDo(`${user.name} is not in ${channel.name}`);
    const { team, app } = s.workspace;
    const about = { user, channel, slash: true };
    const envelope = s.envelopes.deliver('slash_commands', {
        token: 'verification-is-deprecated', team_id: team.id, team_domain: team.domain, channel_id: channel.id,
        channel_name: channel.is_im ? 'directmessage' : channel.is_private ? 'privategroup' : channel.name,
        user_id: user.id, user_name: user.name, command, text, api_app_id: app.id, is_enterprise_install: 'false',
        response_url: responseUrl(s, about), trigger_id: s.views.trigger(user),
    }, { again: false });
    envelope.done.then((ack) => {
        if (!ack?.payload || !Object.keys(ack.payload).length) return;
        try {
            answer(s, about, ack.payload);
        } catch (error) {
            s.log.add('problem', { text: `the answer to a slash command: ${error.message}` });
        }
    });
    return { envelope, envelopes: [envelope] };
}

// { user, callback_id, channel, ts }
function messageShortcut(s, { user: key = 'omar', callback_id: callback, channel: place, ts }) {
    const user = s.workspace.user(key), channel = s.workspace.channel(place);
    const message = s.workspace.message(channel, ts);
    if (!channel.members.has(user.id)) throw new CannotDo(`${user.name} is not in ${channel.name}`);
    const envelope = interactive(s, {
        ...base(s, 'message_action', user), action_ts: s.workspace.ts(), callback_id: callback,
        trigger_id: s.views.trigger(user), response_url: responseUrl(s, { user, channel, message }),
        channel: { id: channel.id, name: channel.name }, message_ts: ts, message: structuredClone(message),
    }, { accepts: false });
    return { envelope, envelopes: [envelope] };
}

function globalShortcut(s, { user: key = 'omar', callback_id: callback }) {
    const user = s.workspace.user(key);
    const envelope = interactive(s, {
        ...base(s, 'shortcut', user), action_ts: s.workspace.ts(), callback_id: callback, trigger_id: s.views.trigger(user),
    }, { accepts: false });
    return { envelope, envelopes: [envelope] };
}

function openHome(s, { user: key = 'omar', tab = 'home' }) {
    const user = s.workspace.user(key);
    const view = s.views.homes.get(user.id);
    const envelope = s.events.tell({
        type: 'app_home_opened', user: user.id, channel: s.workspace.direct(user.id).id, tab,
        ...(view && tab === 'home' ? { view: s.views.shown(view) } : {}),
    });
    return { envelope, envelopes: envelope ? [envelope] : [] };
}

// For tests of clicks alone: a message of the app with blocks, put there without any call.
function putCard(s, { channel: place = 'triage', text = 'card', blocks = [] }) {
    const { workspace } = s;
    const { bot, app } = workspace;
    const message = workspace.post(workspace.channel(place), {
        user: bot.id, bot_id: bot.profile.bot_id, app_id: app.id, text, blocks: named(blocks),
    });
    return { message, ts: message.ts, channel: workspace.channel(place).id, envelopes: s.events.takeTold() };
}

export default {
    click, suggest, slash, message_shortcut: messageShortcut, global_shortcut: globalShortcut, open_home: openHome, put_card: putCard,
};
