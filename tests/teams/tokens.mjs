#!/usr/bin/env node
// tokens.mjs - who may knock at POST /api/messages: every attack of the token checks over HTTP, with the status
// and the word that the desk answers, and that a refused request changes nothing.
import { createHmac, generateKeyPairSync, randomUUID } from 'node:crypto';
import { Checks, that } from '../conformance/checks.mjs';
import { ANSWER_MS, Rig } from './rig.mjs';

const rig = await Rig.start({ noConfig: true });
const { teams, people } = rig, { options, keys } = teams;
const checks = new Checks({ atOnce: 4 });
const now = () => Math.floor(Date.now() / 1000);
const strange = generateKeyPairSync('rsa', { modulusLength: 2048 });
const weak = await keys.add({ bits: 1024 });
const unendorsed = await keys.add({ endorsements: null });
const slackOnly = await keys.add({ endorsements: ['slack'] });
const forEncryption = await keys.add({ use: 'enc' });
const curve = keys.addEc();
await keys.rotate();
const serviceUrl = teams.world.serviceUrl, host = new URL(serviceUrl).host;
const pem = keys.current.publicKey.export({ type: 'spki', format: 'pem' });
const good = () => keys.token({ serviceUrl, appId: options.appId });
const bearer = (token) => ({ authorization: `Bearer ${token}` });
const cut = (token, part, change) => token.split('.').map((text, i) => (i === part ? change(text) : text)).join('.');
const text = (claims) => JSON.stringify({ serviceurl: serviceUrl, nbf: now(), exp: now() + 3600, iss: options.issuer, aud: options.appId, ...claims });

// name, status, word, wishes of Delivery.post, members put over the activity
const rows = [
    ['no header', 401, 'no-authorization', { authorization: null }],
    ['an empty header', 401, /no-authorization|not-bearer/, { authorization: '' }],
    ['another scheme', 401, 'not-bearer', { authorization: `Basic ${good()}` }],
    ['no scheme at all', 401, 'not-bearer', { authorization: good() }],
    ['two spaces behind Bearer', 401, /not-/, { authorization: `Bearer  ${good()}` }],
    ['two headers', 401, 'authorization-twice', { authorization: [`Bearer ${good()}`, `Bearer ${good()}`] }],
    ['a header over 8 KiB', 401, 'authorization-too-long', bearer(keys.token({ serviceUrl, appId: options.appId, claims: { pad: 'x'.repeat(9000) } }))],
    ['a right token of almost 8 KiB', 200, '', bearer(keys.token({ serviceUrl, appId: options.appId, claims: { pad: 'x'.repeat(5200) } }))],
    ['two segments', 401, 'not-three-parts', bearer(good().split('.').slice(0, 2).join('.'))],
    ['four segments', 401, 'not-three-parts', bearer(`${good()}.e30`)],
    ['an empty signature', 401, 'not-three-parts', bearer(cut(good(), 2, () => ''))],
    ['base64 with padding', 401, 'not-base64url', bearer(cut(good(), 2, (s) => `${s}==`))],
    ['base64 of the other alphabet', 401, 'not-base64url', bearer(cut(good(), 2, (s) => `+/${s.slice(2)}`))],
    ['claims that are no JSON', 401, 'not-a-json-object', bearer(keys.token({ claims: '{"iss":' }))],
    ['claims that are a list', 401, 'not-a-json-object', bearer(keys.token({ claims: '[]' }))],
    ['a claim twice', 401, 'duplicate-member', bearer(keys.token({ claims: text().replace('{', `{"aud":"${randomUUID()}",`) }))],
    ['a NUL in the audience', 401, 'embedded-nul', bearer(keys.token({ claims: text({ aud: `${options.appId}\0x` }) }))],
    ['claims too deep', 401, 'json-too-deep', bearer(keys.token({ claims: `{"a":${'['.repeat(40)}${']'.repeat(40)}}` }))],
    ['alg none', 401, 'wrong-algorithm', { token: { header: { alg: 'none' }, signAs: 'none', segments: [undefined, undefined, 'AA'] } }],
    ['alg None in capitals', 401, 'wrong-algorithm', { token: { header: { alg: 'NONE' } } }],
    ['HMAC keyed with the public key', 401, 'wrong-algorithm', { token: { header: { alg: 'HS256' }, signAs: 'HS256', key: { ...keys.current, privateKey: pem } } }],
    ['RS512', 401, 'wrong-algorithm', { token: { header: { alg: 'RS512' } } }],
    ['PS256', 401, 'wrong-algorithm', { token: { header: { alg: 'PS256' } } }],
    ['ES256 with a published curve', 401, 'wrong-algorithm', { token: { header: { alg: 'ES256' }, key: curve } }],
    ['RS256 said, HMAC done', 401, 'bad-signature', { token: { segments: [undefined, undefined, createHmac('sha256', pem).update('x').digest('base64url')] } }],
    ['a critical extension', 401, 'critical-extension', { token: { header: { crit: ['exp'] } } }],
    ['no key id', 401, 'bad-key-id', { token: { header: { kid: undefined } } }],
    ['a key id that is a number', 401, 'bad-key-id', { token: { header: { kid: 5 } } }],
    ['a key id of 300 bytes', 401, 'bad-key-id', { token: { header: { kid: 'k'.repeat(300) } } }],
    ['a key in the header', 401, 'bad-signature', { token: { header: { jwk: strange.publicKey.export({ format: 'jwk' }) }, key: { ...keys.current, privateKey: strange.privateKey } } }],
    ['a key set named in the header', 401, /unknown-key|bad-signature/, { token: { header: { jku: `${serviceUrl}/keys`, kid: 'elsewhere' }, key: { ...keys.current, privateKey: strange.privateKey } } }],
    ['the Emulator\'s issuer', 401, 'wrong-issuer', { token: { claims: { iss: `https://sts.windows.net/${options.tenantId}/`, appid: options.appId, ver: '1.0' } } }],
    ['the issuer of a skill', 401, 'wrong-issuer', { token: { claims: { iss: `https://login.microsoftonline.com/${options.tenantId}/v2.0`, azp: randomUUID(), ver: '2.0' } } }],
    ['the issuer with a slash', 401, 'wrong-issuer', { token: { claims: { iss: `${options.issuer}/` } } }],
    ['no issuer', 401, 'wrong-issuer', { token: { claims: { iss: undefined } } }],
    ['another bot\'s audience', 401, 'wrong-audience', { token: { claims: { aud: randomUUID() } } }],
    ['a list of audiences', 401, 'wrong-audience', { token: { claims: { aud: [options.appId] } } }],
    ['the audience in capitals', 401, 'wrong-audience', { token: { claims: { aud: options.appId.toUpperCase().replace(/^/, 'A').slice(0, 36) } } }],
    ['no audience', 401, 'wrong-audience', { token: { claims: { aud: undefined } } }],
    ['no expiry', 401, 'no-expiry', { token: { claims: { exp: undefined } } }],
    ['an expiry in words', 401, 'no-expiry', { token: { claims: { exp: String(now() + 3600) } } }],
    ['expired for six minutes', 401, 'expired', { token: { claims: { exp: now() - 360 } } }],
    ['expired for four minutes: within the skew', 200, '', { token: { claims: { exp: now() - 240 } } }],
    ['valid in six minutes', 401, 'not-yet-valid', { token: { claims: { nbf: now() + 360 } } }],
    ['valid in four minutes: within the skew', 200, '', { token: { claims: { nbf: now() + 240 } } }],
    ['valid from a word on', 401, 'bad-not-before', { token: { claims: { nbf: 'now' } } }],
    ['no serviceurl in the token', 401, 'service-url-not-in-token', { token: { claims: { serviceurl: undefined } } }],
    ['serviceUrl in another spelling', 401, 'service-url-not-in-token', { token: { claims: { serviceurl: undefined, serviceUrl } } }],
    ['another serviceurl in the token', 401, 'service-url-differs', { token: { claims: { serviceurl: 'https://smba.trafficmanager.net/emea/' } } }],
    ['a serviceUrl with one more slash', 401, 'service-url-differs', { token: { claims: { serviceurl: `${serviceUrl}/` } } }],
    ['no serviceUrl in the body', 401, 'no-service-url', { token: {} }, { serviceUrl: undefined }],
    ['a serviceUrl that is a number', 401, 'no-service-url', { token: {} }, { serviceUrl: 7 }],
    ['a host that is not on the list', 401, 'service-host-not-allowed', bearer(keys.token({ serviceUrl: 'https://evil.example/', appId: options.appId })), { serviceUrl: 'https://evil.example/' }],
    ['our host as a user name', 401, 'service-host-not-allowed', bearer(keys.token({ serviceUrl: `http://${host}@evil.example/`, appId: options.appId })), { serviceUrl: `http://${host}@evil.example/` }],
    ['our host as a beginning', 401, 'service-host-not-allowed', bearer(keys.token({ serviceUrl: `http://${host}.evil.example/`, appId: options.appId })), { serviceUrl: `http://${host}.evil.example/` }],
    ['the Emulator\'s channel', 401, 'wrong-channel', { token: {} }, { channelId: 'emulator' }],
    ['no channel', 401, 'wrong-channel', { token: {} }, { channelId: undefined }],
    ['a key of 1024 bits', 401, 'unfit-key', { token: { key: weak } }],
    ['a key for encryption', 401, 'unfit-key', { token: { key: forEncryption } }],
    ['the key id of a curve', 401, 'unfit-key', { token: { header: { kid: curve.kid } } }],
    ['an unknown key', 401, 'unknown-key', { token: { header: { kid: randomUUID() } } }],
    ['a key without endorsements', 403, 'not-endorsed', { token: { key: unendorsed } }],
    ['a key endorsed for Slack only', 403, 'not-endorsed', { token: { key: slackOnly } }],
    ['signed by somebody else', 401, 'bad-signature', { token: { key: { ...keys.current, privateKey: strange.privateKey } } }],
    ['one bit of the signature turned', 401, 'bad-signature', bearer(cut(good(), 2, (s) => (s[9] === 'A' ? 'B' : 'A') + s.slice(1)))],
    ['claims changed after signing', 401, 'bad-signature', bearer(cut(good(), 1, () => Buffer.from(text({ exp: now() + 9 })).toString('base64url')))],
    ['another tenant', 403, 'wrong-tenant', { token: {} }, { conversation: { id: 'a:1x', conversationType: 'personal', tenantId: 'T' }, channelData: { tenant: { id: 'T' } } }],
    ['two tenants', 403, 'tenants-differ', { token: {} }, { channelData: { tenant: { id: randomUUID() } } }],
    ['a tenant that is no text', 403, 'tenants-differ', { token: {} }, { channelData: { tenant: { id: 5 } } }],
    ['no tenant', 403, 'no-tenant', { token: {}, activity: { conversation: { id: 'a:1x', conversationType: 'personal' }, channelData: {} } }],
    ['right', 200, '', { token: {} }],
];

function member(json) { try { return JSON.parse(json).code; } catch { return ''; } }

function judge(name, answer, status, word) {
    that(answer.status === status, `status ${answer.status}, not ${status}: ${answer.text} ${answer.error ?? ''}`);
    that(answer.ms < ANSWER_MS, `it took ${Math.round(answer.ms)} ms`);
    const code = member(answer.text);
    if (status !== 200) that(word instanceof RegExp ? word.test(code) : code === word, `the word is ${code}, not ${word}`);
    if (status === 401) that(/^Bearer/.test(answer.headers['www-authenticate'] ?? ''), 'no WWW-Authenticate');
    that(!/eyJ/.test(answer.text), 'the answer holds a part of the token');
}

await people.raw({ type: 'typing', user: 'Sam Roe' });      // by now the keys are there
for (const [name, status, word, wishes, members] of rows) {
    checks.add(`message: ${name}`, async () => {
        const { answer } = await people.raw({ user: 'Sam Roe', members: { text: 'help', ...members }, ...wishes });
        judge(name, answer, status, word);
    });
    if (status !== 200) checks.add(`invoke: ${name}`, async () => {
        const { answer } = await people.raw({ type: 'invoke', user: 'Sam Roe', members: { name: 'task/fetch', value: {}, ...members }, ...wishes });
        judge(name, answer, status, word);
    });
}
// What needs no body is judged first, whatever the body is.
const ofBody = /service-url|wrong-channel|service-host|tenant/;
for (const [name, status, word, wishes] of rows.filter(([, , word]) => !ofBody.test(word))) {
    checks.add(`garbage: ${name}`, async () => {
        const { answer } = await people.raw({ user: 'Sam Roe', body: 'hello', ...wishes });
        judge(name, answer, status === 200 ? 400 : status, status === 200 ? 'bad_request' : word);
    });
}
for (const body of ['{}', '{"a":1}', '{"type":5}', '[]']) {
    checks.add(`${body} with a right token: 400`, async () => {
        judge(body, (await people.raw({ user: 'Sam Roe', body })).answer, 400, 'bad_request');
    });
}
checks.add('nobody who was refused left a trace', async () => {
    const log = rig.deskLog();
    that(!/eyJ/.test(log), 'a token stands in the log');
    that(!/evil\.example/.test(teams.log.entries.filter((e) => e.kind !== 'delivery').map((e) => JSON.stringify(e)).join()), 'a call went to a host of the attacker');
    that((await rig.run('ticket', 'list')).split('\n').length < 4, 'there are tickets');
}, { alone: true });
await checks.run();
await rig.stop();
process.exit(checks.finish());
