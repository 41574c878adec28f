// teams_official.mjs - the small bot that teams.mjs measures beside the desk, written on the official Bot
// Framework SDK: a click on Claim changes who has the ticket and is answered with the card, a message in a
// thread is taken down, "help" is answered through the Connector. Its state is a Map in memory: nothing
// that it acknowledged outlives it. The desk's is on the disk.
import { readFileSync } from 'node:fs';
import { startOfficialBot } from '../standins/teams/official_bot.mjs';

const CARD = 'application/vnd.microsoft.card.adaptive';
const card = JSON.parse(readFileSync(0, 'utf8'));       // the desk's own card, so that both answers are as long
const tickets = new Map();
const ticket = (id) => tickets.get(id) ?? tickets.set(id, { notes: [] }).get(id);

async function invoked(context, { from, value }) {
    const { a: verb, t: id } = value.action.data._d, one = ticket(id);
    one.assignee = verb === 'claim' ? from.aadObjectId : undefined;
    one.version = (one.version ?? 0) + 1;
    const shown = { ...card, speak: `Ticket #${id}, ${one.assignee ?? 'nobody'} has it` };
    await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body: { statusCode: 200, type: CARD, value: shown } } });
}

async function written(context, { text, conversation }) {
    if (text === 'help') await context.sendActivity({ type: 'message', attachments: [{ contentType: CARD, content: card }] });
    else ticket(conversation.id).notes.push(text);
}

const { url } = await startOfficialBot({
    env: process.env,
    logic: (context) => (context.activity.type === 'invoke' ? invoked : written)(context, context.activity),
});
console.log(url);
