// teams.mjs - the stand-in as a whole: starts its servers, ties the parts together.
//   const teams = await startTeams({ appId, tenantId, secret, botUrl });
//   await teams.people.install(); await teams.waitFor((e) => e.op === 'create'); await teams.stop();
import { randomUUID } from 'node:crypto';
import { Connector } from './connector.mjs';
import { Control } from './control.mjs';
import { Delivery } from './delivery.mjs';
import { Faults } from './faults.mjs';
import { Keys } from './keys.mjs';
import { Log } from './log.mjs';
import { Login } from './login.mjs';
import { People } from './people.mjs';
import { World } from './world.mjs';

const DEFAULTS = {
    botUrl: '', botName: 'Deskhand', secret: 'stand-in-secret', certificate: undefined, expiredSecrets: [],
    issuer: 'https://api.botframework.com', scope: 'https://api.botframework.com/.default', tokenSeconds: 3599,
    team: 'Service desk', channels: ['Support', 'Billing'], users: ['Jo Doe', 'Sam Roe', 'Kim Poe'],
    rateLimits: false, conflicts: false, rsc: false, controlPort: undefined, now: Date.now,
};

class Teams {
    constructor(options) {
        this.options = { appId: randomUUID(), tenantId: randomUUID(), ...DEFAULTS, ...options };
        const o = this.options;
        o.tenants ??= [o.tenantId];
        o.apps ??= [{ appId: o.appId, tenant: o.tenantId, secret: o.secret, certificate: o.certificate, expiredSecrets: o.expiredSecrets }];
        this.log = new Log(o.now);
        this.faults = new Faults();
        this.keys = new Keys(this);
        this.login = new Login(this);
        this.world = new World(this);
        this.world.bot = { id: `28:${o.appId}`, name: o.botName };
        this.connector = new Connector(this);
        this.delivery = new Delivery(this);
        this.people = new People(this);
        this.control = new Control(this);
    }

    async start() {
        await Promise.all([this.keys.start(), this.login.start(), this.connector.start()]);
        if (this.options.controlPort !== undefined) await this.control.listener.open(this.options.controlPort);
        return this;
    }

    async stop() {
        this.delivery.stop();
        await Promise.all([this.keys, this.login, this.connector, this.control].map((part) => part.listener.close()));
    }

    waitFor(predicate, ms, from) { return this.log.waitFor(predicate, ms, from); }

    set botUrl(url) { this.options.botUrl = url; }

    // The settings of a bot that shall talk to this stand-in.
    get env() {
        const { appId, secret, tenantId } = this.options;
        return {
            TEAMS_APP_ID: appId, TEAMS_APP_SECRET: secret, TEAMS_TENANT_ID: tenantId,
            TEAMS_OPENID_METADATA_URL: this.keys.metadataUrl, TEAMS_LOGIN_URL: this.login.url,
            TEAMS_SERVICE_HOSTS: this.connector.listener.host,
        };
    }
}

export const startTeams = (options = {}) => new Teams(options).start();
