// control.mjs - the stand-in by HTTP, for tests in other languages and for people.
// POST /control {"do": "click", ...}: a function of People, or one of ADMIN. GET /control/log?from=N.
import { matches } from './log.mjs';
import { json, Listener, write } from './http.mjs';

const ADMIN = {
    state: ({ env, world: { serviceUrl, team, bot, users, conversations } }) => ({
        env, serviceUrl, team, bot, users: [...users.values()], conversations: [...conversations.values()],
    }),
    bot: (t, { url }) => { t.botUrl = url; },
    option: (t, { do: _, ...options }) => { Object.assign(t.options, options); },
    policy: (t, { do: _, ...policy }) => Object.assign(t.delivery.policy, policy),
    fault: (t, { do: _, ...rule }) => t.faults.add(rule),
    faults: (t) => t.faults.rules,
    clearFaults: (t, { op }) => t.faults.clear(op),
    waitFor: (t, { match, ms, from }) => t.waitFor((entry) => matches(entry, match), ms, from),
    messages: (t, { where, user }) => {
        const { conversation, root } = t.people.place(where, t.people.user(user));
        return t.world.shown(root ? `${conversation.id};messageid=${root}` : conversation.id);
    },
    card: (t, { message, user }) => t.world.card(t.people.message(message), user),
    keysDown: (t) => t.keys.down(),
    keysUp: async (t) => { await t.keys.up(); },
    rotate: async (t, { keepOld, endorsements }) => (await t.keys.rotate({ keepOld, endorsements })).kid,
    forgetTokens: (t) => t.login.forget(),
    counts: (t) => ({ keys: t.keys.counts, login: t.login.counts, connector: t.connector.counts }),
    block: (t, { where, user, blocked = true }) => { t.people.place(where, t.people.user(user)).conversation.blocked = blocked; },
    addUser: (t, { name }) => t.world.addUser(name),
    addChannel: (t, { name }) => t.world.addChannel(name),
};

const PEOPLE = ['install', 'uninstall', 'write', 'edit', 'delete', 'react', 'join', 'event', 'click', 'openDialog',
    'submitDialog', 'feedback', 'invoke', 'raw'];

export class Control {
    constructor(teams) {
        this.teams = teams;
        this.listener = new Listener((exchange) => this.handle(exchange));
    }

    get url() { return `${this.listener.url}/control`; }

    async handle(exchange) {
        if (exchange.method === 'GET' && exchange.path === '/control/log') {
            return write(exchange, json(200, this.teams.log.entries.slice(Number(exchange.query.get('from') ?? 0))));
        }
        if (exchange.method !== 'POST' || exchange.path !== '/control') return write(exchange, json(404, {}));
        try {
            const wish = JSON.parse(exchange.body);
            return write(exchange, json(200, (await this.perform(wish)) ?? {}));
        } catch (error) {
            return write(exchange, json(400, { error: error.message }));
        }
    }

    perform(wish) {
        const { teams } = this;
        if (Object.hasOwn(ADMIN, wish.do)) return ADMIN[wish.do](teams, wish);
        if (PEOPLE.includes(wish.do)) return teams.people[wish.do](wish);
        throw new Error(`cannot do ${wish.do}; there are ${[...PEOPLE, ...Object.keys(ADMIN)].join(', ')}`);
    }
}
