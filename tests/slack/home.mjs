// home.mjs - the App Home: lists and their numbers, pages, and what changes while somebody looks at it.
import { that, words, choices } from './rig.mjs';

const open = async (rig, user) => {
    await rig.did(rig.slack.openHome({ user }));
    return rig.wait(() => rig.slack.home(user), 'the home page');
};
const homeSays = (rig, user, pattern) => rig.wait(() => pattern.test(words(rig.slack.home(user))), `a home page that says ${pattern}: ${words(rig.slack.home(user)).slice(0, 300)}`);
const filter = (rig, user, label) => {
    const option = choices(rig.slack.home(user)).find((one) => one.action === 'dh.filter' && one.label.startsWith(label));
    that(option, `there is no list ${label}`);
    return rig.did(rig.slack.click({ user, home: true, action: 'dh.filter', value: option.value }));
};

export default [
    ['my tickets, the team queue and all others are one choice away', async (rig) => {
        const mine = await rig.ticket('My monitor flickers. I want to speak to a person');
        await rig.ticket('The projector is broken. I want to speak to a person');
        await rig.press('omar', mine, 'claim');
        await rig.cardSays(mine, /Omar has it/);
        await open(rig, 'omar');
        await homeSays(rig, 'omar', /monitor flickers/);
        that(!/projector/.test(words(rig.slack.home('omar'))), 'the tickets of others are among mine');
        const labels = choices(rig.slack.home('omar')).filter((one) => one.action === 'dh.filter').map((one) => one.label);
        for (const label of ['My tickets', 'Team queue', 'Needs review', 'Awaiting close']) that(labels.some((one) => one.startsWith(label)), `no ${label} in ${labels}`);
        await filter(rig, 'omar', 'Team queue');
        await homeSays(rig, 'omar', /projector/);
        await filter(rig, 'omar', 'Awaiting close');
        await homeSays(rig, 'omar', /nothing here/);
    }],
    ['needs review', async (rig) => {
        const ticket = await rig.ticket('A quiet question about fonts');
        await rig.dialog('omar', ticket, 'escalate');
        await rig.done('omar', { text: 'Somebody should look' });
        await rig.line(ticket, /Omar escalated it/);
        await open(rig, 'lena');
        await filter(rig, 'lena', 'Needs review');
        await homeSays(rig, 'lena', /fonts/);
    }],
    ['a ticket opens from there, and acts', async (rig) => {
        const ticket = await rig.ticket();
        await open(rig, 'omar');
        await filter(rig, 'omar', 'Team queue');
        await homeSays(rig, 'omar', /printer/);
        await rig.did(rig.slack.click({ user: 'omar', home: true, action: 'dh.open' }));
        const modal = await rig.modal('omar', 'dh.open');
        that(/printer/.test(words(modal)), 'it is another ticket');
        await rig.did(rig.slack.click({ user: 'omar', modal: true, action: 'dh.claim' }));
        await rig.cardSays(ticket, /Omar has it/);
        await homeSays(rig, 'omar', /nothing here|There is no ticket/);
    }],
    ['a page that Slack did not take is shown a little later', async (rig) => {
        rig.slack.fault({ method: 'views.publish', kind: 'status', status: 503 });
        await open(rig, 'omar');
        await homeSays(rig, 'omar', /My tickets/);
        rig.slack.addUser({ name: 'nina' });
        rig.slack.fault({ method: 'views.publish', kind: 'error', error: 'internal_error' });
        await open(rig, 'nina');
        await homeSays(rig, 'nina', /no technician/);
    }],
    ['"Make a ticket" opens its dialog', async (rig) => {
        await open(rig, 'omar');
        await rig.did(rig.slack.click({ user: 'omar', home: true, action: 'dh.new' }));
        await rig.modal('omar', 'dh.new');
    }],
    ['more than twenty tickets have pages', async (rig) => {
        await rig.run('client', 'set', 'demo', '--triage', 'off');     // nothing else moves them
        const sock = await rig.customer().hello();
        for (let i = 0; i < 23; i++) {
            const ack = await sock.say({ text: `Ticket number ${String(i).padStart(2, '0')} of many` });
            that(ack.t === 'ack', `not taken: ${JSON.stringify(ack)}`);
        }
        await open(rig, 'omar');
        await filter(rig, 'omar', 'All open');
        await homeSays(rig, 'omar', /more than 20 tickets/);
        const shown = () => [...new Set(words(rig.slack.home('omar')).match(/number \d\d/g))];
        const first = shown();
        that(first.length === 20, `there are ${first.length}`);
        await rig.did(rig.slack.click({ user: 'omar', home: true, action: 'dh.older' }));
        await rig.wait(() => shown().length === 3, 'the rest on the second page');
        that(!shown().some((one) => first.includes(one)), 'a ticket stands on both pages');
        await rig.did(rig.slack.click({ user: 'omar', home: true, action: 'dh.newer' }));
        await rig.wait(() => shown().length === 20, 'the first page again');
    }],
    ['the page follows what happens, for who looked at it', async (rig) => {
        await open(rig, 'omar');
        await homeSays(rig, 'omar', /nothing here/);
        await filter(rig, 'omar', 'Team queue');
        await rig.ticket('Something new on the page. I want to speak to a person');
        await homeSays(rig, 'omar', /Something new/);
        that(!rig.slack.home('lena'), 'somebody who never looked gets a page');
    }],
    ['who is a technician no more sees no ticket any more', async (rig) => {
        await rig.ticket('A secret of the customer. I want to speak to a person');
        await open(rig, 'omar');
        await filter(rig, 'omar', 'Team queue');
        await homeSays(rig, 'omar', /secret/);
        await rig.run('technician', 'add', 'omar@example.test', '--name', 'Omar', '--inactive');
        await homeSays(rig, 'omar', /no technician/);
        await rig.ticket('Another secret. I want to speak to a person');
        that(!/secret/.test(words(rig.slack.home('omar'))), 'omar still reads tickets');
    }],
    ['who is no technician reads why, and nothing else', async (rig) => {
        await rig.ticket('A secret of the customer. I want to speak to a person');
        for (const [user, why] of [['gus', /Guests/], ['nina', /no technician/]]) {
            if (user === 'nina') rig.slack.addUser({ name: 'nina' });
            await open(rig, user);
            await homeSays(rig, user, why);
            that(!/secret/.test(words(rig.slack.home(user))), `${user} reads tickets`);
        }
    }],
];
