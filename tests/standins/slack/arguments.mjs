// arguments.mjs - what a call brings along, in each of the ways it may come, and the pages of its answer.
import { SlackError } from './errors.mjs';

// Arguments that hold JSON, with the error told when it is none.
const NESTED = {
    blocks: 'invalid_blocks_format', attachments: 'invalid_attachments_format', metadata: 'invalid_metadata_format',
    view: 'invalid_arguments',
};

function unpack(args) {
    for (const [name, error] of Object.entries(NESTED)) {
        if (typeof args[name] !== 'string') continue;
        try {
            args[name] = JSON.parse(args[name]);
        } catch {
            throw new SlackError(error);
        }
    }
    return args;
}

function fromJson(body) {
    let args;
    try {
        args = JSON.parse(body || '{}');
    } catch {
        throw new SlackError('invalid_json');
    }
    if (args === null || typeof args !== 'object' || Array.isArray(args)) throw new SlackError('json_not_object');
    return args;
}

// Both ways a body may come; also says what Slack would warn of.
export function readArguments({ verb, type, query, body }) {
    const fromQuery = Object.fromEntries(query);
    if (verb === 'GET') return { args: unpack(fromQuery), form: 'query' };
    const [media, charset] = type.toLowerCase().split(';').map((part) => part.trim());
    if (media === 'application/json') {
        const args = { ...fromQuery, ...fromJson(body) };
        return { args: unpack(args), form: 'json', warning: charset ? undefined : 'missing_charset' };
    }
    if (media === 'application/x-www-form-urlencoded') {
        const args = { ...fromQuery, ...Object.fromEntries(new URLSearchParams(body)) };
        return { args: unpack(args), form: 'form', warning: charset ? 'superfluous_charset' : undefined };
    }
    if (!media && !body) return { args: unpack(fromQuery), form: 'none' };
    throw new SlackError(media ? 'invalid_post_type' : 'missing_post_type');
}

export const yes = (value) => value === true || value === 'true' || value === '1' || value === 1;

export function required(args, ...names) {
    const missing = names.filter((name) => args[name] === undefined || args[name] === '');
    if (missing.length) {
        throw new SlackError('invalid_arguments', {
            response_metadata: { messages: missing.map((name) => `[ERROR] missing required field: ${name}`) },
        });
    }
}

export function tokenOf(header, args) {
    const [, bearer] = /^Bearer\s+(\S+)$/i.exec(header ?? '') ?? [];
    return { token: bearer ?? args.token, inHeader: bearer !== undefined };
}

// One page of a list. The cursor says where the next one begins; an empty one is the end.
export function page(list, { cursor, limit }, most, usual = most) {
    let from = 0;
    if (cursor) {
        const found = /^from:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString());
        if (!found) throw new SlackError('invalid_cursor');
        from = Number(found[1]);
    }
    const size = Math.min(most, Math.max(1, Number(limit) || usual));
    const next = from + size < list.length ? Buffer.from(`from:${from + size}`).toString('base64') : '';
    return { items: list.slice(from, from + size), next, more: next !== '' };
}
