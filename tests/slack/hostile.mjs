// hostile.mjs - words that Slack would take for its own, in every place where words of people stand. What
// became live is looked for at the end of each story, in everything that was sent (watch.mjs).
import { that, words, choices } from './rig.mjs';

export const hostile = ['<!channel>', '<!here|x>', '<@U012AB3CD>', '<#C0|a>', '<!subteam^S1>', '<https://evil.test|https://bank.test>', '&lt;!channel&gt;',
    '@here', '@channel', '#general', '```\n', '*x* _y_ ~z~', '>q', '\u202e RTL', ':boom:', '<!date^1^{date}|x>'].join(' ');

export default [
    ['a customer\'s words on the card, in the thread, in modals and lists', async (rig) => {
        const ticket = await rig.ticket(`${hostile} I want to speak to a person`);
        that(words(rig.card(ticket)).includes('<!channel>'), 'the words are not shown as they are');
        await rig.says(ticket, hostile.repeat(20));
        await rig.line(ticket, /wrote on #1: &lt;!channel&gt; &lt;!here\|x&gt;.*&amp;lt;!channel&amp;gt;/);
        for (const code of ['reply', 'close', 'transfer', 'subject', 'more']) {
            await rig.pressAny('omar', ticket, code);
            await rig.modal('omar', `dh.${code}`);
        }
        await rig.did(rig.slack.openHome({ user: 'omar' }));
        await rig.wait(() => rig.slack.home('omar'), 'the home page');
        await rig.did(rig.slack.click({ user: 'omar', home: true, action: 'dh.filter', value: choices(rig.slack.home('omar')).find((one) => one.label.startsWith('All')).value }));
        await rig.wait(() => words(rig.slack.home('omar')).includes('<!channel>'), 'the row of the ticket');
        for (const text of ['1', 'queue', 'next']) await rig.slash('lena', text);
    }],
    ['names, reasons, subjects, tags, notes', async (rig) => {
        await rig.run('technician', 'add', 'lena@example.test', '--name', '<!channel> Lena');
        await rig.run('team', 'add', '<!here> team');
        const ticket = await rig.ticket();
        await rig.press('lena', ticket, 'claim');
        await rig.cardSays(ticket, /<!channel> Lena has it/);
        await rig.dialog('lena', ticket, 'note');
        await rig.done('lena', { text: hostile });
        await rig.dialog('lena', ticket, 'subject');
        await rig.done('lena', { text: hostile.slice(0, 120).replaceAll('\n', ' ') });
        await rig.dialog('lena', ticket, 'tag');
        await rig.done('lena', { text: '<!everyone>', set: 'on' });
        await rig.dialog('lena', ticket, 'transfer');
        await rig.done('lena', { to: '<!here> team (team)', why: hostile });
        await rig.line(ticket, /transferred it to &lt;!here&gt; team/);
    }],
    ['what is searched for, and the words of a new ticket', async (rig) => {
        await rig.slash('omar', `find ${hostile}`);
        await rig.slash('omar', hostile);
        await rig.slash('omar', `new ${hostile}`);
        const view = await rig.modal('omar', 'dh.new');
        await rig.done('omar', { client: view.blocks.find((one) => one.block_id === 'client').element.options[0].value, email: 'ana@acme.example', name: '<@U012AB3CD>' });
        await rig.wait(() => rig.cards().length, 'its card');
    }],
    ['what a technician types goes to the customer as words', async (rig) => {
        const ticket = await rig.ticket();
        await rig.types('omar', ticket, hostile);
        const said = await rig.told('omar', /Kept/);
        await rig.did(rig.slack.click({ user: 'omar', channel: 'triage', ts: said.message_ts, action: 'dh.send_note' }));
        const read = await rig.reads(ticket, /evil\.test/);
        that(read.text.includes('<!channel>') && read.text.includes('&lt;!channel&gt;'), read.text);
    }],
    ['a page of everything at its longest stays within the limits of Slack', async (rig) => {
        const ticket = await rig.ticket(`${'<&>*'.repeat(900)} I want to speak to a person`);
        for (let i = 0; i < 4; i++) await rig.says(ticket, '&<>'.repeat(1300));
        await rig.cardSays(ticket, /&<>&<>/);
        await rig.press('omar', ticket, 'more');
        await rig.modal('omar', 'dh.more');
        await rig.slash('omar', '1');
        that(!rig.slack.calls('chat.*').some((call) => /block|long/.test(call.answer?.error ?? '')), 'Slack refused something');
    }],
];
