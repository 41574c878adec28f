// buckets.mjs - the published limits of the Connector, as sliding windows.
// Source: rate limit page of the Teams documentation; a thread is a chat or a whole channel.
const SEND = [[1, 7], [2, 8], [30, 60], [3600, 1800]];
const ROSTER = [[1, 14], [2, 16], [30, 120], [3600, 3600]];
const TENANT = [[1, 50]];
const OLD_ROSTER = [[60, 5]];
const LIMITS = { send: SEND, create: SEND, roster: ROSTER, tenant: TENANT, oldRoster: OLD_ROSTER };

const GROUP = {
    send: 'send', reply: 'send', update: 'send', delete: 'send', typing: 'send', reaction: 'send', create: 'create',
    members: 'oldRoster', member: 'roster', pagedMembers: 'roster', team: 'roster', channels: 'roster',
};

export class Buckets {
    constructor(now) {
        this.now = now;
        this.times = new Map();         // "group thread" -> times of accepted requests
        this.limits = { ...LIMITS };
    }

    // Seconds to wait, or 0 and the request is counted.
    take(op, thread) {
        const now = this.now(), group = GROUP[op] ?? 'send';
        const places = [[group, `${group} ${thread}`], ['tenant', 'tenant']].map(([limit, name]) => {
            if (!this.times.has(name)) this.times.set(name, []);
            return [this.limits[limit], this.times.get(name)];
        });
        const wait = Math.max(...places.map(([limits, times]) => this.wait(limits, times, now)));
        if (wait > 0) return Math.ceil(wait / 1000);
        for (const [limits, times] of places) {
            times.push(now);
            const longest = limits.at(-1)[0] * 1000;
            while (times[0] <= now - longest) times.shift();
        }
        return 0;
    }

    wait(limits, times, now) {          // ms until one more fits into every window
        return Math.max(0, ...limits.map(([seconds, count]) => {
            const oldest = times.at(-count);
            return oldest === undefined ? 0 : oldest + seconds * 1000 - now;
        }));
    }
}
