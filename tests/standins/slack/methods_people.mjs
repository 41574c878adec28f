// methods_people.mjs - auth.test, apps.connections.open, users.*, usergroups.*.
import { SlackError } from './errors.mjs';
import { required, yes, page } from './arguments.mjs';

function test(args, s) {
    const { team, bot, app } = s.workspace;
    return {
        url: `https://${team.domain}.slack.com/`, team: team.name, user: bot.name, team_id: team.id, user_id: bot.id,
        bot_id: bot.profile.bot_id, app_id: app.id, app_name: app.name, is_enterprise_install: false,
        ...(team.enterprise_id ? { enterprise_id: team.enterprise_id } : {}),
    };
}

function connect(args, s) {
    return { url: s.sockets.ticketUrl() };
}

// Mail addresses are seen only with their own scope.
function shown(user, s) {
    const copy = structuredClone(user);
    if (!s.scopes.includes('users:read.email')) delete copy.profile.email;
    return copy;
}

function info(args, s) {
    required(args, 'user');
    const user = s.workspace.users.get(args.user);
    if (!user) throw new SlackError('user_not_found');
    return { user: shown(user, s) };
}

function lookup(args, s) {
    required(args, 'email');
    const wanted = args.email.toLowerCase();
    const user = [...s.workspace.users.values()].find((one) => !one.deleted && one.profile.email?.toLowerCase() === wanted);
    if (!user) throw new SlackError('users_not_found');
    return { user: shown(user, s) };
}

function list(args, s) {
    const { items, next } = page([...s.workspace.users.values()], args, 1000, 200);
    return { members: items.map((user) => shown(user, s)), cache_ts: Math.floor(Date.now() / 1000), response_metadata: { next_cursor: next } };
}

function groups(args, s) {
    return { usergroups: s.workspace.usergroups.map(({ users, ...group }) => ({ ...group, ...(yes(args.include_users) ? { users } : {}) })) };
}

function groupUsers(args, s) {
    required(args, 'usergroup');
    const group = s.workspace.usergroups.find((one) => one.id === args.usergroup);
    if (!group) throw new SlackError('no_such_subteam');
    return { users: group.users };
}

export default {
    'auth.test': { run: test },
    'apps.connections.open': { token: 'app', scope: 'connections:write', postOnly: true, run: connect },
    'users.info': { scope: 'users:read', run: info },
    'users.lookupByEmail': { scope: 'users:read.email', run: lookup },
    'users.list': { scope: 'users:read', run: list },
    'usergroups.list': { scope: 'usergroups:read', run: groups },
    'usergroups.users.list': { scope: 'usergroups:read', run: groupUsers },
};
