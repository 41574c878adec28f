// checks.mjs - named checks with a time limit, some at a time, one line each and a sum at the end.
// A check fails by throwing; it knows nothing of the others.
export class Checks {
    constructor({ only = process.env.ONLY ?? '', atOnce = 6 } = {}) {
        this.all = [];
        this.only = only;
        this.atOnce = atOnce;
        this.passed = 0;
        this.failed = 0;
    }

    // options: seconds (limit, 20), alone (nothing else runs beside it), known (a gap we live with)
    add(name, run, options = {}) {
        this.all.push({ name, run, ...options });
    }

    async one({ name, run, seconds = 20, known }) {
        let timer, problem = '';
        const late = new Promise((_, fail) => {
            timer = setTimeout(() => fail(new Error(`no result within ${seconds} s`)), seconds * 1000);
        });
        try {
            await Promise.race([run(), late]);
        } catch (error) {
            problem = error?.message ?? String(error);
            if (process.env.TRACE && error?.stack) problem += `\n${error.stack}`;
        }
        clearTimeout(timer);
        if (problem && known) {
            console.log(`known ${name}: ${known} (${problem})`);
            this.passed++;
        } else if (problem) {
            console.log(`FAIL ${name}: ${problem}`);
            this.failed++;
        } else {
            console.log(`ok ${name}`);
            this.passed++;
        }
    }

    async run() {
        const chosen = this.all.filter((c) => c.name.includes(this.only));
        const waiting = chosen.filter((c) => !c.alone).sort((a, b) => (b.seconds ?? 20) - (a.seconds ?? 20));
        const quick = waiting.filter((c) => (c.seconds ?? 20) <= 20);
        const slow = waiting.filter((c) => (c.seconds ?? 20) > 20).map((c) => this.one(c));
        const worker = async () => { while (quick.length) await this.one(quick.shift()); };
        await Promise.all(Array.from({ length: this.atOnce }, worker));
        await Promise.all(slow);
        for (const check of chosen.filter((c) => c.alone)) await this.one(check);
    }

    finish() {
        console.log(`${this.passed} passed, ${this.failed} failed`);
        return this.failed ? 1 : 0;
    }
}

export function that(condition, text) {
    if (!condition) throw new Error(text);
}

// Members in any order; lists in theirs.
function ordered(value) {
    if (Array.isArray(value)) return value.map(ordered);
    if (!value || typeof value !== 'object') return value;
    return Object.fromEntries(Object.keys(value).sort().map((name) => [name, ordered(value[name])]));
}

export function same(got, wanted, what) {
    const a = JSON.stringify(ordered(got)), b = JSON.stringify(ordered(wanted));
    if (a !== b) throw new Error(`${what}: got ${a?.slice(0, 300)}, wanted ${b?.slice(0, 300)}`);
}
