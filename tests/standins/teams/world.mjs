// world.mjs - one tenant: users, a team with channels, chats, who has the bot, and all messages.
// Spelling of ids: 29:... users, a:1... personal chats, 19:...@thread.tacv2 channels, 19:...@thread.v2
// group chats; inside a thread of a channel ;messageid=<root> follows.
import { createHash, randomUUID } from 'node:crypto';

const token = (seed, length) => createHash('sha256').update(seed).digest('base64url').slice(0, length);
const guid = (seed) => createHash('sha256').update(seed).digest('hex').slice(0, 32)
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*/, '$1-$2-4$3-a$4-$5');

export const threadOf = (conv) => conv.split(';messageid=')[0];
export const rootOf = (conv) => conv.split(';messageid=')[1];

export class World {
    constructor({ log, options }) {
        Object.assign(this, { log, options });
        this.users = new Map();         // by 29: id
        this.conversations = new Map(); // by id without ;messageid
        this.messages = new Map();      // by `${conversation} ${id}`
        this.lastId = 0;
        this.team = {
            id: `19:${token(`team ${options.team}`, 32)}@thread.tacv2`, name: options.team,
            aadGroupId: guid(`group ${options.team}`), installed: false,
        };
        for (const name of options.users) this.addUser(name);
        this.addChannel('General', this.team.id);
        for (const name of options.channels) this.addChannel(name);
    }

    addUser(name, more = {}) {
        const [first, last = ''] = name.split(' '), mail = `${name.replace(/ /g, '.').toLowerCase()}@desk.example`;
        const user = {
            id: `29:1${token(`user ${name}`, 60)}`, name, aadObjectId: guid(`aad ${name}`),
            givenName: first, surname: last, email: mail, userPrincipalName: mail, ...more,
        };
        this.users.set(user.id, user);
        return user;
    }

    // By name, 29: id, aadObjectId or user principal name.
    user(who) {
        if (typeof who === 'object') return who;
        for (const user of this.users.values()) {
            if ([user.id, user.name, user.aadObjectId, user.userPrincipalName].includes(who)) return user;
        }
        return undefined;
    }

    addChannel(name, id = `19:${token(`channel ${name}`, 32)}@thread.tacv2`) {
        return this.keep({ id, type: 'channel', name, team: this.team });
    }

    channel(name) {
        return [...this.conversations.values()].find((c) => c.type === 'channel' && (c.name === name || c.id === name));
    }

    personal(who) {
        const user = this.user(who), id = `a:1${token(`personal ${user.id}`, 60)}`;
        return this.conversations.get(id) ?? this.keep({ id, type: 'personal', users: [user.id], installed: false });
    }

    group(name, who = [...this.users.keys()]) {
        const id = `19:${token(`group ${name}`, 32)}@thread.v2`;
        return this.conversations.get(id)
            ?? this.keep({ id, type: 'groupChat', name, users: who.map((w) => this.user(w).id), installed: false });
    }

    keep(conversation) {
        this.conversations.set(conversation.id, conversation);
        return conversation;
    }

    hasBot(conversation) {
        return conversation.type === 'channel' ? this.team.installed : conversation.installed;
    }

    setBot(conversation, installed) {
        if (conversation.type === 'channel') this.team.installed = installed;
        else conversation.installed = installed;
    }

    members(conversation) {
        const ids = conversation.users ?? [...this.users.keys()];
        return ids.map((id) => this.users.get(id));
    }

    newId() {                           // a millisecond time, never twice
        this.lastId = Math.max(this.lastId + 1, this.log.now());
        return String(this.lastId);
    }

    // A message of the bot (from 'bot') or of a user (29: id). root: of which thread, in channels.
    addMessage(conversation, { from, activity, root, id = this.newId(), targeted = false }) {
        const message = {
            id, conversation: conversation.id, root: conversation.type === 'channel' ? root ?? id : undefined,
            from, activity, targeted, deleted: false, versions: [{ at: this.log.now(), activity }], views: new Map(), reactions: [],
        };
        message.conv = message.root ? `${conversation.id};messageid=${message.root}` : conversation.id;
        this.messages.set(`${conversation.id} ${id}`, message);
        return message;
    }

    // An answer to one viewer is gone when the shared message changes.
    updateMessage(message, activity) {
        message.activity = activity;
        message.versions.push({ at: this.log.now(), activity });
        message.views.clear();
    }

    message(conv, id) {
        const message = this.messages.get(`${threadOf(conv)} ${id}`);
        return message && !message.deleted ? message : undefined;
    }

    // What a person sees, oldest first; conv may name a thread.
    shown(conv) {
        const root = rootOf(conv);
        return [...this.messages.values()].filter((m) => m.conversation === threadOf(conv)
            && !m.deleted && (!root || m.root === root));
    }

    // The card of a message as this user sees it, or undefined.
    card(message, who) {
        const own = who && message.views.get(this.user(who).id);
        return own ?? message.activity.attachments?.find((a) => a.contentType === 'application/vnd.microsoft.card.adaptive')?.content;
    }
}

export const newEventId = () => `f:${randomUUID()}`;
