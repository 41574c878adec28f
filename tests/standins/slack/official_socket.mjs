// official_socket.mjs - @slack/socket-mode against the sockets, and what may happen to them.
import assert from 'node:assert/strict';
import { SocketModeClient } from '@slack/socket-mode';
import { WebSocket } from 'ws';
import { silent } from './official_silent.mjs';

async function connected(slack, closing, options = {}) {
    const client = new SocketModeClient({
        appToken: slack.appToken, logger: silent, clientPingTimeout: 300, serverPingTimeout: 3000,
        clientOptions: { slackApiUrl: slack.urls().api, retryConfig: { retries: 3, minTimeout: 10, maxTimeout: 20 } }, ...options,
    });
    const seen = [];
    client.on('slack_event', async ({ ack, body, retry_num: again, type }) => {
        seen.push({ type, id: body.event_id, again, text: body.event?.text });
        if (!client.deaf) await ack();
    });
    closing.push(() => client.disconnect());
    await client.start();
    return { client, seen };
}

const ticket = async (slack) => (await (await fetch(`${slack.urls().api}apps.connections.open`,
    { method: 'POST', headers: { authorization: `Bearer ${slack.appToken}` } })).json()).url;

// A bare socket that only notes what happens to it.
async function bare(url) {
    const ws = new WebSocket(url, { perMessageDeflate: false });
    const noted = { ws, frames: [] };
    ws.on('message', (data) => noted.frames.push(JSON.parse(data)));
    ws.on('error', (error) => { noted.error = error.message; });
    await new Promise((resolve) => { ws.once('open', resolve); ws.once('close', resolve); });
    return noted;
}

const post = (slack, text = 'x') => slack.post({ channel: 'triage', text });

export default function chapter(add) {
    for (const reason of ['warning', 'refresh_requested', 'anything_else']) {
        add(`socket: comes back after a disconnect frame that says ${reason}`, {}, async (slack, closing) => {
            const { seen } = await connected(slack, closing);
            slack.disconnect({ reason });
            await slack.waitFor(() => slack.sockets.all.length === 2 && slack.sockets.ready().length === 1, 10000);
            await post(slack, 'after').envelope.done;
            assert.equal(seen.at(-1).text, 'after');
            assert.ok(slack.longestGap() > 0);
        });
    }

    add('socket: comes back after RST, after a close and when it is half open', {}, async (slack, closing) => {
        const { seen } = await connected(slack, closing);
        for (const [i, verb] of ['resetSocket', 'closeSocket', 'halfOpen'].entries()) {
            slack[verb]({});
            await slack.waitFor(() => slack.sockets.ready().filter((one) => !one.mute.all).length === 1 && slack.sockets.all.length === i + 2, 10000);
        }
        slack.expire({ socket: 'oldest' });
        await slack.waitFor(() => slack.sockets.open().length === 1);
        await post(slack, 'again').envelope.done;
        assert.equal(seen.at(-1).text, 'again');
    });

    add('socket: an event that is not acknowledged comes three times more, a click does not', { ackMs: 60, redeliverMs: [20, 20, 20] }, async (slack, closing) => {
        const { client, seen } = await connected(slack, closing);
        client.deaf = true;
        const { ts } = slack.putCard({ blocks: [{ type: 'actions', elements: [{ type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } }] }] });
        const { envelope } = post(slack);
        const click = slack.click({ channel: 'triage', ts, action: 'go' });
        assert.equal(await envelope.done, null);
        assert.equal(await click.envelope.done, null);
        const mine = seen.filter((one) => one.id === envelope.payload.event_id);
        assert.deepEqual(mine.map((one) => one.again), [0, 1, 2, 3]);
        assert.equal(new Set(envelope.deliveries.map((one) => one.envelope_id)).size, 4);
        assert.equal(click.envelope.deliveries.length, 1);
    });

    add('socket: fragments, duplicates, a megabyte, an unknown type', {}, async (slack, closing) => {
        const { seen } = await connected(slack, closing);
        slack.next({ fragments: 7 });
        await post(slack, 'in pieces').envelope.done;
        slack.next({ duplicates: 1 });
        const { envelope } = post(slack, 'twice');
        await slack.waitFor(() => envelope.acks.length === 2);
        assert.ok(await slack.big({}).envelope.done);
        assert.ok(await slack.unknownType({}).envelope.done);
        assert.deepEqual(seen.map((one) => one.text?.slice(0, 9)), ['in pieces', 'twice', 'twice', 'x'.repeat(9), undefined]);
    });

    add('socket: a ticket is good once; handshakes are refused on demand', {}, async (slack) => {
        const url = await ticket(slack);
        const first = await bare(url);
        await slack.waitFor(() => slack.sockets.ready().length === 1);
        assert.match((await bare(url)).error, /401/);
        slack.fault({ method: 'link', kind: 'status', status: 409 });
        assert.match((await bare(await ticket(slack))).error, /409/);
        first.ws.terminate();
    });

    add('socket: the eleventh is sent away; each envelope goes to one; ghosts are counted', {}, async (slack) => {
        const sockets = [];
        for (let i = 0; i < 11; i++) sockets.push(await bare(await ticket(slack)));
        await slack.waitFor(() => slack.sockets.ready().length === 10 && slack.sockets.open().length === 10);
        assert.equal(sockets[10].frames[0].reason, 'too_many_websockets');
        for (let i = 0; i < 10; i++) post(slack);
        const delivered = slack.envelopes.all.map((one) => one.deliveries[0].socket);
        assert.equal(new Set(delivered).size, 10);
        for (const one of sockets) one.ws.terminate();
        await slack.waitFor(() => slack.sockets.open().length === 0);
        slack.ghosts({ count: 3 });
        const last = await bare(await ticket(slack));
        await slack.waitFor(() => slack.sockets.ready().length === 1);
        await slack.waitFor(() => slack.sockets.ready()[0].sent === 1);
        post(slack);
        await new Promise((resolve) => { last.ws.once('message', resolve); });
        assert.equal(last.frames[0].num_connections, 4);
        last.ws.terminate();
    });

    add('socket: the log knows when there was none', {}, async (slack) => {
        const a = await bare(await ticket(slack));
        await slack.waitFor(() => slack.sockets.ready().length === 1);
        const b = await bare(await ticket(slack));
        await slack.waitFor(() => slack.sockets.ready().length === 2);
        a.ws.terminate();
        await slack.waitFor(() => slack.sockets.open().length === 1);
        assert.equal(slack.longestGap(), 0);
        b.ws.terminate();
        await slack.waitFor(() => slack.sockets.open().length === 0);
        assert.ok(slack.longestGap() > 0);
    });
}
