// methods_chat.mjs - chat.* and reactions.add.
import { SlackError } from './errors.mjs';
import { checkMessageBlocks, named } from './blocks.mjs';
import { required, yes } from './arguments.mjs';

const MAX_POST = 40000, MAX_UPDATE = 4000, MAX_METADATA = 8000;

// A user's id as channel means the conversation between the bot and that user.
function target(args, s) {
    required(args, 'channel');
    const { workspace } = s;
    const channel = /^[UW]/.test(args.channel) && workspace.users.has(args.channel)
        ? workspace.direct(args.channel) : workspace.channel(args.channel);
    const hidden = channel.is_private && !workspace.hasBot(channel);
    if (hidden) throw new SlackError('channel_not_found');
    return channel;
}

function writable(channel, s) {
    if (channel.is_archived) throw new SlackError('is_archived');
    if (channel.restricted) throw new SlackError(channel.restricted);
    const open = !channel.is_private && s.scopes.includes('chat:write.public');
    if (!s.workspace.hasBot(channel) && !open) throw new SlackError('not_in_channel');
}

function checkMetadata(metadata) {
    if (metadata === undefined) return undefined;
    if (metadata === null || typeof metadata !== 'object') throw new SlackError('invalid_metadata_format');
    if (Object.keys(metadata).length === 0) return null;
    const { event_type: type, event_payload: payload, ...more } = metadata;
    const good = typeof type === 'string' && type && payload && typeof payload === 'object' && !Array.isArray(payload);
    if (!good || Object.keys(more).some((name) => name !== 'entities')) throw new SlackError('invalid_metadata_format');
    if (JSON.stringify(metadata).length > MAX_METADATA) throw new SlackError('metadata_too_large');
    return metadata;
}

function checkContent(args, { keep = false } = {}) {
    const { text, blocks, attachments, markdown_text: markdown } = args;
    if (markdown !== undefined && (text !== undefined || blocks !== undefined)) throw new SlackError('markdown_text_conflict');
    if (markdown !== undefined && [...markdown].length > 12000) throw new SlackError('msg_too_long');
    if (blocks !== undefined) checkMessageBlocks(blocks);
    if (attachments !== undefined && !Array.isArray(attachments)) throw new SlackError('invalid_attachments_format');
    if (attachments?.length > 100) throw new SlackError('too_many_attachments');
    if (!text && !blocks?.length && !attachments?.length && !markdown && !keep) throw new SlackError('no_text');
}

// Slack turns a bare ampersand into an entity; the other two are left as written, they are markup.
const stored = (text) => String(text ?? '').replace(/&(?!(amp|lt|gt);)/g, '&amp;');

function content(args) {
    const text = stored(args.text ?? args.markdown_text);
    return {
        text: [...text].slice(0, MAX_POST).join(''),
        ...(args.blocks?.length ? { blocks: named(args.blocks) } : {}),
        ...(args.attachments?.length ? { attachments: args.attachments } : {}),
    };
}

function author(args, s) {
    const { bot, app } = s.workspace;
    const custom = args.username || args.icon_emoji || args.icon_url;
    if (custom && !s.scopes.includes('chat:write.customize')) {
        throw new SlackError('missing_scope', { needed: 'chat:write.customize', provided: s.scopes.join(',') });
    }
    const profile = { id: bot.profile.bot_id, app_id: app.id, name: app.name, deleted: false, team_id: s.workspace.team.id };
    return {
        user: bot.id, bot_id: bot.profile.bot_id, app_id: app.id, bot_profile: profile,
        ...(custom ? { subtype: 'bot_message', username: args.username ?? app.name } : {}),
        ...(args.icon_emoji ? { icons: { emoji: args.icon_emoji } } : {}),
    };
}

function inThread(args, channel) {
    if (!args.thread_ts) return {};
    if (!channel.messages.has(args.thread_ts)) throw new SlackError('thread_not_found');
    return { thread_ts: args.thread_ts, ...(yes(args.reply_broadcast) ? { subtype: 'thread_broadcast' } : {}) };
}

function post(args, s) {
    const channel = target(args, s);
    writable(channel, s);
    checkContent(args);
    const metadata = checkMetadata(args.metadata);
    const message = s.workspace.post(channel, {
        ...author(args, s), ...content(args), ...inThread(args, channel), ...(metadata ? { metadata } : {}),
    });
    return { channel: channel.id, ts: message.ts, message: structuredClone(message) };
}

function own(args, s, refusal) {
    required(args, 'ts');
    const channel = target(args, s);
    const message = s.workspace.message(channel, args.ts);
    if (message.subtype === 'tombstone') throw new SlackError('message_not_found');
    if (message.bot_id !== s.workspace.bot.profile.bot_id) throw new SlackError(refusal);
    return { channel, message };
}

function update(args, s) {
    const { channel, message } = own(args, s, 'cant_update_message');
    if (channel.is_archived) throw new SlackError('is_inactive');
    if (s.editWindowMs !== undefined && Date.now() - Number(message.ts.split('.')[0]) * 1000 > s.editWindowMs) {
        throw new SlackError('edit_window_closed');
    }
    checkContent(args);
    if ([...(args.text ?? '')].length > MAX_UPDATE) throw new SlackError('msg_too_long');
    const metadata = checkMetadata(args.metadata);
    s.workspace.edit(channel, message, {
        blocks: undefined, attachments: undefined, ...content(args), by: s.workspace.bot.id,
        ...(metadata === undefined ? {} : { metadata: metadata ?? undefined }),
    });
    return { channel: channel.id, ts: message.ts, text: message.text, message: structuredClone(message) };
}

function remove(args, s) {
    const { channel, message } = own(args, s, 'cant_delete_message');
    s.workspace.remove(channel, message);
    return { channel: channel.id, ts: args.ts };
}

function whisper(args, s) {
    required(args, 'user');
    const channel = target(args, s);
    writable(channel, s);
    checkContent(args);
    if ([...(args.text ?? '')].length > MAX_POST) throw new SlackError('msg_too_long');
    const user = s.workspace.users.get(args.user);
    if (!user || !channel.members.has(user.id)) throw new SlackError('user_not_in_channel');
    const one = s.workspace.whisper(channel, user, {
        ...content(args), ...inThread(args, channel), bot_id: s.workspace.bot.profile.bot_id,
    });
    return { message_ts: one.message_ts };
}

function permalink(args, s) {
    required(args, 'message_ts');
    const channel = target(args, s);
    const message = s.workspace.message(channel, args.message_ts);
    const link = `https://${s.workspace.team.domain}.slack.com/archives/${channel.id}/p${message.ts.replace('.', '')}`;
    const reply = message.thread_ts && message.thread_ts !== message.ts;
    return { channel: channel.id, permalink: reply ? `${link}?thread_ts=${message.thread_ts}&cid=${channel.id}` : link };
}

function react(args, s) {
    required(args, 'timestamp', 'name');
    const channel = target(args, s);
    const message = s.workspace.message(channel, args.timestamp);
    if (!/^[a-z0-9_+'-]+$/.test(args.name)) throw new SlackError('invalid_name');
    const reactions = message.reactions ??= [];
    const old = reactions.find((one) => one.name === args.name);
    if (old?.users.includes(s.workspace.bot.id)) throw new SlackError('already_reacted');
    if (old) old.count = old.users.push(s.workspace.bot.id);
    else reactions.push({ name: args.name, users: [s.workspace.bot.id], count: 1 });
    s.log.add('reaction', { channel: channel.id, ts: message.ts, name: args.name });
    return {};
}

export default {
    'chat.postMessage': { scope: 'chat:write', run: post },
    'chat.update': { scope: 'chat:write', run: update },
    'chat.delete': { scope: 'chat:write', run: remove },
    'chat.postEphemeral': { scope: 'chat:write', run: whisper },
    'chat.getPermalink': { run: permalink },
    'reactions.add': { scope: 'reactions:write', run: react },
};
