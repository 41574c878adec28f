// clicks.mjs - what acts at once: claim, release, take over, hold, wake, reopen, keep open, review.
import { that, words } from './rig.mjs';

const help = 'How do I change my password?';

export default [
    ['claim and release', async (rig) => {
        const ticket = await rig.ticket();
        await rig.press('omar', ticket, 'claim');
        await rig.cardSays(ticket, /Omar has it/);
        await rig.pressAny('omar', ticket, 'release');
        await rig.line(ticket, /Omar released it/);
        that((await rig.shown(ticket)).assignee === null, 'somebody still has it');
    }],
    ['take over from the assistant, and give back', async (rig) => {
        const ticket = await rig.ticket('My laptop makes a strange noise');
        await rig.cardSays(ticket, /assistant/i);
        await rig.pressAny('omar', ticket, 'takeover');
        await rig.line(ticket, /Omar took it over from the assistant/);
        await rig.cardSays(ticket, /Omar has it/);
        await rig.dialog('omar', ticket, 'give_back');
        await rig.done('omar');
        await rig.line(ticket, /Omar gave it back to the assistant/);
        that((await rig.shown(ticket)).handler === 'ai', 'the assistant has not got it');
    }],
    ['a lead takes over from a colleague after a question; others are told who has it', async (rig) => {
        const ticket = await rig.ticket();
        await rig.press('omar', ticket, 'claim');
        await rig.cardSays(ticket, /Omar has it/);
        await rig.pressAny('sara', ticket, 'take_from');
        const asked = await rig.modal('sara', 'dh.take_from');
        that(/Omar has this ticket\. Take it from them\?/.test(JSON.stringify(asked)), JSON.stringify(asked));
        that(/Omar has it/.test(words(rig.card(ticket))), 'it was taken before the answer');
        await rig.done('sara');
        await rig.line(ticket, /Sara took it over\./);
        await rig.cardSays(ticket, /Sara has it/);
        for (const [user, answer] of [['lena', /Sara has it\. Only a lead can take it over\./], ['sara', /You have it already\./]]) {
            await rig.pressAny(user, ticket, 'take_from');
            await rig.wait(() => answer.test(JSON.stringify(rig.slack.modal(user) ?? '')), `${user} is told ${answer}`);
        }
    }],
    ['hold, and a customer who writes ends it', async (rig) => {
        const ticket = await rig.ticket();
        await rig.press('omar', ticket, 'claim');
        await rig.cardSays(ticket, /Omar has it/);
        await rig.pressAny('omar', ticket, 'hold');
        await rig.line(ticket, /Omar put it on hold/);
        await rig.cardSays(ticket, /On hold/);
        await rig.says(ticket, 'I found something');
        await rig.cardSays(ticket, /In progress/);
    }],
    ['wake up from a snooze', async (rig) => {
        const ticket = await rig.ticket();
        await rig.dialog('omar', ticket, 'snooze');
        await rig.done('omar', { until: '4h' });
        await rig.line(ticket, /Omar snoozed it until/);
        await rig.pressAny('omar', ticket, 'wake');
        await rig.line(ticket, /Omar woke it up/);
    }],
    ['reopen', async (rig) => {
        const ticket = await rig.ticket();
        await rig.dialog('omar', ticket, 'close');
        await rig.done('omar', { outcome: 'actioned' });
        await rig.line(ticket, /Omar closed it: done/);
        await rig.cardSays(ticket, /Closed/);
        await rig.press('omar', ticket, 'reopen');
        await rig.line(ticket, /Omar reopened it/);
        that((await rig.shown(ticket)).status !== 'closed', 'it is closed');
    }],
    ['flag for review, and mark as reviewed', async (rig) => {
        const ticket = await rig.ticket(help);
        await rig.pressAny('omar', ticket, 'review');
        await rig.wait(() => rig.offers(ticket).length, 'buttons');
        await rig.wait(() => /review/i.test(words(rig.card(ticket))), 'the card says that it needs review');
        that((await rig.shown(ticket)).needs_review, 'it is not flagged');
        await rig.pressAny('omar', ticket, 'reviewed');
        await rig.wait(() => !/flagged for review/i.test(words(rig.card(ticket))), 'the card says so');
        that(!(await rig.shown(ticket)).needs_review, 'it is still flagged');
    }],
    ['a second claim of one\'s own changes nothing', async (rig) => {
        const ticket = await rig.ticket();
        const stale = rig.card(ticket).blocks;
        await rig.press('omar', ticket, 'claim');
        await rig.line(ticket, /Omar claimed it/);
        const { version } = await rig.shown(ticket);
        rig.card(ticket).blocks = stale;
        await rig.press('omar', ticket, 'claim');
        that((await rig.shown(ticket)).version === version, 'it changed');
    }],
];
