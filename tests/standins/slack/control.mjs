// control.mjs - the verbs over HTTP, for programs that cannot import this. POST /control/<verb> with a JSON object;
// GET /control/<what> shows state. With "wait": false the answer does not wait for acknowledgements.
import { CannotDo, SlackError } from './errors.mjs';
import { globbed } from './log.mjs';

const plain = (entry) => (entry.envelope ? { ...entry, envelope: brief(entry.envelope) } : entry);

function brief({ envelope_id: id, type, payload, acked_at: at, ack_delay_ms: delay, ack_payload: ack, given_up: lost, deliveries, acks }) {
    return {
        envelope_id: id, type, kind: payload?.event?.type ?? payload?.type, event_id: payload?.event_id,
        acked: at !== null, ack_delay_ms: delay, ack_payload: ack, lost, deliveries, acks: acks.length,
    };
}

// Tests of a filter: field=value, method may be a glob, channel a name.
function matching(s, query) {
    const { kind, after, ...fields } = Object.fromEntries(query);
    return (entry) => (!kind || entry.kind === kind) && (!after || entry.at > Number(after))
        && Object.entries(fields).every(([name, value]) => (name === 'method' ? globbed(value, entry.method ?? '')
            : String(entry[name] ?? entry.args?.[name]) === value));
}

function channelShown(s, query) {
    const channel = s.workspace.channel(query.get('channel') ?? 'triage');
    return { ...s.workspace.shown(channel), members: [...channel.members], messages: [...channel.messages.values()] };
}

const SHOW = {
    log: (s, query) => ({ entries: s.log.entries.filter(matching(s, query)).map(plain) }),
    calls: (s, query) => ({ calls: s.log.of('call').filter(matching(s, query)) }),
    sockets: (s) => ({ sockets: s.sockets.all, open: s.sockets.open().length, longest_gap_ms: s.longestGap() }),
    envelopes: (s) => ({ envelopes: s.envelopes.all.map(brief) }),
    problems: (s) => ({ problems: s.problems() }),
    channel: channelShown,
    channels: (s) => ({ channels: [...s.workspace.channels.values()].map((channel) => s.workspace.shown(channel)) }),
    users: (s) => ({ users: [...s.workspace.users.values()] }),
    person: (s, query) => s.do('look', { user: query.get('user') ?? 'omar' }),
    urls: (s) => s.urls(),
};

// { what: 'calls' | 'sockets' | 'acks' | 'messages' | 'ephemerals' | 'views', count, ms, where: {field: value} }
const COUNTED = {
    calls: (s, filter) => s.log.of('call', (entry) => entry.answered_at && filter(entry)).length,
    sockets: (s) => s.sockets.ready().length,
    acks: (s, filter) => s.log.of('ack', filter).length,
    messages: (s, filter) => s.log.of('message', filter).length,
    ephemerals: (s, filter) => s.log.of('ephemeral', filter).length,
    views: (s, filter) => s.log.of('view', filter).length,
};

async function waited(s, { what = 'calls', count = 1, ms = 5000, where = {} }) {
    const counted = COUNTED[what];
    if (!counted) throw new CannotDo(`cannot wait for ${what}`);
    const filter = matching(s, Object.entries(where));
    await s.waitFor(() => counted(s, filter) >= count, ms, `${count} ${what}`);
    return { count: counted(s, filter) };
}

async function told(result, wait) {
    const { envelope, envelopes = [], after, ...rest } = result;
    if (wait) await Promise.all(envelopes.map((one) => one.done));
    const seen = after && wait ? { after: await after } : {};
    return { ok: true, ...rest, ...seen, envelopes: envelopes.map(brief) };
}

async function act(s, verb, body) {
    const { wait = true, ...args } = body ? JSON.parse(body) : {};
    if (verb === 'wait') return { ok: true, ...await waited(s, args) };
    if (verb === 'forget') {
        s.forget();
        return { ok: true };
    }
    return told(await s.do(verb, args), wait);
}

export async function control(s, method, url, body) {
    const verb = url.pathname.slice('/control'.length).replace(/^\//, '');
    try {
        if (method === 'POST') return { status: 200, body: await act(s, verb, body) };
        if (!Object.hasOwn(SHOW, verb)) throw new CannotDo(`GET shows ${Object.keys(SHOW).join(' ')}`);
        return { status: 200, body: { ok: true, ...SHOW[verb](s, url.searchParams) } };
    } catch (error) {
        const wish = error instanceof CannotDo || error instanceof SlackError || error instanceof SyntaxError;
        return { status: wish ? 409 : 500, body: { ok: false, error: error.message } };
    }
}
