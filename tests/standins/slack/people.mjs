// people.mjs - what people do with messages, channels and accounts. Each function takes (s, one object) and
// answers with an object: message, channel, user where it fits, and envelopes: what was sent to the app for it.
// Users and channels are given by id or by name.
import { randomUUID } from 'node:crypto';
import { CannotDo } from './errors.mjs';

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const LINK = /https?:\/\/[^\s<>"|]+/g;

// What a person typed, as the client sends it: text with entities and links, and the lossless blocks.
function typedText(typed, mention) {
    const elements = [];
    let text = '', from = 0;
    if (mention) {
        elements.push({ type: 'user', user_id: mention }, { type: 'text', text: ' ' });
        text = `<@${mention}> `;
    }
    const plain = (part) => {
        if (part) elements.push({ type: 'text', text: part });
        text += escaped(part);
    };
    for (const { 0: url, index } of typed.matchAll(LINK)) {
        plain(typed.slice(from, index));
        elements.push({ type: 'link', url });
        text += `<${escaped(url)}>`;
        from = index + url.length;
    }
    plain(typed.slice(from));
    return { text, blocks: [{ type: 'rich_text', block_id: 'typed', elements: [{ type: 'rich_text_section', elements }] }] };
}

function speaker(s, user, channel) {
    const who = s.workspace.user(user ?? 'omar');
    if (!channel.members.has(who.id)) throw new CannotDo(`${who.name} is not in ${channel.name}`);
    if (channel.is_archived) throw new CannotDo(`${channel.name} is archived`);
    return who;
}

function told(s, rest) {
    const envelopes = s.events.takeTold();
    return { ...rest, envelope: envelopes[0] ?? null, envelopes };
}

// { user, channel, text, thread_ts?, broadcast?, files?, subtype?, raw?: text as on the wire, mention? }
function post(s, { user, channel: key, text = '', thread_ts: thread, broadcast, raw, mention, files, subtype }) {
    const channel = s.workspace.channel(key);
    const who = speaker(s, user, channel);
    const words = raw === undefined ? typedText(text, mention && s.workspace.bot.id) : { text: raw };
    const kind = broadcast ? 'thread_broadcast' : files ? 'file_share' : subtype;
    const bot = who.is_bot ? { bot_id: who.profile.bot_id } : {};
    s.events.takeTold();
    const message = s.workspace.post(channel, {
        user: who.id, client_msg_id: randomUUID(), ...words, ...bot, ...(kind ? { subtype: kind } : {}),
        ...(thread ? { thread_ts: thread } : {}), ...(files ? { files } : {}),
    });
    return told(s, { message, ts: message.ts, channel: channel.id });
}

function mention(s, args) { return post(s, { ...args, mention: true }); }

// A person's message to the bot, in their own conversation.
function direct(s, { user = 'omar', ...args }) {
    return post(s, { ...args, user, channel: s.workspace.direct(user).id });
}

function ofPerson(s, { channel: key, ts, user }) {
    const channel = s.workspace.channel(key);
    const message = s.workspace.message(channel, ts);
    if (user && message.user !== s.workspace.user(user).id) throw new CannotDo('not their message');
    return { channel, message };
}

function edit(s, { text = '', ...where }) {
    const { channel, message } = ofPerson(s, where);
    s.events.takeTold();
    s.workspace.edit(channel, message, typedText(text));
    return told(s, { message, channel: channel.id });
}

// Admins may delete what is not theirs, cards too: then leave out user.
function remove(s, where) {
    const { channel, message } = ofPerson(s, where);
    s.events.takeTold();
    s.workspace.remove(channel, message);
    return told(s, { channel: channel.id });
}

function event(s, fields, rest = {}) {
    const envelope = s.events.tell(fields);
    return { ...rest, envelope, envelopes: envelope ? [envelope] : [] };
}

// { user, channel, by? }: anybody into a channel; the bot by { user: 'deskhand' } or without user.
function invite(s, { user = s.workspace.bot.id, channel: key, by = 'sara' }) {
    const channel = s.workspace.channel(key), who = s.workspace.user(user);
    return s.join(channel, who, s.workspace.user(by));
}

function kick(s, { user = s.workspace.bot.id, channel: key }) {
    const channel = s.workspace.channel(key), who = s.workspace.user(user);
    const wasThere = s.workspace.hasBot(channel);
    channel.members.delete(who.id);
    s.log.add('member', { op: 'left', channel: channel.id, user: who.id });
    if (who.id === s.workspace.bot.id) return event(s, { type: 'channel_left', channel: channel.id }, { channel: channel.id });
    const type = channel.is_private ? 'G' : 'C';
    return wasThere ? event(s, { type: 'member_left_channel', user: who.id, channel: channel.id, channel_type: type, team: s.workspace.team.id }) : { envelopes: [] };
}

function archive(s, { channel: key, by = 'sara' }) {
    const channel = s.workspace.channel(key);
    channel.is_archived = true;
    return event(s, { type: 'channel_archive', channel: channel.id, user: s.workspace.user(by).id }, { channel: channel.id });
}

function unarchive(s, { channel: key, by = 'sara' }) {
    const channel = s.workspace.channel(key);
    channel.is_archived = false;
    return event(s, { type: 'channel_unarchive', channel: channel.id, user: s.workspace.user(by).id }, { channel: channel.id });
}

function deleteChannel(s, { channel: key }) {
    const channel = s.workspace.channel(key);
    s.workspace.channels.delete(channel.id);
    return event(s, { type: 'channel_deleted', channel: channel.id });
}

// { token: 'bot' | 'app', error: 'token_revoked' | 'account_inactive' | ..., tell?: false }
function revoke(s, { token = 'bot', error = 'token_revoked', tell = true }) {
    s.revoked.set(token === 'app' ? s.appToken : s.botToken, error);
    if (!tell) return { envelopes: [] };
    const bot = token === 'app' ? [] : [s.workspace.bot.id];
    return event(s, { type: 'tokens_revoked', tokens: { oauth: [], bot } });
}

function restore(s, { token = 'bot' }) {
    s.revoked.delete(token === 'app' ? s.appToken : s.botToken);
    return { envelopes: [] };
}

function uninstall(s) {
    const answer = event(s, { type: 'app_uninstalled' });
    s.revoked.set(s.botToken, 'account_inactive');
    return answer;
}

// { user, changes: { deleted, is_admin, profile: {...}, ... } }
function changeUser(s, { user, changes = {} }) {
    const who = s.workspace.user(user);
    const { profile, ...rest } = changes;
    Object.assign(who, rest, { updated: Math.floor(Date.now() / 1000) });
    Object.assign(who.profile, profile);
    return event(s, { type: 'user_change', user: structuredClone(who) }, { user: who });
}

function addUser(s, fields) {
    const user = s.workspace.addUser(fields);
    return event(s, { type: 'team_join', user: structuredClone(user) }, { user });
}

// A channel that the bot is in when members name it; no event.
function addChannel(s, fields) { return { channel: s.workspace.addChannel(fields).id, envelopes: [] }; }

export default {
    post, mention, direct, edit, remove, invite, kick, archive, unarchive, delete_channel: deleteChannel,
    revoke, restore, uninstall, change_user: changeUser, add_user: addUser, add_channel: addChannel,
};
