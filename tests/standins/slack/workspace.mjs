// workspace.mjs - the state of the stand-in: users, channels, messages, threads, ephemerals. It knows
// nothing of HTTP or sockets; who wants to hear of changes sets `heard(event, channel)`.
import { now } from './log.mjs';
import { SlackError } from './errors.mjs';

const padded = (prefix, name) => (prefix + name.toUpperCase().replace(/[^A-Z0-9]/g, '')).padEnd(10, '0');

const USERS = [
    { name: 'sara', real_name: 'Sara Admin', is_admin: true },
    { name: 'omar', real_name: 'Omar Member' },
    { name: 'lena', real_name: 'Lena Member' },
    { name: 'gus', real_name: 'Gus Guest', is_restricted: true },
    { name: 'una', real_name: 'Una Guest', is_restricted: true, is_ultra_restricted: true },
    { name: 'stan', real_name: 'Stan Stranger', is_stranger: true, team_id: 'TELSEWHERE' },
    { name: 'robo', real_name: 'Another Bot', is_bot: true },
    { name: 'dora', real_name: 'Dora Gone', deleted: true },
];
const EVERYBODY = ['sara', 'omar', 'lena', 'gus', 'stan', 'robo'];
const CHANNELS = [
    { name: 'triage', members: [...EVERYBODY, 'deskhand'] },
    { name: 'general', members: EVERYBODY },
    { name: 'escalation', is_private: true, members: ['sara', 'omar', 'deskhand'] },
    { name: 'secret', is_private: true, members: ['sara'] },
    { name: 'attic', is_archived: true, members: ['sara', 'deskhand'] },
];

export class Workspace {
    constructor(log, { users = USERS, channels = CHANNELS, team = {} } = {}) {
        this.log = log;
        this.team = { id: 'T0STANDIN0', domain: 'standin', name: 'Stand-in', ...team };
        this.app = { id: 'A0DESKHAND', name: 'Deskhand' };
        this.users = new Map();
        this.channels = new Map();
        this.ephemerals = [];
        this.usergroups = [];
        this.lastMicros = 0n;
        this.heard = () => {};
        this.bot = this.addUser({ name: 'deskhand', real_name: 'Deskhand', is_bot: true, bot_id: 'B0DESKHAND' });
        for (const user of users) this.addUser(user);
        for (const channel of channels) this.addChannel(channel);
    }

    // A time stamp: seconds with six digits, never the same twice.
    ts() {
        const micros = BigInt(Math.floor(now() * 1000));
        this.lastMicros = micros > this.lastMicros ? micros : this.lastMicros + 1n;
        const digits = String(this.lastMicros);
        return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
    }

    addUser({ name, id = padded('U', name), email = `${name}@example.test`, real_name = name, ...rest }) {
        const person = !rest.is_bot;
        const user = {
            id, team_id: this.team.id, name, deleted: false, real_name, tz: 'Etc/UTC', tz_offset: 0,
            is_admin: false, is_owner: false, is_primary_owner: false, is_restricted: false,
            is_ultra_restricted: false, is_bot: false, is_app_user: false, updated: Math.floor(now() / 1000),
            ...rest,
            profile: { real_name, display_name: name, team: this.team.id, ...(person ? { email } : {}), ...rest.profile },
        };
        if (!person) user.profile.bot_id = user.bot_id ?? padded('B', name);
        delete user.bot_id;
        this.users.set(id, user);
        return user;
    }

    addChannel({ name, id = padded('C', name), members = [], ...rest }) {
        const channel = {
            id, name, is_channel: true, is_group: false, is_im: false, is_mpim: false, is_private: false,
            is_archived: false, is_ext_shared: false, created: Math.floor(now() / 1000), ...rest,
            members: new Set(members.map((member) => this.user(member).id)), messages: new Map(),
        };
        this.channels.set(id, channel);
        return channel;
    }

    // By id or by name; throws when there is none.
    user(key) {
        const found = this.users.get(key) ?? [...this.users.values()].find((user) => user.name === key);
        if (!found) throw new SlackError('user_not_found');
        return found;
    }

    channel(key) {
        const name = String(key ?? '').replace(/^#/, '');
        const found = this.channels.get(name) ?? [...this.channels.values()].find((one) => one.name === name);
        if (!found) throw new SlackError('channel_not_found');
        return found;
    }

    hasBot(channel) { return channel.members.has(this.bot.id); }

    // The conversation between the bot and a user; made on first use.
    direct(userKey) {
        const user = this.user(userKey);
        const id = `D${user.id.slice(1)}`;
        return this.channels.get(id) ?? this.addChannel({
            id, name: id, is_channel: false, is_im: true, is_private: true, user: user.id,
            members: [user.id, this.bot.id],
        });
    }

    message(channel, ts) {
        const found = channel.messages.get(ts);
        if (!found) throw new SlackError('message_not_found');
        return found;
    }

    // Everything in a channel that a reader of the main view sees, oldest first.
    mainView(channel) {
        return [...channel.messages.values()].filter((message) =>
            !message.thread_ts || message.thread_ts === message.ts || message.subtype === 'thread_broadcast');
    }

    thread(channel, ts) {
        return [...channel.messages.values()].filter((message) => message.ts === ts || message.thread_ts === ts);
    }

    post(channel, fields) {
        const team = this.users.get(fields.user)?.team_id ?? this.team.id;
        const message = { type: 'message', ts: this.ts(), team, ...(team === this.team.id ? {} : { user_team: team }), ...fields };
        if (message.thread_ts) this.joinThread(channel, message);
        channel.messages.set(message.ts, message);
        this.log.add('message', { op: 'post', channel: channel.id, ts: message.ts, message: structuredClone(message) });
        this.heard({ type: 'message', ...message, channel: channel.id }, channel);
        return message;
    }

    joinThread(channel, message) {
        const parent = channel.messages.get(message.thread_ts);
        if (!parent) throw new SlackError('thread_not_found');
        if (parent.thread_ts && parent.thread_ts !== parent.ts) throw new SlackError('cannot_reply_to_message');
        parent.thread_ts = parent.ts;
        message.parent_user_id = parent.user;
        parent.reply_count = (parent.reply_count ?? 0) + 1;
        parent.latest_reply = message.ts;
        parent.reply_users = [...new Set([...(parent.reply_users ?? []), message.user])];
        parent.reply_users_count = parent.reply_users.length;
    }

    edit(channel, message, changes) {
        const previous = structuredClone(message);
        Object.assign(message, changes, { edited: { user: changes.by ?? message.user, ts: this.ts() } });
        delete message.by;
        for (const name of Object.keys(message)) if (message[name] === undefined) delete message[name];
        this.log.add('message', { op: 'edit', channel: channel.id, ts: message.ts, message: structuredClone(message) });
        this.heard({
            type: 'message', subtype: 'message_changed', hidden: true, channel: channel.id, ts: this.ts(),
            message: structuredClone(message), previous_message: previous,
        }, channel);
    }

    // A parent with replies leaves a tombstone, as at Slack.
    remove(channel, message) {
        const parent = message.thread_ts && message.thread_ts !== message.ts && channel.messages.get(message.thread_ts);
        const previous = structuredClone(message);
        if (parent) parent.reply_count--;
        if (message.reply_count > 0) {
            for (const name of ['blocks', 'metadata', 'bot_id', 'bot_profile', 'app_id']) delete message[name];
            Object.assign(message, { subtype: 'tombstone', text: 'This message was deleted.', hidden: true, user: 'USLACKBOT' });
        } else {
            channel.messages.delete(message.ts);
        }
        this.log.add('message', { op: 'delete', channel: channel.id, ts: message.ts });
        this.heard({
            type: 'message', subtype: 'message_deleted', hidden: true, channel: channel.id, ts: this.ts(),
            deleted_ts: message.ts, previous_message: previous,
        }, channel);
    }

    whisper(channel, user, fields) {
        const one = { channel: channel.id, user: user.id, message_ts: this.ts(), ...fields };
        this.ephemerals.push(one);
        this.log.add('ephemeral', { op: 'post', ...structuredClone(one) });
        return one;
    }

    // How the API shows a channel.
    shown(channel) {
        const { members, messages, ...rest } = channel;
        const shape = channel.is_im ? { ...rest, name: undefined, is_open: true } : {
            ...rest, name_normalized: channel.name, num_members: members.size, is_general: channel.name === 'general',
            context_team_id: this.team.id, topic: { value: '' }, purpose: { value: '' },
        };
        return { ...shape, is_member: this.hasBot(channel) };
    }
}
