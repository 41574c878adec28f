// connector.mjs - the REST interface under the serviceUrl: messages, conversations, rosters.
import { Buckets } from './buckets.mjs';
import { connectorError } from './faults.mjs';
import { empty, json, Listener, write } from './http.mjs';
import { one, paged, roster, team, channels } from './roster.mjs';
import { rootOf, threadOf } from './world.mjs';

const SIZE_LIMIT = 100 * 1024;          // bytes, counted as UTF-16
const CARD = 'application/vnd.microsoft.card.adaptive';
const DENIED = { message: 'Authorization has been denied for this request.' };

const no = (status, code, message) => connectorError(status, code, message);
const notMember = () => no(403, 'BotNotInConversationRoster', 'The bot is not in the roster of the conversation.');

// What is wrong with an activity that the bot wants to show, or undefined.
function refusal(activity) {
    if (activity === undefined) return no(400, 'BadSyntax', 'The body is not JSON');
    if (activity === null || typeof activity !== 'object' || Array.isArray(activity)) return no(400, 'BadSyntax', 'Activity expected');
    if (!['message', 'typing'].includes(activity.type)) return no(400, 'BadArgument', `Unknown activity type '${activity.type}'`);
    if (JSON.stringify(activity).length * 2 > SIZE_LIMIT) return no(413, 'MessageSizeTooBig', 'Message size too large');
    if (activity.type === 'typing') return undefined;
    const attachments = activity.attachments ?? [];
    if (!activity.text && attachments.length === 0) return no(400, 'BadSyntax', 'Activity has neither text nor attachments');
    const wrong = attachments.find((a) => a.contentType === CARD && a.content?.type !== 'AdaptiveCard');
    return wrong ? no(400, 'BadArgument', 'Unknown attachment content') : undefined;
}

const isSplit = (activity) => Boolean(activity.text) && (activity.attachments ?? []).some((a) => a.contentType === CARD);

const OPERATIONS = {
    send(x, conv) {
        const bad = refusal(x.activity);
        if (bad) return bad;
        const { conversation } = x, root = rootOf(conv) ?? x.replyTo ?? x.activity.replyToId;
        if (x.activity.type === 'typing') return empty(202);
        const post = (activity) => x.world.addMessage(conversation, {
            from: 'bot', activity, root: conversation.type === 'channel' ? root : undefined, targeted: x.query.get('isTargetedActivity') === 'true',
        });
        if (!isSplit(x.activity)) return json(201, { id: post(x.activity).id });
        post({ ...x.activity, attachments: [] });
        post({ ...x.activity, text: undefined });
        return json(201, {});           // two messages, and no id that an update could use
    },
    // Nobody checks what is replied to: events and conversations made by the bot have ids, too, which
    // are no messages, and the official client replies to them.
    reply(x, conv, id) {
        x.replyTo = x.world.message(conv, id)?.root;
        return OPERATIONS.send(x, conv);
    },
    update(x, conv, id) {
        const message = x.world.message(conv, id), bad = refusal(x.activity);
        if (!message) return no(404, 'ActivityNotFoundInConversation', 'Unknown activity');
        if (bad) return bad;
        if (message.from !== 'bot') return no(403, 'NotEnoughPermissions', 'Not a message of this bot');
        x.world.updateMessage(message, x.activity);
        return json(200, { id });
    },
    delete(x, conv, id) {
        const message = x.world.message(conv, id);
        if (!message) return no(404, 'ActivityNotFoundInConversation', 'Unknown activity');
        if (message.from !== 'bot') return no(403, 'NotEnoughPermissions', 'Not a message of this bot');
        message.deleted = true;
        return empty(200);
    },
    reaction: (x, conv, id) => (x.world.message(conv, id) ? empty(200) : no(404, 'ActivityNotFoundInConversation', 'Unknown activity')),
    members: (x) => roster(x),
    pagedMembers: (x) => paged(x),
    member: (x, conv, id) => one(x, id),
    team: (x, id) => team(x, id),
    channels: (x, id) => channels(x, id),
    create(x) {
        const wish = x.activity;
        if (!wish || typeof wish !== 'object') return no(400, 'BadSyntax', 'The body is not JSON');
        return wish.channelData?.channel?.id ? this.createThread(x, wish) : this.createPersonal(x, wish);
    },
    createThread(x, wish) {
        const conversation = x.world.channel(wish.channelData.channel.id);
        if (!conversation) return no(404, 'ConversationNotFound', 'Unknown channel');
        if (!x.world.hasBot(conversation)) return notMember();
        if (!wish.activity) return no(400, 'BadSyntax', 'Incorrect conversation creation parameters');
        const bad = refusal(wish.activity);
        if (bad) return bad;
        const message = x.world.addMessage(conversation, { from: 'bot', activity: wish.activity });
        return json(201, { id: message.conv, activityId: message.id, serviceUrl: x.world.serviceUrl });
    },
    createPersonal(x, wish) {
        const [member, ...more] = wish.members ?? [];
        if (!member?.id || more.length) return no(400, 'BadSyntax', 'Incorrect conversation creation parameters');
        const tenant = wish.tenantId ?? wish.channelData?.tenant?.id;
        if (tenant !== x.world.options.tenantId) return no(400, 'BadSyntax', 'Invalid tenant id');
        const user = x.world.user(member.id);
        if (!user) return no(404, 'ConversationNotFound', 'Unknown member');
        const conversation = x.world.personal(user);
        if (!conversation.installed) return notMember();
        return json(201, { id: conversation.id });
    },
};

const CONV = '/v3/conversations/([^/]+)', ACTIVITY = `${CONV}/activities/([^/]+)`;
const ROUTES = [
    ['POST', '/v3/conversations', 'create'],
    ['POST', `${CONV}/activities`, 'send'],
    ['POST', ACTIVITY, 'reply'],
    ['PUT', ACTIVITY, 'update'],
    ['DELETE', ACTIVITY, 'delete'],
    ['PUT', `${ACTIVITY}/reactions/[^/]+`, 'reaction'],
    ['DELETE', `${ACTIVITY}/reactions/[^/]+`, 'reaction'],
    ['GET', `${CONV}/members`, 'members'],
    ['GET', `${CONV}/members/([^/]+)`, 'member'],
    ['GET', `${CONV}/paged[mM]embers`, 'pagedMembers'],
    ['GET', '/v3/teams/([^/]+)', 'team'],
    ['GET', '/v3/teams/([^/]+)/conversations', 'channels'],
].map(([method, path, op]) => ({ method, op, pattern: new RegExp(`^(?:/[^/]+)*${path}$`) }));

export class Connector {
    constructor({ log, faults, options, world, login }) {
        Object.assign(this, { log, faults, options, world, login });
        this.buckets = new Buckets(log.now);
        this.counts = {};
        this.changing = new Set();      // messages with an update or delete under way
        this.listener = new Listener((exchange) => this.handle(exchange));
    }

    async start() {
        await this.listener.open();
        this.world.serviceUrl = `${this.listener.url}/amer/${this.options.tenantId}/`;
    }

    async handle(exchange) {
        const route = ROUTES.find((r) => r.method === exchange.method && r.pattern.test(exchange.path));
        if (!route) return this.stray(exchange);
        const args = route.pattern.exec(exchange.path).slice(1).map(decodeURIComponent);
        let activity = null;
        try { if (exchange.body.length) activity = JSON.parse(exchange.body); } catch { activity = undefined; }
        const op = ['send', 'reply'].includes(route.op) && activity?.type === 'typing' ? 'typing' : route.op;
        const conv = route.op === 'create' ? activity?.channelData?.channel?.id ?? 'personal' : args[0];
        this.counts[op] = (this.counts[op] ?? 0) + 1;
        const entry = this.log.add({
            kind: 'connector', op, conv, args, activity, headers: exchange.headers, rawUrl: exchange.rawUrl, bytes: exchange.body.length,
        });
        const overlap = this.claim(entry);
        const operation = async () => {
            const { query, headers } = exchange, x = { activity, query, headers, world: this.world };
            const answer = overlap && this.options.conflicts ? no(412, 'PreconditionFailed', 'Concurrent edit')
                : this.perform(route.op, op, conv, args, x);
            try { this.log.change(entry, { result: JSON.parse(answer.body) }); } catch { /* empty body */ }
            return answer;
        };
        try {
            this.log.change(entry, await this.faults.answer(exchange, op, operation, conv));
        } finally {
            if (overlap === false) this.changing.delete(`${threadOf(conv)} ${args[1]}`);
        }
    }

    // Two changes of one message at once are told in the log; with options.conflicts the second is 412.
    claim(entry) {
        const name = `${threadOf(entry.conv)} ${entry.args[1]}`;
        if (!['update', 'delete'].includes(entry.op)) return undefined;
        entry.overlap = this.changing.has(name);
        this.changing.add(name);
        return entry.overlap;
    }

    // Nothing lives here, but a client that follows a redirect should be seen.
    stray(exchange) {
        this.log.add({ kind: 'stray', method: exchange.method, rawUrl: exchange.rawUrl, headers: exchange.headers });
        write(exchange, json(404, { message: `No HTTP resource was found that matches the request URI '${exchange.path}'.` }));
    }

    perform(route, op, conv, args, x) {
        if (!this.login.bearer(x.headers.authorization)) return json(401, DENIED);
        const wait = this.options.rateLimits ? this.buckets.take(op, threadOf(conv)) : 0;
        if (wait) {
            const answer = no(429, 'Throttled', 'Too many requests');
            answer.headers['Retry-After'] = String(wait);
            return answer;
        }
        const body = ['POST', 'PUT'].includes(ROUTES.find((r) => r.op === route).method) && route !== 'reaction';
        if (body && !/^application\/json/.test(x.headers['content-type'] ?? '')) return no(415, 'BadSyntax', 'JSON expected');
        if (route === 'create' || route === 'team' || route === 'channels') return OPERATIONS[route](x, ...args);
        x.conversation = this.world.conversations.get(threadOf(conv));
        if (!x.conversation) return no(404, 'ConversationNotFound', 'Conversation not found.');
        if (rootOf(conv) && !this.world.messages.has(`${threadOf(conv)} ${rootOf(conv)}`)) return no(404, 'ConversationNotFound', 'Thread not found.');
        if (!this.world.hasBot(x.conversation)) return notMember();
        if (x.conversation.blocked) return connectorError(403, 'ConversationBlockedByUser', 'Blocked', 'MessageWritesBlocked');
        return OPERATIONS[route](x, ...args);
    }
}
