// methods_conversations.mjs - conversations.* and users.conversations.
import { SlackError } from './errors.mjs';
import { required, yes, page } from './arguments.mjs';

const kindOf = (channel) => (channel.is_im ? 'im' : channel.is_mpim ? 'mpim' : channel.is_private ? 'groups' : 'channels');
const KINDS = { public_channel: 'channels', private_channel: 'groups', im: 'im', mpim: 'mpim' };

// Which scope a call needs depends on the kind of conversation.
const byChannel = (right) => (args, s) => {
    const channel = s.workspace.channels.get(args.channel);
    return channel ? `${kindOf(channel)}:${right}` : Object.values(KINDS).map((kind) => `${kind}:${right}`);
};
const byTypes = (args) => typesOf(args).map((type) => `${KINDS[type]}:read`);

function typesOf(args) {
    const types = String(args.types ?? 'public_channel').split(',').map((type) => type.trim());
    if (!types.every((type) => Object.hasOwn(KINDS, type))) throw new SlackError('invalid_types');
    return types;
}

function seen(args, s) {
    required(args, 'channel');
    const channel = s.workspace.channel(args.channel);
    if (channel.is_private && !s.workspace.hasBot(channel)) throw new SlackError('channel_not_found');
    return channel;
}

function readable(args, s) {
    const channel = seen(args, s);
    if (!s.workspace.hasBot(channel)) throw new SlackError('not_in_channel');
    return channel;
}

// A time stamp as a number that can be compared; a whole number of seconds is fine too.
function micros(ts, error) {
    const found = /^(\d{1,12})(?:\.(\d{1,6}))?$/.exec(ts);
    if (!found) throw new SlackError(error);
    return BigInt(found[1]) * 1000000n + BigInt((found[2] ?? '').padEnd(6, '0'));
}

function within(messages, args) {
    const oldest = args.oldest ? micros(args.oldest, 'invalid_ts_oldest') : 0n;
    const latest = args.latest ? micros(args.latest, 'invalid_ts_latest') : null;
    const inclusive = yes(args.inclusive);
    return messages.filter(({ ts }) => {
        const at = micros(ts, 'invalid_ts_latest');
        const late = latest !== null && (inclusive ? at > latest : at >= latest);
        return !late && (inclusive ? at >= oldest : at > oldest || (oldest === 0n));
    });
}

// Metadata shows only when it is asked for.
function shown(message, args) {
    const copy = structuredClone(message);
    if (!yes(args.include_all_metadata)) delete copy.metadata;
    return copy;
}

const paged = (items, args, next, more) => ({
    messages: items.map((message) => shown(message, args)), has_more: more, response_metadata: { next_cursor: next },
});

function history(args, s) {
    const channel = readable(args, s);
    const newestFirst = within(s.workspace.mainView(channel), args).reverse();
    const { items, next, more } = page(newestFirst, args, 999, 100);
    return { ...paged(items, args, next, more), pin_count: 0 };
}

function replies(args, s) {
    required(args, 'ts');
    const channel = readable(args, s);
    if (!channel.messages.has(args.ts)) throw new SlackError('thread_not_found');
    const [parent, ...rest] = s.workspace.thread(channel, args.ts);
    const { items, next, more } = page(within(rest, args), args, 1000, 1000);
    return paged(args.cursor ? items : [parent, ...items], args, next, more);
}

function info(args, s) {
    return { channel: s.workspace.shown(seen(args, s)) };
}

function members(args, s) {
    const channel = seen(args, s);
    const { items, next } = page([...channel.members], args, 1000, 100);
    return { members: items, response_metadata: { next_cursor: next } };
}

function listed(args, s, wanted) {
    const types = typesOf(args).map((type) => KINDS[type]);
    const all = [...s.workspace.channels.values()].filter((channel) => types.includes(kindOf(channel)) && wanted(channel)
        && !(yes(args.exclude_archived) && channel.is_archived));
    const { items, next } = page(all, args, 1000, 100);
    return { channels: items.map((channel) => s.workspace.shown(channel)), response_metadata: { next_cursor: next } };
}

const list = (args, s) => listed(args, s, (channel) => !channel.is_private || s.workspace.hasBot(channel));

function ofUser(args, s) {
    const user = args.user ? s.workspace.user(args.user) : s.workspace.bot;
    return listed(args, s, (channel) => channel.members.has(user.id) && (!channel.is_private || s.workspace.hasBot(channel)));
}

function open(args, s) {
    if (args.channel) {
        const channel = seen(args, s);
        return { no_op: true, already_open: true, channel: yes(args.return_im) ? s.workspace.shown(channel) : { id: channel.id } };
    }
    if (!args.users) throw new SlackError('users_list_not_supplied');
    const users = String(args.users).split(',').map((id) => {
        const user = s.workspace.users.get(id.trim());
        if (!user) throw new SlackError('user_not_found');
        if (user.deleted) throw new SlackError('user_disabled');
        return user;
    });
    if (users.length > 1) throw new SlackError('method_not_supported_for_channel_type');
    const channel = s.workspace.direct(users[0].id);
    return { channel: yes(args.return_im) ? s.workspace.shown(channel) : { id: channel.id } };
}

function join(args, s) {
    required(args, 'channel');
    const channel = s.workspace.channel(args.channel);
    if (channel.is_im) throw new SlackError('method_not_supported_for_channel_type');
    if (channel.is_private) throw new SlackError('channel_not_found');
    if (channel.is_archived) throw new SlackError('is_archived');
    const already = s.workspace.hasBot(channel);
    if (!already) s.join(channel, s.workspace.bot);
    return { channel: s.workspace.shown(channel), ...(already ? { warning: 'already_in_channel' } : {}) };
}

export default {
    'conversations.open': { scope: ['im:write', 'mpim:write'], run: open },
    'conversations.join': { scope: 'channels:join', run: join },
    'conversations.history': { scope: byChannel('history'), run: history },
    'conversations.replies': { scope: byChannel('history'), run: replies },
    'conversations.info': { scope: byChannel('read'), run: info },
    'conversations.members': { scope: byChannel('read'), run: members },
    'conversations.list': { scope: byTypes, run: list },
    'users.conversations': { scope: byTypes, run: ofUser },
};
