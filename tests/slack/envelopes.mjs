// envelopes.mjs - each envelope acts once however often it comes, and is acknowledged at once whatever hangs.
import { readFileSync } from 'node:fs';
import { that } from './rig.mjs';

const logOf = (rig) => readFileSync(`${rig.desk.dir}/desk.log`, 'utf8');

const version = async (rig, ticket) => (await rig.shown(ticket)).version;

// Does the next thing with the envelope sent three times; then something else, so that all has been worked on.
async function thrice(rig, act) {
    rig.slack.next({ duplicates: 2 });
    const answer = await rig.did(await act());
    await rig.wait(() => answer.envelope.acks.length === (answer.envelope.type === 'slash_commands' ? 1 : 3), `three acknowledgements; there are ${answer.envelope.acks.length}`);
    return answer;
}

export default [
    ['a click that comes three times acts once', async (rig) => {
        const ticket = await rig.ticket();
        await rig.slash('omar', 'help');
        await thrice(rig, () => rig.slack.click({ user: 'omar', channel: 'triage', ts: ticket.ts, action: 'dh.claim' }));
        await rig.line(ticket, /Omar claimed it/);
        await rig.dialog('omar', ticket, 'note');
        that(rig.thread(ticket).filter((m) => /claimed it/.test(m.text)).length === 1, 'it is told twice');
        that((await rig.log(ticket)).match(/assignee/g).length === 1, await rig.log(ticket));
    }],
    ['a submission', async (rig) => {
        const ticket = await rig.ticket();
        await rig.dialog('omar', ticket, 'reply');
        rig.slack.next({ duplicates: 2 });
        await rig.done('omar', { text: 'Only once, please' });
        await rig.reads(ticket, /Only once/);
        await rig.slash('omar', 'help');
        that(await rig.got(ticket, /Only once/) === 1, 'the customer got it twice');
    }],
    ['a typed line, with another event for the same words', async (rig) => {
        const ticket = await rig.ticket();
        await rig.slash('omar', 'help');
        await thrice(rig, () => rig.slack.post({ user: 'omar', channel: 'triage', thread_ts: ticket.ts, text: 'Written once' }));
        await rig.told('omar', /Kept as an internal note/);
        await rig.did(rig.slack.repeat({}));
        await rig.did(rig.slack.repeat({ same_envelope: true }));
        await rig.did(rig.slack.mention({ user: 'omar', channel: 'triage', thread_ts: ticket.ts, text: 'is written once, too, I think' }));
        await rig.wait(() => rig.slack.ephemerals('omar').filter((one) => /Kept as/.test(one.text)).length === 2, 'one offer for each');
        that((await rig.log(ticket)).match(/note \| Written once/g).length === 1, 'there are two notes');
    }],
    ['an edit and a deletion', async (rig) => {
        const ticket = await rig.ticket();
        const { ts } = await rig.types('omar', ticket, 'Written once');
        await rig.told('omar', /Kept/);
        await thrice(rig, () => rig.slack.edit({ user: 'omar', channel: 'triage', ts, text: 'Edited once' }));
        await thrice(rig, () => rig.slack.remove({ user: 'omar', channel: 'triage', ts }));
        const log = await rig.log(ticket);
        that(log.match(/note_edited/g).length === 1 && log.match(/note_deleted/g).length === 1, log);
    }],
    ['commands, shortcuts, home and opening clicks post nothing twice', async (rig) => {
        const ticket = await rig.ticket();
        await rig.slash('omar', 'help');
        const { length } = rig.slack.ephemerals('omar');
        await thrice(rig, () => rig.slack.slash({ user: 'omar', channel: 'triage', text: 'mine' }));
        await rig.told('omar', /nothing/, length);
        await thrice(rig, () => rig.slack.openHome({ user: 'omar' }));
        await rig.wait(() => rig.slack.home('omar'), 'the home page');
        await thrice(rig, () => rig.slack.click({ user: 'omar', channel: 'triage', ts: ticket.ts, action: 'dh.reply' }));
        await rig.modal('omar', 'dh.reply');
        await thrice(rig, () => rig.slack.messageShortcut({ user: 'omar', channel: 'triage', callback_id: 'dh.new', ts: ticket.ts }));
        await rig.modal('omar', 'dh.new');
        await thrice(rig, () => rig.slack.mention({ user: 'omar', channel: 'triage', text: 'mine' }));
        await rig.told('omar', /nothing/, length + 1);
        await thrice(rig, () => rig.slack.direct({ user: 'omar', text: 'mine' }));
        await rig.direct('omar', /nothing/);
        await thrice(rig, () => rig.slack.direct({ user: 'omar', text: 'help' }));
        await rig.direct('omar', /Words:/);
        that(rig.slack.calls('views.open').length === 2, `${rig.slack.calls('views.open').length} modals were opened`);
        that(rig.slack.ephemerals('omar').length === length + 2, 'an answer in the channel came twice');
        const dms = rig.slack.messages(rig.slack.workspace.direct('omar').id).filter((m) => m.user === rig.slack.workspace.bot.id);
        that(dms.length === 2, `${dms.length} direct answers`);
    }],
    ['a member who joined, a changed person, an unknown type, no event, a big one', async (rig) => {
        const ticket = await rig.ticket();
        await rig.slash('omar', 'help');
        const before = await version(rig, ticket);
        await thrice(rig, () => rig.slack.changeUser({ user: 'lena', changes: { real_name: 'Lena Other' } }));
        await thrice(rig, () => rig.slack.invite({ user: 'lena', channel: 'escalation' }));
        for (const odd of [rig.slack.unknownType({}), rig.slack.withoutEvent({}), rig.slack.big({})]) await rig.did(odd);
        rig.slack.frame({ text: 'UNAUTHENTICATED: cache_error' });
        await rig.press('omar', ticket, 'claim');
        await rig.cardSays(ticket, /Omar has it/);
        that(await version(rig, ticket) > before, 'the desk does not go on');
    }],
    ['what cannot be read is acknowledged and logged', async (rig) => {
        const ticket = await rig.ticket();
        rig.slack.next({ broken: true });
        await rig.did(rig.slack.event({ event: { type: 'app_uninstalled' } }));
        await rig.wait(() => /not understood.*type=unreadable/.test(logOf(rig)), 'a line in the log');
        await rig.press('omar', ticket, 'claim');
        await rig.cardSays(ticket, /Omar has it/);
    }],
    ['every envelope is acknowledged within a second while the whole Web API hangs', async (rig) => {
        const ticket = await rig.ticket();
        await rig.slash('omar', 'help');
        await rig.dialog('omar', ticket, 'note');
        await rig.did(rig.slack.openHome({ user: 'omar' }));
        await rig.wait(() => rig.slack.home('omar'), 'the home page');
        rig.slack.fault({ method: '*', kind: 'hang', count: -1 });
        const where = { channel: 'triage', ts: ticket.ts };
        const all = [
            rig.slack.submit({ user: 'omar', values: { text: 'A note while all hangs' } }),
            rig.slack.click({ user: 'omar', ...where, action: 'dh.claim' }), rig.slack.click({ user: 'lena', ...where, action: 'dh.claim' }),
            rig.slack.click({ user: 'omar', ...where, action: 'dh.reply' }), rig.slack.click({ user: 'gus', ...where, action: 'dh.reply' }),
            rig.slack.slash({ user: 'omar', text: 'mine' }), rig.slack.slash({ user: 'lena', text: 'new thing' }), rig.slack.slash({ user: 'gus', text: 'mine' }),
            rig.slack.post({ user: 'omar', channel: 'triage', thread_ts: ticket.ts, text: 'Typed while all hangs' }),
            rig.slack.post({ user: 'sara', channel: 'triage', thread_ts: ticket.ts, text: 'Typed by somebody new' }),
            rig.slack.mention({ user: 'omar', channel: 'triage', text: 'mine' }), rig.slack.direct({ user: 'omar', text: 'mine' }),
            rig.slack.messageShortcut({ user: 'omar', callback_id: 'dh.new', ...where }), rig.slack.globalShortcut({ user: 'omar', callback_id: 'dh.new' }),
            rig.slack.openHome({ user: 'omar' }), rig.slack.openHome({ user: 'gus' }), rig.slack.invite({ channel: 'general' }),
            rig.slack.changeUser({ user: 'lena', changes: { real_name: 'Lena Other' } }),
        ].flatMap((answer) => answer.envelopes);
        const acks = await Promise.all(all.map((envelope) => envelope.done));
        that(acks.every(Boolean), `${acks.filter((ack) => !ack).length} were never acknowledged`);
        const slowest = Math.max(...acks.map((ack) => ack.delay_ms));
        that(slowest < 1000, `the slowest took ${slowest} ms`);
        that((await rig.shown(ticket)).assignee, 'the click has changed nothing');
        that(/A note while all hangs/.test(await rig.log(ticket)) && /Typed while all hangs/.test(await rig.log(ticket)), 'words are lost');
    }],
    ['words of somebody who could not be looked up are kept over a restart', async (rig) => {
        const ticket = await rig.ticket();
        rig.slack.fault({ method: 'users.info', kind: 'hang', count: -1 });
        await rig.types('omar', ticket, 'Do not lose these words');
        await rig.desk.stop();
        rig.slack.clearFaults();
        await rig.desk.start();
        await rig.told('omar', /Kept as an internal note/);
        that((await rig.log(ticket)).match(/note \| Do not lose/g).length === 1, 'they are not there, or twice');
    }],
];
