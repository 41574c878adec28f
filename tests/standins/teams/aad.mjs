// aad.mjs - the errors of the token endpoint: number, status, word, sentence.
import { randomUUID } from 'node:crypto';
import { json } from './http.mjs';

const TABLE = {
    700016: [400, 'unauthorized_client', (x) => `Application with identifier '${x.appId}' was not found in the directory '${x.directory}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`],
    7000215: [401, 'invalid_client', (x) => `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${x.appId}'.`],
    7000222: [401, 'invalid_client', (x) => `The provided client secret keys for app '${x.appId}' are expired. Visit the Azure portal to create new keys for your app, or consider using certificate credentials for added security.`],
    90002: [400, 'invalid_request', (x) => `Tenant '${x.directory}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`],
    900144: [400, 'invalid_request', (x) => `The request body must contain the following parameter: '${x.parameter}'.`],
    7000216: [401, 'invalid_client', () => "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type."],
    70003: [400, 'unsupported_grant_type', () => "The app requested an unsupported grant type."],
    1002012: [400, 'invalid_scope', (x) => `The provided value for scope ${x.scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`],
    700027: [401, 'invalid_client', () => 'Client assertion failed signature validation, or the certificate with the identifier used to sign it is not registered on the application.'],
    700023: [401, 'invalid_client', () => 'Client assertion audience claim does not match Realm issuer.'],
    700024: [401, 'invalid_client', () => 'Client assertion is not within its valid time range.'],
    700021: [401, 'invalid_client', () => 'Client assertion application identifier does not match \'client_id\' parameter.'],
    500131: [401, 'invalid_client', () => 'Client assertion was used before (jti).'],
    53003: [400, 'unauthorized_client', () => 'Access has been blocked by Conditional Access policies.'],
    50196: [400, 'invalid_request', () => 'The server terminated an operation because it encountered a client request loop.'],
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
