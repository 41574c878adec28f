// people.mjs - what people do in Teams. Each function resolves when the bot has answered (or not),
// with { answer, message, delivered, ... }. Options that Delivery.deliver knows (repeat, policy,
// token, timeoutMs, body, headers, authorization) are passed on.
import * as build from './activities.mjs';
import { findAction, mergedData } from './cards.mjs';

const CARD = 'application/vnd.microsoft.card.adaptive';
const wishesOf = ({ repeat, policy, token, timeoutMs, body, headers, authorization, url }) => (
    { repeat, policy, token, timeoutMs, body, headers, authorization, url });

export class People {
    constructor({ world, delivery, options }) {
        Object.assign(this, { world, delivery, options });
        this.dialogs = [];
    }

    user(who) {
        const user = this.world.user(who ?? this.options.users[0]);
        if (!user) throw new Error(`nobody is called ${who}`);
        return user;
    }

    // where: 'team', a channel's name, 'personal', 'group:NAME', a conversation, or a conversation id.
    place(where = 'personal', user = this.user()) {
        if (typeof where === 'object') return where.conversation ? where : { conversation: where };
        if (where === 'personal') return { conversation: this.world.personal(user) };
        if (where === 'team') return { conversation: this.world.channel(this.world.team.id) };
        if (where.startsWith('group:')) return { conversation: this.world.group(where.slice(6)) };
        const [id, root] = where.split(';messageid=');
        const conversation = this.world.channel(where) ?? this.world.conversations.get(id);
        if (!conversation) throw new Error(`no place ${where}`);
        return { conversation, root };
    }

    send(activity, options) {
        return this.delivery.deliver({ ...activity, ...options.activity }, wishesOf(options));
    }

    // Both events of an installation; order is not promised: reversed turns it round.
    async install({ where = 'team', user: who, reversed = false, action = 'add', ...options } = {}) {
        const user = this.user(who), place = this.place(where, user);
        this.world.setBot(place.conversation, true);
        const accounts = place.conversation.type === 'personal' ? [this.world.bot, { id: user.id, aadObjectId: user.aadObjectId }] : [this.world.bot];
        return this.both(reversed, options, build.installation(this.world, user, place, action),
            build.membership(this.world, user, place, true, accounts));
    }

    async uninstall({ where = 'team', user: who, reversed = false, ...options } = {}) {
        const user = this.user(who), place = this.place(where, user);
        this.world.setBot(place.conversation, false);
        return this.both(reversed, options, build.installation(this.world, user, place, 'remove'),
            build.membership(this.world, user, place, false, [this.world.bot]));
    }

    async both(reversed, options, ...activities) {
        const answers = [];
        for (const activity of reversed ? activities.reverse() : activities) answers.push(await this.send(activity, options));
        return { answer: answers[0], answers };
    }

    // A typed message. thread: a message of a channel, or its id, to write below it. A bot gets only
    // what mentions it, unless it may read all (options.rsc), or it is a personal chat.
    async write({ where = 'personal', user: who, text = '', mention = false, thread, ...options } = {}) {
        const user = this.user(who), place = this.place(where, user), { conversation } = place;
        const root = conversation.type === 'channel' ? thread?.root ?? thread ?? place.root : undefined;
        const id = options.id ?? this.world.newId();
        const activity = build.written(this.world, user, { conversation, root: root ?? id }, {
            id, text, mentions: mention ? [this.world.bot] : [],
        });
        const message = this.world.addMessage(conversation, { from: user.id, activity, root, id });
        const delivered = this.reaches(conversation, mention);
        return { message, delivered, activity, answer: delivered ? await this.send(activity, options) : undefined };
    }

    reaches(conversation, mention) {
        return this.world.hasBot(conversation) && (conversation.type === 'personal' || mention || this.options.rsc);
    }

    message(wish, conv) {               // a message object, or its id
        const all = [...this.world.messages.values()];
        const found = typeof wish === 'object' ? wish : all.find((m) => m.id === String(wish) && (!conv || m.conv.startsWith(conv)));
        if (!found) throw new Error(`no message ${wish}`);
        return found;
    }

    placeOf(message) {
        return { conversation: this.world.conversations.get(message.conversation), root: message.root };
    }

    async edit({ message: wish, text, event = 'editMessage', ...options }) {
        const message = this.message(wish), user = this.user(message.from), old = message.activity;
        const more = build.written(this.world, user, this.placeOf(message), { id: message.id, text });
        const activity = { ...more, type: 'messageUpdate', channelData: { ...more.channelData, eventType: event } };
        if (old.entities?.some((e) => e.type === 'mention')) {
            Object.assign(activity, { text: `<at>${this.world.bot.name}</at> ${text}`, entities: old.entities });
        }
        message.deleted = false;
        this.world.updateMessage(message, activity);
        return { message, answer: await this.send(activity, options) };
    }

    async delete({ message: wish, ...options }) {
        const message = this.message(wish), user = this.user(message.from);
        message.deleted = true;
        const activity = build.activity(this.world, 'messageDelete', user, this.placeOf(message), {
            id: message.id, channelData: { eventType: 'softDeleteMessage' },
        });
        return { message, answer: await this.send(activity, options) };
    }

    async react({ message: wish, user: who, type = 'like', remove = false, ...options }) {
        const message = this.message(wish), user = this.user(who);
        message.reactions = message.reactions.filter((r) => r.user !== user.id || r.type !== type);
        if (!remove) message.reactions.push({ user: user.id, type });
        const activity = build.activity(this.world, 'messageReaction', user, this.placeOf(message), {
            replyToId: message.id, [remove ? 'reactionsRemoved' : 'reactionsAdded']: [{ type }],
        });
        return { message, answer: await this.send(activity, options) };
    }

    // Somebody enters a conversation, or leaves it.
    async join({ where = 'team', user: who, leave = false, ...options }) {
        const user = this.user(who), place = this.place(where, user), account = { id: user.id, aadObjectId: user.aadObjectId };
        return { answer: await this.send(build.membership(this.world, user, place, !leave, [account]), options) };
    }

    async event({ where = 'team', user: who, event, ...options }) {
        const user = this.user(who);
        return { answer: await this.send(build.conversationEvent(this.world, user, this.place(where, user), event), options) };
    }

    // Clicks an action of a card as this person sees it. action: verb, title, id or a predicate.
    // old: a client that knows no Action.Execute and takes the fallback. checked: false sends what
    // the client would have refused. data: put over the merged data (a hostile client).
    async click({ message: wish, user: who, action: name, inputs = {}, old = false, checked = true, data, trigger = 'manual', ...options }) {
        const message = this.message(wish), user = this.user(who), card = this.world.card(message, user);
        if (!card) throw new Error(`message ${message.id} has no card`);
        const found = findAction(card, name), action = old && found.type === 'Action.Execute' ? found.fallback : found;
        if (!action?.type) throw new Error(`an old client shows no action ${name}: no fallback`);
        const merged = { ...mergedData(card, action, inputs, checked), ...data };
        if (action.type === 'Action.Execute') return this.execute(message, user, action, merged, trigger, options);
        if (action.type !== 'Action.Submit') throw new Error(`${action.type} does not reach the bot`);
        const special = action.data?.msteams?.type;
        if (special === 'task/fetch') return this.fetchDialog(message, user, merged, options);
        if (special === 'messageBack' || special === 'imBack') return this.talkBack(message, user, action.data.msteams, options);
        const activity = build.submitted(this.world, user, this.placeOf(message), { message, value: merged });
        return { message, activity, answer: await this.send(activity, options) };
    }

    // The card of a right answer is what this person sees from now on, until the next update.
    async execute(message, user, action, data, trigger, options) {
        const value = { action: { type: 'Action.Execute', id: action.id ?? '', verb: action.verb, data }, ...(trigger ? { trigger } : {}) };
        const activity = build.invoked(this.world, user, this.placeOf(message), { name: 'adaptiveCard/action', value, replyToId: message.id });
        const answer = await this.send(activity, options), body = answer.json;
        const card = answer.status === 200 && body?.statusCode === 200 && body.type === CARD ? body.value : undefined;
        if (card) message.views.set(user.id, card);
        return { message, activity, answer, card, said: sentence(body) };
    }

    talkBack(message, user, { type, text, value }, options) {
        const place = this.placeOf(message), id = this.world.newId();
        const activity = build.written(this.world, user, place, { id, text: type === 'imBack' ? value : text ?? '', replyToId: message.id });
        if (type === 'messageBack') activity.value = value;
        return this.send(activity, options).then((answer) => ({ message, activity, answer }));
    }

    async fetchDialog(message, user, data, options = {}) {
        const value = { data, context: { theme: options.theme ?? 'default' } };
        const activity = build.invoked(this.world, user, this.placeOf(message), { name: 'task/fetch', value, replyToId: message.id });
        const answer = await this.send(activity, options);
        return { message, activity, answer, ...this.showDialog(answer, message, user) };
    }

    // What the answer of a dialog invoke puts on the screen: a dialog, a sentence, or nothing.
    showDialog(answer, message, user) {
        const task = answer.json?.task;
        if (task?.type !== 'continue') return { said: task?.value, closed: answer.status === 200 };
        const { card, ...frame } = task.value;
        const dialog = { id: String(this.dialogs.length), message, user, card: card?.content, ...frame };
        this.dialogs.push(dialog);
        return { dialog };
    }

    async openDialog(options) {         // a click that must lead to a dialog
        const result = await this.click(options);
        if (!result.dialog) throw new Error(`no dialog came: ${result.answer.status} ${result.answer.text.slice(0, 300)}`);
        return result;
    }

    // Sends a dialog. replyTo: also name the card's message, which not every client does.
    async submitDialog({ dialog: wish, action: name, inputs = {}, checked = true, data, replyTo = false, ...options }) {
        const dialog = typeof wish === 'object' ? wish : this.dialogs[wish];
        const action = findAction(dialog.card, name ?? ((a) => a.type === 'Action.Submit'));
        if (action.type !== 'Action.Submit') throw new Error(`${action.type} does nothing in a dialog`);
        const value = { data: { ...mergedData(dialog.card, action, inputs, checked), ...data }, context: { theme: 'default' } };
        const activity = build.invoked(this.world, dialog.user, this.placeOf(dialog.message), {
            name: 'task/submit', value, ...(replyTo ? { replyToId: dialog.message.id } : {}),
        });
        const answer = await this.send(activity, options);
        return { message: dialog.message, activity, answer, ...this.showDialog(answer, dialog.message, dialog.user) };
    }

    async feedback({ message: wish, user: who, reaction = 'like', text = '', ...options }) {
        const message = this.message(wish), feedback = JSON.stringify({ feedbackText: text });
        const value = { actionName: 'feedback', actionValue: { reaction, feedback } };
        return this.invoke({ where: this.placeOf(message), user: who, name: 'message/submitAction', value, replyToId: message.id, ...options });
    }

    // Any invoke; name undefined is the old card button.
    async invoke({ where = 'personal', user: who, name, value = {}, replyToId, ...options }) {
        const user = this.user(who);
        const activity = build.invoked(this.world, user, this.place(where, user), { name, value, replyToId });
        return { activity, answer: await this.send(activity, options) };
    }

    // Any activity at all: members are put over a message of this person.
    async raw({ where = 'personal', user: who, type = 'message', members = {}, ...options }) {
        const user = this.user(who);
        const activity = build.activity(this.world, type, user, this.place(where, user), { id: this.world.newId(), ...members });
        return { activity, answer: await this.send(activity, options) };
    }
}

const sentence = (body) => (typeof body?.value === 'string' ? body.value : body?.value?.message);
