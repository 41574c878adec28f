// official_bolt.mjs - a small bot written on Bolt, and people who use it through the stand-in.
import assert from 'node:assert/strict';
import bolt from '@slack/bolt';
import { silent } from './official_silent.mjs';

const plain = (text) => ({ type: 'plain_text', text });
const CARD = [
    { type: 'section', text: { type: 'mrkdwn', text: 'A card' } },
    { type: 'actions', block_id: 'row', elements: [
        { type: 'button', action_id: 'reply', text: plain('Reply'), value: '7', style: 'primary' },
        { type: 'overflow', action_id: 'more', options: [{ text: plain('Note'), value: 'note' }, { text: plain('Close'), value: 'close' }] },
    ] },
];
const modal = (title, extra = {}) => ({
    type: 'modal', callback_id: 'reply', title: plain(title), submit: plain('Send'), notify_on_close: true, ...extra,
    blocks: [
        { type: 'input', block_id: 'words', label: plain('Words'), element: { type: 'plain_text_input', action_id: 'text', max_length: 20, multiline: true } },
        { type: 'input', block_id: 'kind', optional: true, label: plain('Kind'), element: { type: 'static_select', action_id: 'kind', options: [{ text: plain('A'), value: 'a' }] } },
    ],
});

async function started(slack, closing, register) {
    const app = new bolt.App({
        token: slack.botToken, appToken: slack.appToken, socketMode: true, logger: silent,
        clientOptions: { slackApiUrl: slack.urls().api, retryConfig: { retries: 3, minTimeout: 10, maxTimeout: 20 } },
    });
    const failures = [];
    app.error(async (error) => { failures.push(error.message); });
    register(app);
    await app.start();
    closing.push(() => app.stop());
    return { app, failures };
}

const card = (slack) => slack.putCard({ channel: 'triage', blocks: CARD });

export default function chapter(add) {
    add('bolt: a message comes, is acknowledged, and gets a card with metadata in its thread', {}, async (slack, closing) => {
        await started(slack, closing, (app) => app.message(async ({ message, say }) => {
            await say({ text: 'Card', thread_ts: message.ts, blocks: CARD, metadata: { event_type: 'effect', event_payload: { id: '9' } } });
        }));
        const { envelope, ts } = slack.post({ channel: 'triage', text: 'a < b & c' });
        assert.equal(envelope.payload.event.text, 'a &lt; b &amp; c');
        assert.ok((await envelope.done).delay_ms < 3000);
        const posted = await slack.waitFor(() => slack.messages('triage')[1]);
        assert.equal(posted.thread_ts, ts);
        assert.deepEqual(posted.metadata, { event_type: 'effect', event_payload: { id: '9' } });
        assert.equal(posted.blocks[1].elements[0].action_id, 'reply');
        assert.deepEqual(slack.problems(), []);
    });

    add('bolt: mention and message are two events; direct message and home too', {}, async (slack, closing) => {
        const seen = [];
        await started(slack, closing, (app) => {
            app.event('app_mention', async ({ event }) => { seen.push(`mention ${event.user}`); });
            app.event('app_home_opened', async ({ event, client }) => {
                await client.views.publish({ user_id: event.user, view: { type: 'home', blocks: CARD } });
            });
            app.message(async ({ message }) => { seen.push(`${message.channel_type} ${message.user}`); });
        });
        const { envelopes } = slack.mention({ user: 'lena', channel: 'triage', text: 'hello' });
        assert.notEqual(envelopes[0].payload.event_id, envelopes[1].payload.event_id);
        assert.equal(envelopes[0].payload.event.ts, envelopes[1].payload.event.ts);
        slack.direct({ user: 'omar', text: 'psst' });
        slack.openHome({ user: 'sara' });
        await slack.waitFor(() => seen.length === 3 && slack.home('sara'));
        assert.deepEqual(seen.sort(), ['channel ULENA00000', 'im UOMAR00000', 'mention ULENA00000']);
    });

    add('bolt: a click opens a modal; errors, required inputs and lengths hold it; then it closes', {}, async (slack, closing) => {
        const said = [];
        await started(slack, closing, (app) => {
            app.action('reply', async ({ ack, body, client }) => {
                await ack();
                await client.views.open({ trigger_id: body.trigger_id, view: modal(`Reply ${body.actions[0].value}`) });
            });
            app.view('reply', async ({ ack, view }) => {
                const { value } = view.state.values.words.text;
                said.push([value, view.state.values.kind.kind.selected_option?.value ?? null]);
                if (value === 'wrong') await ack({ response_action: 'errors', errors: { words: 'Not so' } });
                else await ack();
            });
        });
        const { ts } = card(slack);
        slack.click({ channel: 'triage', ts, action: 'reply' });
        await slack.waitFor(() => slack.modal('omar'));
        assert.equal(slack.modal('omar').title.text, 'Reply 7');
        assert.throws(() => slack.submit({}), /required/);
        assert.throws(() => slack.submit({ values: { text: 'x'.repeat(21) } }), /too long/);
        const first = await slack.submit({ values: { text: 'wrong' } }).after;
        assert.deepEqual(first.errors, { words: 'Not so' });
        const second = await slack.submit({ values: { text: 'right', kind: 'a' } }).after;
        assert.equal(second.closed, true);
        assert.deepEqual(said, [['wrong', null], ['right', 'a']]);
        assert.deepEqual(slack.problems(), []);
    });

    add('bolt: modals are pushed, updated and cleared by acknowledgements; closing is told', {}, async (slack, closing) => {
        let next = 'push';
        const closed = [];
        await started(slack, closing, (app) => {
            app.shortcut('new', async ({ ack, body, client }) => {
                await ack();
                await client.views.open({ trigger_id: body.trigger_id, view: modal('One') });
            });
            app.view('reply', async ({ ack }) => {
                await ack(next === 'clear' ? { response_action: 'clear' } : { response_action: next, view: modal('Two') });
            });
            app.view({ callback_id: 'reply', type: 'view_closed' }, async ({ ack, body }) => { closed.push(body.is_cleared); await ack(); });
        });
        slack.globalShortcut({ callback_id: 'new' });
        await slack.waitFor(() => slack.modal('omar'));
        await slack.submit({ values: { text: 'kept' } }).after;
        assert.equal(slack.look({}).depth, 2);
        next = 'update';
        await slack.submit({ values: { text: 'stays' } }).after;
        assert.equal(slack.look({}).modal.state.values.words.text.value, 'stays');
        await slack.close({}).envelope.done;
        assert.equal(slack.modal('omar').title.text, 'One');
        next = 'clear';
        assert.equal((await slack.submit({}).after).closed, true);
        assert.deepEqual(closed, [false]);
    });

    add('bolt: overflow, response_url, update of the card, ephemeral', {}, async (slack, closing) => {
        await started(slack, closing, (app) => app.action('more', async ({ ack, action, body, client, respond }) => {
            await ack();
            await respond({ text: `chose ${action.selected_option.value}`, replace_original: false });
            await client.chat.update({ channel: body.channel.id, ts: body.message.ts, text: 'Closed', blocks: CARD.slice(0, 1) });
            await client.chat.postEphemeral({ channel: body.channel.id, user: body.user.id, text: 'done', thread_ts: body.message.ts });
        }));
        const { ts } = card(slack);
        slack.click({ channel: 'triage', ts, action: 'more', value: 'close' });
        await slack.waitFor(() => slack.ephemerals('omar').length === 2);
        assert.deepEqual(slack.ephemerals('omar').map((one) => one.text), ['chose close', 'done']);
        assert.equal(slack.messages('triage')[0].text, 'Closed');
        assert.equal(slack.messages('triage')[0].blocks.length, 1);
        assert.ok(slack.messages('triage')[0].edited);
    });

    add('bolt: slash command answered in the acknowledgement; message shortcut', {}, async (slack, closing) => {
        const seen = [];
        await started(slack, closing, (app) => {
            app.command('/ticket', async ({ ack, command }) => { await ack({ text: `for ${command.user_name}: ${command.text}` }); });
            app.shortcut('make', async ({ ack, shortcut }) => { seen.push(shortcut.message.text); await ack(); });
        });
        slack.slash({ user: 'lena', channel: 'general', command: '/ticket', text: 'mine' });
        await slack.waitFor(() => slack.ephemerals('lena').length === 1);
        assert.equal(slack.ephemerals('lena')[0].text, 'for lena: mine');
        const { ts, channel } = slack.post({ channel: 'triage', text: 'broken' });
        await slack.messageShortcut({ callback_id: 'make', channel, ts }).envelope.done;
        assert.deepEqual(seen, ['broken']);
    });
}
