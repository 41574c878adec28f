// events.mjs - which changes in the workspace become events for the app, and the shape of what is sent.
import { randomBytes } from 'node:crypto';
import { now } from './log.mjs';

export const SUBSCRIBED = ['app_home_opened', 'app_mention', 'message.channels', 'message.groups', 'message.im',
    'app_uninstalled', 'tokens_revoked', 'member_joined_channel', 'member_left_channel', 'channel_archive',
    'channel_unarchive', 'channel_deleted', 'channel_left', 'channel_rename', 'user_change', 'team_join'];

const channelType = (channel) => (channel.is_im ? 'im' : channel.is_private ? 'group' : 'channel');

export class Events {
    constructor(s, options) {
        this.s = s;
        this.subscribed = options.events ?? SUBSCRIBED;
        this.count = 0;
        this.told = [];
        s.workspace.heard = (event, channel) => this.message(event, channel);
    }

    outer(event) {
        const { team, app, bot } = this.s.workspace;
        this.count++;
        return {
            token: 'verification-is-deprecated', team_id: team.id, context_team_id: team.id, context_enterprise_id: team.enterprise_id ?? null,
            api_app_id: app.id, event, type: 'event_callback',
            event_id: `Ev${randomBytes(4).toString('hex').toUpperCase()}${String(this.count).padStart(4, '0')}`,
            event_time: Math.floor(now() / 1000),
            authorizations: [{ enterprise_id: team.enterprise_id ?? null, team_id: team.id, user_id: bot.id, is_bot: true, is_enterprise_install: false }],
            is_ext_shared_channel: false, event_context: `4-${randomBytes(12).toString('hex')}`,
        };
    }

    // Sends an event, subscribed or not; special is what envelopes.mjs may do to it.
    send(event, special) {
        const full = { event_ts: this.s.workspace.ts(), ...event };
        return this.s.envelopes.deliver('events_api', this.outer(full), { special });
    }

    tell(event) {
        return this.subscribed.includes(event.type) ? this.send(event) : null;
    }

    // Messages reach the app only where the bot is a member, its own ones too.
    message(event, channel) {
        const { workspace } = this.s;
        this.told = [];
        if (!workspace.hasBot(channel)) return;
        const kind = channelType(channel);
        const full = { event_ts: event.ts, ...event, channel_type: kind };
        if (full.subtype === 'tombstone') return;
        const told = [];
        if (this.subscribed.includes(`message.${kind}s`) || (kind === 'im' && this.subscribed.includes('message.im'))) {
            told.push(this.send(structuredClone(full)));
        }
        const mention = !event.subtype && event.user !== workspace.bot.id && kind !== 'im'
            && event.text?.includes(`<@${workspace.bot.id}>`);
        if (mention && this.subscribed.includes('app_mention')) {
            const { channel_type: dropped, ...rest } = full;
            told.push(this.send({ ...structuredClone(rest), type: 'app_mention' }));
        }
        this.told = told;
    }

    // The envelopes that the last change in the workspace made.
    takeTold() {
        const told = this.told;
        this.told = [];
        return told;
    }
}
