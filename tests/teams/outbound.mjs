#!/usr/bin/env node
// outbound.mjs - what the desk shows in Teams, and what it does when the service, the login service or the
// network fails: every row of the error table that can be seen from outside, with the whole desk.
// usage: outbound.mjs [words of a story's name]      DESK_BIN: the binary
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newCertificate } from '../standins/teams/x509.mjs';
import { tell, that } from './trial.mjs';

const CLAIM = (entry) => entry.op === 'update' && JSON.stringify(entry.activity).includes('has it');
const seconds = (n) => ({ seconds: n });
const sends = (trial, words) => trial.calls('send').filter((e) => JSON.stringify(e.activity).includes(words));
const apart = (entries) => entries.slice(1).map((e, i) => e.at - entries[i].at);

async function claimed(trial, ticket, email) {
    const inbox = await trial.inbox(email), did = await inbox.act('claim', ticket);
    that(did.ok, `the inbox says ${JSON.stringify(did)}`);
    return inbox;
}

// The app is known by a certificate only; its file lies in a folder that goes with the process.
async function withCertificate(teams) {
    const folder = mkdtempSync(join(tmpdir(), 'teams-')), file = join(folder, 'app.pem');
    const { key, certificate } = await newCertificate();
    process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
    writeFileSync(file, key + certificate, { mode: 0o600 });
    Object.assign(teams.options.apps[0], { secret: undefined, certificate });
    const { TEAMS_APP_SECRET, ...env } = teams.env;
    Object.defineProperty(teams, 'env', { value: { ...env, TEAMS_APP_CERTIFICATE: file } });
}

// The Teams account of a technician becomes known by one click.
async function known(trial, ticket, user) {
    const { answer } = await trial.teams.people.click({ message: ticket.card, user, action: 'claim' });
    that(answer.status === 200, `the click was answered with ${answer.status}`);
    await trial.cardSays(ticket, /Sam has it|Sam Roe has it/);
}

const basics = [
    ['a new ticket is a root post with a card, and its conversation stands in the thread', async (trial) => {
        const ticket = await trial.ticket();
        await trial.line(ticket, /speak to a person/);
        const { activity } = trial.calls('create')[0];
        that(activity.isGroup === true && activity.bot.id === `28:${trial.teams.options.appId}`, 'the post is no new thread of the bot');
        that(!activity.activity.text && activity.activity.attachments.length === 1, 'a text beside the card');
        that(new RegExp(`^New ticket #${ticket.id}, P\\d \\w+\\.$`).test(activity.activity.summary), `the toast says ${activity.activity.summary}`);
        await trial.says(ticket, 'it also smells of smoke now');
        await trial.line(ticket, /smells of smoke/);
        that(trial.cards(ticket).length === 1, `${trial.cards(ticket).length} cards`);
        that(trial.calls().every((e) => /^Bearer /.test(e.headers.authorization)), 'a call without a token');
        that(trial.teams.login.counts.granted === 1, `${trial.teams.login.counts.granted} tokens`);
        that(/%3A.*%40thread\.tacv2%3Bmessageid%3D\d+\/activities$/.test(sends(trial, 'smoke')[0].rawUrl), `the path is ${sends(trial, 'smoke')[0].rawUrl}`);
    }],
    ['a claim in the inbox changes the card within a second, and says so in the thread', async (trial) => {
        const ticket = await trial.ticket(), [first] = [Date.now() + 2000];
        while (Date.now() < first) await trial.healthSays(/./);     // the card's last update is long ago
        const at = Date.now();
        await claimed(trial, ticket);
        const put = await trial.wait((e) => CLAIM(e) && e.status === 200, 'the update');
        that(put.changed - at < 5000, `the card changed after ${put.changed - at} ms`);
        await trial.cardSays(ticket, /Kim Poe has it/);
        await trial.line(ticket, /Kim Poe/);
        const toasts = trial.calls('send').map((e) => e.activity.summary);
        that(toasts.includes(`Kim Poe claimed ticket #${ticket.id}.`), `the toasts are ${toasts}`);
        that(trial.cards(ticket).length === 1, 'there is a second card');
    }],
    ['many changes become few updates: one card in two seconds, and the newest wins', async (trial) => {
        const ticket = await trial.ticket(), inbox = await claimed(trial, ticket);
        for (const priority of [1, 2, 3, 4, 1, 2, 4, 1]) await inbox.act('priority', ticket, { priority });
        await trial.cardSays(ticket, /P1/, 20000);
        const puts = trial.calls('update').filter((e) => e.args[1] === ticket.card.id);
        that(apart(puts).every((ms) => ms >= 1700), `updates are apart by ${apart(puts)} ms`);
        that(puts.length <= 6, `${puts.length} updates for nine changes`);
        that((await trial.undelivered()).length === 0, 'something is undelivered');
    }],
    ['the published limits are kept: a burst of tickets meets no 429', async (trial) => {
        const tickets = [];
        for (let i = 0; i < 8; i++) tickets.push(await trial.open(`I want to speak to a person, number ${i}`));
        for (const ticket of tickets) ticket.card = await trial.card(ticket, trial.channel, 50000);
        await trial.cardSays(tickets.at(-1), /Nobody has it yet/, 50000);
        that(!trial.calls().some((e) => e.status === 429), 'a call was throttled');
        that(tickets.every((t) => trial.cards(t).length === 1), 'a card stands twice');
    }, { teams: { rateLimits: true }, seconds: 70 }],
    ['somebody else deleted the card: a new one stands there, and the lines follow it', async (trial) => {
        const ticket = await trial.ticket(), old = ticket.card;
        await trial.line(ticket, /handed it to people/);
        old.deleted = true;
        await claimed(trial, ticket);
        ticket.card = await trial.card(ticket);
        that(ticket.card.id !== old.id, 'the old card came back');
        await trial.cardSays(ticket, /has it/);
        await trial.says(ticket, 'thank you for looking');
        await trial.line(ticket, /thank you for looking/);
    }],
];

const failing = [
    ['429 with Retry-After: nothing goes into that channel until then, and the order stays', async (trial) => {
        const ticket = await trial.ticket();
        await trial.line(ticket, /handed it to people/);
        const mark = trial.teams.log.mark();
        trial.teams.faults.add({ op: 'send', kind: 'status', status: 429, retryAfter: 3 });
        await trial.says(ticket, 'the first line');
        const hit = await trial.wait((e) => e.status === 429, '429', 9000, mark);
        await trial.says(ticket, 'the second line');
        await trial.line(ticket, /the second line/);
        const [next] = trial.teams.log.filter((e) => e.kind === 'connector' && e.n > hit.n, mark);
        that(next.at - hit.at >= 2900, `called again after ${next.at - hit.at} ms`);
        const said = trial.thread(ticket).map((m) => trial.words(m)).filter((w) => /the (first|second) line/.test(w));
        that(said.length === 2 && /first/.test(said[0]), `the thread says ${said}`);
        that(await trial.metric('teams_rate_limited_total') === 1, 'the 429 is not counted');
    }],
    ['429 while a personal chat is made: only that one waits, the channel goes on', async (trial) => {
        const ticket = await trial.ticket();
        await known(trial, ticket, 'Sam Roe');
        trial.teams.world.personal('Sam Roe').installed = true;
        trial.teams.faults.add({ op: 'create', conv: 'personal', kind: 'status', status: 429, retryAfter: 8 });
        const inbox = await trial.inbox();
        await inbox.act('escalate', ticket);
        const hit = await trial.wait((e) => e.status === 429, '429');
        await trial.says(ticket, 'meanwhile in the channel');
        await trial.line(ticket, /meanwhile in the channel/, 5000);
        const sent = await trial.wait((e) => e.op === 'send' && e.conv.startsWith('a:') && e.status === 201, 'the alert', 15000);
        that(sent.at - hit.at >= 7900, `the chat was asked for again after ${sent.at - hit.at} ms`);
    }],
    ['412: somebody else was changing it; the update goes out again', async (trial) => {
        const ticket = await trial.ticket();
        trial.teams.faults.add({ op: 'update', kind: 'status', status: 412 });
        await claimed(trial, ticket);
        await trial.cardSays(ticket, /has it/, 15000);
    }],
    ['an update may be repeated: 503, a cut, an empty answer', async (trial) => {
        const ticket = await trial.ticket();
        trial.teams.faults.add({ op: 'update', kind: 'status', status: 503 });
        trial.teams.faults.add({ op: 'update', kind: 'cut' });
        await claimed(trial, ticket);
        await trial.cardSays(ticket, /has it/, 15000);
        trial.teams.faults.add({ op: 'update', kind: 'empty' });
        const inbox = await trial.inbox();
        await inbox.act('priority', ticket, { priority: 1 });
        await trial.cardSays(ticket, /P1/, 15000);
        that((await trial.undelivered()).length === 0, 'something is undelivered');
        that(await trial.metric('teams_possible_doubles_total') === 0, 'an update counts as a double');
    }, seconds(45)],
    ['delivered and 502: half a minute later once more, and it is counted', async (trial) => {
        const ticket = await trial.ticket();
        await trial.line(ticket, /handed it to people/);
        trial.teams.faults.add({ op: 'send', kind: 'status', status: 502, after: true });
        await trial.says(ticket, 'does this arrive twice');
        await trial.wait(() => sends(trial, 'arrive twice').length === 2, 'the second try', 45000);
        await trial.says(ticket, 'and what follows');
        await trial.line(ticket, /and what follows/);
        const tries = sends(trial, 'arrive twice');
        that(tries.length === 2 && apart(tries)[0] >= 29500, `tried ${tries.length} times, apart by ${apart(tries)} ms`);
        that(await trial.metric('teams_possible_doubles_total') === 1, 'the double is not counted');
        that((await trial.undelivered()).length === 0, 'something is undelivered');
    }, seconds(70)],
    ['delivered and 502 for a line that only tells a change: the card says it, so it is not repeated', async (trial) => {
        const ticket = await trial.ticket();
        await trial.line(ticket, /handed it to people/);
        trial.teams.faults.add({ op: 'send', kind: 'status', status: 502, after: true });
        await claimed(trial, ticket);
        await trial.line(ticket, /Kim Poe claimed it/);
        await trial.says(ticket, 'and what the customer says next');
        await trial.line(ticket, /what the customer says next/, 5000);
        await trial.cardSays(ticket, /Kim Poe has it/);
        that(sends(trial, 'claimed it').length === 1, `tried ${sends(trial, 'claimed it').length} times`);
        that(await trial.metric('teams_not_repeated_total') === 1 && await trial.metric('teams_possible_doubles_total') === 0, 'it is counted otherwise');
        that(/line not repeated/.test(trial.logText()) && (await trial.undelivered()).length === 0, 'it is undelivered, or the log says nothing');
    }],
    ['a reason that somebody gave with a change stands in its line only: it is repeated', async (trial) => {
        const ticket = await trial.ticket(), inbox = await claimed(trial, ticket);
        await trial.line(ticket, /Kim Poe claimed it/);
        trial.teams.faults.add({ op: 'send', kind: 'status', status: 502 });
        await inbox.act('escalate', ticket, { why: 'the boss waits' });
        await trial.line(ticket, /the boss waits/, 45000);
        that(await trial.metric('teams_possible_doubles_total') === 1, 'the second try is not counted');
    }, seconds(70)],
    ['delivered and 502, twice: never a third time; a person is told', async (trial) => {
        const ticket = await trial.ticket();
        await trial.line(ticket, /handed it to people/);
        trial.teams.faults.add({ op: 'send', kind: 'status', status: 502, after: true, times: 2 });
        await trial.says(ticket, 'does this arrive twice');
        await trial.wait(() => sends(trial, 'arrive twice').length === 2, 'the second try', 45000);
        await trial.says(ticket, 'and what follows');
        await trial.line(ticket, /and what follows/);
        that(sends(trial, 'arrive twice').length === 2, `tried ${sends(trial, 'arrive twice').length} times`);
        const list = await trial.undelivered();
        that(list.length === 1 && /may have arrived/.test(JSON.stringify(list)), `undelivered: ${JSON.stringify(list)}`);
    }, seconds(70)],
    ['no answer at all: the call ends after ten seconds and is as unclear as a 502', async (trial) => {
        const ticket = await trial.ticket();
        await trial.line(ticket, /handed it to people/);
        trial.teams.faults.add({ op: 'send', kind: 'hang' });
        await trial.says(ticket, 'is anybody there');
        await trial.line(ticket, /is anybody there/, 60000);
        const tries = sends(trial, 'is anybody there');
        that(tries.length === 2 && apart(tries)[0] >= 39000, `tried ${tries.length} times, apart by ${apart(tries)} ms`);
        that(trial.lines(ticket, /is anybody there/).length === 1, 'it stands there twice');
    }, seconds(80)],
    ['a long outage: one try, then only harmless questions until the service answers again', async (trial) => {
        const ticket = await trial.ticket();
        await trial.line(ticket, /handed it to people/);
        trial.teams.faults.add({ op: '*', kind: 'status', status: 503, times: null });
        const mark = trial.teams.log.mark();
        await trial.says(ticket, 'during the outage');
        await trial.wait((e) => e.op === 'member' && e.status === 503, 'a question', 50000, mark);
        await trial.healthSays(/has not answered for \d+ s/, 20000);
        that(sends(trial, 'during the outage').length === 1, 'it was sent into the outage again');
        trial.teams.faults.clear();
        await trial.line(ticket, /during the outage/, 40000);
        that(trial.lines(ticket, /during the outage/).length === 1, 'it stands there twice');
        await trial.healthSays(/"?ok"?|teams[^]*ok|^(?![^]*has not answered)/, 5000);
    }, seconds(120)],
    ['a refused activity is given up at once, with a hash and without words in the log', async (trial) => {
        const ticket = await trial.ticket();
        await trial.line(ticket, /handed it to people/);
        trial.teams.faults.add({ op: 'send', kind: 'status', status: 400, code: 'BadArgument' });
        await trial.says(ticket, 'words that nobody may log');
        await trial.wait(() => sends(trial, 'nobody may log').length === 1, 'the try');
        await trial.says(ticket, 'the next words');
        await trial.line(ticket, /the next words/);
        that(sends(trial, 'nobody may log').length === 1, 'it was tried again');
        that(/teams refused an activity.*sha256=[0-9a-f]{16}/.test(trial.logText()), 'no hash in the log');
        that((await trial.undelivered()).length === 1, 'it is not listed');
    }],
    ['too big: the reduced card, once', async (trial) => {
        trial.teams.faults.add({ op: 'create', kind: 'status', status: 413 });
        const ticket = await trial.open('I want to speak to a person about my scanner');
        ticket.card = await trial.card(ticket);
        await trial.line(ticket, /scanner/);
    }],
    ['a line that is too big is cut', async (trial) => {
        const ticket = await trial.ticket();
        await trial.line(ticket, /handed it to people/);
        trial.teams.faults.add({ op: 'send', kind: 'status', status: 413, code: 'MessageSizeTooBig' });
        await trial.says(ticket, `the beginning ${'and so on '.repeat(100)} the end`);
        await trial.line(ticket, /the beginning.*so on.*…$/s);
        that(!trial.lines(ticket, /the end/).length && !(await trial.undelivered()).length, 'it is not cut, or listed');
    }],
    ['a redirect is not followed, and no token goes along', async (trial) => {
        const ticket = await trial.ticket();
        await trial.line(ticket, /handed it to people/);
        trial.teams.faults.add({ op: 'send', kind: 'redirect', status: 307 });
        trial.teams.faults.add({ op: 'send', kind: 'redirect', status: 302, location: `${trial.teams.login.url}/steal` });
        await trial.says(ticket, 'over the wall');
        await trial.line(ticket, /over the wall/, 15000);
        that(trial.lines(ticket, /over the wall/).length === 1, 'it stands there twice');
        that(!trial.teams.log.filter((e) => e.kind === 'stray').length, 'the redirect was followed');
    }],
    ['a card whose id got lost is posted once more, not for ever', async (trial) => {
        trial.teams.faults.add({ op: 'create', kind: 'empty', status: 201 });
        const ticket = await trial.open();
        await trial.wait(() => trial.calls('create').length === 2, 'the second try', 45000);
        await trial.wait((e) => e.op === 'send' && e.status === 201, 'a line', 15000);
        that(trial.cards(ticket).length === 2, `${trial.cards(ticket).length} cards`);
    }, seconds(60)],
];

const places = [
    ['the app was removed from the team: the channel is lost, and that is said', async (trial) => {
        const ticket = await trial.ticket();
        await trial.line(ticket, /handed it to people/);
        trial.teams.world.team.installed = false;
        await trial.says(ticket, 'nobody hears this');
        await trial.wait((e) => e.status === 403, '403');
        await trial.healthSays(/./);
        const count = trial.calls().length;
        await trial.says(ticket, 'nor this');
        that(!/teams:19/.test(await trial.run('route', 'list')), 'the channel is still routed');
        that(trial.calls().length <= count + 1, 'the channel is still called');
    }],
    ['a channel that is gone: its tickets go to the channel for everything', async (trial) => {
        const billing = trial.teams.world.channel('Billing');
        await trial.teams.people.write({ where: 'Billing', user: 'Kim Poe', text: 'hello', mention: true });
        await trial.run('route', 'set', `teams:${billing.id}`, '--client', 'demo');
        const ticket = await trial.open();
        ticket.card = await trial.card(ticket, billing);
        await trial.cardSays(ticket, /Nobody has it yet/);
        trial.teams.world.conversations.delete(billing.id);
        await claimed(trial, ticket);
        ticket.card = await trial.card(ticket, trial.channel, 15000);
        await trial.cardSays(ticket, /has it/);
        that(!trial.calls().slice(-1)[0].conv.startsWith(billing.id), 'the lost channel is called');
    }],
    ['who has the ticket is told in the personal chat, which is made for it', async (trial) => {
        const ticket = await trial.ticket();
        await known(trial, ticket, 'Sam Roe');
        trial.teams.world.personal('Sam Roe').installed = true;
        const inbox = await trial.inbox('kim.poe@desk.example');
        await inbox.act('escalate', ticket);
        const sent = await trial.wait((e) => e.op === 'send' && e.conv.startsWith('a:') && e.status === 201, 'an alert');
        that(sent.activity.channelData?.notification?.alert === true, 'the activity feed is not told');
        that(trial.calls('create').some((e) => e.activity.members?.[0].id === trial.teams.world.user('Sam Roe').aadObjectId), 'no conversation was made');
        await inbox.act('escalate', ticket);
        that(trial.calls('create').filter((e) => e.activity.members).length === 1, 'the conversation was made again');
    }],
    ['who has not installed the app is told in the channel, and not asked again', async (trial) => {
        const ticket = await trial.ticket();
        await known(trial, ticket, 'Sam Roe');
        const inbox = await trial.inbox('kim.poe@desk.example');
        await inbox.act('escalate', ticket);
        await trial.wait((e) => e.op === 'create' && e.conv === 'personal' && e.status === 403, '403');
        await trial.wait((e) => e.op === 'create' && e.conv !== 'personal' && /escalated/.test(JSON.stringify(e.activity)), 'the alert in the channel');
        that((await trial.undelivered()).length === 0, 'something is undelivered');
    }],
    ['the personal chat has another id now: it is asked for again, and the alert arrives', async (trial) => {
        const [one, two] = [await trial.ticket(), await trial.ticket('I want to speak to a person about my phone')];
        for (const ticket of [one, two]) await known(trial, ticket, 'Sam Roe');
        trial.teams.world.personal('Sam Roe').installed = true;
        const inbox = await trial.inbox('kim.poe@desk.example');
        await inbox.act('escalate', one);
        await trial.wait((e) => e.op === 'send' && e.conv.startsWith('a:') && e.status === 201, 'the first alert');
        trial.teams.faults.add({ op: 'send', conv: 'a:', kind: 'status', status: 404, code: 'ConversationNotFound' });
        const mark = trial.teams.log.mark();
        await inbox.act('escalate', two);
        await trial.wait((e) => e.op === 'send' && e.conv.startsWith('a:') && e.status === 201, 'the second alert', 9000, mark);
        that(trial.calls('create').filter((e) => e.activity.members).length === 2, 'the conversation was not asked for again');
    }],
    ['who blocked the app is left alone until they write to it', async (trial) => {
        const tickets = [];
        for (const about of ['phone', 'screen', 'mouse']) tickets.push(await trial.ticket(`I want to speak to a person about my ${about}`));
        for (const ticket of tickets) await known(trial, ticket, 'Sam Roe');
        const chat = trial.teams.world.personal('Sam Roe'), inbox = await trial.inbox('kim.poe@desk.example');
        Object.assign(chat, { installed: true, blocked: true });
        const channelAlert = (ticket, mark) => trial.wait((e) => e.op === 'create' && e.conv !== 'personal'
            && JSON.stringify(e.activity).includes(`#${ticket.id} was escalated`), `the alert of #${ticket.id} in the channel`, 9000, mark);
        await inbox.act('escalate', tickets[0]);
        await channelAlert(tickets[0], 0);
        const mark = trial.teams.log.mark();
        await inbox.act('escalate', tickets[1]);
        await channelAlert(tickets[1], mark);
        that(!trial.teams.log.filter((e) => e.conv?.startsWith('a:') && e.kind === 'connector', mark).length, 'they were tried again');
        chat.blocked = false;
        await trial.teams.people.write({ user: 'Sam Roe', text: 'help' });
        await inbox.act('escalate', tickets[2]);
        await trial.wait((e) => e.op === 'send' && e.conv.startsWith('a:') && e.status === 201 && JSON.stringify(e.activity).includes('escalated'), 'the alert in the chat');
        that((await trial.undelivered()).length === 0, 'something is undelivered');
    }],
];

const tokens = [
    ['a token is renewed before it ends, one request at a time', async (trial) => {
        const ticket = await trial.ticket();
        for (let i = 0; i < 4; i++) {
            await trial.says(ticket, `word number ${i}`);
            await trial.line(ticket, new RegExp(`word number ${i}`));
            const next = Date.now() + 1200;
            while (Date.now() < next) await trial.healthSays(/./);
        }
        const { granted } = trial.teams.login.counts;
        that(granted >= 2 && granted <= 4, `${granted} tokens`);
        that(!trial.calls().some((e) => e.status === 401), 'a token had ended when it was used');
    }, { teams: { tokenSeconds: 4 } }],
    ['a token that Teams refuses is replaced once, and the call succeeds', async (trial) => {
        const ticket = await trial.ticket();
        await trial.line(ticket, /handed it to people/);
        trial.teams.login.forget();
        await trial.says(ticket, 'with a new token');
        await trial.line(ticket, /with a new token/);
        that(trial.calls().filter((e) => e.status === 401).length === 1, 'more than one 401');
        that(trial.teams.login.counts.granted === 2, `${trial.teams.login.counts.granted} tokens`);
    }],
    ['Teams refuses every token: the login service is not hammered, nothing is lost', async (trial) => {
        const ticket = await trial.ticket();
        await trial.line(ticket, /handed it to people/);
        trial.teams.faults.add({ op: 'send', kind: 'status', status: 401, code: 'BotNotRegistered', times: null });
        await trial.says(ticket, 'refused for a while');
        await trial.healthSays(/Teams refuses the desk/);
        await trial.wait(() => sends(trial, 'for a while').length >= 3, 'more tries', 40000);
        that(trial.teams.login.counts.token <= 3, `${trial.teams.login.counts.token} token requests`);
        trial.teams.faults.clear();
        await trial.line(ticket, /refused for a while/, 25000);
    }, seconds(90)],
    ['a certificate in place of the secret; one that Entra does not know has its own sentence', async (trial) => {
        const ticket = await trial.open();
        await trial.card(ticket);
        that(trial.teams.log.filter((e) => e.kind === 'token').every((e) => e.how === 'certificate'), 'a secret was used');
        that(trial.calls().length > 0 && trial.teams.login.counts.granted === 1, `${trial.teams.login.counts.granted} tokens`);
        await trial.desk.stop();
        trial.teams.options.apps[0].certificate = (await newCertificate()).certificate;
        await trial.desk.start();
        await trial.open('another ticket for nobody');
        await trial.healthSays(/AADSTS700027[^]*Upload the certificate/);
    }, { before: withCertificate }],
    ['a wrong secret has its own sentence, in health and log, and is not tried again and again', async (trial) => {
        await trial.open();
        await trial.healthSays(/AADSTS7000215[^]*TEAMS_APP_SECRET is the secret's Value/);
        that(/teams token refused.*AADSTS7000215/.test(trial.logText()), 'the log does not say so');
        const end = Date.now() + 3000;
        while (Date.now() < end) await trial.healthSays(/AADSTS7000215/);
        that(trial.teams.login.counts.token === 1, `${trial.teams.login.counts.token} token requests`);
        that(trial.calls().length === 0, 'Teams was called without a token');
    }, { env: { TEAMS_APP_SECRET: 'not-the-right-secret' } }],
    ['a tenant that does not have the app: AADSTS700016 says what to do', async (trial) => {
        await trial.open();
        await trial.healthSays(/AADSTS700016[^]*put that tenant's id first in TEAMS_TENANT_ID/);
    }, { before: (teams) => { const own = teams.options.tenantId; Object.defineProperty(teams, 'env', { value: { ...teams.env, TEAMS_TENANT_ID: `botframework.com,${own}` } }); } }],
    ['the login service has passing trouble: the card comes a little later', async (trial) => {
        const ticket = await trial.open();
        await trial.card(ticket, trial.channel, 25000);
        that(trial.teams.login.counts.token === 3, `${trial.teams.login.counts.token} token requests`);
    }, { before: ({ faults }) => { faults.add({ op: 'token', kind: 'status', status: 503 }); faults.add({ op: 'token', kind: 'garbage' }); }, seconds: 45 }],
    ['after a restart the place is known, and a host that is not allowed any more gets nothing', async (trial) => {
        const ticket = await trial.ticket();
        await trial.desk.stop();
        await trial.desk.start();
        await trial.says({ ...ticket, sock: await trial.client.hello({ tok: ticket.sock.tok }) }, 'after the restart');
        await trial.line(ticket, /after the restart/, 50000);
        await trial.desk.stop();
        trial.desk.env.TEAMS_SERVICE_HOSTS = 'smba.trafficmanager.example';
        const mark = trial.teams.log.mark();
        await trial.desk.start();
        await trial.says({ ...ticket, sock: await trial.client.hello({ tok: ticket.sock.tok }) }, 'to nobody');
        await trial.teams.people.write({ where: 'General', user: 'Kim Poe', text: 'hello', mention: true });
        const end = Date.now() + 2500;
        while (Date.now() < end) await trial.healthSays(/./);
        that(!trial.teams.log.filter((e) => e.kind === 'connector', mark).length, 'something was sent');
    }, seconds(80)],
    ['kill -9 while a post is under way: at most one more, not before half a minute', async (trial) => {
        const ticket = await trial.ticket();
        await trial.line(ticket, /handed it to people/);
        trial.teams.faults.add({ op: 'send', kind: 'delay', ms: 20000 });
        await trial.says(ticket, 'between life and death');
        await trial.wait(() => sends(trial, 'life and death').length === 1, 'the try');
        await trial.desk.stop('SIGKILL');
        await trial.desk.start();
        await trial.wait(() => sends(trial, 'life and death').length === 2, 'the second try', 50000);
        await trial.says({ ...ticket, sock: await trial.client.hello({ tok: ticket.sock.tok }) }, 'and on it goes');
        await trial.line(ticket, /and on it goes/);
        const tries = sends(trial, 'life and death');
        that(tries.length === 2 && apart(tries)[0] >= 29000, `tried ${tries.length} times, apart by ${apart(tries)} ms`);
        that(await trial.metric('teams_possible_doubles_total') === 1, 'the double is not counted');
    }, seconds(90)],
];

await tell([...basics, ...failing, ...places, ...tokens]);
