// aad.mjs - the errors of the token endpoint: number, status, word, sentence. The sentences are ours;
// number, word and form are Entra's.
import { randomUUID } from 'node:crypto';
import { json } from './http.mjs';

const TABLE = {
    50196: [400, 'invalid_request', () => 'Too many of the same request: the client seems to loop.'],
    53003: [400, 'unauthorized_client', () => 'Conditional Access blocks the access.'],
    70003: [400, 'unsupported_grant_type', () => 'The grant type is not supported.'],
    90002: [400, 'invalid_request', (x) => `Tenant '${x.directory}' not found.`],
    500131: [401, 'invalid_client', () => 'The assertion (jti) was used before.'],
    700016: [400, 'unauthorized_client', (x) => `Application '${x.appId}' was not found in the directory '${x.directory}'.`],
    700021: [401, 'invalid_client', () => "The assertion's issuer and subject are not client_id."],
    700023: [401, 'invalid_client', () => "The assertion's audience is not this endpoint."],
    700024: [401, 'invalid_client', () => 'The assertion is not within its valid time.'],
    700027: [401, 'invalid_client', () => "The assertion's signature or certificate is wrong."],
    900144: [400, 'invalid_request', (x) => `The body lacks the parameter '${x.parameter}'.`],
    1002012: [400, 'invalid_scope', (x) => `The scope '${x.scope}' is not valid here.`],
    7000215: [401, 'invalid_client', (x) => `The client secret is invalid for app '${x.appId}'.`],
    7000216: [401, 'invalid_client', () => 'A client_secret or client_assertion is required.'],
    7000222: [401, 'invalid_client', (x) => `The client secrets of app '${x.appId}' are expired.`],
};

export function aadError(number, details = {}) {
    const [status, word, sentence] = TABLE[number];
    const facts = { appId: 'app', directory: 'Bot Framework', scope: '', ...details };
    const trace = randomUUID(), correlation = randomUUID();
    const time = new Date().toISOString().replace('T', ' ').slice(0, 19) + 'Z';
    const description = `AADSTS${number}: ${sentence(facts)}`
        + ` Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${time}`;
    return json(status, {
        error: word, error_description: description, error_codes: [Number(number)], timestamp: time,
        trace_id: trace, correlation_id: correlation,
        error_uri: `https://login.microsoftonline.com/error?code=${number}`,
    });
}
