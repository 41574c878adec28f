// activities.mjs - activities as Teams builds them; who, where and what come from the caller.
// A place: { conversation (of the world), root } - root only in threads of a channel.
import { newEventId } from './world.mjs';

const PLATFORM = 'Windows', LOCALE = 'en-US';

function conversationOf(world, { conversation, root }) {
    const tenantId = world.options.tenantId;
    if (conversation.type === 'channel') {
        const id = root ? `${conversation.id};messageid=${root}` : conversation.id;
        return { isGroup: true, conversationType: 'channel', tenantId, id };
    }
    if (conversation.type === 'groupChat') {
        return { isGroup: true, conversationType: 'groupChat', tenantId, id: conversation.id };
    }
    return { conversationType: 'personal', tenantId, id: conversation.id };
}

// In the General channel the id is the team's and the name is null.
function channelDataOf(world, { conversation }) {
    const tenant = { id: world.options.tenantId };
    if (conversation.type !== 'channel') return { tenant };
    const { id, name, aadGroupId } = world.team;
    const channel = { id: conversation.id, name: conversation.id === id ? null : conversation.name };
    return { teamsTeamId: id, teamsChannelId: conversation.id, team: { id, name, aadGroupId }, channel, tenant };
}

export function activity(world, type, user, place, more = {}) {
    const now = new Date(world.log.now()), { channelData, entities = [], ...rest } = more;
    return {
        type, id: newEventId(), timestamp: now.toISOString(), localTimestamp: now.toISOString().replace('Z', '+00:00'),
        localTimezone: 'Europe/London', serviceUrl: world.serviceUrl, channelId: 'msteams',
        from: { id: user.id, name: user.name, aadObjectId: user.aadObjectId },
        conversation: conversationOf(world, place), recipient: world.bot,
        entities: [{ locale: LOCALE, country: 'GB', platform: PLATFORM, timezone: 'Europe/London', type: 'clientInfo' }, ...entities],
        channelData: { ...channelDataOf(world, place), ...channelData }, locale: LOCALE, ...rest,
    };
}

export const mentionOf = (account) => ({
    type: 'mention', mentioned: { id: account.id, name: account.name }, text: `<at>${account.name}</at>`,
});

const escaped = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

// A typed message: plain text, and the same as HTML in an attachment, as the Teams client sends it.
export function written(world, user, place, { id, text, mentions = [], ...more }) {
    const at = mentions.map((account) => `<at>${account.name}</at>`).join(' ');
    const span = (account, i) => `<span itemtype="http://schema.skype.com/Mention" itemid="${i}">${escaped(account.name)}</span>`;
    const html = mentions.map(span).join(' ');
    return activity(world, 'message', user, place, {
        id, text: at ? `${at} ${text}` : text, textFormat: 'plain',
        attachments: [{ contentType: 'text/html', content: `<p>${html}${html ? '&nbsp;' : ''}${escaped(text)}</p>` }],
        entities: mentions.map(mentionOf), ...more,
    });
}

// A click on a card as message: no text, data in value, the card's message in replyToId.
export const submitted = (world, user, place, { message, value, ...more }) => activity(world, 'message', user, place, {
    id: world.newId(), value, replyToId: message.id,
    channelData: { source: { name: 'message' }, legacy: { replyToId: message.id } }, ...more,
});

export const invoked = (world, user, place, { name, value, ...more }) => activity(world, 'invoke', user, place, {
    name, value, channelData: { source: { name: 'message' } }, ...more,
});

export const installation = (world, user, place, action) => activity(world, 'installationUpdate', user, place, {
    action, channelData: { settings: { selectedChannel: { id: place.conversation.id } }, source: { name: 'message' } },
});

export function membership(world, user, place, added, accounts) {
    const team = place.conversation.type === 'channel';
    const eventType = team ? (added ? 'teamMemberAdded' : 'teamMemberRemoved') : undefined;
    return activity(world, 'conversationUpdate', user, place, {
        [added ? 'membersAdded' : 'membersRemoved']: accounts, channelData: eventType ? { eventType } : {},
    });
}

export const conversationEvent = (world, user, place, eventType) => activity(world, 'conversationUpdate', user, place, { channelData: { eventType } });
