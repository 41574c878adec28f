// official_web.mjs - @slack/web-api against the methods, their refusals, and the faults of HTTP.
import assert from 'node:assert/strict';
import { WebClient } from '@slack/web-api';
import { silent } from './official_silent.mjs';

const client = (slack, options = {}) => new WebClient(options.token ?? slack.botToken, {
    slackApiUrl: slack.urls().api, logger: silent, retryConfig: { retries: 3, minTimeout: 10, maxTimeout: 20 }, ...options,
});

async function refused(promise, code) {
    await assert.rejects(promise, (error) => {
        assert.equal(error.data?.error, code);
        return true;
    });
}

const section = (text) => ({ type: 'section', text: { type: 'plain_text', text } });
const TRIAGE = 'CTRIAGE000';

export default function chapter(add) {
    add('web: tokens and scopes', {}, async (slack) => {
        const web = client(slack);
        assert.equal((await web.auth.test()).bot_id, 'B0DESKHAND');
        assert.ok((await web.auth.test()).response_metadata.scopes.includes('chat:write'));
        await refused(client(slack, { token: 'xoxb-wrong' }).auth.test(), 'invalid_auth');
        await refused(client(slack, { token: slack.appToken }).auth.test(), 'not_allowed_token_type');
        await refused(web.apps.connections.open(), 'not_allowed_token_type');
        slack.scopes = ['users:read'];
        await assert.rejects(web.chat.postMessage({ channel: TRIAGE, text: 'x' }), (error) => error.data.needed === 'chat:write');
        await refused(web.apiCall('no.such'), 'unknown_method');
        slack.revoke({});
        await refused(web.auth.test(), 'token_revoked');
    });

    add('web: where a message may go', {}, async (slack) => {
        const web = client(slack);
        const post = (channel, rest = { text: 'x' }) => web.chat.postMessage({ channel, ...rest });
        await refused(post('CNOWHERE'), 'channel_not_found');
        await refused(post('CGENERAL00'), 'not_in_channel');
        await refused(post('CSECRET000'), 'channel_not_found');
        await refused(post('CATTIC0000'), 'is_archived');
        await refused(post(TRIAGE, { text: '' }), 'no_text');
        await refused(post(TRIAGE, { text: 'x', thread_ts: '1.000001' }), 'thread_not_found');
        await refused(web.chat.update({ channel: TRIAGE, ts: '1.000001', text: 'x' }), 'message_not_found');
        const { ts } = slack.post({ channel: 'triage', text: 'theirs' });
        await refused(web.chat.update({ channel: TRIAGE, ts, text: 'x' }), 'cant_update_message');
        await refused(web.chat.postEphemeral({ channel: TRIAGE, user: 'UUNA000000', text: 'x' }), 'user_not_in_channel');
        await web.conversations.join({ channel: 'CGENERAL00' });
        await post('CGENERAL00');
        const { channel } = await post('UOMAR00000');
        assert.equal(channel, 'DOMAR00000');
    });

    add('web: limits of blocks are told with a pointer', {}, async (slack) => {
        const web = client(slack);
        const post = (blocks) => web.chat.postMessage({ channel: TRIAGE, text: 'x', blocks });
        for (const blocks of [
            [section('x'.repeat(3001))], [section('')], [{ type: 'nothing' }], Array(51).fill({ type: 'divider' }),
            [{ ...section('x'), block_id: 'a' }, { ...section('x'), block_id: 'a' }], [{ type: 'actions', elements: [] }],
            [{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }], [{ ...section('x'), more: 1 }],
        ]) {
            await assert.rejects(post(blocks), (error) => error.data.error === 'invalid_blocks'
                && /json-pointer:\/blocks/.test(error.data.response_metadata.messages[0]));
        }
        await refused(post(Array(5).fill(section('x'.repeat(2900)))), 'msg_blocks_too_long');
        await post([section('x'.repeat(3000))]);
        assert.equal(slack.messages('triage').length, 1);
    });

    add('web: history and replies show metadata when asked, and come in pages', {}, async (slack) => {
        const web = client(slack);
        const metadata = { event_type: 'effect', event_payload: { id: '1' } };
        const { ts } = await web.chat.postMessage({ channel: TRIAGE, text: 'card', metadata });
        for (let i = 0; i < 5; i++) await web.chat.postMessage({ channel: TRIAGE, text: `line ${i}`, thread_ts: ts, metadata });
        const found = await web.conversations.history({ channel: TRIAGE, oldest: String(Number(ts.split('.')[0]) - 1), include_all_metadata: true });
        assert.deepEqual(found.messages.map((one) => one.metadata), [metadata]);
        assert.equal((await web.conversations.history({ channel: TRIAGE })).messages[0].metadata, undefined);
        const lines = [];
        for await (const page of web.paginate('conversations.replies', { channel: TRIAGE, ts, limit: 2 })) lines.push(...page.messages.map((one) => one.text));
        assert.deepEqual(lines, ['card', 'line 0', 'line 1', 'line 2', 'line 3', 'line 4']);
        await refused(web.conversations.replies({ channel: TRIAGE, ts: '1.000001' }), 'thread_not_found');
        await web.chat.update({ channel: TRIAGE, ts, text: 'card 2' });
        assert.deepEqual(slack.messages('triage')[0].metadata, metadata);
        assert.match((await web.chat.getPermalink({ channel: TRIAGE, message_ts: ts })).permalink, /\/archives\/CTRIAGE000\/p\d{16}$/);
        await web.chat.delete({ channel: TRIAGE, ts });
        assert.equal(slack.messages('triage')[0].subtype, 'tombstone');
    });

    add('web: people and conversations', {}, async (slack) => {
        const web = client(slack);
        assert.equal((await web.users.lookupByEmail({ email: 'Sara@example.test' })).user.is_admin, true);
        await refused(web.users.lookupByEmail({ email: 'no@example.test' }), 'users_not_found');
        await refused(web.users.info({ user: 'UNOBODY' }), 'user_not_found');
        assert.equal((await web.users.info({ user: 'UGUS000000' })).user.is_restricted, true);
        const names = [];
        for await (const page of web.paginate('users.list', { limit: 4 })) names.push(...page.members.map((one) => one.name));
        assert.equal(names.length, slack.workspace.users.size);
        assert.equal((await web.conversations.open({ users: 'USARA00000' })).channel.id, 'DSARA00000');
        const mine = (await web.users.conversations({ types: 'public_channel,private_channel', exclude_archived: true })).channels;
        assert.deepEqual(mine.map((one) => one.name), ['triage', 'escalation']);
        assert.equal((await web.conversations.info({ channel: TRIAGE })).channel.is_member, true);
        await refused(web.conversations.info({ channel: 'CSECRET000' }), 'channel_not_found');
        assert.ok((await web.conversations.members({ channel: TRIAGE })).members.includes('UOMAR00000'));
        await web.reactions.add({ channel: TRIAGE, timestamp: slack.post({ channel: 'triage', text: 'x' }).ts, name: 'eyes' });
    });

    add('web: trigger ids are good once and for a short time; hashes guard views', {}, async (slack) => {
        const web = client(slack);
        const view = { type: 'modal', title: { type: 'plain_text', text: 'T' }, blocks: [section('x')] };
        const trigger = () => slack.views.trigger(slack.workspace.user('omar'));
        const used = trigger();
        const opened = await web.views.open({ trigger_id: used, view });
        await refused(web.views.open({ trigger_id: used, view }), 'exchanged_trigger_id');
        await web.views.update({ view_id: opened.view.id, hash: opened.view.hash, view });
        await refused(web.views.update({ view_id: opened.view.id, hash: opened.view.hash, view }), 'hash_conflict');
        const old = trigger();
        slack.views.triggers.get(old).at -= 3001;
        await refused(web.views.open({ trigger_id: old, view }), 'expired_trigger_id');
        const long = { ...view, title: { type: 'plain_text', text: 'x'.repeat(25) } };
        await refused(web.views.open({ trigger_id: trigger(), view: long }), 'invalid_arguments');
        const push = () => web.views.push({ trigger_id: slack.views.trigger(slack.workspace.user('omar'), slack.modal('omar')), view });
        await push();
        await push();
        await refused(push(), 'push_limit_reached');
    });

    add('web: a 429 is waited out, other calls go on', {}, async (slack) => {
        slack.fault({ method: 'chat.*', kind: 'status', status: 429, retry_after: 1 });
        await client(slack).chat.postMessage({ channel: TRIAGE, text: 'x' });
        const [first, second] = slack.calls('chat.postMessage');
        assert.equal(first.status, 429);
        assert.ok(second.at - first.at >= 990);
        assert.equal(slack.messages('triage').length, 1);
    });

    // Does the call take effect, and how often, when the client tries again after the fault.
    const FAULTS = { status: 1, html: 1, garbage: 1, empty: 1, reset: 1, cut: 1, cut_body: 2, did_502: 2, did_cut: 2, did_reset: 2, delay: 1 };
    for (const [kind, effects] of Object.entries(FAULTS)) {
        add(`web: after ${kind} a client that tries again has posted ${effects}`, {}, async (slack) => {
            slack.fault({ method: 'chat.postMessage', kind, ms: kind === 'delay' ? 50 : undefined });
            const post = () => client(slack).chat.postMessage({ channel: TRIAGE, text: 'x' });
            await post().catch(post);           // the official client gives up at an answer that is no JSON
            assert.equal(slack.messages('triage').length, effects);
            assert.equal(slack.calls('chat.postMessage')[0].fault, kind);
            await post();
            assert.equal(slack.messages('triage').length, effects + 1);
        });
    }
    add('web: a call that hangs hangs alone; a redirect is not followed', {}, async (slack) => {
        slack.fault({ method: 'users.info', kind: 'hang' });
        const hanging = assert.rejects(client(slack, { timeout: 300, retryConfig: { retries: 0 } }).users.info({ user: 'USARA00000' }));
        await client(slack).auth.test();
        await hanging;
        slack.fault({ method: 'auth.test', kind: 'redirect', count: -1, location: `${slack.url}/elsewhere` });
        await assert.rejects(client(slack).auth.test());
        slack.clearFaults();
        await client(slack).auth.test();
    });
}
