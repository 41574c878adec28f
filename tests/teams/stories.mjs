#!/usr/bin/env node
// stories.mjs - what technicians do in Teams, each as a story with the real desk and a customer.
// usage: stories.mjs [words of a story's name]       DESK_BIN: the binary
import { named, tell, that, textOf } from './rig.mjs';

const CARD = 'application/vnd.microsoft.card.adaptive';
const TOAST = 'application/vnd.microsoft.activity.message';

// One action after another on one ticket; what the ticket, its log or its card then say.
const shownAs = (pattern) => async (rig, ticket) => that(pattern.test(JSON.stringify(await rig.shown(ticket))), `the ticket is ${JSON.stringify(await rig.shown(ticket)).slice(0, 600)}`);
const logSays = (pattern) => async (rig, ticket) => that(pattern.test(await rig.log(ticket)), `the log is ${await rig.log(ticket)}`);
const cardSays = (pattern) => (rig, ticket) => rig.cardSays(ticket, pattern);

const actions = [
    ['claim', null, cardSays(/Sam has it/)],
    ['priority', { priority: '1' }, cardSays(/P1/)],
    ['category', { category: 'Hardware', type: 'Printer' }, shownAs(/Hardware.*Printer/)],
    ['subject', { text: 'The printer on floor 2' }, cardSays(/The printer on floor 2/)],
    ['tag', { text: 'floor-2', set: 'on' }, shownAs(/floor-2/)],
    ['note', { text: 'I looked at the fuse' }, (rig, ticket) => rig.line(ticket, /I looked at the fuse/)],
    ['reply', { text: 'I am on my way', after: 'keep' }, (rig, ticket) => rig.reads(ticket, /I am on my way/)],
    ['hold', null, cardSays(/On hold/)],
    ['snooze', { until: '4h' }, logSays(/snooze|asleep|sleep/i)],
    ['wake', null, logSays(/wake|awake|woke/i)],
    ['review', null, shownAs(/review":true/)],
    ['reviewed', null, shownAs(/review":false/)],
    ['escalate', { text: 'It burns' }, logSays(/It burns/)],
    ['ai_wrong', { field: 'category', text: 'It is a printer' }, logSays(/It is a printer/)],
    ['release', null, cardSays(/Nobody has it/)],
    ['resolve', { text: 'New toner' }, cardSays(/Resolved/)],
    ['reopen', null, cardSays(/Open|In progress/)],
    ['close', { outcome: 'resolved', text: 'done' }, cardSays(/Closed/)],
];

async function act(rig, user, ticket, code, inputs) {
    if (inputs) return rig.done(user, ticket, code, inputs);
    if (rig.offers(ticket).includes(code)) return rig.press(user, ticket, code);
    const { dialog } = await rig.press(user, ticket, 'more');
    const result = await rig.submit(dialog, {}, { action: named(code) });
    that(result.closed, `${code}: ${result.answer.text}`);
    return result;
}

const workings = [
    ['every action of a ticket does what it says, one after the other', async (rig) => {
        const ticket = await rig.ticket();
        for (const [code, inputs, check] of actions) {
            await act(rig, 'Sam Roe', ticket, code, inputs).catch((error) => { throw new Error(`${code}: ${error.message}`); });
            await Promise.resolve(check(rig, ticket)).catch((error) => { throw new Error(`after ${code}: ${error.message}`); });
        }
    }, undefined, 60],
    ['give back and take over', async (rig) => {
        const ticket = await rig.ticket();
        await act(rig, 'Sam Roe', ticket, 'claim');
        await rig.cardSays(ticket, /Sam has it/);
        const { dialog } = await rig.dialog('Sam Roe', ticket, 'give_back');
        that(/assistant will answer/.test(textOf(dialog.card)), 'it does not say what will happen');
        that((await rig.submit(dialog)).closed, 'it stays open');
        await rig.cardSays(ticket, /The assistant has it/);
        await act(rig, 'Kim Poe', ticket, 'takeover');
        await rig.cardSays(ticket, /Kim has it/);
    }],
    ['a lead takes over from a colleague after a question; who may not, and the holder, are not offered it', async (rig) => {
        const ticket = await rig.ticket();
        await act(rig, 'Sam Roe', ticket, 'claim');
        await rig.cardSays(ticket, /Sam has it/);
        const asks = (user) => rig.dialog(user, ticket, 'take_from').then(({ dialog }) => dialog);
        const { dialog: more } = await rig.press('Jo Doe', ticket, 'more');
        that(/take_from/.test(JSON.stringify(more.card)), 'it is not among the actions');
        const dialog = await asks('Jo Doe');
        that(/Sam has this ticket\. Take it from them\?/.test(textOf(dialog.card)), textOf(dialog.card));
        that((await rig.submit(dialog)).closed, 'it stays open');
        await rig.line(ticket, /Jo took it over\./);
        for (const user of ['Sam Roe', 'Kim Poe', 'Jo Doe']) await rig.cardSays(ticket, /Jo has it/, user);
        for (const user of ['Kim Poe', 'Jo Doe']) {
            const { dialog: own } = await rig.press(user, ticket, 'more');
            that(!/take_from/.test(JSON.stringify(own.card)), `${user} is offered it`);
        }
    }],
    ['a transfer names the new owner', async (rig) => {
        const ticket = await rig.ticket();
        await act(rig, 'Sam Roe', ticket, 'claim');
        const { dialog } = await rig.dialog('Sam Roe', ticket, 'transfer');
        const kim = dialog.card.body.find((b) => b.id === 'to').choices.find((c) => c.title === 'Kim').value;
        await rig.submit(dialog, { to: kim, why: 'She knows printers' });
        await rig.cardSays(ticket, /Kim has it/);
    }],
    ['send the draft of the assistant, changed', async (rig) => {
        await rig.run('client', 'set', 'demo', '--triage', 'draft');
        const ticket = await rig.ticket('My laptop makes a strange noise');
        await rig.line(ticket, /Draft of the assistant: the customer has not seen it/);
        await rig.wait(() => rig.offers(ticket).includes('send_draft'), 'the button for the draft');
        that(await rig.got(ticket, /./) === 1, 'the customer got a draft');
        const { dialog } = await rig.dialog('Sam Roe', ticket, 'send_draft');
        that(dialog.card.body.find((b) => b.id === 'text').value, 'the draft is not filled in');
        that((await rig.submit(dialog, { text: 'What kind of noise is it, please?' })).closed, 'it stays open');
        await rig.reads(ticket, /What kind of noise/);
        await rig.line(ticket, /Sam sent the assistant's draft, edited/);
    }],
    ['no answer after the last reminder: a person decides and keeps it open', async (rig) => {
        const ticket = await rig.ticket();
        await act(rig, 'Sam Roe', ticket, 'claim');
        await rig.done('Sam Roe', ticket, 'reply', { text: 'Which model is it?' });
        await rig.cardSays(ticket, /Waiting on customer/);
        await rig.silence(ticket);
        await rig.line(ticket, /Reminder sent to the customer/);
        await rig.silence(ticket);
        await rig.cardSays(ticket, /Awaiting close/);
        that(['close', 'escalate', 'keep_open'].every((code) => rig.offers(ticket).includes(code)), `the card offers ${rig.offers(ticket)}`);
        await act(rig, 'Sam Roe', ticket, 'keep_open');
        await rig.line(ticket, /Sam keeps it open/);
        await rig.cardSays(ticket, /In progress/);
    }, { config: 'reminders: { count = 1; interval_hours = [1]; weekdays_only = false; };' }],
    ['claim: the clicker gets the fresh card at once, all others by an update, in the same second', async (rig) => {
        const ticket = await rig.ticket();
        const { answer, card } = await rig.press('Sam Roe', ticket, 'claim');
        that(answer.json.statusCode === 200 && answer.json.type === CARD, answer.text.slice(0, 200));
        that(/Sam has it/.test(textOf(card)), textOf(card));
        const at = Date.now();
        await rig.cardSays(ticket, /Sam has it/, 'Kim Poe');
        that(Date.now() - at < 3000, `the others saw it after ${Date.now() - at} ms`);
        that(rig.roots('Support').filter((m) => /^Ticket #/.test(rig.says(m))).length === 1, 'there is more than one card');
    }],
    ['a claim too late: a fresh card with a line that says who has it', async (rig) => {
        const ticket = await rig.ticket();
        await rig.press('Sam Roe', ticket, 'claim');
        const { answer, card } = await rig.press('Kim Poe', { ...ticket, message: { ...ticket.message } }, 'claim', { data: undefined, checked: false }).catch(() => ({}));
        await rig.cardSays(ticket, /Sam has it/);
        if (!card) return;                      // the card had changed before Kim could click
        that(answer.json.type === CARD && /Sam already has it/.test(textOf(card)), textOf(card));
    }],
    ['a click by an old client without Action.Execute works, and a refusal is said in the thread', async (rig) => {
        const ticket = await rig.ticket();
        const stale = structuredClone(rig.card(ticket.message));
        await rig.press('Sam Roe', ticket, 'claim', { old: true });
        await rig.cardSays(ticket, /Sam has it/);
        ticket.message.activity.attachments[0].content = stale;
        await rig.press('Kim Poe', ticket, 'claim', { old: true });
        await rig.line(ticket, /Sam already has it/);
    }],
    ['a refused click keeps the card in the answer, with the reason on top', async (rig) => {
        const ticket = await rig.ticket();
        const stale = structuredClone(rig.card(ticket.message));
        await rig.press('Sam Roe', ticket, 'claim');
        await rig.cardSays(ticket, /Sam has it/);
        ticket.message.activity.attachments[0].content = stale;
        const { answer, card } = await rig.press('Kim Poe', ticket, 'claim');
        that(answer.json.type === CARD && /Sam already has it/.test(textOf(card)), answer.text.slice(0, 400));
        that(/Sam has it/.test(textOf(card)), 'the card in the answer is not fresh');
        that(await rig.owner(ticket) === 'Sam', 'Kim took it');
    }],
    ['a dialog whose moment has passed says so', async (rig) => {
        const ticket = await rig.ticket();
        const stale = structuredClone(rig.card(ticket.message));
        await rig.done('Kim Poe', ticket, 'close', { outcome: 'resolved' });
        await rig.cardSays(ticket, /Closed/);
        ticket.message.activity.attachments[0].content = stale;
        const { dialog } = await rig.press('Sam Roe', ticket, 'reply');
        that(/Closed/.test(textOf(dialog.card)) && !/Send to customer/.test(textOf(dialog.card)), textOf(dialog.card));
    }],
    ['a stale dialog keeps the typed words and says why they cannot be sent', async (rig) => {
        const ticket = await rig.ticket();
        const { dialog } = await rig.dialog('Sam Roe', ticket, 'reply');
        await rig.done('Kim Poe', ticket, 'close', { outcome: 'invalid' });
        await rig.cardSays(ticket, /Closed/);
        const again = await rig.submit(dialog, { text: 'Nobody wants to type this twice' });
        that(again.dialog, again.answer.text);
        that(/closed/i.test(textOf(again.dialog.card)), textOf(again.dialog.card));
        that(again.dialog.card.body.find((b) => b.id === 'text').value === 'Nobody wants to type this twice', 'the words are gone');
        that(await rig.got(ticket, /type this twice/) === 0, 'it was sent');
    }],
    ['an empty reply is refused in the dialog, and the corrected one is sent', async (rig) => {
        const ticket = await rig.ticket();
        const { dialog } = await rig.dialog('Sam Roe', ticket, 'reply');
        const again = await rig.submit(dialog, { text: '  ' }, { checked: false });
        that(/Write something to the customer/.test(textOf(again.dialog.card)), again.answer.text);
        const end = await rig.submit(again.dialog, { text: 'Now with words' });
        that(end.closed, end.answer.text);
        await rig.reads(ticket, /Now with words/);
    }],
    ['reply and internal note have dialogs of their own, and a note never reaches the customer', async (rig) => {
        const ticket = await rig.ticket();
        const reply = (await rig.dialog('Sam Roe', ticket, 'reply')).dialog, note = (await rig.dialog('Sam Roe', ticket, 'note')).dialog;
        that(reply.title === 'Reply to customer' && note.title === 'Internal note', `${reply.title}, ${note.title}`);
        await rig.submit(note, { text: 'He is always like that' });
        await rig.submit(reply, { text: 'Thank you for waiting' });
        await rig.reads(ticket, /Thank you for waiting/);
        that(await rig.got(ticket, /always like that/) === 0, 'the customer reads the note');
    }],
];

const threads = [
    ['a line in the thread is an internal note, with an offer to send it', async (rig) => {
        const ticket = await rig.ticket();
        await rig.types('Sam Roe', ticket, 'Try to turn it off and on');
        const offer = await rig.line(ticket, /Kept as an internal note/);
        that(await rig.got(ticket, /off and on/) === 0, 'the customer reads it already');
        const { answer } = rig.right(await rig.people.click({ message: offer, user: 'Sam Roe', action: named('send_note') }));
        that(/Sent to the customer/.test(answer.text), answer.text);
        await rig.reads(ticket, /off and on/);
        await rig.wait(() => /Sent to the customer/.test(rig.says(offer)), 'the offer is used up for all');
        that((await rig.log(ticket)).includes('off and on'), await rig.log(ticket));
    }],
    ['nobody else sends a note on', async (rig) => {
        const ticket = await rig.ticket();
        await rig.types('Sam Roe', ticket, 'Only my words');
        const offer = await rig.line(ticket, /Kept as an internal note/);
        const { answer } = rig.right(await rig.people.click({ message: offer, user: 'Kim Poe', action: named('send_note') }));
        that(/no note of yours/.test(answer.text), answer.text);
        that(await rig.got(ticket, /Only my words/) === 0, 'it was sent');
    }],
    ['an edited note is edited, a deleted one is deleted, and may come back', async (rig) => {
        const ticket = await rig.ticket();
        const { message } = await rig.types('Sam Roe', ticket, 'first words');
        await rig.line(ticket, /Kept as an internal note/);
        rig.right(await rig.people.edit({ message, text: 'second words' }));
        that(/second words/.test(await rig.log(ticket)), await rig.log(ticket));
        rig.right(await rig.people.delete({ message }));
        that(/deleted by its writer/.test(await rig.log(ticket)), await rig.log(ticket));
        rig.right(await rig.people.edit({ message, text: 'second words', event: 'undeleteMessage' }));
        that(/note \| second words/.test(await rig.log(ticket)), await rig.log(ticket));
    }],
    ['in a channel of replies a line goes to the customer, and // keeps it inside', async (rig) => {
        const ticket = await rig.ticket();
        await rig.run('route', 'set', `teams:${rig.teams.world.channel('Support').id}`, '--replies');
        await rig.wait(async () => {
            await rig.types('Sam Roe', ticket, '// not for you');
            return (await rig.log(ticket)).includes('not for you');
        }, 'the route is known');
        await rig.types('Sam Roe', ticket, 'This is for you');
        await rig.reads(ticket, /This is for you/);
        that(await rig.got(ticket, /not for you/) === 0, 'the customer reads what is inside');
    }],
    ['cards say how their thread is heard, until a line without a mention came', async (rig) => {
        const ticket = await rig.ticket();
        await rig.cardSays(ticket, /otherwise mention the bot in them/);
        await rig.types('Sam Roe', ticket, 'It is the cable');
        const next = await rig.ticket('I need a person for my screen');
        that(!/mention the bot/.test(rig.says(next.message)), rig.says(next.message));
    }],
    ['talk in other threads is none of our business, and nobody is looked up for it', async (rig) => {
        await rig.ticket();
        const { message } = await rig.people.write({ where: 'Support', user: 'Kim Poe', text: 'Who takes cake?' });
        rig.right(await rig.people.write({ where: 'Support', user: 'Sam Roe', thread: message, text: 'Me' }));
        rig.right(await rig.people.write({ where: 'Support', user: 'Sam Roe', thread: message, text: '', activity: { attachments: [{ contentType: 'image/png', contentUrl: 'https://x.example/x.png' }] } }));
        rig.right(await rig.people.react({ message, user: 'Sam Roe' }));
        await rig.people.write({ where: 'Support', user: 'Kim Poe', text: 'help', mention: true });
        await rig.wait(() => rig.ours(rig.teams.world.channel('Support').id).some((m) => /What you can write/.test(rig.says(m))), 'help');
        const lookedUp = (user) => rig.teams.log.filter((e) => e.op === 'member' && JSON.stringify(e).includes(rig.people.user(user).id.slice(4, 30))).length;
        that(lookedUp('Kim Poe') === 1 && !lookedUp('Sam Roe'), `Kim was looked up ${lookedUp('Kim Poe')} times, Sam ${lookedUp('Sam Roe')}`);
        that(!rig.ours(rig.teams.world.channel('Support').id).some((m) => m.root === message.id), 'the desk joined the talk');
    }],
    ['a mention in a ticket\'s thread: words are for the desk, anything else is a note without it', async (rig) => {
        const ticket = await rig.ticket();
        await rig.types('Sam Roe', ticket, 'mine', { mention: true });
        await rig.line(ticket, /My tickets/);
        await rig.types('Sam Roe', ticket, 'well done', { mention: true });
        await rig.line(ticket, /Kept as an internal note/);
        const log = await rig.log(ticket);
        that(/well done/.test(log) && !/Deskhand|<at>/.test(log), log);
    }],
    ['a file without words in a ticket\'s thread: it says that files are not passed on', async (rig) => {
        const ticket = await rig.ticket();
        await rig.press('Sam Roe', ticket, 'claim');
        await rig.types('Sam Roe', ticket, '', { activity: { attachments: [{ contentType: 'image/png', contentUrl: 'https://x.example/x.png' }] } });
        await rig.line(ticket, /Files are not passed on/);
    }],
];

const chats = [
    ['words in the own chat: help, queue, mine, next, a number, find', async (rig) => {
        const ticket = await rig.ticket();
        await rig.people.install({ where: 'personal', user: 'Sam Roe' });
        await rig.told('Sam Roe', /What you can write/);
        that(/What you can write/.test(rig.says(await rig.asks('Sam Roe', 'help'))), 'help');
        that(/My tickets[^]*nothing here/i.test(rig.says(await rig.asks('Sam Roe', 'mine'))), 'mine is not empty');
        that(rig.says(await rig.asks('Sam Roe', 'queue')).includes(`#${ticket.id}`), 'not in the queue');
        const next = await rig.asks('Sam Roe', 'next');
        that(rig.says(next).includes(`Ticket #${ticket.id} `), rig.says(next));
        const { card } = rig.right(await rig.people.click({ message: next, user: 'Sam Roe', action: named('claim') }));
        that(/You have it/.test(textOf(card)), textOf(card));
        that(rig.says(await rig.asks('Sam Roe', 'mine')).includes(`#${ticket.id}`), 'not in mine');
        that(/Nothing waits/.test(rig.says(await rig.asks('Sam Roe', 'next'))), 'something waits');
        for (const text of [`ticket ${ticket.id}`, `#${ticket.id}`, String(ticket.id)]) that(rig.says(await rig.asks('Sam Roe', text)).includes(`Ticket #${ticket.id} `), text);
        that(/There is no such ticket/.test(rig.says(await rig.asks('Sam Roe', 'ticket 999999'))), 'another ticket');
        that(rig.says(await rig.asks('Sam Roe', `ticket T-${ticket.id}`)).includes(`Ticket #${ticket.id} `), 'T-');
        for (const text of [`claim ${ticket.id}`, 'close printer']) that(/buttons of its card. Write help/.test(rig.says(await rig.asks('Sam Roe', text))), text);
        that(!/buttons of its card/.test(rig.says(await rig.asks('Sam Roe', 'printer'))), 'a hint for a search');
    }],
    ['lists lead to cards, and filters to other lists', async (rig) => {
        const ticket = await rig.ticket();
        await rig.people.install({ where: 'personal', user: 'Sam Roe' });
        await rig.told('Sam Roe', /What you can write/);
        const queue = await rig.asks('Sam Roe', 'queue');
        const opened = rig.right(await rig.people.click({ message: queue, user: 'Sam Roe', action: named('open') }));
        that(textOf(opened.card).includes(`Ticket #${ticket.id} `), textOf(opened.card));
        const other = await rig.asks('Sam Roe', 'mine');
        const all = rig.right(await rig.people.click({ message: other, user: 'Sam Roe', action: named('filter'), inputs: { filter: 'all' } }));
        that(textOf(all.card).includes(`#${ticket.id}`), textOf(all.card));
    }],
    ['a ticket made by hand, from the words that were written', async (rig) => {
        await rig.people.install({ where: 'personal', user: 'Sam Roe' });
        await rig.told('Sam Roe', /What you can write/);
        const offer = await rig.asks('Sam Roe', 'new The lift is stuck');
        const { dialog } = rig.open(rig.right(await rig.people.click({ message: offer, user: 'Sam Roe', action: named('new') })), 'new');
        that(dialog.card.body.find((b) => b.id === 'text').value === 'The lift is stuck', 'the words are gone');
        const client = dialog.card.body.find((b) => b.id === 'client').choices[0].value;
        const bad = await rig.submit(dialog, { client, email: 'no address' });
        that(/not a mail address/.test(textOf(bad.dialog.card)), textOf(bad.dialog.card));
        const end = await rig.submit(bad.dialog, { client, email: 'ana@customer.example' });
        that(end.closed || end.said, end.answer.text);
        await rig.wait(() => rig.roots('Support').find((m) => /lift is stuck/.test(rig.says(m))), 'its card');
    }],
    ['a ticket for somebody who has open ones: the dialog names them first, and makes it the second time', async (rig) => {
        await rig.people.install({ where: 'personal', user: 'Sam Roe' });
        await rig.told('Sam Roe', /What you can write/);
        const begin = async (text) => {
            const offer = await rig.asks('Sam Roe', `new ${text}`);
            return rig.open(rig.right(await rig.people.click({ message: offer, user: 'Sam Roe', action: named('new') })), 'new').dialog;
        };
        const first = await begin('The lift is stuck'), client = first.card.body.find((b) => b.id === 'client').choices[0].value;
        that((await rig.submit(first, { client, email: 'ana@customer.example' })).dialog === undefined, 'a question for the first one');
        await rig.wait(() => rig.roots('Support').find((m) => /lift is stuck/.test(rig.says(m))), 'its card');
        const made = async () => (await rig.run('ticket', 'list', '--json')).split('The stairs').length - 1;
        const { dialog } = await rig.submit(await begin('The stairs creak'), { client, email: ' Ana@customer.example ' });
        that(dialog && /1 open ticket: #1 The lift is stuck/.test(textOf(dialog.card)), 'no warning');
        that(!await made(), 'it was made at once');
        that(dialog.card.body.find((b) => b.id === 'text').value === 'The stairs creak', 'the words are gone');
        const bad = await rig.submit(dialog, { client, email: 'ana@customer.example', text: '  ' });
        that(/Write what they need/.test(textOf(bad.dialog.card)) && /1 open ticket/.test(textOf(bad.dialog.card)), textOf(bad.dialog.card));
        const end = await rig.submit(bad.dialog, { client, email: 'ana@customer.example', text: 'The stairs creak' });
        that(end.closed || end.said, end.answer.text);
        await rig.wait(made, 'the second ticket');
    }],
    ['the welcome comes once, though two events tell of one installation', async (rig) => {
        await rig.people.install({ where: 'personal', user: 'Kim Poe', repeat: { same: 1 } });
        await rig.people.install({ where: 'personal', user: 'Kim Poe', reversed: true });
        await rig.told('Kim Poe', /What you can write/);
        await rig.asks('Kim Poe', 'mine');
        that(rig.ours(rig.teams.world.personal(rig.people.user('Kim Poe')).id).length === 2, 'it came twice');
    }],
];

const people = [
    ['whoever is no technician is told so and sees nothing; once an admin adds them the same click works', async (rig) => {
        const nia = rig.teams.world.addUser('Nia New');
        const ticket = await rig.ticket();
        const { answer } = await rig.press(nia, ticket, 'claim');
        that(answer.json.type === TOAST && /no technician/.test(answer.json.value), answer.text);
        const fetched = await rig.people.click({ message: ticket.message, user: nia, action: named('reply') });
        that(/no technician/.test(fetched.said), fetched.answer.text);
        await rig.run('technician', 'add', 'nia.new@desk.example', '--name', 'Nia');
        await rig.press(nia, ticket, 'claim');
        await rig.cardSays(ticket, /Nia has it/);
    }],
    ['guests and people of other organisations cannot join, whatever their address', async (rig) => {
        const ticket = await rig.ticket();
        const rows = [[{ userRole: 'guest', email: 'sam.roe@desk.example' }, /Guests/], [{ email: undefined, userPrincipalName: 'sam.roe_desk.example#EXT#@x.example' }, /Guests/],
            [{ userRole: 'user', email: 'sam.roe@desk.example', userPrincipalName: 'sam_other.example#ext#@desk.example' }, /Guests/],
            [{ tenantId: '00000000-0000-0000-0000-000000000001', email: 'sam.roe@desk.example' }, /Only members/], [{ email: undefined, userPrincipalName: '' }, /mail address/]];
        for (const [i, [more, pattern]] of rows.entries()) {
            const { answer } = await rig.press(rig.teams.world.addUser(`Gus ${i}`, more), ticket, 'claim');
            that(pattern.test(answer.text), `${JSON.stringify(more)}: ${answer.text}`);
        }
        that(!await rig.owner(ticket), 'somebody has it');
    }],
    ['whoever is no technician and talks in a ticket\'s thread is looked up and told once, and heard once they are one', async (rig) => {
        const ticket = await rig.ticket(), nia = rig.teams.world.addUser('Nia New');
        for (const text of ['one', 'two', 'three']) {
            await rig.types(nia, ticket, `line ${text} of a stranger`);
            await rig.line(ticket, /no technician/);
        }
        await rig.types('Sam Roe', ticket, 'a line of Sam');
        await rig.line(ticket, /Kept as an internal note/);
        const asked = rig.teams.log.filter((e) => e.op === 'member').length;
        that(asked === 2, `Teams was asked ${asked} times`);
        that(rig.thread(ticket).filter((m) => /no technician/.test(rig.says(m))).length === 1, 'it is told more than once');
        await rig.run('technician', 'add', 'nia.new@desk.example', '--name', 'Nia');
        await rig.types(nia, ticket, 'a line of Nia');
        await rig.wait(async () => (await rig.log(ticket)).includes('a line of Nia'), 'her note');
        that(!/of a stranger/.test(await rig.log(ticket)), await rig.log(ticket));
    }],
    ['an object id that is no GUID is one, too', async (rig) => {
        const ticket = await rig.ticket();
        await rig.run('technician', 'add', 'sara.lee@desk.example', '--name', 'Sara');
        await rig.press(rig.teams.world.addUser('Sara Lee', { aadObjectId: 'aad-sara' }), ticket, 'claim');
        await rig.cardSays(ticket, /Sara has it/);
    }],
    ['who may join by themselves does, with one click', async (rig) => {
        const ticket = await rig.ticket();
        await rig.press(rig.teams.world.addUser('Tom Two'), ticket, 'claim');
        await rig.cardSays(ticket, /Tom Two has it/);
    }, { config: 'technicians: { join_role = "technician"; join_domains = ["desk.example"]; };' }],
    ['a note of somebody whom Teams cannot name yet is kept over a restart', async (rig) => {
        const ticket = await rig.ticket();
        rig.teams.faults.add({ op: 'member', kind: 'hang', times: 1 });
        await rig.types('Sam Roe', ticket, 'written before the end');
        await rig.desk.stop();
        await rig.desk.start();
        await rig.wait(async () => (await rig.log(ticket)).includes('written before the end'), 'the note');
    }],
];

const places = [
    ['the first channel shows the tickets, the second one does not', async (rig) => {
        await rig.people.install({ where: 'Billing', user: 'Jo Doe' });
        const ticket = await rig.ticket();
        that(rig.roots('Billing').length === 0 && ticket.channel === 'Support', 'it stands in the wrong channel');
    }],
    ['a mention in a channel makes it the one for tickets when there is none', async (rig) => {
        rig.teams.world.team.installed = true;
        rig.right(await rig.people.write({ where: 'Billing', user: 'Jo Doe', text: 'queue', mention: true }));
        await rig.ticket(undefined, { channel: 'Billing' });
    }, { alone: true }],
    ['tickets that wait come with the installation', async (rig) => {
        const sock = await rig.customer().talker('I want to speak to a person about my lamp');
        await rig.people.install({ where: 'Support', user: 'Jo Doe', reversed: true });
        await rig.wait(() => rig.roots('Support').length === 1, `the card of ${sock.conv}`);
    }, { alone: true }],
    ['the app is removed and comes back: the tickets are there again', async (rig) => {
        await rig.ticket();
        rig.right(await rig.people.uninstall({ where: 'Support', user: 'Jo Doe' }));
        rig.right(await rig.people.install({ where: 'Billing', user: 'Jo Doe' }));
        await rig.wait(() => rig.roots('Billing').length === 1, 'the card in the other channel');
    }],
    ['a deleted channel is a route no more; restored, it has its cards again', async (rig) => {
        const ticket = await rig.ticket();
        const creates = () => rig.teams.log.filter((e) => e.kind === 'connector' && e.op === 'create').length;
        await rig.wait(() => creates() === 2, 'the card and the alert');
        const posted = creates();
        rig.right(await rig.people.event({ where: 'Support', user: 'Jo Doe', event: 'channelDeleted' }));
        await rig.wait(async () => !(await rig.run('route', 'list', '--json')).includes(rig.teams.world.channel('Support').id), 'the route is gone');
        rig.right(await rig.people.event({ where: 'Support', user: 'Jo Doe', event: 'channelRestored' }));
        await rig.wait(async () => (await rig.run('route', 'list', '--json')).includes(rig.teams.world.channel('Support').id), 'the route is back');
        await act(rig, 'Sam Roe', ticket, 'claim');
        await rig.cardSays(ticket, /Sam has it/);
        that(creates() === posted, 'the card was posted again');
    }],
];

const HOSTILE = '[win](https://evil.example) **b** <at>Jo Doe</at> ![p](https://evil.example/p.png) <script>alert(1)</script> \u202egnp.exe\u2066 \u200b ${$root.x} {{DATE(x)}}';

const hostile = [
    ['hostile words of customers and technicians stay words, on cards, in threads, dialogs and lists', async (rig) => {
        const ticket = await rig.ticket(`I want to speak to a person ${HOSTILE}`);
        await rig.people.install({ where: 'personal', user: 'Sam Roe' });
        await rig.types('Sam Roe', ticket, `note ${HOSTILE}`);
        await rig.line(ticket, /Kept as an internal note/);
        await rig.asks('Sam Roe', `find ${HOSTILE}`);
        await rig.asks('Sam Roe', 'queue');
        await rig.dialog('Sam Roe', ticket, 'reply');
        await rig.done('Sam Roe', ticket, 'subject', { text: HOSTILE.slice(0, 90) });
        await rig.cardSays(ticket, /evil/);
        const sent = [...rig.teams.log.filter((e) => e.kind === 'connector' && e.activity).map((e) => e.activity),
            ...rig.teams.log.filter((e) => e.kind === 'delivery' && e.answer?.json).map((e) => e.answer.json)];
        const bad = [];
        const walk = (node, path) => {
            if (Array.isArray(node)) node.forEach((one) => walk(one, path));
            else if (node && typeof node === 'object') Object.entries(node).forEach(([name, one]) => walk(one, [...path, node.type ?? '', name]));
            else if (typeof node === 'string') judge(node, path, bad);
        };
        sent.forEach((one) => walk(one, []));
        that(sent.length > 8 && JSON.stringify(sent).includes('evil.example'), 'nothing was shown');
        that(!bad.length, bad.slice(0, 4).join('; '));
    }],
];

// Words of people stand in TextRuns, in values of inputs, and in data that comes back; nowhere else.
function judge(text, path, bad) {
    const [type, name] = path.slice(-2), data = path.includes('data');
    if (/<at>|[\u202a-\u202e\u2066-\u2069\u200b\ufeff]/.test(text) && !data) bad.push(`${type}.${name} has <at> or what turns text: ${text.slice(0, 80)}`);
    if (/evil\.example/.test(text) && !data && !(type === 'TextRun' && name === 'text') && !(type === 'Input.Text' && name === 'value')) bad.push(`${type}.${name}: ${text.slice(0, 80)}`);
    if (/^(url|iconUrl)$/.test(name) && /evil/.test(text)) bad.push(`a link: ${text}`);
}

await tell([...workings, ...threads, ...chats, ...people, ...places, ...hostile], { seconds: 60 });
