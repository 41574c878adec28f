// views.mjs - modals (a stack of three for each user) and home views, and the trigger ids that open them.
import { randomBytes } from 'node:crypto';
import { now } from './log.mjs';
import { SlackError } from './errors.mjs';
import { checkView, named, elementsOf } from './blocks.mjs';

const STACK = 3;

export class Views {
    constructor(log, workspace, options) {
        this.log = log;
        this.workspace = workspace;
        this.triggerMs = options.triggerMs ?? 3000;
        this.stacks = new Map();            // user id -> modals, the open one last
        this.homes = new Map();             // user id -> view
        this.triggers = new Map();
        this.count = 0;
    }

    trigger(user, view) {
        const id = `${Math.floor(now())}.${this.workspace.team.id}.${randomBytes(8).toString('hex')}`;
        this.triggers.set(id, { user: user.id, at: now(), view: view?.id });
        return id;
    }

    useTrigger(id) {
        const trigger = this.triggers.get(id);
        if (!trigger) throw new SlackError('invalid_trigger_id');
        if (trigger.used) throw new SlackError('exchanged_trigger_id');
        if (now() - trigger.at > this.triggerMs) throw new SlackError('expired_trigger_id');
        trigger.used = true;
        return trigger;
    }

    stack(userId) {
        if (!this.stacks.has(userId)) this.stacks.set(userId, []);
        return this.stacks.get(userId);
    }

    top(userId) { return this.stack(userId).at(-1); }

    all() { return [...this.homes.values(), ...[...this.stacks.values()].flat()]; }

    find({ view_id: id, external_id: external }) {
        const found = this.all().find((view) => (id ? view.id === id : external && view.external_id === external));
        if (!found) throw new SlackError('not_found');
        return found;
    }

    hash() { return `${Math.floor(now() / 1000)}.${randomBytes(4).toString('hex')}`; }

    checkExternal(view, except) {
        const taken = view.external_id && this.all().some((one) => one.external_id === view.external_id && one.id !== except);
        if (taken) throw new SlackError('duplicate_external_id');
    }

    // A stored view, with all the fields Slack fills in. `typed` and `errors` are what the person sees.
    make(view, user, rest = {}) {
        const { workspace } = this;
        const id = `V${String(++this.count).padStart(9, '0')}`;
        return {
            id, team_id: workspace.team.id, app_id: workspace.app.id, app_installed_team_id: workspace.team.id,
            bot_id: workspace.bot.profile.bot_id, user_id: user, previous_view_id: null, root_view_id: id,
            ...this.content(view), typed: {}, errors: {}, ...rest, hash: this.hash(),
        };
    }

    content(view) {
        return {
            type: view.type, title: view.title ?? null, submit: view.submit ?? null, close: view.close ?? null,
            blocks: named(view.blocks), callback_id: view.callback_id ?? '', private_metadata: view.private_metadata ?? '',
            external_id: view.external_id ?? '', notify_on_close: view.notify_on_close ?? false,
            clear_on_close: view.clear_on_close ?? false, submit_disabled: view.submit_disabled ?? false,
        };
    }

    say(op, view) { this.log.add('view', { op, user: view.user_id, id: view.id, view: this.shown(view) }); }

    open(triggerId, view) {
        checkView(view, ['modal']);
        this.checkExternal(view);
        const { user } = this.useTrigger(triggerId);
        const made = this.make(view, user);
        this.stacks.set(user, [made]);
        this.say('open', made);
        return made;
    }

    push(triggerId, view) {
        checkView(view, ['modal']);
        this.checkExternal(view);
        const trigger = this.triggers.get(triggerId);
        if (trigger && !trigger.used && !this.stack(trigger.user).some((one) => one.id === trigger.view)) throw new SlackError('not_found');
        if (trigger && this.stack(trigger.user).length >= STACK) throw new SlackError('push_limit_reached');
        return this.pushFor(this.useTrigger(triggerId).user, view);
    }

    pushFor(user, view) {
        const stack = this.stack(user);
        if (stack.length >= STACK) throw new SlackError('push_limit_reached');
        const made = this.make(view, user, { previous_view_id: stack.at(-1)?.id ?? null });
        made.root_view_id = stack[0]?.id ?? made.id;
        stack.push(made);
        this.say('push', made);
        return made;
    }

    // What was typed stays where block_id and action_id are the same.
    update(target, view, hash) {
        checkView(view, [target.type]);
        if (hash && hash !== target.hash) throw new SlackError('hash_conflict');
        this.checkExternal(view, target.id);
        Object.assign(target, this.content(view), { hash: this.hash(), errors: {} });
        const kept = {};
        for (const block of target.blocks) {
            for (const { action_id: action } of elementsOf(block)) {
                const value = target.typed[block.block_id]?.[action];
                if (value !== undefined) (kept[block.block_id] ??= {})[action] = value;
            }
        }
        target.typed = kept;
        this.say('update', target);
        return target;
    }

    publish(userKey, view, hash) {
        checkView(view, ['home']);
        const user = this.workspace.user(userKey);
        const old = this.homes.get(user.id);
        if (hash && hash !== old?.hash) throw new SlackError('hash_conflict');
        if (old) return this.update(old, view);
        const made = this.make(view, user.id);
        this.homes.set(user.id, made);
        this.say('publish', made);
        return made;
    }

    pop(view) {
        this.stacks.set(view.user_id, this.stack(view.user_id).filter((one) => one.id !== view.id));
        this.say('close', view);
    }

    clear(userId) {
        for (const view of [...this.stack(userId)].reverse()) this.pop(view);
    }

    // How API and payloads show a view: with the state of its inputs.
    shown(view) {
        const { typed, errors, trouble, user_id: user, ...rest } = view;
        return structuredClone({ ...rest, state: { values: stateOf(view.blocks, typed) } });
    }
}

const text = (element) => element.initial_value ?? null;
// What an untouched element says in `state`.
const UNTOUCHED = {
    plain_text_input: (e) => ({ value: text(e) }), number_input: (e) => ({ value: text(e) }),
    email_text_input: (e) => ({ value: text(e) }), url_text_input: (e) => ({ value: text(e) }),
    rich_text_input: (e) => ({ rich_text_value: text(e) }), file_input: () => ({ files: [] }),
    static_select: (e) => ({ selected_option: e.initial_option ?? null }),
    external_select: (e) => ({ selected_option: e.initial_option ?? null }),
    radio_buttons: (e) => ({ selected_option: e.initial_option ?? null }),
    checkboxes: (e) => ({ selected_options: e.initial_options ?? [] }),
    multi_static_select: (e) => ({ selected_options: e.initial_options ?? [] }),
    multi_external_select: (e) => ({ selected_options: e.initial_options ?? [] }),
    users_select: (e) => ({ selected_user: e.initial_user ?? null }),
    multi_users_select: (e) => ({ selected_users: e.initial_users ?? [] }),
    conversations_select: (e) => ({ selected_conversation: e.initial_conversation ?? null }),
    multi_conversations_select: (e) => ({ selected_conversations: e.initial_conversations ?? [] }),
    channels_select: (e) => ({ selected_channel: e.initial_channel ?? null }),
    multi_channels_select: (e) => ({ selected_channels: e.initial_channels ?? [] }),
    datepicker: (e) => ({ selected_date: e.initial_date ?? null }),
    timepicker: (e) => ({ selected_time: e.initial_time ?? null }),
    datetimepicker: (e) => ({ selected_date_time: e.initial_date_time ?? null }),
};

export function stateOf(blocks, typed = {}) {
    const values = {};
    for (const block of blocks ?? []) {
        for (const element of elementsOf(block)) {
            const untouched = UNTOUCHED[element.type];
            if (!untouched) continue;
            (values[block.block_id] ??= {})[element.action_id] = {
                type: element.type, ...untouched(element), ...typed[block.block_id]?.[element.action_id],
            };
        }
    }
    return values;
}
