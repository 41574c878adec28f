// places.mjs - which channel shows which ticket, and what happens when channels come and go.
import { that, words } from './rig.mjs';
import { pause } from '../conformance/desk.mjs';

const id = (rig, name) => rig.slack.workspace.channel(name).id;
const route = (rig, name, ...more) => rig.run('route', 'set', `slack:${id(rig, name)}`, ...more);

// Until the desk says so of itself.
async function healthSays(rig, pattern) {
    const text = async () => (await (await fetch(`${rig.desk.url}/healthz`)).json()).surfaces.find((one) => one.name === 'slack')?.text;
    for (const end = Date.now() + 9000; ; await pause(100)) {
        const now = await text();
        if (pattern.test(now)) return;
        that(Date.now() < end, `health says "${now}", not ${pattern}`);
    }
}

export default [
    ['a client with a channel of its own', async (rig) => {
        await rig.run('client', 'add', 'acme', '--name', 'Acme', '--embed', `http://127.0.0.1:${rig.desk.port}`);
        await route(rig, 'escalation', '--client', 'acme');
        await rig.ticket('A ticket of Acme. I want to speak to a person', { key: 'acme', channel: 'escalation' });
        await rig.ticket('A ticket of Demo. I want to speak to a person');
        that(rig.cards('escalation').length === 1 && rig.cards('triage').length === 1, 'a card stands in both');
    }],
    ['a team with a channel of its own: a transferred ticket is shown there, too', async (rig) => {
        await rig.run('team', 'add', 'Network', '--member', 'sara@example.test');
        await route(rig, 'escalation', '--team', 'Network');
        const ticket = await rig.ticket();
        await rig.dialog('omar', ticket, 'transfer');
        await rig.done('omar', { to: 'Network (team)', why: 'A cable' });
        const there = await rig.wait(() => rig.cards('escalation')[0], 'its card in the channel of the team');
        await rig.dialog('sara', { ...ticket, channel: 'escalation', ts: there.ts }, 'reply');
        await rig.done('sara', { text: 'We change the cable' });
        await rig.wait(() => /Sara has it/.test(words(rig.cards('escalation')[0])), 'it is kept up to date there');
        await rig.cardSays(ticket, /Sara has it/);
    }],
    ['an archived channel: its tickets go to the channel for everything, and people are told', async (rig) => {
        await route(rig, 'escalation', '--client', 'demo');
        const ticket = await rig.ticket('Where will this end? I want to speak to a person', { channel: 'escalation' });
        rig.slack.archive({ channel: 'escalation' });
        await rig.wait(() => rig.slack.messages('triage').find((m) => /is gone/.test(m.text)), 'people are told');
        await rig.says(ticket, 'Hello again');
        await rig.wait(() => /Hello again/.test(words(rig.cards('triage')[0])), 'a card in the other channel');
    }],
    ['a channel that the bot is removed from', async (rig) => {
        await route(rig, 'escalation', '--client', 'demo');
        const ticket = await rig.ticket('And this one? I want to speak to a person', { channel: 'escalation' });
        rig.slack.kick({ channel: 'escalation' });
        await rig.wait(() => rig.slack.messages('triage').find((m) => /is gone/.test(m.text)), 'people are told');
        await rig.says(ticket, 'Hello again');
        await rig.wait(() => /Hello again/.test(words(rig.cards('triage')[0])), 'a card in the other channel');
    }],
    ['a channel that went while the desk was away is noticed at the next post', async (rig) => {
        await route(rig, 'escalation', '--client', 'demo');
        const ticket = await rig.ticket('And that one? I want to speak to a person', { channel: 'escalation' });
        rig.slack.workspace.channel('escalation').is_archived = true;
        await rig.says(ticket, 'Hello once more');
        await rig.wait(() => /Hello once more/.test(words(rig.cards('triage')[0])), 'a card in the other channel');
    }],
    ['the only channel is archived and comes back: so do its tickets', async (rig) => {
        const ticket = await rig.ticket();
        await rig.did(rig.slack.archive({ channel: 'triage' }));
        await rig.says(ticket, 'Is anybody there?');
        await rig.did(rig.slack.unarchive({ channel: 'triage' }));
        await rig.wait(() => rig.cards().some((card) => /Is anybody there/.test(words(card))), 'a card that has it all');
    }, { slack: { channels: [{ name: 'triage', members: ['sara', 'omar', 'lena', 'deskhand'] }] } }],
    ['the first channel that invites the bot shows everything, a second one nothing', async (rig) => {
        await rig.wait(() => rig.slack.sockets.ready().length, 'the socket');
        await rig.did(rig.slack.invite({ channel: 'general' }));
        const ticket = await rig.ticket(undefined, { channel: 'general' });
        await rig.did(rig.slack.invite({ channel: 'secret' }));
        await rig.says(ticket, 'One more thing');
        await rig.cardSays(ticket, /One more thing/);
        that(!rig.slack.messages('secret').length, 'the second channel shows tickets');
    }, { slack: { channels: [{ name: 'triage', members: ['sara'] }, { name: 'general', members: ['sara', 'omar', 'lena'] }, { name: 'secret', is_private: true, members: ['sara'] }] } }],
    ['tickets from before the first channel come to it', async (rig) => {
        const sock = await rig.customer().talker('Is anybody there? I want to speak to a person');
        await rig.did(rig.slack.invite({ channel: 'general' }));
        await rig.wait(() => rig.cards('general').some((m) => /Is anybody there/.test(words(m))), 'its card');
        sock.close();
    }, { slack: { channels: [{ name: 'triage', members: ['sara'] }, { name: 'general', members: ['sara', 'omar', 'lena'] }] } }],
    ['what keeps the desk from listening is named before the channel that it lacks', async (rig) => {
        await healthSays(rig, /SLACK_APP_TOKEN \(missing_scope\).*connections:write/);
    }, { alone: true, slack: { appScopes: [], channels: [{ name: 'triage', members: ['sara'] }] } }],
    ['no channel at all: people are told to invite the bot', async (rig) => {
        await healthSays(rig, /No channel shows the tickets\. Invite/);
    }, { slack: { channels: [{ name: 'triage', members: ['sara'] }] } }],
    ['a first search for a channel that fails is repeated', async (rig) => {
        const sock = await rig.customer().talker('Is anybody there? I want to speak to a person');
        await rig.wait(() => rig.cards().some((m) => /Is anybody there/.test(words(m))), 'its card');
        that(rig.slack.calls('users.conversations').length === 3, 'it was not asked three times');
        sock.close();
    }, { alone: true, slack: { faults: [{ method: 'users.conversations', kind: 'html' }, { method: 'users.conversations', kind: 'status', status: 429, retry_after: 1 }] } }],
    ['who the bot is must be known before an invitation counts: it is asked until Slack says', async (rig) => {
        await rig.wait(() => rig.slack.calls('auth.test').length > 1, 'it is asked again');
        await rig.did(rig.slack.invite({ channel: 'general' }));
        await rig.ticket(undefined, { channel: 'general' });
    }, { slack: { faults: [{ method: 'auth.test', kind: 'html' }], channels: [{ name: 'general', members: ['sara', 'omar', 'lena'] }] } }],
    ['an empty page with more behind it is no end', async (rig) => {
        await rig.ticket();
        that(rig.slack.calls('users.conversations').length === 2, 'no second page was asked for');
    }, { slack: { faults: [{ method: 'users.conversations', kind: 'error', error: undefined, extra: { ok: true, channels: [], response_metadata: { next_cursor: 'ZnJvbTow' } } }] } }],
    ['a channel that outsiders share is not taken by itself; people may choose it', async (rig) => {
        await healthSays(rig, /slack:CPARTNER00.*shared with another organisation/);
        await rig.did(rig.slack.invite({ channel: 'pending' }));
        await healthSays(rig, /slack:CPENDING00.*shared with another organisation/);
        await route(rig, 'partner');
        await rig.ticket(undefined, { channel: 'partner' });
    }, { slack: { channels: [{ name: 'partner', is_ext_shared: true, members: ['sara', 'stan', 'deskhand'] }, { name: 'pending', is_pending_ext_shared: true, members: ['sara'] }] } }],
    ['the next channel is taken instead of one that outsiders share', async (rig) => {
        await rig.ticket();
        that(!rig.slack.messages('partner').length, 'the shared one shows tickets');
    }, { slack: { channels: [{ name: 'partner', is_ext_shared: true, members: ['stan', 'deskhand'] }, { name: 'triage', members: ['sara', 'omar', 'lena', 'deskhand'] }] } }],
];
