// login.mjs - the token endpoint of the bot's tenant: secret or certificate in, bearer token out.
import { randomUUID, X509Certificate } from 'node:crypto';
import { aadError } from './aad.mjs';
import { json, Listener, write } from './http.mjs';
import { decode, forge, verified } from './jwt.mjs';
import { rsaPair, thumbprints } from './x509.mjs';

const ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const SHARED_TENANTS = ['botframework.com', 'common', 'organizations'];

export class Login {
    constructor({ log, faults, options }) {
        Object.assign(this, { log, faults, options });
        this.tokens = new Map();        // token -> { appId, tenant, expires (ms) }
        this.used = new Set();          // jti of assertions
        this.counts = { token: 0, granted: 0 };
        this.listener = new Listener((exchange) => this.handle(exchange));
    }

    async start() {
        await this.listener.open();
        this.key = { ...(await rsaPair()), kid: randomUUID() };
    }

    get url() { return this.listener.url; }

    async handle(exchange) {
        const [, tenant, path] = /^\/([^/]+)\/(.+)$/.exec(exchange.path) ?? [];
        if (path === 'oauth2/v2.0/token' && exchange.method === 'POST') return this.token(exchange, tenant);
        if (path === 'v2.0/.well-known/openid-configuration') return write(exchange, json(200, this.metadata(tenant)));
        if (path === 'discovery/v2.0/keys') {
            const jwk = { ...this.key.publicKey.export({ format: 'jwk' }), use: 'sig', kid: this.key.kid };
            return write(exchange, json(200, { keys: [jwk] }));
        }
        return write(exchange, json(404, {}));
    }

    metadata(tenant) {
        const base = `${this.url}/${tenant}`;
        return {
            issuer: `https://login.microsoftonline.com/${tenant}/v2.0`, jwks_uri: `${base}/discovery/v2.0/keys`,
            token_endpoint: `${base}/oauth2/v2.0/token`, authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
        };
    }

    async token(exchange, tenant) {
        const form = new URLSearchParams(exchange.body.toString());
        this.counts.token++;
        const entry = this.log.add({
            kind: 'token', op: 'token', tenant, appId: form.get('client_id'), scope: form.get('scope'),
            how: form.has('client_assertion') ? 'certificate' : 'secret', headers: exchange.headers,
        });
        const operation = async () => {
            const [error, details] = this.refusal(form, tenant, exchange.headers);
            this.log.change(entry, { error });
            return error ? aadError(error, details) : json(200, this.grant(form.get('client_id'), tenant));
        };
        this.log.change(entry, await this.faults.answer(exchange, 'token', operation));
    }

    // [number of the error, what its sentence names], or [] when a token is due.
    refusal(form, tenant, headers) {
        const appId = form.get('client_id') ?? '', scope = form.get('scope') ?? '';
        const type = headers['content-type'] ?? '';
        if (!type.startsWith('application/x-www-form-urlencoded')) return [900144, { parameter: 'grant_type' }];
        for (const parameter of ['grant_type', 'client_id', 'scope']) {
            if (!form.get(parameter)) return [900144, { parameter }];
        }
        if (form.get('grant_type') !== 'client_credentials') return [70003, {}];
        if (!SHARED_TENANTS.includes(tenant) && !this.options.tenants.includes(tenant)) return [90002, { directory: tenant }];
        const app = this.options.apps.find((a) => a.appId === appId && a.tenant === tenant);
        const directory = tenant === 'botframework.com' ? 'Bot Framework' : tenant;
        if (!app) return [700016, { appId, directory }];
        if (scope !== this.options.scope) return [1002012, { scope }];
        return [this.badCredential(form, app, tenant), { appId }];
    }

    badCredential(form, app, tenant) {
        if (form.has('client_assertion')) return this.badAssertion(form, app, tenant);
        const secret = form.get('client_secret');
        if (!secret) return 7000216;
        if (app.expiredSecrets?.includes(secret)) return 7000222;
        return app.secret && secret === app.secret ? undefined : 7000215;
    }

    // Source of the claims: the client assertion as the official client builds it.
    badAssertion(form, app, tenant) {
        if (form.get('client_assertion_type') !== ASSERTION || !app.certificate) return 700027;
        let token;
        try { token = decode(form.get('client_assertion')); } catch { return 700027; }
        const { header, claims } = token, now = this.log.now() / 1000;
        const certificate = new X509Certificate(app.certificate);
        const { x5t, x5tS256 } = thumbprints(certificate.raw);
        const named = header.alg === 'PS256' ? header['x5t#S256'] === x5tS256
            : header.alg === 'RS256' && header.x5t === x5t;
        if (!named || !verified(token, certificate.publicKey)) return 700027;
        if (claims.aud !== `${this.url}/${tenant}/oauth2/v2.0/token`) return 700023;
        if (claims.iss !== app.appId || claims.sub !== app.appId) return 700021;
        if (!(claims.exp > now - 300) || claims.exp > now + 86400 || claims.nbf > now + 300) return 700024;
        if (!claims.jti || this.used.has(claims.jti)) return 500131;
        this.used.add(claims.jti);
        return undefined;
    }

    grant(appId, tenant, seconds = this.options.tokenSeconds) {
        const access_token = this.issue({ appId, tenant, seconds });
        this.counts.granted++;
        return { token_type: 'Bearer', expires_in: seconds, ext_expires_in: seconds, access_token };
    }

    // A token as Entra makes it; also for tests that play one back to the bot.
    issue({ appId, tenant, seconds = 3599, claims = {} }) {
        const now = Math.floor(this.log.now() / 1000);
        const token = forge({
            header: { typ: 'JWT', alg: 'RS256', x5t: this.key.kid, kid: this.key.kid },
            claims: {
                aud: 'https://api.botframework.com', iss: `https://sts.windows.net/${tenant}/`, iat: now,
                nbf: now, exp: now + seconds, appid: appId, appidacr: '1', tid: tenant, uti: randomUUID(), ver: '1.0',
                ...claims,
            },
            key: this.key.privateKey,
        });
        this.tokens.set(token, { appId, tenant, expires: (now + seconds) * 1000 });
        return token;
    }

    // The app of a bearer header, or undefined.
    bearer(authorization = '') {
        const token = this.tokens.get(authorization.replace(/^Bearer /, ''));
        return token && token.expires > this.log.now() && authorization.startsWith('Bearer ') ? token : undefined;
    }

    forget() { this.tokens.clear(); }   // every token is worth nothing from now on
}
