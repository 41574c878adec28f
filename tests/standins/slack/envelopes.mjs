// envelopes.mjs - what Slack sends through the sockets: to one of them each, acknowledged or not, again if not.
import { randomUUID } from 'node:crypto';
import { now } from './log.mjs';

const RETRIES = 3;

export class Envelopes {
    constructor(s, options) {
        this.s = s;
        this.ackMs = options.ackMs ?? 3000;
        this.redeliverMs = options.redeliverMs ?? [1000, 60000, 300000];
        this.sameEnvelopeId = options.sameEnvelopeId ?? false;
        this.spread = options.spread ?? 'round';        // round, newest, oldest, random
        this.turn = 0;
        this.next = {};                                 // what happens to the next envelope: fragments, duplicates, pad
        this.all = [];
        this.byId = new Map();
        s.sockets.onFrame = (socket, text) => this.receive(socket, text);
    }

    // accepts: whether an acknowledgement may carry a payload. Events come again, the rest does not.
    deliver(type, payload, { accepts = type !== 'events_api', again = type === 'events_api', special = {} } = {}) {
        const envelope = {
            envelope_id: randomUUID(), type, payload, accepts, again, deliveries: [], acks: [], acked_at: null,
            ack_delay_ms: null, ack_payload: undefined, given_up: false,
        };
        let settle;
        Object.defineProperty(envelope, 'done', { value: new Promise((resolve) => { settle = resolve; }) });
        Object.defineProperty(envelope, 'settle', { value: settle });
        this.all.push(envelope);
        const how = { ...this.next, ...special };
        this.next = {};
        this.s.log.add('envelope', { envelope });
        this.attempt(envelope, 0, how);
        return envelope;
    }

    // Sockets that were told to go get something only when there are no others.
    socketFor() {
        const { sockets } = this.s;
        const ready = sockets.ready();
        const staying = ready.filter((socket) => !socket.goodbye);
        const choice = [...(staying.length ? staying : ready)];
        if (sockets.ghostsListen) choice.push(...Array(sockets.ghosts).fill(null));
        if (!choice.length) return null;
        if (this.spread === 'newest') return choice.at(-1);
        if (this.spread === 'oldest') return choice[0];
        if (this.spread === 'random') return choice[Math.floor(Math.random() * choice.length)];
        return choice[this.turn++ % choice.length];
    }

    frameOf(envelope, attempt, how) {
        const id = attempt === 0 || this.sameEnvelopeId ? envelope.envelope_id : randomUUID();
        this.byId.set(id, envelope);
        return {
            envelope_id: id, payload: how.pad ? { ...envelope.payload, padding: 'x'.repeat(how.pad) } : envelope.payload,
            type: envelope.type, accepts_response_payload: envelope.accepts,
            ...(envelope.again ? { retry_attempt: attempt, retry_reason: attempt ? 'timeout' : '' } : {}),
        };
    }

    attempt(envelope, attempt, how = {}) {
        const frame = this.frameOf(envelope, attempt, how);
        const socket = how.socket ?? this.socketFor();
        const sent = how.broken ? JSON.stringify(frame).replace('{', '{"broken":1,"broken":2,') : frame;
        const handed = socket !== null && this.s.sockets.send(socket, sent, how);
        const delivery = { at: now(), socket: socket?.id ?? null, attempt, envelope_id: frame.envelope_id, handed };
        envelope.deliveries.push(delivery);
        this.s.log.changed();
        for (let i = 0; i < (how.duplicates ?? 0) && socket; i++) this.s.sockets.send(socket, frame, how);
        const nobody = socket === null && !this.s.sockets.ghosts;
        this.s.timers.after(nobody ? 0 : this.ackMs, () => this.overdue(envelope, attempt));
    }

    overdue(envelope, attempt) {
        if (envelope.acked_at !== null) return;
        if (envelope.again && attempt < RETRIES) {
            this.s.timers.after(this.redeliverMs[attempt] ?? 1000, () => {
                if (envelope.acked_at === null) this.attempt(envelope, attempt + 1);
            });
            return;
        }
        envelope.given_up = true;
        envelope.settle(null);
        this.s.log.add('lost', { envelope_id: envelope.envelope_id, type: envelope.type });
    }

    problem(text, socket) { this.s.log.add('problem', { text, socket: socket.id }); }

    receive(socket, text) {
        let frame;
        try {
            frame = JSON.parse(text);
        } catch { /* told below */ }
        if (text === null || frame === null || typeof frame !== 'object') return this.problem('a frame that is no JSON object', socket);
        const envelope = this.byId.get(frame.envelope_id);
        if (!envelope) return this.problem('an acknowledgement of an unknown envelope', socket);
        return this.acknowledge(envelope, frame, socket);
    }

    acknowledge(envelope, { envelope_id: id, payload, ...more }, socket) {
        const said = payload !== undefined && Object.keys(payload ?? {}).length > 0;
        if (Object.keys(more).length) this.problem('an acknowledgement with fields that are not known', socket);
        if (said && !envelope.accepts) this.problem('a payload in an acknowledgement that takes none', socket);
        const sent = envelope.deliveries.find((delivery) => delivery.envelope_id === id);
        const ack = { at: now(), socket: socket.id, envelope_id: id, delay_ms: now() - sent.at, payload };
        envelope.acks.push(ack);
        this.s.log.add('ack', { ...ack, type: envelope.type, again: envelope.acks.length > 1 });
        if (envelope.acked_at !== null || envelope.given_up) return;
        Object.assign(envelope, { acked_at: ack.at, ack_delay_ms: ack.delay_ms, ack_payload: payload });
        envelope.settle(ack);
    }

    // Drops what is settled, for long runs.
    forget() {
        this.all = this.all.filter((envelope) => envelope.acked_at === null && !envelope.given_up);
        for (const [id, envelope] of this.byId) if (!this.all.includes(envelope)) this.byId.delete(id);
    }

    // What is sent to sockets as it is.
    raw(frame, { socket = 'newest', ...how } = {}) {
        return this.s.sockets.choose(socket).map((one) => this.s.sockets.send(one, frame, how));
    }
}
