// What people see when a chat surface is not well: a banner that comes and goes by itself, places in
// words, and the same for machines. Starts a desk and a stand-in for Slack of its own; DESK_BIN names
// the desk, SHOTS a directory for screenshots.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Desk } from '../conformance/desk.mjs';
import { SlackStandin } from '../standins/slack/standin.mjs';
import { Report, launch, until, violations } from './browser.mjs';

const bin = process.env.DESK_BIN || './build/deskhand';
const report = new Report();
const slack = await SlackStandin.start();
const desk = await new Desk({ bin, env: slack.environment() }).start();
Object.assign(process.env, { DESK_BIN: bin, DESK_URL: desk.url, DESK_DATA: desk.dir });
const { cli, customer, technician } = await import('./inbox_desk.mjs'); /* it reads where the desk is */
const browser = await launch();
const LATE_MS = 20000;

const health = async (path) => (await fetch(`${desk.url}${path}`)).json();
const surface = async () => (await health('/healthz')).surfaces[0];
async function metric(name) {
  const lines = (await (await fetch(`${desk.url}/metrics`)).text()).split('\n');
  return Number(lines.find((line) => line.startsWith(`${name} `))?.split(' ')[1]);
}
const fits = async (page) =>
  page.evaluate(() => {
    const root = document.documentElement;
    return root.scrollWidth <= innerWidth && root.scrollHeight <= innerHeight;
  });

cli('technician', 'add', 'sara@surface.example', '--name', 'Sara Berg', '--role', 'lead');
cli('technician', 'add', 'omar@surface.example', '--name', 'Omar Haddad');
cli('client', 'add', 'surface', '--name', 'Surface Ltd', '--triage', 'off', '--hours', 'always');
report.check('Slack gets well', await until(async () => (await surface())?.well, LATE_MS));

const sara = await technician(browser, 'sara@surface.example');
const banner = (t) => t.page.locator('#surfaces');
const says = (t, pattern) =>
  until(async () => pattern.test(await banner(t).textContent()), LATE_MS);

await report.scenario('all is well', async () => {
  report.equal('nothing is said', await banner(sara).textContent(), '');
  report.equal('and nothing takes room', await banner(sara).evaluate((e) => e.offsetHeight), 0);
  report.equal('what changes there is read out', await banner(sara).getAttribute('role'), 'status');
  report.equal('machines see it', JSON.stringify(await surface()), '{"name":"slack","well":true,"text":""}');
  report.equal('as a number too', await metric('deskhand_slack_up'), 1);
  report.check('the first view is named after what it lists',
    await sara.page.getByRole('heading', { name: 'All open' }).isVisible());
});

await report.scenario('the token is withdrawn', async () => {
  const omar = await technician(browser, 'omar@surface.example');
  slack.revoke({ token: 'bot' });
  const c = await customer('surface', 'Ana Keller', 'The scanner is silent.');
  report.check('a lead is told what to do', await says(sara, /token_revoked.*Install the app again/));
  report.check('a technician too', await says(omar, /Install the app again/));
  report.check('the platform is named once', !/Slack: Slack/.test(await banner(sara).textContent()));
  report.equal('axe: banner', await violations(sara.page), '');
  report.check('the page still fits', await fits(sara.page));
  report.equal('/metrics says it', await metric('deskhand_slack_up'), 0);
  report.equal('and counts it', await metric('deskhand_surfaces_down'), 1);
  report.check('what waits is counted',
    await until(async () => (await metric('deskhand_effects_waiting')) > 0, LATE_MS));
  const asked = spawnSync(bin, ['health', '--data', desk.dir], { encoding: 'utf8' });
  report.check('and so does the command line',
    asked.status === 1 && /^desk +well\nslack +Slack refuses the token/.test(asked.stdout), asked.stdout);
  report.check('the desk is ready all the same', (await health('/readyz')).ok);
  await sara.open(c.number);
  await sara.page.keyboard.press('n');
  await sara.page.keyboard.type('Work goes on.');
  await sara.page.keyboard.press('Control+Enter');
  await sara.sees('#timeline .note', 'Work goes on.');
  report.check('the inbox works on, by keyboard', true);
  await sara.shot('surface');
  await sara.page.reload();
  report.check('who comes later is told too', await says(sara, /token_revoked/));
  for (const [name, options] of [
    ['dark', { colorScheme: 'dark' }],
    ['forced', { forcedColors: 'active' }],
    ['phone', { viewport: { width: 390, height: 844 }, hasTouch: true }],
    ['middle', { viewport: { width: 1100, height: 760 } }],
  ]) {
    const t = await technician(browser, 'sara@surface.example', options);
    report.check(`told, ${name}`, await says(t, /token_revoked/));
    report.equal(`axe: banner, ${name}`, await violations(t.page), '');
    report.check(`it fits, ${name}`, await fits(t.page));
    await t.shot(`surface-${name}`);
    await t.open(c.number);
    report.check(`it fits beside a ticket, ${name}`, await fits(t.page));
    await t.shot(`surface-${name}-ticket`);
    await t.context.close();
  }
  await omar.context.close();
  c.close();
});

await report.scenario('it is well again', async () => {
  await sara.page.evaluate(() => document.getElementById('search').focus());
  slack.restore({ token: 'bot' });
  slack.resetSocket({ socket: 'all' });
  report.check('the banner goes by itself',
    await until(async () => (await banner(sara).textContent()) === '', LATE_MS));
  report.equal('and takes no focus', await sara.page.evaluate(() => document.activeElement.id), 'search');
  report.equal('/metrics says it', await metric('deskhand_slack_up'), 1);
});

await report.scenario('a channel is gone', async () => {
  report.check('what waited went out',
    await until(async () => (await metric('deskhand_effects_waiting')) === 0, 2 * LATE_MS));
  const { id } = slack.workspace.channel('triage');
  slack.fault({ method: 'chat.*', kind: 'error', error: 'channel_not_found', count: -1 });
  const c = await customer('surface', 'Béla Nagy', 'The phone is silent.');
  report.check('/metrics counts it', await until(async () => (await metric('deskhand_places_lost_total')) > 0, LATE_MS));
  slack.clearFaults();
  const { page } = sara;
  await page.locator('[data-f=view-undelivered]').click();
  const card = page.locator('.effect', { hasText: `Ticket card to Slack channel ${id}` }).first();
  await card.waitFor();
  report.check('the place stands there in words', true);
  const words = await card.textContent();
  report.check('with what to do', /channel_not_found\. The channel is gone/.test(words), words);
  report.equal('axe: not delivered', await violations(page), '');
  await sara.shot('surface-undelivered');
  c.close();
});

report.equal('no page had an error', sara.errors.join(), '');
await browser.close();
const log = readFileSync(join(desk.dir, 'desk.log'), 'utf8');
const logged = (event) => log.split(`event="${event}"`).length - 1;
report.equal('getting ill is logged once', logged('surface is not well'), 1);
report.equal('getting well too, and the start', logged('surface is well'), 2);
report.check('no token in the log', !log.includes(slack.botToken) && !log.includes(slack.appToken));
await desk.stop();
await slack.stop();
await desk.remove();
report.end();
