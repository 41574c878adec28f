// official_bot.mjs - a bot on the official SDK (botbuilder), pointed at other servers by settings.
// It is a judge of the stand-in and a rival in the bench; nothing else may need it.
import { webcrypto } from 'node:crypto';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { readBody } from './http.mjs';

globalThis.crypto ??= webcrypto;        // Node 18 has none, and the token client uses it
const require = createRequire(import.meta.url);
const { CloudAdapter, ConfigurationBotFrameworkAuthentication } = require('botbuilder');
const { MsalServiceClientCredentialsFactory } = require('botframework-connector');
const { ConfidentialClientApplication } = require('@azure/msal-node');

// The token client insists on https; on loopback its requests go out as plain http.
const plain = (url) => url.replace(/^https:\/\/127\.0\.0\.1/, 'http://127.0.0.1');
async function fetched(url, { headers, body } = {}, method) {
    const response = await fetch(plain(url), { method, headers, body });
    return { headers: Object.fromEntries(response.headers), body: await response.json(), status: response.status };
}
const networkClient = {
    sendGetRequestAsync: (url, options) => fetched(url, options, 'GET'),
    sendPostRequestAsync: (url, options) => fetched(url, options, 'POST'),
};

function tokenClient(env, certificate) {
    const login = new URL(env.TEAMS_LOGIN_URL);
    const credential = certificate ? { clientCertificate: { thumbprintSha256: certificate.sha256, privateKey: certificate.key } }
        : { clientSecret: env.TEAMS_APP_SECRET };
    return new ConfidentialClientApplication({
        auth: { clientId: env.TEAMS_APP_ID, authority: `https://${login.host}/${env.TEAMS_TENANT_ID}`, knownAuthorities: [login.host], ...credential },
        system: { networkClient },
    });
}

export function officialAdapter(env, certificate) {
    const authentication = new ConfigurationBotFrameworkAuthentication({
        MicrosoftAppId: env.TEAMS_APP_ID, MicrosoftAppType: 'SingleTenant', MicrosoftAppTenantId: env.TEAMS_TENANT_ID,
        ToChannelFromBotLoginUrl: `${env.TEAMS_LOGIN_URL}/${env.TEAMS_TENANT_ID}`,
        ToChannelFromBotOAuthScope: 'https://api.botframework.com', ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
        OAuthUrl: 'http://127.0.0.1:9/none', ToBotFromChannelOpenIdMetadataUrl: env.TEAMS_OPENID_METADATA_URL,
        ToBotFromEmulatorOpenIdMetadataUrl: `${env.TEAMS_LOGIN_URL}/common/v2.0/.well-known/openid-configuration`,
        CallerId: 'urn:botframework:azure', ValidateAuthority: false,
    }, new MsalServiceClientCredentialsFactory(env.TEAMS_APP_ID, tokenClient(env, certificate)),
    undefined, undefined, { noRetryPolicy: true });
    return new CloudAdapter(authentication);
}

// The adapter wants an answer as express makes it.
function expressLike(response) {
    const facade = {
        status(code) { response.statusCode = code; return facade; },
        header(name, value) { response.setHeader(name, value); return facade; },
        send(body) {
            if (typeof body === 'object') response.setHeader('Content-Type', 'application/json');
            response.end(typeof body === 'object' ? JSON.stringify(body) : String(body));
            return facade;
        },
        end() { if (!response.writableEnded) response.end(); return facade; },
    };
    return facade;
}

// Serves POST /api/messages with the logic: async (turnContext) => ...
export async function startOfficialBot({ env, certificate, logic }) {
    const adapter = officialAdapter(env, certificate);
    const server = createServer(async (request, response) => {
        const body = await readBody(request);
        try { request.body = JSON.parse(body); } catch { request.body = undefined; }
        await adapter.process(request, expressLike(response), logic);
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const stop = () => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); });
    return { adapter, stop, url: `http://127.0.0.1:${server.address().port}/api/messages` };
}
