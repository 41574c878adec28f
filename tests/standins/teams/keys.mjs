// keys.mjs - the keys that sign inbound activities, and the server that publishes them.
// Source: OpenID metadata and JWKS of the Connector, with its `endorsements` per key.
import { generateKeyPairSync } from 'node:crypto';
import { json, Listener, write } from './http.mjs';
import { forge } from './jwt.mjs';
import { rsaPair, selfSigned, thumbprints } from './x509.mjs';

const ENDORSEMENTS = ['msteams', 'webchat', 'directline', 'slack', 'email'];
const METADATA = '/v1/.well-known/openidconfiguration', KEYS = '/v1/.well-known/keys';

export class Keys {
    constructor({ log, faults, options }) {
        Object.assign(this, { log, faults, options });
        this.published = [];
        this.counts = { metadata: 0, keys: 0 };
        this.listener = new Listener((exchange) => this.handle(exchange));
    }

    async start() {
        await this.listener.open();
        this.current = await this.add();
    }

    // A new published key. options: bits, endorsements (null: no such member), use, kid, members (of
    // the JWK, put over it), hidden (known to the stand-in only).
    async add({ bits = 2048, endorsements = ENDORSEMENTS, use = 'sig', kid, members = {}, hidden = false } = {}) {
        const pair = await rsaPair(bits), der = selfSigned(pair, 'Stand-in Connector');
        const { x5t } = thumbprints(der), { n, e } = pair.publicKey.export({ format: 'jwk' });
        const key = { ...pair, kid: kid ?? x5t };
        key.jwk = { kty: 'RSA', use, kid: key.kid, x5t, n, e, x5c: [der.toString('base64')], endorsements };
        if (endorsements === null) delete key.jwk.endorsements;
        if (use === null) delete key.jwk.use;
        Object.assign(key.jwk, members);
        if (!hidden) this.published.push(key);
        return key;
    }

    addEc() {                           // a key of another kind, which nobody may verify RS256 with
        const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
        const kid = `ec-${this.published.length}`;
        const key = { ...pair, kid, jwk: { ...pair.publicKey.export({ format: 'jwk' }), use: 'sig', kid, endorsements: ENDORSEMENTS } };
        this.published.push(key);
        return key;
    }

    async rotate({ keepOld = true, ...options } = {}) {
        if (!keepOld) this.published = [];
        this.current = await this.add(options);
        return this.current;
    }

    down() { return this.listener.close(); }        // connections are refused
    up() { return this.listener.open(); }

    get metadataUrl() { return this.listener.url + METADATA; }

    metadata() {
        return {
            issuer: this.options.issuer, authorization_endpoint: 'https://invalid.botframework.com',
            jwks_uri: this.options.jwksUri ?? this.listener.url + KEYS,
            id_token_signing_alg_values_supported: ['RS256'],
            token_endpoint_auth_methods_supported: ['private_key_jwt'],
        };
    }

    async handle(exchange) {
        const op = { [METADATA]: 'metadata', [KEYS]: 'keys' }[exchange.path];
        if (!op || exchange.method !== 'GET') return write(exchange, json(404, {}));
        this.counts[op]++;
        const entry = this.log.add({ kind: 'keys', op, headers: exchange.headers });
        const value = () => (op === 'metadata' ? this.metadata() : { keys: this.published.map((key) => key.jwk) });
        this.log.change(entry, await this.faults.answer(exchange, op, async () => json(200, value())));
    }

    // The token that the Connector would send. claims and header are put over the right ones;
    // undefined removes a member. key: of add(), current by default. Other members: see forge().
    token({ serviceUrl, appId, claims = {}, header = {}, key = this.current, ...rest } = {}) {
        const now = Math.floor(this.log.now() / 1000);
        const right = { serviceurl: serviceUrl, nbf: now, exp: now + 3600, iss: this.options.issuer, aud: appId };
        return forge({
            header: typeof header === 'string' ? header
                : { alg: 'RS256', kid: key.kid, x5t: key.jwk.x5t, typ: 'JWT', ...header },
            claims: typeof claims === 'string' ? claims : { ...right, ...claims },
            key: key.privateKey, ...rest,
        });
    }
}
