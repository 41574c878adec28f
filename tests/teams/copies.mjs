#!/usr/bin/env node
// copies.mjs - cards that somebody asked for, in the own chat or in a group: they are drawn anew after a click, and the
// same button works again later. usage: copies.mjs [words of a story's name]       DESK_BIN: the binary
import { named, tell, that, textOf } from './rig.mjs';
import { Inbox } from './trial.mjs';

const nonceOf = (card) => /"k":"([^"]+)"/.exec(JSON.stringify(card))?.[1];
const click = async (rig, message, code, options) => rig.right(await rig.people.click({ message, user: 'Sam Roe', action: named(code), ...options }));

async function ownCard(rig, ticket) {
    await rig.people.install({ where: 'personal', user: 'Sam Roe' });
    await rig.told('Sam Roe', /What you can write/);
    return rig.asks('Sam Roe', `ticket ${ticket.id}`);
}

async function drawnAnew(rig, message, pattern, old) {
    await rig.wait(() => pattern.test(rig.says(message)) && nonceOf(rig.card(message)) !== old, `${pattern} on the card, which says ${rig.says(message)}`);
}

async function andBack(rig, ticket, message, options) {
    const inbox = await Inbox.open(rig, 'jo.doe@desk.example');
    for (let round = 0; round < 2; round++) {
        const first = nonceOf(rig.card(message));
        await click(rig, message, 'claim', options);
        await drawnAnew(rig, message, /You have it/, first);
        that(await rig.owner(ticket) === 'Sam', `round ${round}: the owner is ${await rig.owner(ticket)}`);
        that((await inbox.act('release', ticket)).ok, 'no release');
        const second = nonceOf(rig.card(message));
        await rig.done('Sam Roe', { ...ticket, message }, 'priority', { priority: String(1 + round) });
        await drawnAnew(rig, message, /Nobody has it/, second);
    }
}

const own = [
    ['claim in the own chat, release in the inbox, claim again: the click counts', async (rig) => {
        const ticket = await rig.ticket();
        await andBack(rig, ticket, await ownCard(rig, ticket));
    }],
    ['the same with an old client, which sees what changed', async (rig) => {
        const ticket = await rig.ticket();
        await andBack(rig, ticket, await ownCard(rig, ticket), { old: true });
    }],
    ['a refusal stands on the copy, too', async (rig) => {
        const ticket = await rig.ticket(), message = await ownCard(rig, ticket);
        await rig.press('Kim Poe', ticket, 'claim');
        const { card } = await click(rig, message, 'claim');
        that(/Kim already has it/.test(textOf(card)), textOf(card));
        await drawnAnew(rig, message, /Kim already has it[^]*Kim has it/);
    }],
    ['who is no technician any more does not get a newer card by clicking on an old one', async (rig) => {
        const ticket = await rig.ticket(), message = await ownCard(rig, ticket);
        const drawn = () => rig.teams.log.entries.filter((e) => e.op === 'update' && JSON.stringify(e).includes(message.id)).length;
        await rig.run('technician', 'add', 'sam.roe@desk.example', '--inactive');
        const { answer } = await click(rig, message, 'claim');
        that(/not an active technician/.test(answer.text), answer.text);
        that(await rig.owner(ticket) === undefined || await rig.owner(ticket) === null, `the owner is ${await rig.owner(ticket)}`);
        await rig.run('technician', 'add', 'sam.roe@desk.example', '--active');
        await rig.done('Sam Roe', { ...ticket, message }, 'priority', { priority: '1' });
        await drawnAnew(rig, message, /P1/);
        that(drawn() === 1, `drawn ${drawn()} times`);
    }],
    ['a list stays a list when a ticket of it is opened and claimed', async (rig) => {
        const ticket = await rig.ticket();
        await ownCard(rig, ticket);
        const list = await rig.asks('Sam Roe', 'queue');
        await click(rig, list, 'open');
        const { card } = await click(rig, list, 'claim');
        that(/You have it/.test(textOf(card)), textOf(card));
        await rig.cardSays(ticket, /Sam has it/);
        that(!rig.teams.log.entries.some((e) => e.op === 'update' && JSON.stringify(e).includes(list.id)), 'the list was overwritten');
    }],
    ['a copy below a mention changes for all, and the card of the channel is not touched by it', async (rig) => {
        const ticket = await rig.ticket();
        const { message } = await rig.people.write({ where: 'Support', user: 'Sam Roe', text: `ticket ${ticket.id}`, mention: true });
        const below = () => rig.ours(message.conv).find((m) => m.root === message.id && /Ticket #/.test(rig.says(m)));
        const copy = await rig.wait(below, 'the copy');
        await click(rig, copy, 'claim');
        await drawnAnew(rig, copy, /Sam has it/);
        await rig.cardSays(ticket, /Sam has it/);
        const { dialog } = await rig.dialog('Sam Roe', ticket, 'reply');
        await rig.submit(dialog, { text: 'Hello' });
        await rig.reads(ticket, /Hello/);
    }],
];

const groups = [
    ['a group chat: the app comes, shows cards that can be clicked, and goes; the own chat of whoever removed it stays', async (rig) => {
        const ticket = await rig.ticket(), where = 'group:Night shift';
        await rig.people.install({ where: 'personal', user: 'Sam Roe' });
        await rig.told('Sam Roe', /What you can write/);
        rig.right(await rig.people.install({ where, user: 'Sam Roe' }));
        rig.right(await rig.people.write({ where, user: 'Sam Roe', text: `ticket ${ticket.id}`, mention: true }));
        const { id } = rig.teams.world.group('Night shift');
        const copy = await rig.wait(() => rig.ours(id).find((m) => /Ticket #/.test(rig.says(m))), 'the card in the group');
        const first = nonceOf(rig.card(copy));
        await click(rig, copy, 'claim');
        await drawnAnew(rig, copy, /Sam has it/, first);
        rig.right(await rig.people.uninstall({ where, user: 'Sam Roe' }));
        const inbox = await Inbox.open(rig, 'jo.doe@desk.example');
        that((await inbox.act('escalate', ticket)).ok, 'no escalation');
        await rig.told('Sam Roe', /escalated/i);
    }],
    ['a group chat that shows tickets is none any more when the app is removed', async (rig) => {
        const where = 'group:Night shift', { id } = rig.teams.world.group('Night shift');
        rig.right(await rig.people.install({ where, user: 'Sam Roe' }));
        await rig.run('route', 'set', `teams:${id}`, '--client', 'demo');
        that((await rig.run('route', 'list')).includes(id), 'no route');
        rig.right(await rig.people.uninstall({ where, user: 'Sam Roe' }));
        await rig.wait(async () => !(await rig.run('route', 'list')).includes(id), 'the route is gone');
    }],
];

const again = [
    ['a reply delivered again after a restart, with another id, reaches the customer once', async (rig) => {
        const ticket = await rig.ticket();
        await rig.press('Sam Roe', ticket, 'claim');
        const { dialog } = await rig.dialog('Sam Roe', ticket, 'reply');
        const { activity } = await rig.submit(dialog, { text: 'Hello once' });
        await rig.reads(ticket, /Hello once/);
        await rig.desk.stop();
        await rig.desk.start();
        for (const id of [activity.id, `f:${activity.id.slice(2)}9`]) {
            const { status, text } = await rig.people.send({ ...activity, id }, {});
            that(status === 200, `${status} ${text}`);
        }
        const log = await rig.log(ticket);
        that(log.split('Hello once').length === 2, log);
    }],
    ['forty repeats at once get the same answer', async (rig) => {
        const ticket = await rig.ticket();
        const { dialog } = await rig.dialog('Sam Roe', ticket, 'note');
        const { answer } = await rig.submit(dialog, { text: 'kept once' }, { repeat: { same: 20, fresh: 20 } });
        that(new Set(answer.all.map((a) => `${a.status} ${a.text}`)).size === 1, 'the answers differ');
        that((await rig.log(ticket)).split('kept once').length === 2, await rig.log(ticket));
    }],
];

await tell([...own, ...groups, ...again]);
