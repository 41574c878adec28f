// web_api.mjs - the way into every Web API method: arguments, token, scopes, the shape of answers.
import { SlackError } from './errors.mjs';
import chat from './methods_chat.mjs';
import conversations from './methods_conversations.mjs';
import people from './methods_people.mjs';
import views from './methods_views.mjs';

// Each method: { scope: name | (args, s) => name | [names, one of them], run(args, s) } and perhaps token: 'app'.
export const METHODS = { ...chat, ...conversations, ...people, ...views };

function checkToken(s, method, { token, inHeader }) {
    const wantsApp = method.token === 'app';
    if (!token) throw new SlackError(wantsApp ? 'missing_args' : 'not_authed');
    if (s.revoked.has(token)) throw new SlackError(s.revoked.get(token));
    const isApp = token === s.appToken, isBot = token === s.botToken;
    if (!isApp && !isBot) throw new SlackError('invalid_auth');
    if (wantsApp !== isApp) throw new SlackError('not_allowed_token_type');
    if (wantsApp && !inHeader) throw new SlackError('missing_args');
}

const scopesOf = (s, method, args) => [].concat(typeof method.scope === 'function' ? method.scope(args, s) : method.scope ?? []);

function checkScopes(s, method, args) {
    const granted = method.token === 'app' ? s.appScopes : s.scopes;
    const accepted = scopesOf(s, method, args);
    if (accepted.length && !accepted.some((scope) => granted.includes(scope))) {
        throw new SlackError('missing_scope', { needed: accepted.join(','), provided: granted.join(',') });
    }
}

// Does one call. Returns the answer's body; never throws for what a caller may do wrong.
export async function perform(s, name, call) {
    const method = METHODS[name];
    try {
        if (call.refused) throw call.refused;
        if (!method) throw new SlackError('unknown_method', { req_method: name });
        if (method.postOnly && call.verb !== 'POST') throw new SlackError('insecure_request');
        checkToken(s, method, call);
        checkScopes(s, method, call.args);
        const answer = { ok: true, ...await method.run(call.args, s) };
        const warnings = [call.warning, answer.warning].filter(Boolean);
        if (warnings.length) {
            answer.warning = warnings.join(',');
            answer.response_metadata = { ...answer.response_metadata, warnings };
        }
        return answer;
    } catch (error) {
        if (!(error instanceof SlackError)) throw error;
        return { ok: false, error: error.code, ...error.extra };
    }
}

export function scopeHeaders(s, name, args) {
    const method = METHODS[name];
    if (!method) return {};
    const headers = { 'x-oauth-scopes': (method.token === 'app' ? s.appScopes : s.scopes).join(',') };
    try {
        headers['x-accepted-oauth-scopes'] = scopesOf(s, method, args).join(',');
    } catch { /* the channel that decides about the scope is not there: nothing to tell */ }
    return headers;
}
