#!/usr/bin/env node
// playground.mjs - the desk in the official Agents Playground, driven with Chromium: what the platform's own
// client makes of our cards. The Playground signs nothing and the desk refuses what is not signed; so a small
// door between the two signs, with a key of the stand-in, what the Playground sends. It listens on all
// interfaces; so everything runs in a network of its own that has a loopback and nothing else.
// usage: playground.mjs      DESK_BIN: the binary; SHOTS: a folder for pictures; PLAYGROUND: its cli.js
// (without it npm fetches it into the build folder, and where npm cannot this is skipped)
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startTeams } from '../standins/teams/teams.mjs';
import { Listener, write } from '../standins/teams/http.mjs';
import { Client } from '../conformance/client.mjs';
import { Desk, freePort } from '../conformance/desk.mjs';
import { Report, launch, until } from '../browser/browser.mjs';
import { bin } from './trial.mjs';

const PACKAGE = '@microsoft/m365agentsplayground', VERSION = '0.2.28', FETCH_MS = 120000, LATE_MS = 20000;
const self = fileURLToPath(import.meta.url);
const skip = (why) => { console.log(`skipped: ${why}\n0 passed, 0 failed`); process.exit(0); };

function fetched() {
    const folder = join(process.env.BUILD ?? fileURLToPath(new URL('../../build', import.meta.url)), 'playground');
    const cli = join(folder, 'node_modules', PACKAGE, 'cli.js');
    if (existsSync(cli)) return cli;
    mkdirSync(folder, { recursive: true });
    const { status } = spawnSync('npm', ['install', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', '--no-save',
        `${PACKAGE}@${VERSION}`], { stdio: 'ignore', timeout: FETCH_MS });
    return status === 0 && existsSync(cli) ? cli : skip(`npm cannot fetch ${PACKAGE}@${VERSION}`);
}

// This program again, where there is only a loopback.
function alone() {
    const cli = process.env.PLAYGROUND ?? fetched();
    const words = process.getuid() === 0 ? ['-n'] : ['-rn'];
    if (spawnSync('unshare', [...words, 'ip', 'link', 'set', 'lo', 'up']).status !== 0) skip('no network of our own can be made here (unshare -n)');
    const { status } = spawnSync('unshare', [...words, 'sh', '-c', 'ip link set lo up && exec "$0" "$@"', process.execPath, self],
        { stdio: 'inherit', env: { ...process.env, PLAYGROUND: cli, PLAYGROUND_ALONE: 'yes' } });
    process.exit(status ?? 1);
}
if (!process.env.PLAYGROUND_ALONE) alone();

// ---- the parts ----

const folder = mkdtempSync(join(tmpdir(), 'playground-'));
const teams = await startTeams({ users: ['Sam Roe', 'Kim Poe', 'Ann Lee', 'Bob Fox', 'Cy Hay', 'Di Mac'] });
const port = await freePort(), support = teams.world.channel('Support');

// The Playground's tenant is the stand-in's: the desk knows no other.
function settings() {
    const person = (user) => ({ id: user.id, name: user.name, userPrincipleName: user.userPrincipalName, aadObjectId: user.aadObjectId,
        givenName: user.givenName, surname: user.surname, email: user.email });
    const [sam, ...others] = [...teams.world.users.values()].map(person), { id, name, aadGroupId } = teams.world.team;
    const file = join(folder, 'playground.yml');
    writeFileSync(file, JSON.stringify({           // JSON is YAML
        version: '0.1.1', tenantId: teams.options.tenantId, bot: teams.world.bot, currentUser: sam, users: others,
        personalChat: { id: 'a:1personalChatOfSam' }, groupChat: { id: '19:group@thread.v2', name: 'Group Chat' },
        team: { id, name, aadGroupId, channels: [{ id: support.id, name: 'Support' }] },
    }));
    return file;
}

// Signs as the Connector does, for the serviceUrl that the activity names, and changes nothing.
const posts = [];
const door = await new Listener(async (exchange) => {
    const activity = JSON.parse(exchange.body);
    const answer = await teams.delivery.post(activity, { body: exchange.body, token: { claims: { serviceurl: activity.serviceUrl } } });
    posts.push({ activity, unsigned: !exchange.headers.authorization, answer });
    write(exchange, { status: answer.status, headers: { 'Content-Type': answer.headers['content-type'] ?? 'text/plain' }, body: answer.text });
}).open();

// The Connector of the Playground, with a look at what the desk asks of it.
const calls = [];
const connector = await new Listener(async (exchange) => {
    const { method, rawUrl, headers: { authorization }, body } = exchange;
    const sent = method === 'GET' ? undefined : body;
    const answer = await fetch(`http://localhost:${port}${rawUrl}`, { method, headers: { 'Content-Type': 'application/json' }, body: sent });
    const text = await answer.text();
    calls.push({ method, url: decodeURIComponent(rawUrl), authorization, body: sent?.toString(), status: answer.status, text });
    write(exchange, { status: answer.status, headers: { 'Content-Type': 'application/json' }, body: text });
}).open();

const desk = new Desk({ bin, env: { ...teams.env, TEAMS_SERVICE_HOSTS: connector.host }, config: 'log_level = "debug";\n' });
await desk.start();
teams.botUrl = `${desk.url}/api/messages`;
for (const name of ['Sam', 'Kim']) await desk.command('technician', 'add', `${name.toLowerCase()}.${name === 'Sam' ? 'roe' : 'poe'}@desk.example`, '--name', name);

const playground = spawn(process.execPath, [process.env.PLAYGROUND, '-e', `${door.url}/api/messages`, '-c', 'msteams', '-p', String(port), '--service-url', `${connector.url}/_connector`, '--dt'], {
    stdio: 'ignore', cwd: folder,
    env: { ...process.env, TEAMSAPPTESTER_BROWSER: 'none', M365_AGENTS_PLAYGROUND_CONFIG_PATH: settings(), M365_AGENTS_PLAYGROUND_LOGFILE: join(folder, 'log') },
});
process.on('exit', () => { playground.kill('SIGKILL'); rmSync(folder, { recursive: true, force: true }); });
const url = `http://localhost:${port}/`;
await until(() => fetch(url).then(() => true, () => false), LATE_MS);

const browser = await launch(), page = await browser.newPage({ viewport: { width: 1280, height: 1100 } });
const report = new Report(), customers = new Client(desk.port);
const shot = (name) => process.env.SHOTS && page.screenshot({ path: join(process.env.SHOTS, `${name}.png`) });
const words = () => page.evaluate(() => document.body.innerText);
const shows = (pattern) => until(async () => pattern.test(await words()), LATE_MS);
const button = (title) => page.locator('button', { hasText: new RegExp(`^${title}$`) });
const enter = (place) => page.getByText(place, { exact: true }).first().click();

// Types into the chat that is open; the card that answers is the last thing in it.
async function type(text, pattern, name) {
    await page.locator('[contenteditable=true][role=textbox]').last().click();
    await page.keyboard.type(text);
    await page.keyboard.press('Enter');
    report.check(`"${text}" is answered with a card`, await shows(pattern), (await words()).slice(-1500));
    await shot(name);
}

await page.goto(url);
await report.scenario('the app is welcomed in the personal chat', async () => {
    report.check('who installs it reads what can be written', await shows(/What you can write here/));
    await shot('welcome');
});

await report.scenario('a ticket in a channel', async () => {
    await enter('Support');
    await until(async () => (await desk.command('route', 'list')).stdout.includes(support.id), LATE_MS);
    await customers.talker('I want to speak to a person about my printer. <at>Deskhand</at> [click](https://evil.example) **now** <b>x</b>');
    report.check('its card is a post of its own', await shows(/^Ticket #1 · Open$[^]*Nobody has it yet/m));
    report.check('its conversation stands below', await shows(/Customer wrote · /));
    report.check('what the customer wrote is only text', await shows(/\[click\]\(https:\/\/evil\.example\) \*\*now\*\* <b>x<\/b>/));
    report.equal('links on the page to what the customer wrote', await page.locator('a[href*="evil"]').count(), 0);
    report.equal('mentions that the customer made', await page.locator('at, [data-mention]').count(), 0);
    await shot('ticket');
});

await report.scenario('a click', async () => {
    await button('Claim').first().click();
    report.check('the clicker sees who has it', await shows(/Sam has it/));
    const click = await until(() => posts.find(({ activity }) => activity.name === 'adaptiveCard/action'));
    report.check('the answer to the click is the card', /"type":"AdaptiveCard".*Sam has it/.test(click.answer.text), click.answer.text.slice(0, 300));
    report.check('and the card changes for everybody', await until(() => calls.find((c) => c.method === 'PUT' && c.body.includes('Sam has it')), LATE_MS));
    report.check('the actions are those of who has it', await until(() => button('Reply to customer').count(), LATE_MS));
    report.equal('and Claim is gone', await button('Claim').count(), 0);
    await shot('claimed');
    await button('\\.\\.\\.').first().click();
    report.check('what stands behind the dots', await shows(/More actions/));
    await shot('overflow');
    await page.keyboard.press('Escape');
});

await report.scenario('words in the personal chat', async () => {
    await enter('Personal Chat');
    await shows(/What you can write here/);
    await type('queue', /Team queue\n/, 'queue');
    await type('mine', /My tickets\n+There is one ticket/, 'mine');
    await type('ticket 1', /^Ticket #1 · /m, 'one');
    await type('next', /Nothing waits/, 'next');
    await type('find printer', /^Found\n/m, 'found');
    await type('new', /Click to say whose ticket it is/, 'new');
    await button('Show').last().click();
    const invoked = await until(() => posts.filter(({ activity }) => activity.name === 'adaptiveCard/action').length === 2, LATE_MS);
    report.check('a list is shown again by its button', invoked && posts.at(-1).answer.text.includes('"AdaptiveCard"'));
});

report.check('the Playground signs nothing: the door did', posts.length > 8 && posts.every(({ unsigned }) => unsigned));
report.check('every activity was answered with 200', posts.every(({ answer }) => answer.status === 200), posts.map(({ answer }) => answer.status).join());
report.check('every call of the desk carried its token and was accepted', calls.length > 8 && calls.every((c) => /^Bearer /.test(c.authorization) && c.status < 300),
    calls.filter((c) => c.status >= 300).map((c) => `${c.method} ${c.url} ${c.status} ${c.text}`).join('; '));
const refused = await fetch(`${desk.url}/api/messages`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(posts[0].activity) });
report.equal('what is not signed is refused', refused.status, 401);
report.equal('given up', (await desk.command('effects', 'list', '--json')).stdout.trim(), '[]');

await browser.close();
const how = await desk.stop();
report.equal('the desk ends well', how.code, 0);
await desk.remove();
await Promise.all([teams.stop(), door.close(), connector.close()]);
report.end();
