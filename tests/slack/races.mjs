// races.mjs - two people, one ticket: one wins, the other is told who has it and since when.
import { that, choices } from './rig.mjs';

export default [
    ['two claims of the same stale card: one wins, the other is told who and when', async (rig) => {
        const ticket = await rig.ticket();
        const where = { channel: 'triage', ts: ticket.ts, action: 'dh.claim' };
        const both = ['omar', 'lena'].map((user) => rig.slack.click({ user, ...where }));
        for (const click of both) await rig.did(click);
        await rig.cardSays(ticket, /(Omar|Lena) has it/);
        const { assignee } = await rig.shown(ticket);
        const winner = assignee.name ?? assignee, loser = winner === 'Omar' ? 'lena' : 'omar';
        const said = await rig.told(loser, new RegExp(`${winner} already has it, since \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d`));
        that(!said.thread_ts, 'it is said in a thread that nobody looks at');
        that(!rig.slack.ephemerals(winner.toLowerCase()).length, 'the winner is told something, too');
        await rig.cardSays(ticket, new RegExp(`${winner} has it`));
    }],
    ['a stale modal keeps the typed text and says why it cannot be sent', async (rig) => {
        const ticket = await rig.ticket();
        await rig.dialog('omar', ticket, 'reply');
        rig.slack.fill({ user: 'omar', values: { text: 'A long answer that nobody wants to type twice' } });
        await rig.dialog('lena', ticket, 'close');
        await rig.done('lena', { outcome: 'invalid' });
        await rig.cardSays(ticket, /Closed/);
        const seen = await rig.submit('omar');
        that(!seen.closed && /Closed, since \d{4}-\d\d-\d\d \d\d:\d\d UTC by Lena/.test(Object.values(seen.errors).join()), `the errors are ${JSON.stringify(seen.errors)}`);
        that(seen.view.state.values.text.v.value.startsWith('A long answer'), 'the text is gone');
        that(await rig.got(ticket, /A long answer/) === 0, 'it was sent after all');
    }],
    ['a dialog without a field says in the same modal why it cannot be done', async (rig) => {
        const ticket = await rig.ticket();
        await rig.press('omar', ticket, 'claim');
        await rig.cardSays(ticket, /Omar has it/);
        await rig.dialog('omar', ticket, 'give_back');
        await rig.dialog('lena', ticket, 'close');
        await rig.done('lena', { outcome: 'resolved' });
        const seen = await rig.submit('omar');
        that(!seen.closed && /closed/i.test(JSON.stringify(seen.view.blocks)), `shown is ${JSON.stringify(seen.view)}`);
    }],
    ['a dialog whose moment has passed says so instead of opening', async (rig) => {
        const ticket = await rig.ticket();
        const stale = structuredClone(rig.card(ticket));
        await rig.dialog('lena', ticket, 'close');
        await rig.done('lena', { outcome: 'resolved' });
        await rig.cardSays(ticket, /Closed/);
        const reply = choices(stale).find((one) => one.action === 'dh.reply');
        rig.card(ticket).blocks = stale.blocks;
        await rig.did(rig.slack.click({ user: 'omar', channel: 'triage', ts: ticket.ts, action: reply.action }));
        const notice = await rig.modal('omar', 'dh.notice');
        that(/Closed, since \d{4}/.test(JSON.stringify(notice.blocks)), 'it does not say why');
    }],
    ['only who has it or leads releases it', async (rig) => {
        const ticket = await rig.ticket();
        await rig.press('omar', ticket, 'claim');
        await rig.cardSays(ticket, /Omar has it/);
        await rig.press('lena', ticket, 'more');
        const offered = choices(await rig.modal('lena', 'dh.more')).map((one) => one.action);
        that(!offered.includes('dh.release'), 'Lena is offered to release it');
        await rig.pressAny('sara', ticket, 'release');
        await rig.line(ticket, /Sara released it from Omar/);
    }],
];
