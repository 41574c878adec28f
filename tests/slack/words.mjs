// words.mjs - /ticket, mentions and direct messages: find, open and make tickets with a few words.
import { that, words, choices } from './rig.mjs';

// Texts can be found a moment after they are stored: asks until the answer has it.
async function finds(rig, ask, pattern) {
    for (const end = Date.now() + 5000; !pattern.test(words(await ask()));) that(Date.now() < end, `nothing like ${pattern} was found`);
}

const make = (rig, user, values) => rig.done(user, { client: 'demo', ...values }).catch(async (error) => {
    const { element } = rig.slack.modal(user).blocks.find((one) => one.block_id === 'client');
    if (!/no option/.test(error.message)) throw error;
    await rig.done(user, { ...values, client: element.options[0].value });
});

export default [
    ['help, and an empty command', async (rig) => {
        for (const text of ['help', '', 'Help!']) {
            const said = await rig.slash('omar', text);
            that(/mine.*next.*find.*new/.test(words(said)), `${text}: ${JSON.stringify(said)}`);
        }
    }],
    ['mine, queue, next', async (rig) => {
        that(/nothing|no ticket/i.test(words(await rig.slash('omar', 'mine'))), 'there is something');
        that(/Nothing waits/.test(words(await rig.slash('omar', 'next'))), 'something waits');
        const first = await rig.ticket('First thing of the day. I want to speak to a person');
        await rig.ticket('Second thing of the day. I want to speak to a person');
        await rig.press('omar', first, 'claim');
        await rig.cardSays(first, /Omar has it/);
        that(/First thing/.test(words(await rig.slash('omar', 'mine'))), 'mine is not there');
        that(/Second thing/.test(words(await rig.slash('omar', 'next'))), 'next is another one');
        const queue = words(await rig.slash('omar', 'queue'));
        that(/Second thing/.test(queue) && !/First thing/.test(queue), queue);
    }],
    ['a number, #number, and one that is not there', async (rig) => {
        await rig.ticket('The scanner squeaks. I want to speak to a person');
        for (const text of ['1', '#1', 'show 1']) that(/scanner/.test(words(await rig.slash('omar', text))), text);
        that(/no such ticket/.test(words(await rig.slash('omar', '4711'))), 'it is there');
    }],
    ['the card that /ticket shows has buttons that work', async (rig) => {
        const ticket = await rig.ticket();
        await rig.slash('omar', '1');
        const shown = await rig.told('omar', /printer/);
        await rig.did(rig.slack.click({ user: 'omar', channel: 'triage', ts: shown.message_ts, action: 'dh.claim' }));
        await rig.cardSays(ticket, /Omar has it/);
    }],
    ['find, and free words find, too; a row of the list opens', async (rig) => {
        await rig.ticket('The coffee machine leaks. I want to speak to a person');
        for (const text of ['find coffee machine', 'search coffee', 'coffee']) await finds(rig, () => rig.slash('omar', text), /coffee machine/);
        const list = await rig.told('omar', /coffee machine/);
        await rig.did(rig.slack.click({ user: 'omar', channel: 'triage', ts: list.message_ts, action: 'dh.open', value: '1' }));
        that(/coffee/.test(words(await rig.modal('omar', 'dh.open'))), 'another one opens');
        that(/No ticket has these words/.test(words(await rig.slash('omar', 'find unobtainium'))), 'something was found');
        that(/Say what to look for/.test(words(await rig.slash('omar', 'find'))), 'find without words');
    }],
    ['new opens the dialog with the words, and makes a ticket with a card', async (rig) => {
        that(!Object.keys(await rig.slash('omar', 'new The badge of Ana does not open the door')).length, 'the acknowledgement says something');
        const view = await rig.modal('omar', 'dh.new');
        that(/badge of Ana/.test(view.blocks.find((one) => one.block_id === 'text').element.initial_value), 'the words are not there');
        await make(rig, 'omar', { email: 'ana@acme.example', name: 'Ana' });
        const card = await rig.wait(() => rig.cards()[0], 'its card');
        that(/badge of Ana/.test(words(card)) && /Ana/.test(words(card)), words(card));
    }],
    ['a second ticket of the same person is made with a word about the first', async (rig) => {
        for (const text of ['Door', 'Window']) {
            await rig.slash('omar', `new ${text} of Ana`);
            await rig.modal('omar', 'dh.new');
            await make(rig, 'omar', { email: 'ana@acme.example', name: 'Ana' });
        }
        await rig.wait(() => rig.cards().length === 2, 'two cards');
        await rig.direct('omar', /already has 1 open ticket/);
    }],
    ['a bad mail address is an error at its field', async (rig) => {
        await rig.slash('omar', 'new x');
        const view = await rig.modal('omar', 'dh.new');
        const client = view.blocks.find((one) => one.block_id === 'client').element.options[0].value;
        const seen = await rig.submit('omar', { client, email: 'nobody', text: 'x' });
        that(!seen.closed && /not a mail address/.test(seen.errors.email), JSON.stringify(seen.errors));
    }],
    ['words that find nothing come along when a ticket is made of them', async (rig) => {
        await rig.slash('omar', 'the lamp in room 12 is dark');
        const list = await rig.told('omar', /No ticket has these words/);
        await rig.did(rig.slack.click({ user: 'omar', channel: 'triage', ts: list.message_ts, action: 'dh.new' }));
        const view = await rig.modal('omar', 'dh.new');
        that(/lamp in room 12/.test(view.blocks.find((one) => one.block_id === 'text').element.initial_value), 'the words are lost');
    }],
    ['a mention is answered to its writer alone', async (rig) => {
        await rig.ticket('The coffee machine leaks. I want to speak to a person');
        await finds(rig, () => rig.slash('lena', 'find coffee'), /coffee machine/);
        await rig.did(rig.slack.mention({ user: 'omar', channel: 'triage', text: 'find coffee' }));
        await rig.told('omar', /coffee machine/);
        that(!rig.slack.messages('triage').some((m) => m.user === rig.slack.workspace.bot.id && /Found/.test(words(m))), 'all can read it');
    }],
    ['a mention that begins a note below a card is a note; a command there is none', async (rig) => {
        const ticket = await rig.ticket();
        await rig.did(rig.slack.mention({ user: 'omar', channel: 'triage', thread_ts: ticket.ts, text: 'mine' }));
        await rig.told('omar', /no ticket|nothing/i);
        that(!/note \| .*mine/.test(await rig.log(ticket)), 'the command became a note');
        await rig.did(rig.slack.mention({ user: 'omar', channel: 'triage', thread_ts: ticket.ts, text: 'please see the manual of this model' }));
        await rig.told('omar', /Kept as an internal note/);
    }],
    ['a direct message finds, and makes a ticket', async (rig) => {
        await rig.ticket('The coffee machine leaks. I want to speak to a person');
        await finds(rig, () => rig.slash('lena', 'find coffee'), /coffee machine/);
        await rig.did(rig.slack.direct({ user: 'omar', text: 'find coffee' }));
        await rig.direct('omar', /coffee machine/);
        await rig.did(rig.slack.direct({ user: 'omar', text: 'new The heating is cold' }));
        const said = await rig.direct('omar', /Click to say whose ticket/);
        const dm = rig.slack.workspace.direct('omar').id;
        that(choices(said).some((one) => one.action === 'dh.new'), 'no button');
        await rig.did(rig.slack.click({ user: 'omar', channel: dm, ts: said.ts, action: 'dh.new' }));
        that(/heating/.test((await rig.modal('omar', 'dh.new')).blocks.find((one) => one.block_id === 'text').element.initial_value), 'the words are lost');
        await make(rig, 'omar', { name: 'Ben' }).catch(() => rig.submit('omar', { email: 'ben@acme.example' }));
    }],
    ['lists work while the Web API does not', async (rig) => {
        await rig.ticket();
        await rig.slash('omar', 'help');
        rig.slack.fault({ method: '*', kind: 'hang', count: -1 });
        that(/printer/.test(words(await rig.slash('omar', 'queue'))), 'no answer');
    }],
];
