// slow.mjs - what people see while something is slow, fails, or is not understood any more.
import { that, words } from './rig.mjs';

const opened = (rig) => rig.slack.calls('views.open').map((call) => (typeof call.args.view === 'string' ? JSON.parse(call.args.view) : call.args.view).callback_id);

export default [
    ['a loading modal opens first when data is slow, and becomes the dialog', async (rig) => {
        const { ts } = rig.slack.post({ user: 'lena', channel: 'general', text: 'My phone has no sound' });
        await rig.slash('omar', 'help');
        rig.slack.fault({ method: 'users.info', kind: 'delay', ms: 1200, before: true, count: 1 });
        await rig.did(rig.slack.messageShortcut({ user: 'omar', channel: 'general', callback_id: 'dh.new', ts }));
        const loading = await rig.wait(() => rig.slack.modal('omar'), 'a modal');
        that(loading.callback_id === 'dh.loading' && /Loading/.test(words(loading)), `it is ${loading.callback_id}`);
        await rig.modal('omar', 'dh.new');
        that(rig.slack.modal('omar').id === loading.id && opened(rig).join() === 'dh.loading', 'a second modal was opened');
    }],
    ['a modal that comes too late for Slack: please click again', async (rig) => {
        const ticket = await rig.ticket();
        await rig.slash('omar', 'help');
        rig.slack.fault({ method: 'views.open', kind: 'error', error: 'expired_trigger_id' });
        await rig.press('omar', ticket, 'reply');
        await rig.told('omar', /click again/);
        await rig.dialog('omar', ticket, 'reply');
    }],
    ['a modal that changed meanwhile is drawn again, as things are by then', async (rig) => {
        const ticket = await rig.ticket();
        for (const user of ['omar', 'lena']) await rig.slash(user, 'help');
        const button = { type: 'button', action_id: 'dh.list', value: `handed:${Date.now() - 86400000}:${Date.now() + 86400000}`, text: { type: 'plain_text', text: 'Show the tickets' } };
        const { ts } = rig.slack.putCard({ channel: 'triage', text: 'summary', blocks: [{ type: 'actions', elements: [button] }] });
        await rig.did(rig.slack.click({ user: 'omar', channel: 'triage', ts, action: 'dh.list' }));
        await rig.modal('omar', 'dh.list');
        rig.slack.fault({ method: 'views.update', kind: 'error', error: 'hash_conflict', ms: 1500 });
        await rig.did(rig.slack.click({ user: 'omar', modal: true, action: 'dh.open' }));
        await rig.press('lena', ticket, 'claim');
        await rig.cardSays(ticket, /Lena has it/);
        that(/Lena has it/.test(words(await rig.modal('omar', 'dh.open'))), `the modal says ${words(rig.slack.modal('omar'))}`);
    }],
    ['a card of an older version of the desk says so', async (rig) => {
        const { ts } = rig.slack.putCard({ channel: 'triage', text: 'old', blocks: [{ type: 'actions', elements: [{ type: 'button', action_id: 'dh.dance', value: 'x', text: { type: 'plain_text', text: 'Dance' } }, { type: 'button', action_id: 'dh.claim', value: 'not a number', text: { type: 'plain_text', text: 'Claim' } }] }] });
        for (const action of ['dh.dance', 'dh.claim']) {
            const { length } = rig.slack.ephemerals('omar');
            await rig.did(rig.slack.click({ user: 'omar', channel: 'triage', ts, action }));
            await rig.told('omar', /too old/, length);
        }
    }],
    ['a ticket that is not there', async (rig) => {
        const button = (code, value) => ({ type: 'button', action_id: `dh.${code}`, value, text: { type: 'plain_text', text: code } });
        const { ts } = rig.slack.putCard({ channel: 'triage', text: 'card', blocks: [{ type: 'actions', elements: [button('claim', '99:1'), button('reply', '99:1'), button('open', '99')] }] });
        await rig.did(rig.slack.click({ user: 'omar', channel: 'triage', ts, action: 'dh.claim' }));
        await rig.told('omar', /no such ticket|not there|There is no/i);
        await rig.did(rig.slack.click({ user: 'omar', channel: 'triage', ts, action: 'dh.reply' }));
        that(/no such ticket/.test(words(await rig.modal('omar', 'dh.notice'))), 'something else');
    }],
    ['a private answer where it cannot be shown comes as a direct message', async (rig) => {
        const ticket = await rig.ticket();
        await rig.slash('lena', 'help');
        rig.slack.fault({ method: 'chat.postEphemeral', kind: 'error', error: 'user_not_in_channel' });
        await rig.press('omar', ticket, 'claim');
        await rig.cardSays(ticket, /Omar has it/);
        await rig.types('lena', ticket, 'My note on this one');
        await rig.direct('lena', /Kept as an internal note/);
    }],
    ['a refusal reaches the person whatever becomes of its call', async (rig) => {
        const ticket = await rig.ticket();
        for (const user of ['omar', 'lena']) await rig.slash(user, 'help');
        await rig.press('omar', ticket, 'claim');
        await rig.cardSays(ticket, /Omar has it/);
        const button = { type: 'button', action_id: 'dh.claim', value: `${ticket.id}:1`, text: { type: 'plain_text', text: 'Claim' } };
        const { ts } = rig.slack.putCard({ channel: 'triage', text: 'an old card', blocks: [{ type: 'actions', elements: [button] }] });
        for (const fault of [{ kind: 'status', status: 503 }, { kind: 'status', status: 429, retry_after: 5 }, { kind: 'error', error: 'internal_error' }, { kind: 'error', error: 'missing_scope', extra: { needed: 'chat:write' } }, { kind: 'cut' }]) {
            const { length } = rig.slack.ephemerals('lena');
            rig.slack.clearFaults();
            rig.slack.fault({ method: 'chat.postEphemeral', count: -1, ...fault });
            await rig.did(rig.slack.click({ user: 'lena', channel: 'triage', ts, action: 'dh.claim' }));
            await rig.told('lena', /Omar already has it/, length);
        }
        that(rig.slack.messages('triage').some((m) => m.ts === ts && m.text === 'an old card'), 'the card was replaced');
    }],
    ['an answer to a line, which has no address of its own, is tried once more', async (rig) => {
        const ticket = await rig.ticket();
        await rig.slash('lena', 'help');
        rig.slack.fault({ method: 'chat.postEphemeral', kind: 'status', status: 503 });
        await rig.types('lena', ticket, 'A note of mine');
        await rig.told('lena', /Kept as an internal note/);
    }],
    ['what was posted although Slack said it failed is not posted again', async (rig) => {
        rig.slack.fault({ method: 'chat.postMessage', kind: 'did_502', count: 2 });
        const sock = await rig.customer().talker('Twice or once? I want to speak to a person');
        await rig.wait(() => rig.slack.messages('triage').some((m) => /internal note/.test(m.text)), 'the thread is complete');
        that(rig.cards().length === 1, `there are ${rig.cards().length} cards`);
        that(rig.slack.messages('triage').filter((m) => /\(customer\) wrote/.test(m.text)).length === 1, 'a line stands there twice');
        sock.close();
    }],
];
