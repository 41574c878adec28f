// Signing in by a mailed code, and a desk that is killed under an open page: its own desk and its own
// mail server, both on loopback. DESK_BIN names the program, SHOTS a directory for screenshots.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Report, launch, until, violations } from './browser.mjs';

const bin = process.env.DESK_BIN || './build/deskhand';
const report = new Report();
const folder = mkdtempSync(join(tmpdir(), 'inbox-mail-'));
const mails = [];

/* Takes every mail. */
const smtp = net.createServer((socket) => {
  let text = '',
    body = null;
  socket.on('error', () => {});
  socket.write('220 test\r\n');
  socket.on('data', (bytes) => {
    text += bytes;
    for (let end; (end = text.indexOf('\r\n')) >= 0; text = text.slice(end + 2)) {
      const line = text.slice(0, end);
      if (body === null) {
        if (line === 'DATA') body = [];
        socket.write(
          line === 'DATA' ? '354 go on\r\n' : /^QUIT/i.test(line) ? '221 bye\r\n' : '250 ok\r\n',
        );
      } else if (line === '.') {
        mails.push(body.join('\n'));
        body = null;
        socket.write('250 taken\r\n');
      } else {
        body.push(line);
      }
    }
  });
});
const listen = (server) =>
  new Promise((done) => server.listen(0, '127.0.0.1', () => done(server.address().port)));
const mailPort = await listen(smtp);
const probe = net.createServer();
const port = await listen(probe);
await new Promise((done) => probe.close(done));

const url = `http://127.0.0.1:${port}`;
writeFileSync(
  join(folder, 'desk.conf'),
  `mail: { url = "smtp://127.0.0.1:${mailPort}"; from = "desk@desk.example"; };\n`,
);
let desk,
  log = '';
async function start() {
  desk = spawn(
    bin,
    [
      'run',
      '--data',
      join(folder, 'data'),
      '--listen',
      `127.0.0.1:${port}`,
      '--config',
      join(folder, 'desk.conf'),
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  desk.stderr.on('data', (bytes) => {
    log += bytes;
  });
  const ready = () =>
    fetch(`${url}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
  if (!(await until(ready))) throw new Error(`the desk did not start: ${log}`);
}
async function stop(signal) {
  const gone = new Promise((done) => desk.once('exit', done));
  desk.kill(signal);
  await gone;
}
await start();
execFileSync(bin, [
  'technician',
  'add',
  'sara@inbox.example',
  '--name',
  'Sara Berg',
  '--data',
  join(folder, 'data'),
]);

const post = async (path, body) => {
  const answer = await fetch(`${url}/inbox/api/${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { Origin: url, 'X-Deskhand': '1', 'Content-Type': 'application/json' },
  });
  return {
    status: answer.status,
    text: await answer.text(),
    cookie: answer.headers.get('set-cookie'),
  };
};
const browser = await launch();
const page = await browser.newPage({ locale: 'en-GB' });
page.setDefaultTimeout(8000);

await report.scenario('a code by mail', async () => {
  await page.goto(`${url}/inbox/`);
  await page.getByLabel('Mail address').fill('Sara@inbox.example');
  report.equal('axe: mail form', await violations(page), '');
  await page.getByRole('button', { name: 'Send me a code' }).click();
  await until(() => mails.length === 1);
  report.equal('one mail is sent', mails.length, 1);
  report.check('to the technician', /^To: <sara@inbox\.example>$/m.test(mails[0]));
  const code = /is (\d{6})/.exec(mails[0])[1];
  await page.getByLabel('Code of six digits').fill(code);
  if (process.env.SHOTS) {
    mkdirSync(process.env.SHOTS, { recursive: true });
    await page.screenshot({ path: join(process.env.SHOTS, 'inbox-code.png') });
  }
  report.equal('axe: code form', await violations(page), '');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator('#views').getByText('Sara Berg').waitFor();
  report.check('the code signs in', true);
  report.equal(
    'and only once',
    (await post('enter', { email: 'sara@inbox.example', code })).status,
    403,
  );
});

await report.scenario('the link in the mail', async () => {
  await post('code', { email: 'sara@inbox.example' });
  await until(() => mails.length === 2);
  const link = /^(http\S+\/inbox\/login#\S+)$/m.exec(mails[1])[1];
  const other = await browser.newPage();
  other.setDefaultTimeout(8000);
  await other.goto(link);
  report.check(
    'fills the code in',
    /^\d{6}$/.test(await other.getByLabel('Code of six digits').inputValue()),
  );
  await other.getByRole('button', { name: 'Sign in' }).click();
  await other.locator('#views').getByText('Sara Berg').waitFor();
  report.check('and signs in', true);
});

await report.scenario('strangers', async () => {
  const known = await post('code', { email: 'sara@inbox.example' }),
    unknown = await post('code', { email: 'nobody@inbox.example' });
  report.equal(
    'learn nothing from the answer',
    `${unknown.status} ${unknown.text}`,
    `${known.status} ${known.text}`,
  );
  await until(() => mails.length === 3);
  await post('code', { email: 'sara@inbox.example' });
  await until(() => mails.length === 4);
  report.equal('get no mail', mails.filter((mail) => mail.includes('nobody')).length, 0);
  for (const email of ['a b@c.example', 'x@y\r\nBcc: z@z.example', '@', '']) {
    report.equal(
      `are refused with ${JSON.stringify(email)}`,
      (await post('code', { email })).status,
      400,
    );
  }
  let last;
  for (let i = 0; i < 6; i++)
    last = await post('enter', { email: 'omar@inbox.example', code: '000000' });
  report.equal('have few tries', last.status, 429);
  for (let i = 0; i < 6; i++) last = await post('code', { email: 'sara@inbox.example' });
  report.equal('cannot flood a mailbox', last.status, 429);
  report.equal(
    'the log names nobody',
    /inbox\.example|\b\d{6}\b(?!\.)/.test(
      log.replace(/time=\S+/g, '').replace(/port=\d+|pid=\d+|:\d+/g, ''),
    ),
    false,
  );
});

await report.scenario('a desk that is killed', async () => {
  const fresh = page.locator('#rows a').first();
  await page.locator('[data-f=new]').click();
  await page.locator('dialog [name=name]').fill('Ana Keller');
  await page.locator('dialog [name=text]').fill('The door does not open.');
  await page.getByRole('button', { name: 'Create ticket' }).click();
  await page.locator('#reply-text').fill('Half a sentence');
  await stop('SIGKILL');
  await page.locator('.offline').waitFor();
  report.check('is said to be away', true);
  await page.getByRole('button', { name: 'Send to customer' }).click();
  await start();
  await page.locator('#timeline .technician', { hasText: 'Half a sentence' }).waitFor();
  report.equal(
    'gets what was sent meanwhile, once',
    await page.locator('#timeline .technician').count(),
    1,
  );
  await page.locator('.online').waitFor({ timeout: 15000 });
  report.check('comes back by itself, with the same session', await fresh.isVisible());
});

await browser.close();
await stop('SIGTERM');
smtp.close();
rmSync(folder, { recursive: true });
report.end();
