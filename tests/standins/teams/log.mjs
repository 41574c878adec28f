// log.mjs - everything that happened, with times, and waiting for it without polling.
// An entry is added when something begins and changed when it ends; both wake the waiters.
export class Log {
    constructor(now = Date.now) {
        this.now = now;
        this.entries = [];
        this.waiters = new Set();
    }

    add(entry) {
        const full = { n: this.entries.length, at: this.now(), ...entry };
        this.entries.push(full);
        this.wake(full);
        return full;
    }

    change(entry, more) {
        Object.assign(entry, more, { changed: this.now() });
        this.wake(entry);
        return entry;
    }

    wake(entry) {
        for (const waiter of [...this.waiters]) waiter(entry);
    }

    mark() {                            // a place in the log, for `from`
        return this.entries.length;
    }

    filter(predicate, from = 0) {
        return this.entries.slice(from).filter(predicate);
    }

    // The first entry (at or after `from`) that the predicate accepts, now or later. Rejects after ms.
    waitFor(predicate, ms = 5000, from = 0) {
        const found = this.entries.slice(from).find(predicate);
        if (found) return Promise.resolve(found);
        return new Promise((resolve, reject) => {
            const done = (settle, value) => {
                clearTimeout(timer);
                this.waiters.delete(waiter);
                settle(value);
            };
            const waiter = (entry) => {
                if (entry.n >= from && predicate(entry)) done(resolve, entry);
            };
            const timer = setTimeout(() => done(reject, new Error(
                `nothing within ${ms} ms for ${predicate}; last: ${this.tail()}`)), ms);
            this.waiters.add(waiter);
        });
    }

    tail(count = 3) {
        return JSON.stringify(this.entries.slice(-count)).slice(0, 1500);
    }
}

// True when every member of `part` is in `whole` with the same value, at any depth.
export function matches(whole, part) {
    if (part === null || typeof part !== 'object') return whole === part;
    if (whole === null || typeof whole !== 'object') return false;
    return Object.entries(part).every(([name, value]) => matches(whole[name], value));
}
