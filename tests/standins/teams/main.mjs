// main.mjs - the stand-in as a command: prints one JSON line with its addresses and the settings for
// a bot, serves until stdin closes or SIGTERM.
// usage: node main.mjs [--port N] [--bot URL] [--app-id ID] [--secret S] [--tenant ID]
//                      [--certificate FILE] [--issuer URL] [--team NAME] [--rate-limits] [--rsc]
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startTeams } from './teams.mjs';

const text = { type: 'string' }, flag = { type: 'boolean', default: false };
const { values } = parseArgs({
    options: {
        port: { ...text, default: '0' }, bot: text, 'app-id': text, secret: text, tenant: text, certificate: text,
        issuer: text, team: text, 'rate-limits': flag, rsc: flag,
    },
});
const given = {
    botUrl: values.bot, appId: values['app-id'], secret: values.secret, tenantId: values.tenant, issuer: values.issuer,
    team: values.team, rateLimits: values['rate-limits'], rsc: values.rsc,
    certificate: values.certificate && readFileSync(values.certificate, 'utf8'),
};
const options = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
const teams = await startTeams({ ...options, controlPort: Number(values.port) });

console.log(JSON.stringify({
    control: teams.control.url, metadata: teams.keys.metadataUrl, login: teams.login.url, serviceUrl: teams.world.serviceUrl, env: teams.env,
}));

async function stop() {
    await teams.stop();
    process.exit(0);
}
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
process.stdin.on('end', stop).on('error', stop).resume();
