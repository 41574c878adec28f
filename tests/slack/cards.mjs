// cards.mjs - one card for each ticket, kept up to date where it stands; its thread tells what happened.
import { that, words, choices } from './rig.mjs';

const posts = (rig, ticket) => rig.slack.calls('chat.postMessage').filter((call) => call.performed && call.args.blocks[0].type === 'header' && call.args.text.startsWith(`#${ticket.id} `));

export default [
    ['a ticket is one card, updated in place and never posted again', async (rig) => {
        const ticket = await rig.ticket();
        await rig.press('omar', ticket, 'claim');
        await rig.cardSays(ticket, /Omar has it/);
        await rig.says(ticket, 'It is the one on the second floor');
        await rig.cardSays(ticket, /second floor/);
        await rig.dialog('omar', ticket, 'close');
        await rig.done('omar', { outcome: 'resolved', text: 'Switched on' });
        await rig.cardSays(ticket, /Closed/);
        that(posts(rig, ticket).length === 1, `the card was posted ${posts(rig, ticket).length} times`);
        that(rig.cards().length === 1, 'there are two cards');
    }],
    ['the thread carries the conversation, and changes as one line each', async (rig) => {
        const ticket = await rig.ticket();
        await rig.line(ticket, /\(customer\) wrote on #1/);
        await rig.press('omar', ticket, 'claim');
        const claim = await rig.line(ticket, /Omar claimed it/);
        that(claim.blocks.length === 1 && words(claim).split('\n').length === 1, 'a change is more than one line');
        await rig.dialog('omar', ticket, 'reply');
        await rig.done('omar', { text: 'I am on my way' });
        that(/Omar/.test(words(await rig.line(ticket, /Omar replied to the customer/))), 'no name at the reply');
        await rig.dialog('omar', ticket, 'note');
        await rig.done('omar', { text: 'The toner is empty' });
        const note = await rig.line(ticket, /toner/);
        that(/Internal note.*Omar.*the customer never sees this/.test(words(note)), `a note is not marked: ${words(note)}`);
        await rig.says(ticket, 'Thank you very much');
        await rig.line(ticket, /Thank you very much/);
        that(await rig.got(ticket, /toner/) === 0, 'the customer got a note');
    }],
    ['buttons follow the state', async (rig) => {
        const ticket = await rig.ticket();
        const codes = () => rig.offers(ticket).map((one) => (one.menu ? one.value.split(':')[0] : one.action.slice(3)));
        that(codes().includes('claim') && codes().includes('reply') && codes().includes('more'), `open: ${codes()}`);
        await rig.press('omar', ticket, 'claim');
        await rig.cardSays(ticket, /In progress/);
        that(!codes().includes('claim') || codes()[0] !== 'claim', `in progress: ${codes()}`);
        await rig.dialog('omar', ticket, 'close');
        await rig.done('omar', { outcome: 'resolved' });
        await rig.cardSays(ticket, /Closed/);
        that(codes()[0] === 'reopen' && !codes().includes('reply') && !codes().includes('claim'), `closed: ${codes()}`);
    }],
    ['"All actions…" shows the rest as buttons, and they act from there', async (rig) => {
        const ticket = await rig.ticket();
        await rig.press('omar', ticket, 'more');
        const all = choices(await rig.modal('omar', 'dh.more')).map((one) => one.action);
        for (const code of ['priority', 'category', 'subject', 'tag', 'snooze', 'hold', 'escalate', 'reviewed', 'give_back']) that(all.includes(`dh.${code}`), `${code} is missing in ${all}`);
        await rig.did(rig.slack.click({ user: 'omar', modal: true, action: 'dh.hold' }));
        await rig.cardSays(ticket, /On hold/);
        await rig.wait(() => /Done/.test(words(rig.slack.modal('omar'))), 'the modal says that it is done');
    }],
    ['a card that somebody deleted comes back once, with what happens next', async (rig) => {
        const ticket = await rig.ticket();
        await rig.line(ticket, /wrote on/);
        rig.slack.remove({ channel: 'triage', ts: ticket.ts });
        await rig.says(ticket, 'Are you still there?');
        const again = await rig.wait(() => rig.cards().find((one) => one.ts !== ticket.ts), 'a new card');
        await rig.says(ticket, 'Hello again');
        await rig.line({ ...ticket, ts: again.ts }, /Hello again/);
        that(rig.cards().length === 1, 'there are two cards');
    }],
    ['cards converge when updates fail and are slow', async (rig) => {
        const ticket = await rig.ticket();
        rig.slack.fault({ method: 'chat.update', kind: 'status', status: 503, count: 2 });
        rig.slack.fault({ method: 'chat.update', kind: 'delay', ms: 300, count: 2, skip: 2 });
        await rig.press('omar', ticket, 'claim');
        for (const text of ['one more thing', 'and another', 'the last thing']) await rig.says(ticket, text);
        await rig.cardSays(ticket, /the last thing/);
        await rig.cardSays(ticket, /Omar has it/);
    }],
];
