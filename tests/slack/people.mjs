// people.mjs - who may act: technicians by their mail address, whoever may join, and nobody else.
import { that, words } from './rig.mjs';

const claim = (rig, user, ticket) => rig.did(rig.slack.click({ user, channel: 'triage', ts: ticket.ts, action: 'dh.claim' }));
const guest = (rig, user, is) => { rig.slack.workspace.user(user).is_restricted = is; };      // and no event says so
const restarted = async (rig) => {
    await rig.desk.stop();
    await rig.desk.start();
    await rig.wait(() => rig.slack.sockets.ready().length, 'the socket after a start');
};
const nobody = async (rig) => that((await rig.shown({ id: 1 })).assignee === null, 'somebody has it');

export default [
    ['a technician is known by mail address, asked for once', async (rig) => {
        const ticket = await rig.ticket();
        await claim(rig, 'omar', ticket);
        await rig.cardSays(ticket, /Omar has it/);
        await rig.pressAny('omar', ticket, 'hold');
        await rig.cardSays(ticket, /On hold/);
        that(rig.slack.calls('users.info').length === 1, 'Slack is asked again');
    }],
    ['guests, strangers, deleted people and bots are refused', async (rig) => {
        for (const user of ['gus', 'una', 'stan', 'dora']) await rig.run('technician', 'add', `${user}@example.test`, '--name', user);
        const ticket = await rig.ticket();
        for (const user of ['una', 'dora']) rig.slack.workspace.channel('triage').members.add(rig.slack.workspace.user(user).id);
        for (const [user, why] of [['gus', /Guests/], ['una', /Guests/], ['dora', /cannot work/]]) {
            await claim(rig, user, ticket);
            await rig.told(user, why);
        }
        await claim(rig, 'stan', ticket);
        await rig.told('stan', /Only members/);
        const { length } = rig.slack.ephemerals('stan');
        await rig.types('stan', ticket, 'Words of a stranger');
        await rig.told('stan', /Only members/, length);
        await rig.types('stan', ticket, 'More words of a stranger');
        await rig.did(rig.slack.post({ user: 'robo', channel: 'triage', thread_ts: ticket.ts, text: 'Words of a robot' }));
        await rig.slash('omar', 'help');
        that(rig.slack.ephemerals('stan').length === length + 1, 'stan is told with every line');
        that(!/ords of/.test(await rig.log(ticket)), 'they became notes');
        await nobody(rig);
    }],
    ['a stranger who mentions the desk is told; who talks elsewhere is not', async (rig) => {
        const { ts } = rig.slack.post({ user: 'lena', channel: 'triage', text: 'Lunch?' });
        await rig.did(rig.slack.post({ user: 'stan', channel: 'triage', thread_ts: ts, text: 'With pleasure' }));
        await rig.slash('omar', 'help');
        that(!rig.slack.ephemerals('stan').length, 'stan is told something about lunch');
        await rig.did(rig.slack.mention({ user: 'stan', channel: 'triage', text: 'queue' }));
        await rig.told('stan', /Only members/);
    }],
    ['who is no technician is told what to do', async (rig) => {
        rig.slack.addUser({ name: 'nina' });
        const ticket = await rig.ticket();
        rig.slack.workspace.channel('triage').members.add(rig.slack.workspace.user('nina').id);
        await claim(rig, 'nina', ticket);
        await rig.told('nina', /no technician of this desk yet/);
        await rig.types('nina', ticket, 'What Nina thinks about it');
        await rig.told('nina', /no technician/);
        that(!/Nina thinks/.test(await rig.log(ticket)), 'it became a note');
        await nobody(rig);
        await rig.run('technician', 'add', 'nina@example.test', '--name', 'Nina');
        await claim(rig, 'nina', ticket);
        await rig.cardSays(ticket, /Nina has it/);
    }],
    ['members of a mail domain join by themselves with the role of the setting', async (rig) => {
        rig.slack.addUser({ name: 'nina', real_name: 'Nina New' });
        rig.slack.addUser({ name: 'olaf', email: 'olaf@elsewhere.test' });
        const ticket = await rig.ticket();
        for (const user of ['nina', 'olaf']) rig.slack.workspace.channel('triage').members.add(rig.slack.workspace.user(user).id);
        await claim(rig, 'olaf', ticket);
        await rig.told('olaf', /no technician/);
        await claim(rig, 'nina', ticket);
        await rig.cardSays(ticket, /(Nina New|nina) has it/);
        that(/nina@example\.test.*lead/.test(await rig.run('technician', 'list')), await rig.run('technician', 'list'));
    }, { config: 'technicians: { join_role = "lead"; join_domains = ["example.test"]; };' }],
    ['without a mail address there is a reason that names the scope', async (rig) => {
        const ticket = await rig.ticket();
        delete rig.slack.workspace.user('omar').profile.email;
        await claim(rig, 'omar', ticket);
        await rig.told('omar', /users:read\.email/);
        await nobody(rig);
    }],
    ['who becomes a guest or is deleted is a technician no more', async (rig) => {
        const ticket = await rig.ticket();
        await claim(rig, 'omar', ticket);
        await rig.cardSays(ticket, /Omar has it/);
        await rig.did(rig.slack.changeUser({ user: 'omar', changes: { is_restricted: true } }));
        await rig.did(rig.slack.click({ user: 'omar', channel: 'triage', ts: ticket.ts, action: 'dh.note' }));
        await rig.told('omar', /Guests/);
        that(!rig.slack.modal('omar'), 'there is a dialog');
        await rig.did(rig.slack.changeUser({ user: 'omar', changes: { is_restricted: false } }));
        await rig.dialog('omar', ticket, 'note');
    }],
    ['who became a guest without a word is found out after a restart', async (rig) => {
        const ticket = await rig.ticket();
        await claim(rig, 'omar', ticket);
        await rig.cardSays(ticket, /Omar has it/);
        await rig.press('omar', ticket, 'release');
        await rig.cardSays(ticket, /Nobody has it/);
        await rig.dialog('omar', ticket, 'note');
        guest(rig, 'omar', true);
        await restarted(rig);
        const typed = await rig.submit('omar', { text: 'Words of a guest' });
        that(!typed.closed && /Guests/.test(JSON.stringify(typed.errors)), `the dialog says ${JSON.stringify(typed)}`);
        await claim(rig, 'omar', ticket);
        await rig.told('omar', /Guests/);
        await rig.types('omar', ticket, 'More words of a guest');
        that(/Guests/.test(words(await rig.slash('omar', 'mine'))), 'a guest reads the desk');
        that(!/of a guest/.test(await rig.log(ticket)), 'it became a note');
        await nobody(rig);
        guest(rig, 'omar', false);
        await restarted(rig);
        await claim(rig, 'omar', ticket);
        await rig.cardSays(ticket, /Omar has it/);
    }],
    ['while Slack says nothing the desk goes on, and believes the answer when it comes', async (rig) => {
        const ticket = await rig.ticket();
        await claim(rig, 'omar', ticket);
        await rig.cardSays(ticket, /Omar has it/);
        guest(rig, 'omar', true);
        await restarted(rig);
        rig.slack.fault({ method: 'users.info', kind: 'delay', ms: 2500, before: true, count: -1 });
        const { envelopes: [held] } = await rig.press('omar', ticket, 'release');
        const ack = await held.done;
        that(ack.delay_ms < 1000, `acknowledged after ${ack.delay_ms} ms`);
        await rig.cardSays(ticket, /Nobody has it/);
        await rig.wait(() => rig.slack.calls('users.info').some((call) => call.fault && call.performed), 'the answer');
        rig.slack.clearFaults();
        await claim(rig, 'omar', ticket);
        await rig.told('omar', /Guests/);
        await nobody(rig);
    }],
    ['a technician who is made inactive acts no more', async (rig) => {
        const ticket = await rig.ticket();
        await rig.slash('omar', 'help');
        await rig.run('technician', 'add', 'omar@example.test', '--inactive');
        await claim(rig, 'omar', ticket);
        await rig.told('omar', /not an active technician/);
        await nobody(rig);
    }],
    ['payloads of a foreign workspace change nothing', async (rig) => {
        const ticket = await rig.ticket();
        await rig.slash('omar', 'help');
        const { team } = rig.slack.workspace;
        rig.slack.workspace.team = { ...team, id: 'TELSEWHERE' };
        const click = rig.slack.click({ user: 'omar', channel: 'triage', ts: ticket.ts, action: 'dh.claim' });
        const typed = rig.slack.post({ user: 'omar', channel: 'triage', thread_ts: ticket.ts, text: 'From another workspace' });
        rig.slack.workspace.team = team;
        await rig.did(click);
        await rig.did(typed);
        that(!/another workspace/.test(await rig.log(ticket)), 'it became a note');
        await nobody(rig);
    }],
    ['an account that Slack does not know any more does nothing, but is not forgotten for it', async (rig) => {
        const ticket = await rig.ticket();
        await claim(rig, 'omar', ticket);
        await rig.cardSays(ticket, /Omar has it/);
        await restarted(rig);
        rig.slack.fault({ method: 'users.info', kind: 'error', error: 'user_not_visible', count: -1 });
        await rig.types('omar', ticket, 'Words of nobody');
        await rig.told('omar', /does not know this account/);
        await rig.press('omar', ticket, 'reply');
        that(!rig.slack.modal('omar'), 'nobody has a modal');
        rig.slack.clearFaults();
        await rig.types('omar', ticket, 'Words of Omar');
        await rig.told('omar', /Kept as an internal note/);
        that(!/Words of nobody/.test(await rig.log(ticket)), 'it became a note');
    }],
    ['what somebody did while Slack could not say who they are is done when it can', async (rig) => {
        const ticket = await rig.ticket();
        rig.slack.fault({ method: 'users.info', kind: 'status', status: 503, count: -1 });
        await claim(rig, 'omar', ticket);
        await rig.told('omar', /kept, and done as soon/);
        rig.slack.clearFaults();
        await rig.slack.waitFor(() => JSON.stringify(rig.slack.messages('triage')
            .find((m) => m.ts === ticket.ts).blocks).includes('Omar has it'), 15000, 'the kept claim');
    }],
    ['in an organisation members of its other workspaces are ours, people of another one are not', async (rig) => {
        await rig.run('technician', 'add', 'stan@example.test', '--name', 'Stan');
        const ticket = await rig.ticket();
        await rig.press('omar', ticket, 'claim');
        await rig.cardSays(ticket, /Omar has it/);
        await rig.types('omar', ticket, 'A line from a sister');
        await rig.told('omar', /Kept as an internal note/);
        await rig.press('stan', ticket, 'reply');
        await rig.told('stan', /workspace/);
        that(!rig.slack.modal('stan'), 'a stranger has a modal');
    }, { slack: {
        team: { enterprise_id: 'E0OURS0000' }, channels: [{ name: 'triage', members: ['sara', 'omar', 'lena', 'stan', 'deskhand'] }],
        users: [{ name: 'sara' }, { name: 'lena' }, { name: 'omar', team_id: 'TSISTER000', enterprise_user: { enterprise_id: 'E0OURS0000' } },
            { name: 'stan', team_id: 'TELSEWHERE', enterprise_user: { enterprise_id: 'E0OTHER000' } }],
    } }],
];
