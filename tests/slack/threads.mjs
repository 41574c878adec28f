// threads.mjs - what technicians type into the thread of a card: notes, and what goes to the customer.
import { that, choices } from './rig.mjs';

const offer = /Kept as an internal note/;
const send = (rig, user, said) => rig.did(rig.slack.click({ user, channel: 'triage', ts: said.message_ts, action: 'dh.send_note' }));
const files = [{ id: 'F1', name: 'screen.png', mimetype: 'image/png', size: 10, url_private: 'https://files.example/F1' }];

export default [
    ['a line is a note, privately offered to be sent on: once, and then the offer goes away', async (rig) => {
        const ticket = await rig.ticket();
        const { ts } = await rig.types('omar', ticket, 'It works again after the update');
        const said = await rig.told('omar', offer);
        that(said.thread_ts === ticket.ts, 'the offer is not in the thread');
        that(choices(said)[0].label === 'Send to customer', 'the button is called otherwise');
        that(!rig.slack.ephemerals('lena').length, 'others see it, too');
        that(await rig.got(ticket, /after the update/) === 0, 'it went to the customer');
        await send(rig, 'omar', said);
        await rig.reads(ticket, /after the update/);
        await rig.wait(() => !rig.slack.ephemerals('omar').some((one) => one.message_ts === said.message_ts), 'the offer goes away');
        await rig.line(ticket, /Omar replied to the customer of #1: It works again/);
        that(rig.slack.messages('triage').some((m) => m.ts === ts), 'the typed line is gone');
    }],
    ['an offer clicked twice sends once', async (rig) => {
        const ticket = await rig.ticket();
        await rig.types('omar', ticket, 'The cable is new now');
        const said = await rig.told('omar', offer);
        const clicks = [1, 2].map(() => rig.slack.click({ user: 'omar', channel: 'triage', ts: said.message_ts, action: 'dh.send_note' }));
        for (const click of clicks) await rig.did(click);
        await rig.reads(ticket, /cable is new/);
        await rig.told('omar', /has it already/);
        that(await rig.got(ticket, /cable is new/) === 1, 'the customer got it twice');
    }],
    ['the writer alone may send a note on', async (rig) => {
        const ticket = await rig.ticket();
        await rig.types('omar', ticket, 'Only mine to send');
        const said = await rig.told('omar', offer);
        rig.slack.workspace.ephemerals.push({ ...structuredClone(said), user: rig.slack.workspace.user('lena').id, message_ts: '1.000001' });
        await rig.did(rig.slack.click({ user: 'lena', channel: 'triage', ts: '1.000001', action: 'dh.send_note' }));
        await rig.told('lena', /no note of yours/);
        that(await rig.got(ticket, /Only mine/) === 0, 'it was sent');
    }],
    ['an edited note is edited, and others see it in its words', async (rig) => {
        const ticket = await rig.ticket();
        const { ts } = await rig.types('omar', ticket, 'Ask for the serail number');
        await rig.told('omar', offer);
        rig.said.push('Ask for the serial number');
        await rig.did(rig.slack.edit({ user: 'omar', channel: 'triage', ts, text: 'Ask for the serial number' }));
        that(/serial number/.test(await rig.log(ticket)), 'the log has the old words');
        await rig.did(rig.slack.remove({ user: 'omar', channel: 'triage', ts }));
        that(/deleted by its writer/.test(await rig.log(ticket)), 'the log has it still');
    }],
    ['a deletion of which Slack says neither whose nor what takes the note away', async (rig) => {
        const ticket = await rig.ticket(), channel = rig.slack.workspace.channel('triage').id;
        const { ts } = await rig.types('omar', ticket, 'Words that should not stand here');
        await rig.told('omar', offer);
        const at = rig.slack.workspace.ts();
        await rig.did(rig.slack.event({ event: { type: 'message', subtype: 'message_deleted', hidden: true, channel, channel_type: 'channel', deleted_ts: ts, ts: at, event_ts: at } }));
        that(/deleted by its writer/.test(await rig.log(ticket)), 'the log has it still');
    }],
    ['edits and deletions count by their own time, in whatever order they come', async (rig) => {
        const ticket = await rig.ticket(), { workspace } = rig.slack;
        const channel = workspace.channel('triage').id, user = workspace.user('omar').id;
        const words = (ts, text, more = {}) => ({ type: 'message', user, text, ts, thread_ts: ticket.ts, ...more });
        const event = (fields) => rig.did(rig.slack.event({ event: { type: 'message', channel, channel_type: 'channel', ...fields } }));
        const edited = (ts, text, at) => event({ subtype: 'message_changed', hidden: true, ts: at, event_ts: at,
            message: words(ts, text, { edited: { user, ts: at } }), previous_message: words(ts, 'other words') });
        const removed = (ts, at) => event({ subtype: 'message_deleted', hidden: true, deleted_ts: ts, ts: at, event_ts: at, previous_message: words(ts, 'some words') });
        const notes = async () => JSON.parse(await rig.run('ticket', 'log', String(ticket.id), '--json')).events
            .filter((one) => one.kind === 'note' && one.actor === 'technician').map((one) => one.text);
        const { ts } = await rig.types('omar', ticket, 'the first version');
        await rig.told('omar', offer);
        const [second, third, early, gone, later] = Array.from({ length: 5 }, () => workspace.ts());
        await edited(ts, 'the third version', third);
        await edited(ts, 'the second version', second);
        that(String(await notes()) === 'the third version', `the note says ${await notes()}`);
        await edited(early, 'edited before it came', later);
        await event(words(early, 'words before'));
        await removed(gone, later);
        await event(words(gone, 'words that are gone'));
        await removed(ts, later);
        await edited(ts, 'back from the dead', workspace.ts());
        that(String(await notes()) === '(deleted by its writer),edited before it came', `the notes say ${await notes()}`);
    }],
    ['an edited note is sent on in its new words', async (rig) => {
        const ticket = await rig.ticket();
        const { ts } = await rig.types('omar', ticket, 'Version one of this');
        const said = await rig.told('omar', offer);
        await rig.did(rig.slack.edit({ user: 'omar', channel: 'triage', ts, text: 'Version two of this' }));
        await send(rig, 'omar', said);
        await rig.reads(ticket, /Version two of this/);
        that(await rig.got(ticket, /Version one/) === 0, 'the old words were sent');
    }],
    ['a channel of replies: lines go to the customer, // keeps them', async (rig) => {
        await rig.run('route', 'set', `slack:${rig.slack.workspace.channel('triage').id}`, '--replies');
        const ticket = await rig.ticket();
        await rig.types('omar', ticket, '// between us: an old model');
        await rig.types('omar', ticket, 'We send you a new one tomorrow');
        await rig.reads(ticket, /new one tomorrow/);
        that(await rig.got(ticket, /old model/) === 0, 'the customer got a note');
        that(/old model/.test(await rig.log(ticket)) && !/\/\/ between/.test(await rig.log(ticket)), 'the note is not kept as it should');
        await rig.cardSays(ticket, /Waiting on customer/);
    }],
    ['a reply that is edited or deleted: its writer is told that the customer has the first words', async (rig) => {
        await rig.run('route', 'set', `slack:${rig.slack.workspace.channel('triage').id}`, '--replies');
        const ticket = await rig.ticket();
        const { ts } = await rig.types('omar', ticket, 'We come on Munday');
        await rig.reads(ticket, /Munday/);
        await rig.did(rig.slack.edit({ user: 'omar', channel: 'triage', ts, text: 'We come on Monday' }));
        await rig.told('omar', /already has your first words/);
        const before = rig.slack.ephemerals('omar').length;
        await rig.did(rig.slack.remove({ user: 'omar', channel: 'triage', ts }));
        await rig.told('omar', /already has your first words/, before);
    }],
    ['a refused reply in the thread is told to its writer', async (rig) => {
        await rig.run('route', 'set', `slack:${rig.slack.workspace.channel('triage').id}`, '--replies');
        const ticket = await rig.ticket();
        await rig.dialog('omar', ticket, 'close');
        await rig.done('omar', { outcome: 'resolved' });
        await rig.types('lena', ticket, 'One more thing for you');
        await rig.told('lena', /closed/i);
        that(await rig.got(ticket, /One more thing/) === 0, 'it was sent');
    }],
    ['files are answered honestly: alone, and with words', async (rig) => {
        const ticket = await rig.ticket();
        await rig.types('omar', ticket, '', { files });
        await rig.told('omar', /Files are not passed on/);
        await rig.types('lena', ticket, 'See the picture that I took', { files });
        await rig.told('lena', /Kept as an internal note.*file/is);
    }],
    ['a line that is too long is refused, and the desk goes on', async (rig) => {
        const ticket = await rig.ticket();
        await rig.types('omar', ticket, 'word '.repeat(4000));
        await rig.told('omar', /longer than the desk takes/);
        await rig.types('omar', ticket, 'A short line instead');
        await rig.told('omar', offer);
    }],
    ['a line that is also sent to the channel is one note', async (rig) => {
        const ticket = await rig.ticket();
        await rig.types('omar', ticket, 'For everybody to read', { broadcast: true });
        await rig.told('omar', offer);
        that((await rig.log(ticket)).match(/note \| For everybody/g).length === 1, 'it is no note, or two');
    }],
    ['lines where no ticket is are left alone', async (rig) => {
        const { ts } = rig.slack.post({ user: 'omar', channel: 'triage', text: 'Lunch?' });
        await rig.did(rig.slack.post({ user: 'lena', channel: 'triage', thread_ts: ts, text: 'Yes, at noon' }));
        await rig.did(rig.slack.post({ user: 'lena', channel: 'triage', text: 'Who has the key?' }));
        await rig.slash('omar', 'help');
        that(!rig.slack.ephemerals('lena').length && !rig.slack.ephemerals('omar').some((one) => one.thread_ts), 'somebody was told something');
    }],
    ['a line below a message of ours that is no card: its writer is told that nothing was kept', async (rig) => {
        const ticket = await rig.ticket();
        const alert = await rig.wait(() => rig.slack.messages('triage').find((m) => /needs a person/.test(m.text)), 'the alert');
        await rig.types('omar', { ...ticket, ts: alert.ts }, 'I have looked into this one');
        await rig.told('omar', /nothing was kept/);
    }],
    ['a mention of a colleague reads as a name, also for the customer', async (rig) => {
        const ticket = await rig.ticket();
        const lena = rig.slack.workspace.user('lena').id;
        await rig.press('lena', ticket, 'claim');
        await rig.cardSays(ticket, /Lena has it/);
        await rig.types('omar', ticket, '', { raw: `Please ask <@${lena}> for the key &amp; the card` });
        const said = await rig.told('omar', offer);
        await send(rig, 'omar', said);
        const read = await rig.reads(ticket, /for the key/);
        that(/key & the card/.test(read.text) && !/[<>]/.test(read.text), `the customer reads ${read.text}`);
        that(/Lena/.test(read.text) && !read.text.includes(lena), `the customer reads ${read.text}`);
    }],
];
