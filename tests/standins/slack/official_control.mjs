// official_control.mjs - the stand-in as a program and its control over HTTP; response_url and its five uses.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { SocketModeClient } from '@slack/socket-mode';
import { WebClient } from '@slack/web-api';
import { silent } from './official_silent.mjs';

const program = new URL('main.mjs', import.meta.url).pathname;
const button = { type: 'actions', elements: [{ type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } }] };

async function started(closing, signal) {
    const child = spawn(process.execPath, [program, '--port', '0', '--options', '{"ackMs":500}'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const ended = once(child, 'exit');
    const end = async () => {
        if (signal) child.kill(signal);
        else child.stdin.end();
        return (await ended)[0];
    };
    closing.push(end);
    const [line] = await once(createInterface(child.stdout), 'line');
    return { urls: JSON.parse(line), end };
}

function controls(urls) {
    const read = async (response) => ({ status: response.status, ...await response.json() });
    return {
        act: async (verb, args) => read(await fetch(urls.control + verb, { method: 'POST', body: JSON.stringify(args) })),
        show: async (what) => read(await fetch(urls.control + what)),
    };
}

export default function chapter(add) {
    add('program: driven over HTTP, a client works against it, it ends with its stdin', {}, async (slack, closing) => {
        const { urls, end } = await started(closing);
        const { act, show } = controls(urls);
        const web = new WebClient(urls.bot_token, { slackApiUrl: urls.api, logger: silent });
        const socket = new SocketModeClient({ appToken: urls.app_token, logger: silent, clientOptions: { slackApiUrl: urls.api } });
        socket.on('slack_event', async ({ ack, body }) => {
            await ack();
            if (body.type === 'block_actions') await web.chat.postMessage({ channel: body.channel.id, text: 'clicked', thread_ts: body.message.ts });
        });
        await socket.start();
        assert.equal((await act('wait', { what: 'sockets', count: 1 })).count, 1);
        const said = await act('post', { user: 'omar', channel: 'triage', text: 'hi' });
        assert.equal(said.envelopes[0].acked, true);
        const { ts } = await act('put_card', { channel: 'triage', blocks: [button] });
        assert.equal((await act('click', { user: 'lena', channel: 'triage', ts, action: 'go' })).envelopes[0].acked, true);
        await act('wait', { what: 'calls', where: { method: 'chat.postMessage' } });
        assert.equal((await show('channel?channel=triage')).messages.at(-1).text, 'clicked');
        assert.equal((await act('click', { user: 'lena', channel: 'triage', ts, action: 'nothing' })).status, 409);
        assert.equal((await show('sockets')).open, 1);
        assert.deepEqual((await show('problems')).problems, []);
        await act('fault', { method: 'auth.test', kind: 'error', error: 'fatal_error' });
        await assert.rejects(web.auth.test(), /fatal_error/);
        await socket.disconnect();
        assert.equal(await end(), 0);
    });

    add('program: ends at SIGTERM', {}, async (slack, closing) => {
        const { end } = await started(closing, 'SIGTERM');
        assert.equal(await end(), 0);
    });

    add('response_url: five uses, then refused; edits an ephemeral, deletes a message; expires', {}, async (slack) => {
        const whisper = () => slack.workspace.whisper(slack.workspace.channel('triage'), slack.workspace.user('omar'), { text: 'only you', blocks: [button] });
        const use = async (url, body) => (await fetch(url, { method: 'POST', body: JSON.stringify(body) })).status;
        const { message_ts: ts } = whisper();
        const { response_url: url, envelope } = slack.click({ channel: 'triage', ts, action: 'go' });
        assert.equal(envelope.payload.container.is_ephemeral, true);
        assert.equal(await use(url, { text: 'changed', replace_original: true }), 200);
        assert.deepEqual(slack.ephemerals('omar').map((one) => one.text), ['changed']);
        assert.equal(await use(url, { delete_original: true }), 200);
        assert.equal(slack.ephemerals('omar').length, 0);
        for (let i = 0; i < 3; i++) assert.equal(await use(url, { text: 'more', response_type: 'in_channel' }), 200);
        assert.equal(slack.messages('triage').length, 3);
        assert.equal(await use(url, { text: 'sixth' }), 404);
        slack.responseUrlMs = -1;
        const second = slack.click({ channel: 'triage', ts: whisper().message_ts, action: 'go' });
        assert.equal(await use(second.response_url, { text: 'late' }), 404);
    });
}
