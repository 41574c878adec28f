// people_modals.mjs - a person in front of an open modal: fills it in, submits it, closes it. What their client
// would not let them do is refused here: an empty required input, a text that is too long.
import { CannotDo, SlackError } from './errors.mjs';
import { elementsOf } from './blocks.mjs';
import { base, interactive, chosen, findElement } from './people_clicks.mjs';
import { stateOf } from './views.mjs';

function topOf(s, key) {
    const user = s.workspace.user(key);
    const view = s.views.top(user.id);
    if (!view) throw new CannotDo(`${user.name} has no modal open`);
    return { user, view };
}

// { user, values: { action_id | block_id | block_id.action_id: plain value } }
function fill(s, { user: key = 'omar', values = {} }) {
    const { view } = topOf(s, key);
    for (const [name, value] of Object.entries(values)) {
        const one = findElement(view.blocks, name);
        if (!one) throw new CannotDo(`there is no input ${name}`);
        fits(one.element, value);
        (view.typed[one.block.block_id] ??= {})[one.element.action_id] = chosen(s, one.element, value);
    }
    return { view: s.views.shown(view), envelopes: [] };
}

function fits(element, value) {
    if (typeof value !== 'string' || element.type !== 'plain_text_input' || value === '') return;
    const length = [...value].length;
    if (length > (element.max_length ?? 3000)) throw new CannotDo(`${element.action_id}: too long`);
    if (length < (element.min_length ?? 0)) throw new CannotDo(`${element.action_id}: too short`);
}

const empty = (state) => Object.entries(state).filter(([name]) => name !== 'type')
    .every(([, value]) => value === null || value === '' || (Array.isArray(value) && value.length === 0));

function checkRequired(view) {
    const values = stateOf(view.blocks, view.typed);
    for (const block of view.blocks.filter((one) => one.type === 'input' && !one.optional)) {
        const [element] = elementsOf(block);
        if (empty(values[block.block_id][element.action_id])) throw new CannotDo(`${block.block_id}: please complete this required field`);
    }
}

const ANSWERS = {
    errors(s, view, { errors = {} }) {
        const inputs = view.blocks.filter((block) => block.type === 'input').map((block) => block.block_id);
        const strange = Object.keys(errors).find((id) => !inputs.includes(id));
        if (strange !== undefined || !Object.keys(errors).length) throw new SlackError(`errors for what is no input: ${strange}`);
        view.errors = { ...errors };
        s.log.add('view', { op: 'errors', user: view.user_id, id: view.id, errors });
    },
    update(s, view, { view: next }) { s.views.update(view, next); },
    push(s, view, { view: next }) { s.views.pushFor(view.user_id, next); },
    clear(s, view) { s.views.clear(view.user_id); },
};

function afterSubmit(s, view, ack) {
    view.trouble = !ack;                    // the modal stays and says that it could not connect
    view.errors = {};
    if (!ack) return s.log.add('view', { op: 'trouble', user: view.user_id, id: view.id });
    const payload = ack.payload ?? {};
    try {
        if (!payload.response_action) return s.views.pop(view);
        const answer = ANSWERS[payload.response_action];
        if (!answer) throw new SlackError(`unknown response_action ${payload.response_action}`);
        return answer(s, view, payload);
    } catch (error) {
        view.trouble = true;
        return s.log.add('problem', { text: `the answer to a submission: ${error.message} ${JSON.stringify(error.extra ?? '')}` });
    }
}

// { user, values? }: fills in, then presses submit. `after` resolves with what the person then sees.
function submit(s, { user: key = 'omar', values }) {
    if (values) fill(s, { user: key, values });
    const { user, view } = topOf(s, key);
    if (!view.submit) throw new CannotDo('the modal has no submit button');
    checkRequired(view);
    const envelope = interactive(s, {
        ...base(s, 'view_submission', user), trigger_id: s.views.trigger(user, view), view: s.views.shown(view), response_urls: [],
    });
    const after = envelope.done.then((ack) => {
        afterSubmit(s, view, ack);
        const top = s.views.top(user.id);
        return { closed: !top, errors: view.errors, trouble: Boolean(view.trouble), view: top ? s.views.shown(top) : null };
    });
    return { envelope, envelopes: [envelope], after };
}

// { user, clear?: true: the x of the whole stack }
function close(s, { user: key = 'omar', clear = false }) {
    const { user, view } = topOf(s, key);
    const root = clear || view.clear_on_close ? s.views.stack(user.id)[0] : view;
    const all = root !== view || clear;
    if (all) s.views.clear(user.id);
    else s.views.pop(view);
    if (!root.notify_on_close) return { envelopes: [] };
    const envelope = interactive(s, { ...base(s, 'view_closed', user), view: s.views.shown(root), is_cleared: all }, { accepts: false });
    return { envelope, envelopes: [envelope] };
}

// What the person sees: the open modal, the stack below it, what is said at the inputs.
function look(s, { user: key = 'omar' }) {
    const user = s.workspace.user(key);
    const top = s.views.top(user.id);
    const home = s.views.homes.get(user.id);
    return {
        modal: top ? { ...s.views.shown(top), errors: top.errors, trouble: Boolean(top.trouble) } : null,
        depth: s.views.stack(user.id).length, home: home ? s.views.shown(home) : null,
        ephemerals: s.workspace.ephemerals.filter((one) => one.user === user.id), envelopes: [],
    };
}

export default { fill, submit, close, look };
