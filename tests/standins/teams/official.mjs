// official.mjs - holds the stand-in to the protocol: the official SDK must get along with it, and
// must refuse what the stand-in forges. usage: node tests/standins/teams/official.mjs
import { createRequire } from 'node:module';
import { Checks, same, that } from '../../conformance/checks.mjs';
import { startOfficialBot } from './official_bot.mjs';
import { startTeams } from './teams.mjs';
import { newCertificate } from './x509.mjs';

const require = createRequire(import.meta.url);
const { TeamsActivityHandler, TeamsInfo, TurnContext, MessageFactory, CardFactory } = require('botbuilder');
const { AppCredentials } = require('botframework-connector');

const action = { type: 'Action.Execute', title: 'Claim', verb: 'claim', data: { ticket: 7 } };
const card = (state) => ({
    type: 'AdaptiveCard', version: '1.5', body: [{ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: state }] }],
    actions: [{ ...action, fallback: { ...action, type: 'Action.Submit', data: { ticket: 7, verb: 'claim' } } },
        { type: 'Action.Submit', title: 'Note', data: { msteams: { type: 'task/fetch' }, kind: 'note' } }],
});
const dialog = {
    type: 'AdaptiveCard', version: '1.5', body: [{ type: 'Input.Text', id: 'text', label: 'Note', isRequired: true }],
    actions: [{ type: 'Action.Submit', title: 'Save', data: { kind: 'save' } }],
};
const attached = (state) => MessageFactory.attachment(CardFactory.adaptiveCard(card(state)));

// The bot remembers what the SDK told it; commands make it use the SDK's client.
class Bot extends TeamsActivityHandler {
    constructor() {
        super();
        this.seen = [];
        this.results = {};
        const see = (name) => async (context, next) => { this.seen.push([name, context.activity]); await next(); };
        this.onMessage(async (context, next) => {
            this.seen.push(['message', context.activity]);
            await this.command(context, TurnContext.removeRecipientMention(context.activity)?.trim() ?? context.activity.text ?? '');
            await next();
        });
        this.onMembersAdded(see('membersAdded'));
        this.onInstallationUpdateAdd(see('install'));
        this.onInstallationUpdateRemove(see('uninstall'));
        this.onReactionsAdded(see('reaction'));
        this.onTeamsMessageEditEvent(see('edit'));
        this.onTeamsMessageSoftDeleteEvent(see('delete'));
        this.onTeamsChannelRenamedEvent(async (info, team, context, next) => { this.seen.push(['renamed', context.activity]); await next(); });
    }

    async command(context, word) {
        const commands = {
            echo: () => context.sendActivity('You said echo'),
            typing: () => context.sendActivity({ type: 'typing' }),
            card: async () => { this.sent = await context.sendActivity(attached('open')); },
            update: () => context.updateActivity({ ...attached('claimed'), id: this.sent.id }),
            delete: () => context.deleteActivity(this.sent.id),
            members: async () => { this.results.members = await TeamsInfo.getPagedMembers(context, 200); },
            member: async () => { this.results.member = await TeamsInfo.getMember(context, context.activity.from.id); },
            team: async () => { this.results.team = await TeamsInfo.getTeamDetails(context); },
            channels: async () => { this.results.channels = await TeamsInfo.getTeamChannels(context); },
            thread: async () => { this.results.thread = await TeamsInfo.sendMessageToTeamsChannel(context, attached('new thread'), this.channel, this.appId); },
        };
        if (commands[word]) await commands[word]();
    }

    async onAdaptiveCardInvoke(context, value) {
        this.seen.push(['execute', context.activity]);
        return { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card(`claimed ${value.action.data.ticket}`) };
    }

    async handleTeamsTaskModuleFetch(context, request) {
        this.seen.push(['fetch', context.activity]);
        return { task: { type: 'continue', value: { title: `Dialog ${request.data.kind}`, card: CardFactory.adaptiveCard(dialog) } } };
    }

    async handleTeamsTaskModuleSubmit(context, request) {
        this.seen.push(['submit', context.activity]);
        return { task: { type: 'message', value: `Saved ${request.data.text}` } };
    }

    last(name) { return this.seen.filter(([n]) => n === name).at(-1)?.[1]; }
}

const certificate = await newCertificate();
const teams = await startTeams({ certificate: certificate.certificate, controlPort: 0 });
const { people, world, log } = teams;
const bot = new Bot();
const complaints = [];                  // the SDK prints each refused token
console.error = (...words) => complaints.push(words.join(' '));
const logic = (context) => bot.run(context);
const server = await startOfficialBot({ env: teams.env, logic });
teams.botUrl = server.url;
bot.channel = world.channel('Billing').id;
bot.appId = teams.options.appId;
const checks = new Checks({ atOnce: 1 });
const ok = ({ answer }, status = 200) => same(answer.status, status, `answer ${answer.text?.slice(0, 300)} ${answer.error ?? ''}`);
const command = async (text, options = {}) => {
    const from = log.mark(), result = await people.write({ where: 'Support', mention: true, text, ...options });
    ok(result);
    return { ...result, calls: log.filter((e) => e.kind === 'connector', from) };
};

function inbound(check) {
    check('both events of an installation, then a personal one', async () => {
        for (const one of (await people.install()).answers) same(one.status, 200, one.text);
        await people.install({ where: 'personal', reversed: true });
        same(bot.seen.map(([name]) => name), ['install', 'membersAdded', 'membersAdded', 'install'], 'seen');
        same(bot.last('membersAdded').recipient.id, `28:${teams.options.appId}`, 'recipient');
    });
    check('a message with mention comes without it, in its thread', async () => {
        const { message, calls } = await command('echo');
        same(bot.last('message').conversation.id, `${world.channel('Support').id};messageid=${message.id}`, 'conversation');
        same([calls[0].op, calls[0].status], ['reply', 201], 'call');
        same(world.shown(message.conv).map((m) => m.activity.text), ['<at>Deskhand</at> echo', 'You said echo'], 'thread');
        that(calls[0].rawUrl.includes('%3A') && calls[0].rawUrl.includes('%3Bmessageid%3D'), `ids are not encoded: ${calls[0].rawUrl}`);
    });
    check('without mention nothing comes, with consent it does', async () => {
        same((await people.write({ where: 'Support', text: 'hello' })).delivered, false, 'delivered');
        teams.options.rsc = true;
        same((await people.write({ where: 'Support', text: 'hello' })).answer.status, 200, 'status');
        teams.options.rsc = false;
    });
    check('edit, delete, reaction and a renamed channel', async () => {
        const { message } = await people.write({ text: 'hello' });
        ok(await people.edit({ message, text: 'hello again' }));
        same(bot.last('edit').text, 'hello again', 'text');
        ok(await people.react({ message }));
        same(bot.last('reaction').reactionsAdded, [{ type: 'like' }], 'reaction');
        ok(await people.delete({ message }));
        same(bot.last('delete').id, message.id, 'id');
        ok(await people.event({ event: 'channelRenamed', where: 'Support' }));
        that(bot.last('renamed'), 'nothing was seen');
    });
}

function outbound(check) {
    check('typing, a card, its update and its end', async () => {
        same((await command('typing')).calls.map((c) => [c.op, c.status]), [['typing', 202]], 'typing');
        await command('card');
        const message = people.message(bot.sent.id);
        same(world.card(message).body[0].inlines[0].text, 'open', 'card');
        await command('update', { thread: message });
        same(world.card(message).body[0].inlines[0].text, 'claimed', 'card');
        await command('delete', { thread: message });
        same(world.message(message.conv, message.id), undefined, 'message');
    });
    check('members, one member, team and channels', async () => {
        for (const word of ['members', 'member', 'team', 'channels']) await command(word);
        const { members, member, team, channels } = bot.results;
        same(members.members.map((m) => m.name), teams.options.users, 'members');
        same(member.aadObjectId, world.user('Jo Doe').aadObjectId, 'member');
        same([team.id, team.name], [world.team.id, 'Service desk'], 'team');
        same(channels.map((c) => c.name ?? null), [null, 'Support', 'Billing'], 'channels');
    });
    check('a new thread in a channel', async () => {
        const { calls } = await command('thread'), [reference] = bot.results.thread, { result } = calls[0];
        same(result, { id: `${bot.channel};messageid=${result.activityId}`, activityId: result.activityId, serviceUrl: world.serviceUrl }, 'answer');
        same(reference.conversation.id, result.id, 'conversation');
        same(world.shown(reference.conversation.id).length, 1, 'messages');
    });
    check('a personal conversation begun by the bot', async () => {
        const jo = world.user('Jo Doe'), bots = { id: world.bot.id };
        const { tenantId } = teams.options, channelData = { tenant: { id: tenantId } };
        const parameters = { isGroup: false, bot: bots, members: [{ id: jo.aadObjectId }], tenantId, channelData };
        await server.adapter.createConversationAsync(bot.appId, 'msteams', world.serviceUrl, 'https://api.botframework.com', parameters,
            async (context) => { await context.sendActivity('Good morning'); });
        same(world.shown(world.personal(jo).id).at(-1).activity.text, 'Good morning', 'text');
    });
    check('one token for all of this, and errors reach the SDK', async () => {
        same(teams.login.counts, { token: 1, granted: 1 }, 'token requests');
        teams.faults.add({ op: 'reply', kind: 'status', status: 403, code: 'BotNotInConversationRoster' });
        const result = await people.write({ where: 'Support', mention: true, text: 'echo' });
        same(result.answer.status, 500, 'status');
        that(complaints.at(-1).includes('BotNotInConversationRoster'), complaints.at(-1));
    });
    check('a forgotten token is refused, a certificate gets one', async () => {
        teams.login.forget();
        const from = log.mark();
        await people.write({ where: 'Support', mention: true, text: 'echo' });
        same(log.filter((e) => e.op === 'reply', from).map((e) => e.status), [401], 'status');
        AppCredentials.cache.clear();
        const sha256 = Buffer.from(certificate.x5tS256, 'base64url').toString('hex');
        const other = await startOfficialBot({ env: teams.env, certificate: { sha256, key: certificate.key }, logic });
        try {
            ok(await people.write({ where: 'Support', mention: true, text: 'echo', url: other.url }));
        } finally {
            await other.stop();
        }
        same(log.filter((e) => e.kind === 'token').map((e) => [e.how, e.status]), [['secret', 200], ['certificate', 200]], 'requests');
    });
    check('a wrong secret is told as the real server tells it', async () => {
        AppCredentials.cache.clear();
        const other = await startOfficialBot({ env: { ...teams.env, TEAMS_APP_SECRET: 'wrong' }, logic });
        await people.write({ where: 'Support', mention: true, text: 'echo', url: other.url });
        await other.stop();
        that(complaints.at(-1).includes('AADSTS7000215'), complaints.at(-1));
    });
}

function invokes(check) {
    const posted = async () => {
        await command('card');
        return people.message(bot.sent.id);
    };
    check('Action.Execute: the card of the answer is for the clicker only', async () => {
        const message = await posted();
        const result = await people.click({ message, user: 'Sam Roe', action: 'claim' });
        ok(result);
        same(world.card(message, 'Sam Roe').body[0].inlines[0].text, 'claimed 7', 'card of Sam');
        same(world.card(message, 'Kim Poe').body[0].inlines[0].text, 'open', 'card of Kim');
        same(bot.last('execute').replyToId, message.id, 'replyToId');
    });
    check('an old client takes the fallback', async () => {
        const message = await posted();
        ok(await people.click({ message, action: 'claim', old: true }));
        same([bot.last('message').value, bot.last('message').text ?? null], [{ ticket: 7, verb: 'claim' }, null], 'message');
    });
    check('a dialog: opened, refused by the client, sent', async () => {
        const message = await posted();
        const { dialog: opened } = await people.openDialog({ message, action: 'Note' });
        same(opened.title, 'Dialog note', 'title');
        const refused = await people.submitDialog({ dialog: opened }).catch((error) => error.message);
        that(/refuses input text/.test(refused), refused);
        same((await people.submitDialog({ dialog: opened, inputs: { text: 'mind the gap' } })).said, 'Saved mind the gap', 'said');
        same(bot.last('submit').value.data, { kind: 'save', text: 'mind the gap' }, 'data');
    });
    check('an unknown invoke is 501', async () => ok(await people.invoke({ name: 'no/such' }), 501));
    check('the same over /control', async () => {
        const message = await posted();
        const control = async (wish) => (await fetch(teams.control.url, { method: 'POST', body: JSON.stringify(wish) })).json();
        const result = await control({ do: 'click', message: message.id, user: 'Kim Poe', action: 'claim' });
        same([result.answer.status, result.card.body[0].inlines[0].text], [200, 'claimed 7'], 'click');
        const entry = await control({ do: 'waitFor', match: { kind: 'delivery', name: 'adaptiveCard/action', status: 200 }, ms: 1000 });
        same(entry.activity.value.action.verb, 'claim', 'verb');
        that((await control({ do: 'nothing' })).error, 'an unknown wish was taken');
    });
}

const MINUTE = 60, now = () => Math.floor(Date.now() / 1000);
const TIMES = (from, to) => () => ({ claims: { nbf: now() + from, exp: now() + to } });
const FORGED = {
    'wrong issuer': () => ({ claims: { iss: 'https://evil.example' } }),
    'wrong audience': () => ({ claims: { aud: 'another-app' } }),
    'no audience': () => ({ claims: { aud: undefined } }),
    'wrong serviceurl': () => ({ claims: { serviceurl: 'https://evil.example/' } }),
    'no serviceurl': () => ({ claims: { serviceurl: undefined } }),
    'expired': TIMES(-60 * MINUTE, -6 * MINUTE),
    'not yet valid': TIMES(6 * MINUTE, 60 * MINUTE),
    'unknown key': () => ({ header: { kid: 'nobody' } }),
    'alg none': () => ({ header: { alg: 'none' } }),
    'another key under this kid': (keys) => ({ header: { kid: keys.current.kid }, key: keys.hidden }),
    'HS256 with the public key': (keys) => ({
        header: { alg: 'HS256' }, key: { ...keys.current, privateKey: keys.current.publicKey.export({ type: 'spki', format: 'pem' }) },
    }),
    'changed claims': (keys) => ({ segments: [undefined, undefined, keys.token({ appId: 'x' }).split('.')[2]] }),
    'a key that msteams does not endorse': (keys) => ({ key: keys.webchat }),
};

function tokens(check) {
    check('a right token with the clock a little off is taken', async () => {
        for (const token of [TIMES(-60 * MINUTE, -4 * MINUTE)(), TIMES(4 * MINUTE, 60 * MINUTE)()]) {
            ok(await people.write({ text: 'hello', token }));
        }
    });
    for (const [name, parts] of Object.entries(FORGED)) {
        check(`refused: ${name}`, async () => {
            const before = bot.seen.length;
            const { answer } = await people.write({ text: 'hello', token: parts(teams.keys) });
            that([401, 403, 500].includes(answer.status), `answer ${answer.status}`);
            same(bot.seen.length, before, 'activities seen');
        });
    }
    check('refused: no header at all', async () => ok(await people.write({ text: 'hello', authorization: null }), 401));
    check('keys were fetched once', async () => same(teams.keys.counts, { metadata: 1, keys: 1 }, 'fetches'));
}

teams.keys.hidden = await teams.keys.add({ hidden: true });
teams.keys.webchat = await teams.keys.add({ endorsements: ['webchat'] });
for (const part of [inbound, outbound, invokes, tokens]) part((name, run) => checks.add(`${part.name}: ${name}`, run));
await checks.run();
await Promise.all([server.stop(), teams.stop()]);
process.exit(checks.finish());
