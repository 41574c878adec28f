// roster.mjs - who is in a conversation, and which channels a team has.
import { connectorError } from './faults.mjs';
import { json } from './http.mjs';

const OLD_LIMIT = 10000;

const shape = (user, tenantId) => ({
    id: user.id, name: user.name, objectId: user.aadObjectId, aadObjectId: user.aadObjectId, givenName: user.givenName,
    surname: user.surname, email: user.email, userPrincipalName: user.userPrincipalName, tenantId: user.tenantId ?? tenantId, userRole: user.userRole ?? 'user',
});

const all = ({ world, conversation }) => world.members(conversation).map((user) => shape(user, world.options.tenantId));

export const roster = (x) => json(200, all(x).slice(0, OLD_LIMIT));

// pageSize under 50 counts as 50, over 500 as 500; the continuation token is opaque to the caller.
export function paged(x) {
    const size = Math.min(500, Math.max(50, Number(x.query.get('pageSize') ?? 200) || 200));
    const from = Number(Buffer.from(x.query.get('continuationToken') ?? '', 'base64url').toString() || 0);
    const members = all(x), next = from + size;
    const page = { members: members.slice(from, next) };
    if (next < members.length) page.continuationToken = Buffer.from(String(next)).toString('base64url');
    return json(200, page);
}

export function one(x, who) {
    const user = x.world.user(who);
    if (!user || !x.world.members(x.conversation).includes(user)) return connectorError(404, 'MemberNotFoundInConversation', 'Member not found');
    return json(200, shape(user, x.world.options.tenantId));
}

function known(x, id, then) {
    const { world } = x;
    if (id !== world.team.id) return connectorError(404, 'ConversationNotFound', 'Unknown team');
    return world.team.installed ? json(200, then(world))
        : connectorError(403, 'BotNotInConversationRoster', 'The bot is not in the team');
}

export const team = (x, id) => known(x, id, ({ team: { name, aadGroupId } }) => ({ id, name, aadGroupId }));

export const channels = (x, id) => known(x, id, (world) => ({
    conversations: [...world.conversations.values()].filter((c) => c.type === 'channel')
        .map((c) => ({ id: c.id, name: c.id === id ? null : c.name })),
}));
