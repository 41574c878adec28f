// dialogs.mjs - what asks before it acts: each dialog once, with what it changes, who reads it and its button.
import { that, words } from './rig.mjs';

const label = (view) => view.submit.text;

export default [
    ['reply: sent to the customer, waits for the answer or is kept in progress', async (rig) => {
        const ticket = await rig.ticket();
        const first = await rig.dialog('omar', ticket, 'reply');
        that(label(first) === 'Send to customer' && /they will read it/.test(words(first)), `it says ${words(first)}`);
        that(/printer/.test(words(first)), 'the last words of the customer are not there');
        await rig.done('omar', { text: 'Please switch it off and on' });
        await rig.reads(ticket, /switch it off and on/);
        await rig.cardSays(ticket, /Waiting on customer/);
        that((await rig.shown(ticket)).assignee, 'who answers first has it');
        await rig.dialog('omar', ticket, 'reply');
        await rig.done('omar', { text: 'I look into it myself', after: 'keep' });
        await rig.reads(ticket, /look into it myself/);
        await rig.cardSays(ticket, /In progress/);
    }],
    ['internal note: another button, another word, never sent', async (rig) => {
        const ticket = await rig.ticket();
        const view = await rig.dialog('omar', ticket, 'note');
        that(label(view) === 'Add internal note' && /never sees/.test(words(view)), `it says ${words(view)}`);
        await rig.done('omar', { text: 'She has called twice this week' });
        await rig.line(ticket, /Omar wrote an internal note on #1: She has called twice/);
        that(await rig.got(ticket, /called twice/) === 0, 'the customer got it');
    }],
    ['transfer to a person, then to a team', async (rig) => {
        await rig.run('team', 'add', 'Network', '--member', 'lena@example.test');
        const ticket = await rig.ticket();
        const view = await rig.dialog('omar', ticket, 'transfer');
        // The demo desk has an Omar of its own; this one is not offered to himself.
        that(/Lena/.test(JSON.stringify(view.blocks)) && JSON.stringify(view.blocks).match(/"Omar"/g).length === 1, 'who is offered');
        await rig.done('omar', { to: 'Lena', why: 'She knows printers' });
        await rig.line(ticket, /Omar transferred it to Lena\. Why: She knows printers/);
        await rig.cardSays(ticket, /Lena has it/);
        await rig.dialog('lena', ticket, 'transfer');
        await rig.done('lena', { to: 'Network (team)' });
        await rig.line(ticket, /Lena transferred it to Network/);
        await rig.cardSays(ticket, /Network/);
    }],
    ['priority', async (rig) => {
        const ticket = await rig.ticket();
        await rig.dialog('omar', ticket, 'priority');
        await rig.done('omar', { priority: '2' });
        await rig.line(ticket, /Omar changed the priority from P3 Medium to P2 High/);
        await rig.cardSays(ticket, /P2 High/);
    }],
    ['category, and an error at its field', async (rig) => {
        const ticket = await rig.ticket();
        await rig.dialog('omar', ticket, 'category');
        const seen = await rig.submit('omar', { category: '', type: 'Ink', subtype: '' });
        that(!seen.closed && /needs a category/.test(seen.errors.category), `the errors are ${JSON.stringify(seen.errors)}`);
        await rig.done('omar', { category: 'Software', type: 'Driver' });
        await rig.line(ticket, /Omar changed the category to Software \/ Driver/);
        await rig.cardSays(ticket, /Software/);
    }],
    ['subject', async (rig) => {
        const ticket = await rig.ticket();
        await rig.dialog('omar', ticket, 'subject');
        await rig.done('omar', { text: 'Printer on floor 2' });
        await rig.line(ticket, /Omar changed the subject to "Printer on floor 2"/);
        await rig.cardSays(ticket, /Printer on floor 2/);
    }],
    ['tag, added and taken off', async (rig) => {
        const ticket = await rig.ticket();
        await rig.dialog('omar', ticket, 'tag');
        await rig.done('omar', { text: 'floor-2', set: 'on' });
        await rig.line(ticket, /Omar added the tag floor-2/);
        that(/floor-2/.test(words(await rig.dialog('omar', ticket, 'tag'))), 'the tags it has are not shown');
        await rig.done('omar', { text: 'floor-2', set: 'off' });
        await rig.line(ticket, /Omar took off the tag floor-2/);
    }],
    ['tomorrow begins at nine where the person is', async (rig) => {
        rig.slack.workspace.user('omar').tz = 'Asia/Tokyo';         // nine hours ahead, all year
        const ticket = await rig.ticket();
        await rig.dialog('omar', ticket, 'snooze');
        await rig.done('omar', { until: 'tomorrow' });
        await rig.line(ticket, /Omar snoozed it until/);
        const until = new Date((await rig.shown(ticket)).snoozed_until_ms);
        that(until.getUTCHours() === 0 && until.getUTCMinutes() === 0, `it wakes at ${until.toISOString()}`);
    }],
    ['snooze until tomorrow', async (rig) => {
        const ticket = await rig.ticket();
        await rig.dialog('omar', ticket, 'snooze');
        await rig.done('omar', { until: 'tomorrow' });
        await rig.line(ticket, /Omar snoozed it until/);
        that((await rig.shown(ticket)).snoozed_until_ms > Date.now(), 'it is not snoozed');
    }],
    ['resolve with a recap', async (rig) => {
        const ticket = await rig.ticket();
        await rig.press('omar', ticket, 'claim');
        await rig.cardSays(ticket, /In progress/);
        const view = await rig.dialog('omar', ticket, 'resolve');
        that(label(view) === 'Resolve', label(view));
        await rig.done('omar', { text: 'A new cable' });
        await rig.cardSays(ticket, /Resolved/);
        that(/A new cable/.test(words(await rig.line(ticket, /A new cable/))), 'the recap is missing');
        that(await rig.got(ticket, /A new cable/) === 0, 'the customer got it');
    }],
    ['close with outcome and reason', async (rig) => {
        const ticket = await rig.ticket();
        const view = await rig.dialog('omar', ticket, 'close');
        that(label(view) === 'Close ticket', label(view));
        await rig.done('omar', { outcome: 'invalid', text: 'A test of theirs' });
        await rig.line(ticket, /Omar closed it: not a request\. Why: A test of theirs/);
        const { status, outcome } = await rig.shown(ticket);
        that(status === 'closed' && outcome === 'invalid', `it is ${status}, ${outcome}`);
    }],
    ['flag a wrong value of the assistant', async (rig) => {
        const ticket = await rig.ticket();
        await rig.dialog('omar', ticket, 'ai_wrong');
        await rig.done('omar', { field: 'priority', text: 'This one is urgent' });
        that(/priority.*This one is urgent|This one is urgent/s.test(await rig.log(ticket)), 'it is not written down');
    }],
    ['escalate', async (rig) => {
        const ticket = await rig.ticket();
        await rig.dialog('omar', ticket, 'escalate');
        await rig.done('omar', { text: 'The director is affected' });
        await rig.line(ticket, /Omar escalated it: P2 High\. Why: The director is affected/);
        const { priority, needs_review: review } = await rig.shown(ticket);
        that(priority === 'P2' && review, `it is ${priority}, ${review}`);
    }],
    ['send the draft of the assistant, changed', async (rig) => {
        await rig.run('client', 'set', 'demo', '--triage', 'draft');
        const ticket = await rig.ticket('My laptop makes a strange noise');
        await rig.line(ticket, /proposes, not sent yet/);
        that(await rig.got(ticket, /./) === 1, 'the customer got a draft');
        await rig.wait(() => rig.offers(ticket).some((one) => one.action === 'dh.send_draft'), 'the button for the draft');
        const view = await rig.dialog('omar', ticket, 'send_draft');
        that(view.blocks.find((one) => one.block_id === 'text').element.initial_value, 'the draft is not filled in');
        await rig.done('omar', { text: 'What kind of noise is it, please?' });
        await rig.reads(ticket, /What kind of noise/);
        await rig.line(ticket, /Omar sent the assistant's draft, edited/);
    }],
    ['an empty answer is refused at its field', async (rig) => {
        const ticket = await rig.ticket();
        await rig.dialog('omar', ticket, 'reply');
        const seen = await rig.submit('omar', { text: '   ' });
        that(!seen.closed && /Write something/.test(seen.errors.text), JSON.stringify(seen.errors));
    }],
];
