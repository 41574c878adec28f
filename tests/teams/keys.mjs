#!/usr/bin/env node
// keys.mjs - the keys of Microsoft's tokens and the desk's own token: fetched at the start, new keys found at once,
// storms of made-up ones, a key server that goes away, a second tenant. usage: keys.mjs [words of a story's name]
import { randomUUID } from 'node:crypto';
import { pause } from '../conformance/desk.mjs';
import { ANSWER_MS, LATE_MS, tell, that } from './rig.mjs';

const alone = { alone: true, people: false };
const other = randomUUID(), stranger = randomUUID();

async function knock(rig, wishes) {
    const { answer } = await rig.people.raw({ user: 'Sam Roe', type: 'typing', ...wishes });
    that(answer.ms < ANSWER_MS, `it took ${Math.round(answer.ms)} ms`);
    return answer.status === 200 ? 'in' : `${answer.status} ${answer.json?.code}`;
}

async function is(rig, wanted, wishes) {
    const got = await knock(rig, wishes);
    that(got === wanted, `${got}, not ${wanted}`);
}

// Asked again and again, as probes of an operator do.
async function healthSays(rig, pattern) {
    for (const end = Date.now() + LATE_MS;;) {
        const text = await (await fetch(`${rig.desk.url}/healthz`)).text();
        if (pattern.test(text)) return;
        that(Date.now() < end, `health says ${text}`);
        await pause(50);
    }
}

const unknown = () => ({ token: { header: { kid: randomUUID() } } });
const of = (tenant) => ({ activity: { conversation: { id: 'a:1x', conversationType: 'personal', tenantId: tenant }, channelData: { tenant: { id: tenant } } } });

await tell([
    ['keys and token are fetched at the start, before anybody needs them', async (rig) => {
        await rig.wait(() => rig.teams.keys.counts.keys === 1 && rig.teams.login.counts.granted === 1, 'both');
        await is(rig, 'in');
        that(rig.teams.keys.counts.metadata === 1, `${rig.teams.keys.counts.metadata} fetches`);
    }, alone],
    ['a wrong secret is told by health and log though nobody did anything', async (rig) => {
        await healthSays(rig, /AADSTS7000215/);
        that(/teams token refused.*AADSTS7000215/.test(rig.deskLog()), 'the log does not say so');
        that(rig.teams.login.counts.token === 1, `${rig.teams.login.counts.token} token requests`);
    }, { ...alone, env: { TEAMS_APP_SECRET: 'another-secret' } }],
    ['a slow key server at the start: the first activity waits for it', async (rig) => {
        await is(rig, 'in');
    }, { ...alone, before: (teams) => teams.faults.add({ op: 'keys', kind: 'delay', ms: 500 }) }],
    ['key server and login service are away at the start and come back: both are asked again', async (rig) => {
        await is(rig, '401 keys-unavailable');
        await rig.teams.keys.up();
        await rig.teams.login.listener.open();
        await rig.wait(() => rig.teams.login.counts.granted && rig.teams.keys.counts.keys, 'both');
        await rig.wait(async () => await knock(rig) === 'in', 'a right answer');
    }, { ...alone, before: async (teams) => { await teams.keys.down(); await teams.login.listener.close(); } }],
    ['three rotations in a row: each new key is taken at once', async (rig) => {
        await is(rig, 'in');
        for (let i = 0; i < 3; i++) {
            await rig.teams.keys.rotate({ keepOld: i % 2 === 0 });
            await is(rig, 'in');
        }
        that(rig.teams.keys.counts.keys === 4, `${rig.teams.keys.counts.keys} fetches`);
    }, alone],
    ['a storm of unknown keys costs one fetch, and known ones work on', async (rig) => {
        await is(rig, 'in');
        const all = await Promise.all(Array.from({ length: 500 }, async (_, i) => (await rig.people.raw({ user: 'Sam Roe', type: 'typing', ...(i % 10 ? unknown() : {}) })).answer));
        const wrong = all.filter((a, i) => (i % 10 ? a.status !== 401 || !/^(unknown-key|keys-unavailable)$/.test(a.json.code) : a.status !== 200));
        that(!wrong.length, `${wrong.length} odd answers: ${wrong[0]?.status} ${wrong[0]?.text}`);
        that(rig.teams.keys.counts.keys === 2 && rig.teams.keys.counts.metadata === 2, `${rig.teams.keys.counts.keys} fetches`);
    }, alone],
    ['the key server goes away: known keys serve on, a new one has to wait until it is back', async (rig) => {
        await is(rig, 'in');
        await rig.teams.keys.down();
        await is(rig, 'in', { token: {} });
        await rig.teams.keys.rotate();
        await is(rig, '401 keys-unavailable');
        await is(rig, 'in', { token: { key: rig.teams.keys.published[0] } });
        await rig.teams.keys.up();
        await rig.wait(async () => await knock(rig) === 'in', 'the new key');
    }, alone],
    ['a second tenant is served as well, a third is not', async (rig) => {
        await is(rig, 'in');
        await is(rig, 'in', of(other));
        await is(rig, '403 wrong-tenant', of(stranger));
    }, { ...alone, before: (teams) => Object.defineProperty(teams, 'env', { value: { ...teams.env, TEAMS_TENANT_ID: `${teams.options.tenantId}, ${other.toUpperCase()}` } }) }],
]);
