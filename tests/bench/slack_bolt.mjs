// slack_bolt.mjs - the small bot that slack.mjs measures beside the desk, written on the official Bolt for
// JavaScript: a click on Claim is acknowledged and the card is updated, a message in a thread is taken
// down. Its state is a Map in memory: nothing it acknowledged outlives it. The desk's is on the disk.
import bolt from '@slack/bolt';

const { SLACK_API_URL: slackApiUrl, SLACK_BOT_TOKEN: token, SLACK_APP_TOKEN: appToken } = process.env;
const silent = Object.fromEntries(['debug', 'info', 'warn', 'error', 'setLevel', 'setName'].map((name) => [name, () => {}]));
const app = new bolt.App({ token, appToken, socketMode: true, logger: { ...silent, getLevel: () => 'error' }, clientOptions: { slackApiUrl } });
const tickets = new Map();

app.message(async ({ message }) => {
    const notes = tickets.get(message.thread_ts) ?? { notes: [] };
    notes.notes.push(message.text);
    tickets.set(message.thread_ts, notes);
});

app.action('dh.claim', async ({ ack, body, client }) => {
    await ack();
    const ticket = tickets.get(body.message.ts) ?? { notes: [] };
    ticket.assignee ??= body.user.id;
    tickets.set(body.message.ts, ticket);
    const [header, ...blocks] = body.message.blocks;
    header.text.text = `In progress, ${ticket.assignee} has it`;
    await client.chat.update({ channel: body.channel.id, ts: body.message.ts, text: header.text.text, blocks: [header, ...blocks] });
});

await app.start();
process.on('SIGTERM', () => process.exit(0));
process.stdin.resume().on('end', () => process.exit(0));
