// trouble.mjs - what goes wrong on purpose: faults of HTTP answers and of sockets, as verbs like those of people.
const each = (s, { socket = 'newest' }, run) => {
    const chosen = s.sockets.choose(socket);
    chosen.forEach(run);
    return { sockets: chosen.map((one) => one.id), envelopes: [] };
};

function fault(s, args) { return { fault: s.faults.add(args), envelopes: [] }; }

function clearFaults(s, { method } = {}) {
    s.faults.clear(method);
    if (!method) Object.assign(s.sockets, { ghosts: 0, ghostsListen: false, future: [] });
    return { envelopes: [] };
}

// { socket, pings, pongs, all }
function mute(s, { socket, ...what }) { return each(s, { socket }, (one) => s.sockets.mute(one, what)); }
function halfOpen(s, args) { return each(s, args, (one) => s.sockets.halfOpen(one)); }
function disconnect(s, args) { return each(s, args, (one) => s.sockets.goodbye(one, args.reason ?? 'refresh_requested', args.close_after_ms)); }
function closeSocket(s, args) { return each(s, args, (one) => s.sockets.close(one, args.code, args.reason)); }
function resetSocket(s, args) { return each(s, args, (one) => s.sockets.reset(one)); }
function expire(s, args) { return each(s, args, (one) => s.sockets.expire(one)); }

// What the next sockets meet: { mute, half_open, no_hello, reason, code }
function future(s, args) {
    s.sockets.future.push(args);
    return { envelopes: [] };
}

// { count, listen }: registrations that nobody holds; hello counts them.
function ghosts(s, { count = 0, listen = false }) {
    Object.assign(s.sockets, { ghosts: count, ghostsListen: listen });
    return { envelopes: [] };
}

// What happens to the next envelope: { fragments, duplicates, pad: bytes more, broken: a member stands twice }
function next(s, args) {
    Object.assign(s.envelopes.next, args);
    return { envelopes: [] };
}

// A frame as it is: { text | base64 (binary) | json, fragments, socket }
function frame(s, { text, base64, json, ...how }) {
    const bytes = base64 !== undefined ? Buffer.from(base64, 'base64') : json ?? text ?? 'UNAUTHENTICATED: cache_error';
    return { sent: s.envelopes.raw(bytes, how), envelopes: [] };
}

const one = (envelope) => ({ envelope, envelopes: [envelope] });

function unknownType(s, { type = 'not_yet_invented' }) { return one(s.envelopes.deliver(type, { anything: true }, { accepts: false })); }

function withoutEvent(s) {
    return one(s.envelopes.deliver('events_api', {
        type: 'app_rate_limited', team_id: s.workspace.team.id, minute_rate_limited: 1518467820, api_app_id: s.workspace.app.id, token: 'x',
    }));
}

// An event that is 1 MiB long.
function big(s, { bytes = 1 << 20 }) {
    return one(s.events.send({ type: 'message', channel: s.workspace.channel('triage').id, user: s.workspace.user('omar').id,
        text: 'x'.repeat(bytes), ts: s.workspace.ts(), channel_type: 'channel' }));
}

// Any event, as given.
function event(s, { event: fields, special }) { return one(s.events.send(fields, special)); }

// An event that was delivered comes once more, with the same event_id; the envelope_id may be the same too.
function repeat(s, { event_id: id, same_envelope: same = false }) {
    const old = s.envelopes.all.findLast((envelope) => envelope.type === 'events_api' && (!id || envelope.payload.event_id === id));
    if (!same) return one(s.envelopes.deliver('events_api', old.payload));
    s.envelopes.attempt(old, 0);
    return one(old);
}

export default {
    fault, clear_faults: clearFaults, mute, half_open: halfOpen, disconnect, close_socket: closeSocket,
    reset_socket: resetSocket, expire, future, ghosts, next, frame, unknown_type: unknownType,
    without_event: withoutEvent, big, event, repeat,
};
