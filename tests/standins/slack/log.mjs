// log.mjs - everything that happened, with times, and waiting for it. Times are unix milliseconds of a
// clock that never steps back.
export const now = () => performance.timeOrigin + performance.now();

// Every timer of the stand-in, so that stopping leaves none behind.
export class Timers {
    constructor() { this.running = new Set(); }

    after(ms, run) {
        const timer = setTimeout(() => { this.running.delete(timer); run(); }, ms);
        this.running.add(timer);
        return timer;
    }

    cancel(timer) {
        clearTimeout(timer);
        this.running.delete(timer);
    }

    clear() {
        for (const timer of this.running) clearTimeout(timer);
        this.running.clear();
    }
}

// A glob over method names: `*` stands for anything.
export function globbed(glob, name) {
    if (!glob || glob === '*') return true;
    const pattern = glob.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*');
    return new RegExp(`^${pattern}$`).test(name);
}

export class Log {
    constructor() {
        this.entries = [];
        this.waiting = new Set();
    }

    // Adds an entry; the entry may be completed later: then call changed().
    add(kind, fields) {
        const entry = { at: now(), kind, ...fields };
        this.entries.push(entry);
        this.changed();
        return entry;
    }

    changed() {
        for (const waiter of [...this.waiting]) waiter();
    }

    of(kind, filter = () => true) {
        return this.entries.filter((entry) => entry.kind === kind && filter(entry));
    }

    // Resolves with what the predicate returns as soon as that is truthy; looks again whenever
    // something happened, never by the clock. Rejects after ms.
    waitFor(predicate, ms = 5000, what = predicate) {
        return new Promise((resolve, reject) => {
            let timer;
            const end = (settle, value) => {
                clearTimeout(timer);
                this.waiting.delete(look);
                settle(value);
            };
            const look = () => {
                try {
                    const value = predicate();
                    if (value) end(resolve, value);
                } catch (error) {
                    end(reject, error);
                }
            };
            timer = setTimeout(() => end(reject, new Error(`not within ${ms} ms: ${what}`)), ms);
            this.waiting.add(look);
            look();
        });
    }

    forget() { this.entries = []; }
}
