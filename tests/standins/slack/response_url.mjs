// response_url.mjs - the addresses that interactive payloads carry: 5 uses, 30 minutes, no token.
import { randomBytes } from 'node:crypto';
import { now } from './log.mjs';
import { SlackError } from './errors.mjs';
import { checkMessageBlocks, named } from './blocks.mjs';

const USES = 5;

// about: { user, channel, message? | ephemeral?, slash? } - where an answer belongs.
export function responseUrl(s, about) {
    const path = `/response/${s.workspace.team.id}/${randomBytes(12).toString('hex')}`;
    s.responseUrls.set(path, { ...about, uses: 0, at: now() });
    return s.url + path;
}

const refuse = (status, error) => ({
    status, error, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ok: false, error }),
});

function content(args) {
    return { text: String(args.text ?? ''), ...(args.blocks ? { blocks: named(args.blocks) } : {}) };
}

function removeOriginal(s, { channel, message, ephemeral }) {
    if (message) return s.workspace.remove(channel, message);
    s.workspace.ephemerals = s.workspace.ephemerals.filter((one) => one !== ephemeral);
    s.log.add('ephemeral', { op: 'delete', channel: channel.id, user: ephemeral.user, message_ts: ephemeral.message_ts });
    return undefined;
}

function replaceOriginal(s, { channel, message, ephemeral }, args) {
    if (message) return s.workspace.edit(channel, message, { blocks: undefined, ...content(args) });
    delete ephemeral.blocks;
    Object.assign(ephemeral, content(args));
    s.log.add('ephemeral', { op: 'edit', ...structuredClone(ephemeral) });
    return undefined;
}

// What an answer does, for a response_url as for the acknowledgement of a slash command.
export function answer(s, about, args) {
    const { channel, user } = about;
    if (args.delete_original && !about.slash) return removeOriginal(s, about);
    if (!args.text && !args.blocks?.length) throw new SlackError('no_text');
    if (args.blocks) checkMessageBlocks(args.blocks);
    if (args.replace_original && !about.slash) return replaceOriginal(s, about, args);
    const bot = s.workspace.bot;
    const thread = args.thread_ts ? { thread_ts: args.thread_ts } : {};
    const fields = { bot_id: bot.profile.bot_id, ...content(args), ...thread };
    if (args.response_type === 'in_channel') return s.workspace.post(channel, { user: bot.id, app_id: s.workspace.app.id, ...fields });
    return s.workspace.whisper(channel, user, fields);
}

export function respond(s, path, args) {
    const about = s.responseUrls.get(path);
    if (!about) return refuse(404, 'no_service');
    if (now() - about.at > s.responseUrlMs) return refuse(404, 'expired_url');
    if (about.uses >= USES) return refuse(404, 'used_url');
    about.uses++;
    try {
        answer(s, about, args);
    } catch (error) {
        if (error instanceof SlackError) return refuse(error.code === 'no_text' ? 400 : 404, error.code);
        throw error;
    }
    return { status: 200, headers: { 'content-type': 'text/html' }, body: 'ok' };
}
