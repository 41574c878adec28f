// alerts.mjs - what cannot wait: to the channel, or to the one who has the ticket; many at once as one message.
import { pause } from '../conformance/desk.mjs';
import { that, words, choices } from './rig.mjs';

const alerts = (rig, pattern, channel = 'triage') => rig.slack.messages(channel).filter((m) => m.user === rig.slack.workspace.bot.id && !m.thread_ts && pattern.test(m.text) && m.blocks[0].type !== 'header');
const alert = (rig, pattern, channel) => rig.wait(() => alerts(rig, pattern, channel)[0], `an alert like ${pattern}`);

export default [
    ['somebody asks for a person: the channel is told in words that a toast can show', async (rig) => {
        const ticket = await rig.ticket();
        const said = await alert(rig, /^#1 needs a person/);
        that(!/[<>*]|here|channel/.test(said.text), said.text);
        const open = choices(said).find((one) => one.action === 'dh.open');
        that(open.label === `Open #${ticket.id}`, open.label);
        await rig.did(rig.slack.click({ user: 'omar', channel: 'triage', ts: said.ts, action: 'dh.open' }));
        that(/printer/.test(words(await rig.modal('omar', 'dh.open'))), 'another ticket opens');
    }],
    ['a panic word', async (rig) => {
        await rig.ticket('The whole office is down, nobody can work');
        await alert(rig, /^#1 needs a person, it sounds like an emergency/);
    }],
    ['anger: the one who has the ticket is told by direct message, not the channel', async (rig) => {
        await rig.run('client', 'set', 'demo', '--triage', 'live');
        const ticket = await rig.ticket('My laptop makes a strange noise');
        await rig.dialog('sara', ticket, 'transfer');
        await rig.did(rig.slack.click({ user: 'omar', channel: 'triage', ts: ticket.ts, action: 'dh.claim' }));
        await rig.cardSays(ticket, /Omar has it/);
        await rig.dialog('sara', ticket, 'escalate');
        await rig.done('sara', { text: 'The director waits' });
        await rig.direct('omar', /^#1 was escalated/);
        that(!alerts(rig, /was escalated/).length, 'the channel is told, too');
    }],
    ['sentiment', async (rig) => {
        await rig.ticket('I am really disappointed and annoyed, this is bad service');
        await alert(rig, /unhappy|needs a person, the customer is angry/);
    }],
    ['a transfer tells the one who gets it', async (rig) => {
        const ticket = await rig.ticket();
        await rig.slash('lena', 'help');
        await rig.dialog('omar', ticket, 'transfer');
        await rig.done('omar', { to: 'Lena' });
        const said = await rig.direct('lena', /#1 was transferred/);
        const links = said.blocks.flatMap((block) => block.elements ?? []).flatMap((part) => part.elements ?? []).filter((one) => one.type === 'link');
        that(links.length === 1 && links[0].url.endsWith(`/archives/${rig.slack.workspace.channel('triage').id}/p${ticket.ts.replace('.', '')}`), `the links are ${JSON.stringify(links)}`);
    }],
    ['without the right to open a channel a person is told all the same', async (rig) => {
        const ticket = await rig.ticket();
        await rig.slash('lena', 'help');
        rig.slack.fault({ method: 'conversations.open', kind: 'error', error: 'missing_scope', count: -1 });
        await rig.dialog('omar', ticket, 'transfer');
        await rig.done('omar', { to: 'Lena' });
        await rig.direct('lena', /#1 was transferred/);
    }],
    ['an alert whose card cannot be linked goes out without', async (rig) => {
        const ticket = await rig.ticket();
        await rig.slash('lena', 'help');
        rig.slack.fault({ method: 'chat.getPermalink', kind: 'error', error: 'message_not_found', count: -1 });
        await rig.dialog('omar', ticket, 'transfer');
        await rig.done('omar', { to: 'Lena' });
        await rig.direct('lena', /#1 was transferred/);
    }],
    ['what could not be delivered', async (rig) => {
        const ticket = await rig.ticket();
        await rig.run('route', 'set', `slack:${rig.slack.workspace.channel('escalation').id}`, '--client', 'demo');
        rig.slack.fault({ method: 'chat.*', kind: 'error', error: 'invalid_blocks', count: -1, where: { channel: rig.slack.workspace.channel('escalation').id } });
        await rig.says(ticket, 'One more thing');
        await alert(rig, /could not be delivered/);
        that(/slack/.test(await rig.run('effects', 'list')), 'the operator sees nothing');
    }],
    ['no answer after the last reminder: a person decides, by the card or by the alert', async (rig) => {
        const ticket = await rig.ticket();
        await rig.dialog('omar', ticket, 'reply');
        await rig.done('omar', { text: 'Which model is it?' });
        await rig.cardSays(ticket, /Waiting on customer/);
        await rig.silence(ticket);
        await rig.line(ticket, /reminded the customer/);
        await rig.silence(ticket);
        await rig.direct('omar', /no answer after 1 reminders?\. Close, escalate or keep open/);
        await rig.cardSays(ticket, /Awaiting close/);
        const front = rig.offers(ticket).filter((one) => !one.menu).map((one) => one.action);
        that(['dh.close', 'dh.escalate', 'dh.keep_open'].every((one) => front.includes(one)), `the card offers ${front}`);
        await rig.press('omar', ticket, 'keep_open');
        await rig.line(ticket, /Omar keeps it open/);
        await rig.cardSays(ticket, /In progress/);
    }, { config: 'reminders: { count = 1; interval_hours = [1]; weekdays_only = false; };' }],
    ['a number of the weekly summary opens as a list, and a row of it as the ticket', async (rig) => {
        const ticket = await rig.ticket();
        const value = `handed:${Date.now() - 86400000}:${Date.now() + 86400000}`;
        const button = { type: 'button', action_id: 'dh.list', value, text: { type: 'plain_text', text: 'Show the tickets' } };
        const { ts } = rig.slack.putCard({ channel: 'triage', text: 'summary', blocks: [{ type: 'actions', elements: [button] }] });
        await rig.did(rig.slack.click({ user: 'omar', channel: 'triage', ts, action: 'dh.list' }));
        const list = await rig.modal('omar', 'dh.list');
        that(/#1/.test(words(list)) && /printer/.test(words(list)), words(list));
        await rig.did(rig.slack.click({ user: 'omar', modal: true, action: 'dh.open' }));
        that((await rig.modal('omar', 'dh.open')).id === list.id, 'a second modal opens');
        await rig.did(rig.slack.click({ user: 'omar', modal: true, action: 'dh.claim' }));
        await rig.cardSays(ticket, /Omar has it/);
    }],
    ['the weekly summary is posted when its moment has come, once, and its numbers open as lists', async (rig) => {
        await rig.ticket();
        const moment = new Date(Math.ceil(Date.now() / 60000) * 60000);
        const day = moment.toLocaleDateString('en', { weekday: 'long', timeZone: 'UTC' }).toLowerCase();
        await rig.desk.stop();
        rig.desk.config += `weekly: { day = "${day}"; time = "${moment.toISOString().slice(11, 16)}"; };\n`;
        await pause(moment - Date.now() + 200);
        for (let start = 0; start < 2; start++) {
            await rig.begin();
            await rig.wait(() => rig.slack.sockets.ready().length, 'the socket after a start');
            await rig.wait(() => alerts(rig, /Last week brought 1 ticket; the assistant solved none alone/).length, 'the summary');
            if (!start) await rig.desk.stop();
        }
        const [summary, more] = alerts(rig, /Last week brought/);
        that(!more && /1 handed over to people/.test(words(summary)), `posted are ${alerts(rig, /Last week brought/).map(words)}`);
        await rig.did(rig.slack.click({ user: 'omar', channel: 'triage', ts: summary.ts, action: 'dh.list' }));
        that(/#1/.test(words(await rig.modal('omar', 'dh.list'))), 'its number opens no list');
    }, { seconds: 100 }],
    ['many alerts are merged into one message', async (rig) => {
        await rig.ticket();
        rig.slack.fault({ method: 'chat.postMessage', kind: 'delay', ms: 1500, before: true, count: 1 });
        const sock = await rig.customer().hello();
        for (let i = 0; i < 8; i++) await sock.say({ text: `The server number ${i} is down, nobody can work` });
        await rig.wait(() => alerts(rig, /needs a person, it sounds like an emergency/).flatMap((m) => words(m).match(/#\d+ needs a person, it sounds/g)).length === 8, 'all eight alerts');
        that(alerts(rig, /needs a person, it sounds like an emergency/).length < 6, `they are ${alerts(rig, /needs a person, it sounds like an emergency/).length} messages`);
    }],
];
