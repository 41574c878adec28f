// The technician's side in a real browser against a running desk. DESK_URL, DESK_BIN and DESK_DATA
// name the desk; SHOTS names a directory for screenshots.
import { gzipSync } from 'node:zlib';
import WebSocket from 'ws';
import { Report, launch, until, violations } from './browser.mjs';
import { Customer, cli, customer, signInLink, technician, url } from './inbox_desk.mjs';

const report = new Report();
const browser = await launch();
const run = `x${Date.now().toString(36)}`; /* a desk may have been tested before */
const key = { people: `${run}-people`, draft: `${run}-draft`, live: `${run}-live` };

cli('technician', 'add', 'sara@inbox.example', '--name', 'Sara Berg', '--role', 'lead');
cli('technician', 'add', 'omar@inbox.example', '--name', 'Omar Haddad');
cli('team', 'add', 'Inbox Network', '--member', 'omar@inbox.example');
cli('client', 'add', key.people, '--name', 'People First', '--triage', 'off', '--hours', 'always');
cli('client', 'add', key.draft, '--name', 'Drafted Ltd', '--triage', 'draft', '--hours', 'always');
cli('client', 'add', key.live, '--name', 'Live & Co', '--triage', 'live', '--hours', 'always');

/* ---- the door ---- */

await report.scenario('the door', async () => {
  const link = signInLink('sara@inbox.example');
  const context = await browser.newContext();
  const page = await context.newPage();
  report.equal(
    'without a session the data is closed',
    (await fetch(`${url}/inbox/api/me`)).status,
    401,
  );
  await page.goto(`${url}/inbox/`);
  report.check(
    'without a session there is a sign-in page',
    await page.getByText('deskhand sign-in').isVisible(),
  );
  report.equal('axe: sign-in page', await violations(page), '');
  for (const visit of [1, 2]) {
    await page.goto(link);
    report.check(
      `looking at a link does not use it up (${visit})`,
      await page.getByRole('button', { name: 'Sign in' }).isVisible(),
    );
  }
  report.equal('axe: link page', await violations(page), '');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator('#views').getByText('Sara Berg').waitFor();
  const cookie = (await context.cookies()).find((c) => c.name === 'dh_inbox');
  report.check(
    'the cookie is for the server alone',
    cookie.httpOnly && cookie.sameSite === 'Strict' && cookie.path === '/inbox',
  );
  report.check('the address keeps no token', !page.url().includes('t='));
  await page.goto(link);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator('#say', { hasText: 'used' }).waitFor();
  report.check('a link works once', true);

  const post = (headers, body = '{"action":"claim","ticket":1,"id":"abcdefgh"}') =>
    fetch(`${url}/inbox/api/act`, {
      method: 'POST',
      body,
      headers: {
        Cookie: `dh_inbox=${cookie.value}`,
        'Content-Type': 'application/json',
        ...headers,
      },
    });
  report.equal('a post without our header is refused', (await post({ Origin: url })).status, 403);
  report.equal(
    'a post from elsewhere is refused',
    (await post({ Origin: 'https://evil.example', 'X-Deskhand': '1' })).status,
    403,
  );
  report.equal(
    'nonsense is refused in words',
    (await post({ Origin: url, 'X-Deskhand': '1' }, '{"action":"fly"}')).status,
    400,
  );
  const socket = (headers) =>
    new Promise((done) => {
      const ws = new WebSocket(`${url.replace('http', 'ws')}/inbox/ws`, { headers });
      ws.on('open', () => {
        ws.close();
        done(101);
      });
      ws.on('unexpected-response', (_, answer) => done(answer.statusCode));
      ws.on('error', () => {});
    });
  report.equal(
    'a live socket from elsewhere is refused',
    await socket({ Origin: 'https://evil.example', Cookie: `dh_inbox=${cookie.value}` }),
    403,
  );
  report.equal('a live socket without a session is refused', await socket({ Origin: url }), 401);
  const csp = (await fetch(`${url}/inbox/`)).headers.get('content-security-policy') || '';
  report.check(
    'the page may load nothing from elsewhere',
    csp.includes("default-src 'none'") && csp.includes("frame-ancestors 'none'"),
  );

  const second = await context.newPage();
  await second.goto(`${url}/inbox/`);
  await second.locator('.online').waitFor();
  await page.goto(`${url}/inbox/`);
  await page.locator('[data-f=me]').click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByText('deskhand sign-in').waitFor();
  await second.getByText('deskhand sign-in').waitFor();
  report.check('signing out closes every window of the session', true);
  await context.close();
});

const sara = await technician(browser, 'sara@inbox.example');
const omar = await technician(browser, 'omar@inbox.example');

/* ---- live ---- */

await report.scenario('live', async () => {
  const count = async () =>
    Number(
      (
        await sara.page
          .locator('[data-f=view-all] .count')
          .textContent()
          .catch(() => '0')
      ).replace(/\D/g, '') || 0,
    );
  const before = await count();
  const ana = await customer(
    key.people,
    'Ana Keller',
    'The printer on floor 3 prints blank pages.',
  );
  await sara.sees('#rows li', 'The printer on floor 3');
  report.check('a new ticket appears by itself', true);
  report.check('its view counts it', await until(async () => (await count()) === before + 1));
  await sara.open(ana.number);
  await omar.open(ana.number);
  await sara.sees('#now', 'Omar Haddad is looking');
  report.check('who else looks is said in the ticket', true);
  await sara.page.locator(`[data-f=row-${ana.number}] [title="Omar Haddad is looking"]`).waitFor();
  report.check('and in the list', true);
  await omar.page.locator('#note-tab').click();
  await omar.page.locator('#note-text').pressSequentially('Hm');
  await sara.sees('#now', 'Omar Haddad is writing a note');
  report.check('who writes is said', true);
  ana.typing();
  await sara.sees('#now', 'Ana Keller is typing');
  report.check('that the customer types is said', true);
  await omar.page.locator('#note-text').fill('');
  await sara.page.locator('#reply-text').fill('half a sen');
  await sara.page.locator('#reply-text').focus();
  await ana.say('It happens on every computer.');
  await sara.sees('#timeline .contact', 'every computer');
  report.equal(
    'a new message takes neither focus nor text',
    await sara.page.evaluate(() => `${document.activeElement.id}:${document.activeElement.value}`),
    'reply-text:half a sen',
  );
  await sara.page.reload();
  await sara.page.locator('#reply-text').waitFor();
  report.equal(
    'a draft survives a reload',
    await sara.page.locator('#reply-text').inputValue(),
    'half a sen',
  );
  await sara.page.locator('#reply-text').fill('');
  await sara.shot('ticket');
  ana.close();
});

/* ---- two hands, one ticket ---- */

await report.scenario('two claims', async () => {
  const c = await customer(key.people, 'Béla Nagy', 'VPN drops every ten minutes.');
  await Promise.all([sara.open(c.number), omar.open(c.number)]);
  await Promise.all([sara.quiet(), omar.quiet()]);
  await Promise.all([sara.head('Claim').click(), omar.head('Claim').click()]);
  const said = async (t) =>
    until(async () => (await t.page.locator('#toasts').textContent()).trim());
  const words = [await said(sara), await said(omar)].map((w) =>
    w.includes('You have it') ? 'won' : w,
  );
  report.equal('exactly one claim wins', words.filter((w) => w === 'won').length, 1);
  const loser = words[0] === 'won' ? 1 : 0;
  report.check(
    'the other is told who was first',
    words[loser].includes(`${loser ? 'Sara Berg' : 'Omar Haddad'} already has it`),
    words.join(' / '),
  );
  await (loser ? omar : sara).sees('.owner', `${loser ? 'Sara Berg' : 'Omar Haddad'} has it`);
  report.check('and sees it', true);
  await (loser ? omar : sara).shot('taken');
  c.close();
});

/* ---- a lead takes over ---- */

await report.scenario('take over from a colleague', async () => {
  const c = await customer(key.people, 'Dana Ruiz', 'The door does not open.');
  await omar.open(c.number);
  await omar.head('Claim').click();
  await omar.sees('.owner', 'You have it');
  await sara.open(c.number);
  await sara.sees('.owner', 'Omar Haddad has it');
  await sara.more('Take over');
  await sara.dialog.getByText('Omar Haddad has this ticket. Take it from them?').waitFor();
  await sara.press('Take over');
  await sara.sees('.owner', 'You have it');
  await omar.sees('.owner', 'Sara Berg has it');
  report.check('a lead takes over after a question, and both see it', true);
  c.close();
});

/* ---- reply and note ---- */

await report.scenario('reply and note', async () => {
  const c = await customer(key.people, 'Chidi Okafor', 'Cannot log in after the password change.');
  const { page } = sara;
  await sara.open(c.number);
  const look = (id) =>
    page.evaluate((box) => getComputedStyle(document.getElementById(box)).backgroundColor, id);
  const seesTyping = () => c.frames.some((f) => f.t === 'typing');
  await page.locator('#reply-text').fill('For the customer');
  report.check('that a reply is being written is shown to the customer', await until(seesTyping));
  const replyLook = await look('composer');
  report.check(
    'the reply button says who reads it',
    await page.getByRole('button', { name: 'Send to customer' }).isVisible(),
  );
  await page.locator('#note-tab').click();
  report.equal('a reply does not become a note', await page.locator('#note-text').inputValue(), '');
  report.check('the note looks different', (await look('composer')) !== replyLook);
  report.check(
    'the note button says so',
    await page.getByRole('button', { name: 'Add internal note' }).isVisible(),
  );
  report.check(
    'nothing to send to the customer is in sight',
    !(await page.getByRole('button', { name: 'Send to customer' }).isVisible()),
  );
  c.frames.length = 0;
  await page.locator('#note-text').pressSequentially('He is on the old domain.');
  await sara.shot('note');
  await page.keyboard.press('Control+Enter');
  await sara.sees('#timeline .note', 'He is on the old domain.');
  report.check('that a note is being written stays inside', !seesTyping());
  await page.locator('#reply-tab').click();
  report.equal(
    'the reply waited',
    await page.locator('#reply-text').inputValue(),
    'For the customer',
  );
  await page.getByRole('button', { name: 'Send & keep in progress' }).click();
  await sara.sees('#timeline .technician', 'For the customer');
  await sara.sees('#thread-head .chip', 'In progress');
  report.check('sent and kept in progress', true);
  await page.locator('#reply-text').pressSequentially('And one more.');
  await page.getByRole('button', { name: 'Send to customer' }).click();
  await sara.sees('#thread-head .chip', 'Waiting on customer');
  report.check('sent, waiting on the customer', true);
  await until(() => c.heard.filter((m) => m.from === 'technician').length === 2);
  report.equal(
    'the customer got both replies, by name',
    c.heard.map((m) => `${m.name}: ${m.text}`).join('|'),
    'Sara Berg: For the customer|Sara Berg: And one more.',
  );
  report.check('and never the note', !JSON.stringify(c.frames).includes('old domain'));
  const twice = () =>
    page.evaluate(
      async (ticket) =>
        (
          await fetch('/inbox/api/act', {
            method: 'POST',
            headers: { 'X-Deskhand': '1' },
            body: JSON.stringify({
              action: 'reply',
              ticket,
              text: 'Sent once.',
              id: 'the-same-id',
            }),
          })
        ).json(),
      c.number,
    );
  const both = [await twice(), await twice()];
  report.equal(
    'the same reply sent twice is one message',
    `${both.map((answer) => answer.ok)} ${both[0].seq === both[1].seq}`,
    'true,true true',
  );
  await until(() => c.heard.some((m) => m.text === 'Sent once.'));
  report.equal('for the customer too', c.heard.filter((m) => m.text === 'Sent once.').length, 1);
  c.send({ t: 'seen', conv: c.conv, seq: c.heard.at(-1).seq });
  await sara.sees('.seen', 'Read by the customer');
  report.check('that it was read is said', true);
  report.equal('axe: ticket', await violations(page), '');
  c.close();
});

/* ---- every action ---- */

await report.scenario('every action', async () => {
  const c = await customer(key.people, 'Eva Lindström', 'The invoice shows the wrong VAT.');
  const { page } = sara;
  const fact = (name, value) =>
    page.locator('.facts > div', { hasText: name }).filter({ hasText: value }).first().waitFor();
  const did = (name) => report.check(name, true);
  await sara.open(c.number);
  await sara.head('Claim').click();
  await fact('Assignee', 'Sara Berg');
  did('claim');
  await page.locator('[data-f=prop-priority]').click();
  report.equal('axe: menu', await violations(page), '');
  await page.getByRole('menuitemradio', { name: 'P1 Critical' }).click();
  await fact('Priority', 'P1 Critical');
  did('priority');
  await page.locator('[data-f=prop-category]').click();
  await sara.dialog.locator('[name=category]').fill('Billing');
  await sara.dialog.locator('[name=type]').fill('Invoice');
  await sara.press('Save');
  await fact('Category', 'Billing › Invoice');
  did('category and type');
  await page.locator('[data-f=prop-subject]').click();
  await sara.dialog.locator('[name=subject]').fill('Wrong VAT on an invoice');
  await sara.press('Save');
  await sara.sees('#thread-head h1', 'Wrong VAT on an invoice');
  did('subject');
  await page.locator('[data-f=tag-new]').fill('vat');
  await page.keyboard.press('Enter');
  await sara.sees('.tags .chip', 'vat');
  await page.getByRole('button', { name: 'Remove the tag vat' }).click();
  await page.locator('.tags .chip').waitFor({ state: 'detached' });
  did('tag, set and removed');
  await sara.more('Flag for review');
  await sara.toast('Flagged').catch(() => {});
  await sara.sees('.warning', 'review');
  await sara.more('Mark as reviewed');
  await page.locator('.warning', { hasText: 'review' }).waitFor({ state: 'detached' });
  did('flag for review, reviewed');
  await sara.more('Snooze');
  report.equal('axe: dialog', await violations(page), '');
  await sara.shot('snooze');
  await sara.dialog.getByRole('button', { name: /Tomorrow morning/ }).click();
  await fact('Snoozed', 'until');
  await sara.more('Wake up');
  await page.locator('.facts > div', { hasText: 'Snoozed' }).waitFor({ state: 'detached' });
  did('snooze by a preset, wake');
  await sara.more('Put on hold');
  await sara.sees('#thread-head .chip', 'On hold');
  did('hold');
  await c.say('Any news?');
  await sara.sees('#thread-head .chip', 'In progress');
  did('the customer wakes it');
  await sara.more('Escalate');
  await sara.dialog.locator('[name=why]').fill('The tax office waits.');
  await sara.press('Escalate');
  await sara.sees('#timeline .event', 'escalated');
  did('escalate');
  await sara.more('Transfer');
  await sara.dialog.locator('[name=to]').selectOption({ label: 'Inbox Network' });
  await sara.dialog.locator('[name=why]').fill('Yours, I think.');
  await sara.shot('transfer');
  await sara.press('Transfer');
  await fact('Team', 'Inbox Network');
  await fact('Assignee', 'Nobody');
  did('transfer to a team');
  await sara.more('Transfer');
  await sara.dialog.locator('[name=to]').selectOption({ label: 'Omar Haddad' });
  await sara.press('Transfer');
  await fact('Assignee', 'Omar Haddad');
  did('transfer to a technician');
  await omar.open(c.number);
  await omar.more('Release');
  await fact('Assignee', 'Nobody');
  did('release');
  await sara.head('Claim').click();
  await fact('Assignee', 'Sara Berg');
  await sara.more('Resolve');
  await sara.dialog.locator('[name=recap]').fill('Corrected in the ledger.');
  await sara.press('Resolve');
  await sara.sees('#thread-head .chip', 'Resolved');
  await sara.sees('#timeline .note', 'Corrected in the ledger.');
  report.check('a resolved ticket takes no reply', await page.locator('#reply-off').isVisible());
  did('resolve with a recap');
  await sara.more('Reopen');
  await page.locator('#reply-text').waitFor();
  did('reopen');
  await sara.more('Close');
  await sara.dialog.getByLabel('Not a request').check();
  await sara.dialog.locator('[name=reason]').fill('Was a test.');
  await sara.shot('close');
  await sara.press('Close ticket');
  await sara.sees('#thread-head .chip', 'Closed');
  await fact('Outcome', 'Not a request: Was a test.');
  did('close with outcome and reason');
  report.check(
    'no note, reason or recap reached the customer',
    !/ledger|tax office|Was a test|Yours, I think/.test(JSON.stringify(c.frames)),
  );
  c.close();
});

/* ---- with the assistant ---- */

await report.scenario('the assistant', async () => {
  const c = await customer(key.live, 'Farid Rahman', 'Hello');
  await until(() => c.heard.some((m) => m.from === 'assistant'));
  await sara.open(c.number);
  await sara.sees('#timeline .assistant', c.heard[0].text.slice(0, 20));
  await sara.more('Take over from the assistant');
  await sara.sees('.owner', 'You have it');
  report.check('take over', true);
  await sara.more('The assistant was wrong');
  await sara.dialog.locator('[name=text]').fill('Should have asked for the room.');
  await sara.press('Send feedback');
  await sara.toast('noted');
  report.check('report an error of the assistant', true);
  await sara.more('Give back to the assistant');
  await sara.press('Give back');
  await sara.sees('.owner', 'The assistant has it');
  report.check('give back', true);
  await c.say('I want to speak to a human');
  await sara.sees('.summary', 'asked for a person');
  report.check('the summary says why it came', true);
  await sara.shot('handoff');
  c.close();

  const d = await customer(key.draft, 'Grace Lee', 'Hello, my laptop does not start');
  await sara.open(d.number);
  await sara.page.locator('.draft').waitFor();
  report.equal('a draft is no message', d.heard.filter((m) => m.from === 'assistant').length, 0);
  await sara.shot('draft');
  await sara.page.locator('[data-f=draft-edit]').click();
  await sara.page.locator('#reply-text').fill('Please hold the power key for ten seconds.');
  await sara.page.getByRole('button', { name: 'Send to customer' }).last().click();
  await until(() => d.heard.some((m) => m.from === 'technician'));
  report.equal(
    "an edited draft goes out as the technician's",
    d.heard
      .filter((m) => m.from === 'technician')
      .map((m) => m.text)
      .join(),
    'Please hold the power key for ten seconds.',
  );
  await sara.page.locator('.draft').waitFor({ state: 'detached' });
  report.check('and is no draft any more', true);
  d.close();
});

/* ---- finding, making, refusing ---- */

await report.scenario('search and new tickets', async () => {
  const { page } = sara;
  await page.goto(`${url}/inbox/`);
  await page.locator('[data-f=new]').click();
  await sara.dialog.locator('[name=client]').selectOption({ label: 'People First' });
  await sara.dialog.locator('[name=name]').fill('Ana Keller');
  await sara.dialog.locator('[name=email]').fill('ana.keller@customer.example');
  await sara.dialog.locator('[name=text]').fill(`She called: the scanner ${run} hums.`);
  await sara.dialog.locator('.warning').waitFor();
  report.check(
    'an open ticket of the requester is pointed out',
    (await sara.dialog.locator('.warning').textContent()).includes('open ticket already'),
  );
  await sara.shot('new');
  report.equal('axe: new ticket', await violations(page), '');
  await sara.press('Create ticket');
  await sara.sees('#timeline .contact', 'the scanner');
  report.check('a ticket is made by hand', true);
  const number = new URL(page.url()).searchParams.get('ticket');
  await page.locator('#search').fill(`scanner ${run}`);
  await page.locator(`[data-f=row-${number}]`).waitFor();
  report.check(
    'search finds it',
    await until(async () => (await page.locator('#rows li').count()) === 1),
  );
  report.check('the search stands in the address', page.url().includes('q=scanner'));
  await page.locator('#search').fill('xyzzy nothing');
  await page.getByText('No ticket has these words.').waitFor();
  report.check('and says when there is none', true);
  await page.locator('#search').fill(`#${number}`);
  await page.locator(`[data-f=row-${number}]`).waitFor();
  report.check('by number', true);
  await page.goto(`${url}/inbox/?ticket=999999999999`);
  await sara.toast('There is no ticket');
  report.check('an unknown ticket is said to be unknown', true);
});

await report.scenario('a long list', async () => {
  const many = [];
  for (let i = 0; i < 60; i++)
    many.push(
      Customer.open(key.people).then(async (c) => {
        await c.say(`Number ${i} of ${run}`);
        c.close();
      }),
    );
  await Promise.all(many);
  const { page } = sara;
  await page.goto(`${url}/inbox/?view=unassigned`);
  await until(async () => (await page.locator('#rows li').count()) >= 50);
  const first = await page.locator('#rows li').count();
  await page.locator('[data-f=more]').click();
  report.check(
    'the list goes on',
    await until(async () => (await page.locator('#rows li').count()) > first),
  );
  const keys = await page.locator('#rows li').evaluateAll((all) => all.map((li) => li.dataset.key));
  report.equal('without doubles', new Set(keys).size, keys.length);
  await page.locator('#pick-client, [data-f=pick-client]').selectOption({ label: 'Live & Co' });
  report.check(
    'a client can be picked',
    await until(
      async () => !(await page.locator('#rows .client').allTextContents()).includes('People First'),
    ),
  );
  report.check('the pick stands in the address', page.url().includes('client='));
});

await report.scenario('text is only text', async () => {
  const bad =
    '<img src=x onerror="document.title=1"><script>document.title=2</script> &amp; **x** هل يمكنك';
  const c = await customer(key.people, '<b>Mallory</b>', bad);
  await sara.open(c.number);
  await sara.sees('#timeline .text', '<img src=x');
  report.equal(
    'markup stays text',
    await sara.page.locator('#timeline .text').first().textContent(),
    bad,
  );
  report.equal(
    'nothing was made of it',
    await sara.page.locator('#thread img, #thread script, #thread b').count(),
    0,
  );
  report.equal(
    'each message finds its own direction',
    await sara.page.locator('#timeline .text').first().getAttribute('dir'),
    'auto',
  );
  c.close();
});

/* ---- what a test cannot wait for is shown by changing the answer on its way ---- */

await report.scenario('decisions and what was not delivered', async () => {
  const c = await customer(key.people, 'Hana Sato', 'Where is my order?');
  const { page } = sara;
  await page.route(new RegExp(`/inbox/api/ticket/${c.number}(/log)?([?]|$)`), async (route) => {
    const answer = await route.fetch(),
      body = await answer.json();
    Object.assign(body.ticket, { status: 'awaiting_close', reminders: 5 });
    body.card.buttons.push(
      ...['escalate', 'keep_open'].map((action) => ({ action, label: action, front: true })),
    );
    await route.fulfill({ json: body });
  });
  await sara.open(c.number);
  await page.locator('.decision').waitFor();
  report.equal(
    'after the last reminder there are three ways',
    (await page.locator('.decision button').allTextContents()).join(),
    'Close,Escalate,Keep open',
  );
  await sara.shot('decision');
  report.equal('axe: decision', await violations(page), '');
  const asks = (word) =>
    page.waitForRequest((r) => r.url().endsWith('/api/act') && r.postData().includes(word));
  await Promise.all([asks('keep_open'), page.locator('[data-f=decide-keep_open]').click()]);
  report.check('keep open is asked of the desk', true);
  await page.unrouteAll({ behavior: 'ignoreErrors' });

  await page.goto(`${url}/inbox/?view=undelivered`);
  await page.getByText('Everything has been delivered.').waitFor();
  report.check('usually everything has been delivered', true);
  await page.route('**/inbox/api/undelivered', (route) =>
    route.fulfill({
      json: {
        effects: [
          {
            id: 77,
            ticket: c.number,
            created: Date.now() - 6e5,
            kind: 'card',
            place: 'slack:C024BE7LR',
            error: 'channel_not_found',
            attempts: 8,
          },
        ],
      },
    }),
  );
  await page.reload();
  const [retried] = await Promise.all([
    asks('"effect":77'),
    page.getByRole('button', { name: 'Retry' }).click(),
  ]);
  report.check('a retry is asked of the desk', retried.postData().includes('retry_effect'));
  await sara.shot('undelivered');
  report.equal('axe: not delivered', await violations(page), '');
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  c.close();
});

/* ---- without a mouse ---- */

await report.scenario('keyboard only', async () => {
  const c = await customer(key.people, 'Ines Duarte', `Keyboard ${run} is broken`);
  const { page } = sara,
    focus = () =>
      page.evaluate(() => document.activeElement.id || document.activeElement.dataset.f);
  await page.goto(`${url}/inbox/`);
  await page.locator('.online').waitFor();
  await page.locator(`[data-f=row-${c.number}]`).waitFor();
  await page.keyboard.press('j');
  report.equal(
    'j goes to the list',
    await focus(),
    await page.locator('#rows a').first().getAttribute('data-f'),
  );
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('k');
  await page.keyboard.press('/');
  report.equal('/ goes to the search', await focus(), 'search');
  await page.keyboard.type(`Keyboard ${run}`);
  await until(async () => (await page.locator('#rows li').count()) === 1);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.locator('#thread-head h1').waitFor();
  await page.keyboard.press('c');
  await sara.sees('.owner', 'You have it');
  report.check('c claims', true);
  await page.keyboard.press('n');
  await until(async () => (await focus()) === 'note-text');
  report.equal('n opens the note', await focus(), 'note-text');
  await page.keyboard.type('check c and x');
  await page.keyboard.press('Control+Enter');
  await sara.sees('#timeline .note', 'check c and x');
  report.check('letters in a text are no shortcuts', (await page.locator('dialog').count()) === 0);
  await page.keyboard.press('Escape');
  await page.keyboard.press('r');
  await until(async () => (await focus()) === 'reply-text');
  report.equal('r opens the reply', await focus(), 'reply-text');
  await page.keyboard.type('Written without a mouse.');
  await page.keyboard.press('Control+Enter');
  await until(() => c.heard.some((m) => m.text === 'Written without a mouse.'));
  await sara.sees('#thread-head .chip', 'Waiting on customer');
  report.check('and sends it', true);
  await page.keyboard.press('Escape');
  await page.keyboard.press('t');
  await sara.dialog.waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('x');
  await sara.dialog.getByText('How did it end?').waitFor();
  await page.keyboard.press('Enter');
  await sara.sees('#thread-head .chip', 'Closed');
  report.check('t and x ask before they act', true);
  await page.keyboard.press('g');
  await page.keyboard.press('d');
  await page.locator('#list h1', { hasText: 'Done' }).waitFor();
  report.check('g d goes to a view', true);
  await page.keyboard.press('?');
  await sara.dialog.waitFor();
  report.equal('axe: keys', await violations(page), '');
  await page.keyboard.press('Space');
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  report.check(
    'shortcuts can be switched off',
    (await page.locator('#list h1').textContent()) === 'Done',
  );
  await page.evaluate(() => localStorage.removeItem('dh_keys'));
  c.close();
});

/* ---- looks ---- */

await report.scenario('looks', async () => {
  const c = await customer(key.people, 'Jana Novak', 'My screen flickers.');
  for (const [name, options] of [
    ['dark', { colorScheme: 'dark' }],
    ['forced', { forcedColors: 'active' }],
    ['phone', { viewport: { width: 390, height: 844 }, hasTouch: true }],
    ['middle', { viewport: { width: 1100, height: 760 } }],
  ]) {
    const t = await technician(browser, 'sara@inbox.example', options);
    await t.shot(`${name}-list`);
    report.equal(`axe: list, ${name}`, await violations(t.page), '');
    await t.open(c.number);
    await t.shot(`${name}-ticket`);
    report.equal(`axe: ticket, ${name}`, await violations(t.page), '');
    report.check(
      `nothing is wider than the page, ${name}`,
      await t.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
    );
    if (name === 'dark') {
      await t.page.locator('#note-tab').click();
      report.equal('axe: note, dark', await violations(t.page), '');
      await t.shot('dark-note');
    }
    if (name === 'phone') {
      await t.page.locator('.toggle-side').click();
      await t.page.locator('.person').waitFor();
      report.equal('axe: side, phone', await violations(t.page), '');
      await t.shot('phone-side');
      await t.page.locator('.close-side').click();
      await t.page.getByRole('button', { name: 'Back to the list' }).click();
      report.check(
        'one pane at a time, and back',
        (await t.page.locator('#rows').isVisible()) &&
          !(await t.page.locator('#thread').isVisible()),
      );
    }
    report.equal(`no errors in the page, ${name}`, t.errors.join(), '');
    await t.context.close();
  }
  c.close();
});

await report.scenario('weight', async () => {
  const names = [
    'inbox.html',
    'inbox.js',
    'api.js',
    'card.js',
    'dialogs.js',
    'dom.js',
    'keys.js',
    'thread.js',
    'views.js',
    'write.js',
    'words.js',
    'inbox.css',
  ];
  let bytes = 0;
  for (const name of names) {
    const answer = await fetch(name.endsWith('html') ? `${url}/inbox/` : `${url}/inbox/a/${name}`);
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
    bytes += gzipSync(Buffer.from(await answer.arrayBuffer()), { level: 9 }).length;
  }
  report.check(`everything together is at most 60 KB compressed (${bytes})`, bytes <= 60 * 1024);
});

report.equal('no errors in the pages', [...sara.errors, ...omar.errors].join(), '');
await browser.close();
report.end();
