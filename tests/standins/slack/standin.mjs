// standin.mjs - a stand-in for Slack on the loopback address: Web API, Socket Mode, the people who use it, and
// everything that may go wrong. `const slack = await SlackStandin.start(options)`; `await slack.stop()`.
import { createServer } from 'node:http';
import { Log, Timers, globbed } from './log.mjs';
import { Faults } from './faults.mjs';
import { Workspace } from './workspace.mjs';
import { Views } from './views.mjs';
import { Sockets } from './sockets.mjs';
import { Envelopes } from './envelopes.mjs';
import { Events } from './events.mjs';
import { serve } from './http.mjs';
import { CannotDo } from './errors.mjs';
import people from './people.mjs';
import clicks from './people_clicks.mjs';
import modals from './people_modals.mjs';
import trouble from './trouble.mjs';

const VERBS = { ...people, ...clicks, ...modals, ...trouble };

// What a well set-up app has been granted.
export const SCOPES = ['app_mentions:read', 'channels:history', 'channels:read', 'channels:join', 'chat:write',
    'chat:write.customize', 'commands', 'groups:history', 'groups:read', 'im:history', 'im:read', 'im:write',
    'reactions:write', 'team:read', 'usergroups:read', 'users:read', 'users:read.email'];

export class SlackStandin {
    // options: port, botToken, appToken, scopes, appScopes, users, channels, events, ackMs, redeliverMs,
    // sameEnvelopeId, spread, lifetimeSeconds, recycle, warnMs, ticketMs, pingMs, helloMs, triggerMs,
    // responseUrlMs, editWindowMs, homeEnabled, faults (that are there from the beginning)
    constructor(options = {}) {
        this.botToken = options.botToken ?? 'xoxb-1111-2222-standin';
        this.appToken = options.appToken ?? 'xapp-1-A0DESKHAND-3333-standin';
        this.scopes = options.scopes ?? [...SCOPES];
        this.appScopes = options.appScopes ?? ['connections:write'];
        this.editWindowMs = options.editWindowMs;
        this.homeEnabled = options.homeEnabled ?? true;
        this.responseUrlMs = options.responseUrlMs ?? 30 * 60000;
        this.revoked = new Map();                   // token -> error
        this.responseUrls = new Map();
        this.log = new Log();
        this.timers = new Timers();
        this.faults = new Faults(this.log);
        for (const fault of options.faults ?? []) this.faults.add(fault);
        this.workspace = new Workspace(this.log, options);
        this.views = new Views(this.log, this.workspace, options);
        this.sockets = new Sockets(this, options);
        this.envelopes = new Envelopes(this, options);
        this.events = new Events(this, options);
        for (const verb of Object.keys(VERBS)) this[camel(verb)] = (args) => this.do(verb, args);
    }

    static async start(options = {}) {
        const standin = new SlackStandin(options);
        await standin.listen(options.port ?? 0);
        return standin;
    }

    async listen(port) {
        this.server = createServer((request, response) => serve(this, request, response));
        this.server.on('upgrade', (request, raw, head) => this.sockets.upgrade(request, raw, head));
        await new Promise((resolve, reject) => {
            this.server.once('error', reject);
            this.server.listen(port, '127.0.0.1', resolve);
        });
        this.port = this.server.address().port;
        this.url = `http://127.0.0.1:${this.port}`;
    }

    urls() {
        return {
            api: `${this.url}/api/`, control: `${this.url}/control/`, bot_token: this.botToken, app_token: this.appToken,
            team: this.workspace.team.id, bot_user: this.workspace.bot.id,
        };
    }

    // What the environment of a desk needs.
    environment() {
        return { SLACK_API_URL: `${this.url}/api/`, SLACK_BOT_TOKEN: this.botToken, SLACK_APP_TOKEN: this.appToken };
    }

    // Does what a person (or bad luck) does; see README.md for the verbs. Throws CannotDo.
    do(verb, args = {}) {
        if (!Object.hasOwn(VERBS, verb)) throw new CannotDo(`no such verb: ${verb}; there are ${Object.keys(VERBS).join(' ')}`);
        return VERBS[verb](this, args);
    }

    join(channel, user, inviter) {
        channel.members.add(user.id);
        this.log.add('member', { op: 'joined', channel: channel.id, user: user.id });
        const envelope = this.workspace.hasBot(channel) ? this.events.tell({
            type: 'member_joined_channel', user: user.id, channel: channel.id, channel_type: channel.is_private ? 'G' : 'C',
            team: this.workspace.team.id, ...(inviter ? { inviter: inviter.id } : {}),
        }) : null;
        return { channel: channel.id, envelope, envelopes: envelope ? [envelope] : [] };
    }

    waitFor(predicate, ms, what) { return this.log.waitFor(predicate, ms, what); }

    // Calls of methods that match a glob, oldest first; `performed` ones have had their effect.
    calls(method = '*') { return this.log.of('call', (call) => globbed(method, call.method)); }

    // Everything by which the app broke the protocol; a good test ends with this being empty.
    problems() { return this.log.of('problem'); }

    longestGap(from, to) { return this.sockets.longestGap(from, to); }

    // Empties the log, so that a long run does not fill the memory.
    forget() {
        this.log.forget();
        this.envelopes.forget();
    }

    messages(channel) { return [...this.workspace.channel(channel).messages.values()]; }

    ephemerals(user) {
        const { id } = this.workspace.user(user);
        return this.workspace.ephemerals.filter((one) => one.user === id);
    }

    modal(user) { return this.views.top(this.workspace.user(user).id) ?? null; }

    home(user) { return this.views.homes.get(this.workspace.user(user).id) ?? null; }

    async stop() {
        this.timers.clear();
        this.sockets.stop();
        const closed = new Promise((resolve) => this.server.close(resolve));
        this.server.closeAllConnections();
        await closed;
    }
}

const camel = (verb) => verb.replace(/_(.)/g, (_, letter) => letter.toUpperCase());
