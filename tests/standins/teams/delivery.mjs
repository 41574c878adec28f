// delivery.mjs - signs activities as the Connector does and posts them to the bot, with the repeats
// of Teams: the same id when the answer takes too long, later a new id and time (invokes).
import http from 'node:http';
import { readBody } from './http.mjs';
import { newEventId } from './world.mjs';

const TIMEOUT_MS = 30000, ENOUGH = 250;

// Whether one of these came within the time, with a status that counts.
function answered(sent, ms, unanswered) {
    return new Promise((resolve) => {
        const timer = setTimeout(() => resolve(false), ms);
        for (const one of sent) {
            one.then(({ status }) => {
                if (!status || unanswered.includes(status)) return;
                clearTimeout(timer);
                resolve(true);
            });
        }
    });
}

function readJson(text) {
    try { return JSON.parse(text); } catch { return undefined; }
}

export class Delivery {
    constructor({ log, keys, options }) {
        Object.assign(this, { log, keys, options });
        this.agent = new http.Agent({ keepAlive: true, maxSockets: ENOUGH });
        // What Teams does on its own. same: repeats with the same id when no answer came within
        // sameAfterMs; fresh: repeats with new id and time when none of these was answered either.
        // unanswered: statuses that count as no answer, such as 501 and 502.
        this.policy = { same: 0, sameAfterMs: 15000, fresh: 0, freshAfterMs: 30000, unanswered: [] };
        this.tokens = new Map();
    }

    stop() { this.agent.destroy(); }

    // A right token is used for a while, as the Connector does; any wish makes a new one.
    authorization(activity, wishes) {
        if (wishes.authorization !== undefined) return wishes.authorization;
        if (wishes.token) {
            return `Bearer ${typeof wishes.token === 'string' ? wishes.token : this.token(activity, wishes.token)}`;
        }
        const name = `${activity.serviceUrl} ${this.keys.current.kid} ${Math.floor(this.log.now() / 300000)}`;
        if (!this.tokens.has(name)) this.tokens.set(name, this.token(activity, {}));
        return `Bearer ${this.tokens.get(name)}`;
    }

    token(activity, wishes) {
        return this.keys.token({ serviceUrl: activity.serviceUrl, appId: this.options.appId, ...wishes });
    }

    // One POST. wishes: token (text, or parts for Keys.token), authorization (whole header; null for
    // none), headers, body (text in place of the activity), url, method, timeoutMs.
    // Never rejects: an answer has status 0 and `error` when none came.
    async post(activity, wishes = {}) {
        const body = Buffer.from(wishes.body ?? JSON.stringify(activity));
        const authorization = this.authorization(activity, wishes), url = wishes.url ?? this.options.botUrl;
        const headers = {
            'Content-Type': 'application/json; charset=utf-8', 'User-Agent': 'Microsoft-SkypeBotApi (Microsoft-BotFramework/3.0)',
            'Content-Length': body.length, ...(authorization === null ? {} : { Authorization: authorization }), ...wishes.headers,
        };
        const entry = this.log.add({ kind: 'delivery', type: activity.type, name: activity.name, id: activity.id, activity });
        const begun = performance.now();
        const request = { method: wishes.method ?? 'POST', headers, agent: this.agent };
        let answer = await this.exchange(url, request, body, wishes.timeoutMs);
        // The bot may end a kept connection at the moment when it is used again: no fault of anybody.
        if (answer.stale) answer = await this.exchange(url, { ...request, agent: false }, body, wishes.timeoutMs);
        answer.ms = performance.now() - begun;
        this.log.change(entry, { answer, status: answer.status });
        return answer;
    }

    exchange(url, options, body, timeoutMs = TIMEOUT_MS) {
        if (!url) return { status: 0, error: 'no bot', headers: {}, text: '' };
        return new Promise((resolve) => {
            const request = http.request(url, options);
            const timer = setTimeout(() => request.destroy(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
            const done = (answer) => { clearTimeout(timer); resolve(answer); };
            request.on('error', (error) => done({
                status: 0, error: error.message, headers: {}, text: '', stale: request.reusedSocket && error.code === 'ECONNRESET',
            }));
            request.on('response', async (response) => {
                try {
                    const text = (await readBody(response)).toString();
                    done({ status: response.statusCode, headers: response.headers, text, json: readJson(text) });
                } catch (error) {
                    done({ status: 0, error: error.message, headers: {}, text: '' });
                }
            });
            request.end(body);
        });
    }

    // Delivers with repeats. Besides the wishes of post: repeat { same, fresh } sends so many more at
    // once, whatever the answer; policy overrides this.policy. The first answer that came is
    // returned; `all` in it holds each one, in order of sending.
    async deliver(activity, { repeat = {}, policy, ...wishes } = {}) {
        const rules = { ...this.policy, ...policy };
        const sent = [this.post(activity, wishes)];
        for (let i = 0; i < (repeat.same ?? 0); i++) sent.push(this.post(activity, wishes));
        for (let i = 0; i < (repeat.fresh ?? 0); i++) sent.push(this.post(this.renewed(activity), wishes));
        const again = async (count, afterMs, next) => {
            for (let i = 0; i < count && !(await answered(sent, afterMs, rules.unanswered)); i++) sent.push(this.post(next(), wishes));
        };
        await again(rules.same, rules.sameAfterMs, () => activity);
        if (activity.type === 'invoke') await again(rules.fresh, rules.freshAfterMs, () => this.renewed(activity));
        const all = await Promise.all(sent), first = all.find((answer) => answer.status) ?? all[0];
        return { ...first, all };
    }

    renewed(activity) {
        const now = new Date(this.log.now()).toISOString();
        const id = activity.id?.startsWith('f:') ? newEventId() : String(Number(activity.id) + 1);
        return { ...activity, id, timestamp: now, localTimestamp: now };
    }
}
