// shortcuts.mjs - "Make a ticket" of a message that stands in Slack.
import { that, words } from './rig.mjs';

const shortcut = async (rig, user, ts, more = {}) => {
    await rig.did(rig.slack.messageShortcut({ user, channel: 'general', callback_id: 'dh.new', ts, ...more }));
    return rig.modal(user, 'dh.new');
};
const field = (view, id) => view.blocks.find((one) => one.block_id === id).element;

export default [
    ['a message becomes a ticket of its writer', async (rig) => {
        const { ts } = rig.slack.post({ user: 'lena', channel: 'general', text: 'My phone has no sound & no ring' });
        const view = await shortcut(rig, 'omar', ts);
        that(field(view, 'text').initial_value === 'My phone has no sound & no ring', field(view, 'text').initial_value);
        that(field(view, 'email').initial_value === 'lena@example.test', `the requester is ${field(view, 'email').initial_value}`);
        that(!/already has/.test(words(view)), 'a warning without reason');
        await rig.done('omar', { client: field(view, 'client').options[0].value });
        const card = await rig.wait(() => rig.cards()[0], 'its card');
        that(/no sound/.test(words(card)), words(card));
    }],
    ['open tickets of the same person are warned of', async (rig) => {
        const { ts } = rig.slack.post({ user: 'lena', channel: 'general', text: 'My phone has no sound' });
        const view = await shortcut(rig, 'omar', ts);
        await rig.done('omar', { client: field(view, 'client').options[0].value });
        await rig.wait(() => rig.cards()[0], 'its card');
        const again = await shortcut(rig, 'sara', ts);
        that(/lena@example\.test already has 1 open ticket: #1 /.test(words(again)), words(again));
        that(field(again, 'client').initial_option, 'the client is not chosen');
    }],
    ['also as the first thing that somebody does', async (rig) => {
        const { ts } = rig.slack.post({ user: 'lena', channel: 'general', text: 'My first message' });
        that(!rig.slack.calls('users.info').length, 'somebody was looked up before');
        that(field(await shortcut(rig, 'omar', ts), 'email').initial_value === 'lena@example.test', 'the requester is missing');
    }],
    ['a global shortcut opens the empty dialog', async (rig) => {
        await rig.did(rig.slack.globalShortcut({ user: 'omar', callback_id: 'dh.new' }));
        that(!field(await rig.modal('omar', 'dh.new'), 'text').initial_value, 'it is not empty');
    }],
    ['a guest gets no dialog but a reason', async (rig) => {
        const { ts } = rig.slack.post({ user: 'lena', channel: 'general', text: 'Hello' });
        await rig.did(rig.slack.messageShortcut({ user: 'gus', channel: 'general', callback_id: 'dh.new', ts }));
        await rig.direct('gus', /Guests/);
        that(!rig.slack.modal('gus'), 'there is a dialog');
    }],
];
