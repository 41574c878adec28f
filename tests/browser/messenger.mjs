// The customer's side in a real browser against a running desk: DESK_URL, e.g. http://127.0.0.1:8080.
// SHOTS names a directory for screenshots. The other side is the triage agent.
import http from 'node:http';
import { mkdirSync } from 'node:fs';
import { Report, launch, until, violations } from './browser.mjs';

const desk = (process.env.DESK_URL || 'http://127.0.0.1:8080').replace(/\/$/, '');
const shots = process.env.SHOTS;
const report = new Report();
const browser = await launch();
if (shots) mkdirSync(shots, { recursive: true });

/* A visitor nobody knows yet, on the demo page; errors of any page count against the run. */
async function visit(options = {}, before = () => {}, path = '/demo') {
  const context = await browser.newContext({ viewport: { width: 1100, height: 800 }, locale: 'en-GB', ...options });
  await context.addInitScript(before);
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', (e) => errors.push(e.message));
  await page.goto(desk + path);
  const frame = page.frameLocator('deskhand-messenger iframe');
  const launcher = page.locator('deskhand-messenger button');
  const inner = () => page.frames().find((f) => f.url().includes('/m/frame'));
  const open = async () => {
    await launcher.click();
    await frame.locator('#text').waitFor();
  };
  const write = async (text) => {
    await frame.locator('#text').fill(text);
    await frame.locator('#text').press('Enter');
  };
  const answered = (n = 1) => until(async () => await frame.locator('.msg:not(.me) .meta').count() > n, 15000);
  const shot = async (name) => {
    await page.waitForTimeout(350); /* for the picture only: the opening movement */
    if (shots) await page.screenshot({ path: `${shots}/messenger-${name}.png` });
  };
  return { context, page, frame, launcher, inner, open, write, answered, shot, errors };
}
const mine = (v) => v.frame.locator('.msg.me .body');
const delivered = (v) => until(async () => /Sent|Seen/.test(await v.frame.locator('.msg.me .meta').last().textContent()));
const kept = (v) => v.page.evaluate(() => Object.keys(localStorage).filter((k) => k.startsWith('dh:')).length);

await report.scenario('a first conversation', async () => {
  const asked = [];
  const v = await visit();
  v.page.on('request', (r) => r.url().includes('/m/') && asked.push(r.url()));
  await v.page.reload();
  await v.launcher.waitFor();
  report.equal('a closed messenger is one request', asked.length, 1);
  report.equal('nothing is stored before it is opened', await kept(v), 0);
  report.check('the launcher is a named button', await v.launcher.getAttribute('aria-label'));
  report.equal('it says that it is closed', await v.launcher.getAttribute('aria-expanded'), 'false');
  report.equal('axe: demo page', await violations(v.page), '');
  await v.open();
  report.equal('it says that it is open', await v.launcher.getAttribute('aria-expanded'), 'true');
  report.check('the focus waits in the composer',
    await until(() => v.inner().evaluate(() => document.activeElement.id === 'text')));
  report.check('an assistant is named as such', /automated assistant/.test(await v.frame.locator('#who').textContent()));
  report.check('a person is one press away', await v.frame.locator('#person').isVisible());
  report.equal('axe: new conversation', await violations(v.inner()), '');
  await v.shot('new');
  await v.write('My printer is offline, what can I do?');
  report.check('the message is shown and delivered', await delivered(v));
  report.check('the assistant answers', await v.answered());
  report.equal('the message is there once', await mine(v).count(), 1);
  report.equal('nothing waits in storage', await kept(v), 1);
  report.equal('axe: conversation', await violations(v.inner()), '');
  report.equal('the log is a live region', await v.frame.locator('#log').getAttribute('role'), 'log');
  report.equal('every bubble names its sender',
    await v.frame.locator('.msg > span:first-child:empty').count(), 0);
  await v.shot('light');
  await v.inner().locator('#text').press('Escape');
  report.equal('Esc closes', await v.launcher.getAttribute('aria-expanded'), 'false');
  report.check('the focus is back on the launcher',
    await v.page.evaluate(() => document.activeElement.shadowRoot?.activeElement?.tagName === 'BUTTON'));

  await v.page.reload();
  await v.launcher.click();
  const row = v.frame.locator('.row');
  await row.waitFor();
  report.equal('the list has the conversation', await row.count(), 1);
  report.check('with its status in words', (await row.locator('.state').textContent()).length > 2);
  report.equal('axe: list', await violations(v.inner()), '');
  await v.shot('list');
  await row.click();
  await mine(v).first().waitFor();
  report.equal('its history is drawn once', await mine(v).count(), 1);
  report.check('a person is one press away in the list and here', await v.frame.locator('#person').isVisible());
  await v.frame.locator('#person').click();
  report.check('a person is asked for', await until(() => v.frame.locator('#person').isDisabled()));
  report.check('and the visitor is told', /person|help/i.test(await v.frame.locator('#who').textContent()));
  report.check('and the desk hands over to people',
    await until(() => v.inner().evaluate(() => conv().handler !== 'ai')));
  await v.shot('person');
  report.equal('no page had an error', v.errors.join(), '');
  await v.context.close();
});

await report.scenario('the assistant gives it to people', async () => {
  const v = await visit();
  await v.open();
  await v.write('I want to speak to a human');
  report.check('nobody is called an assistant any more',
    await until(async () => /person|help/i.test(await v.frame.locator('#who').textContent())));
  report.check('opening times name their time zone', /\b(UTC|GMT|[A-Z]{3,4})\b/.test(await v.inner().evaluate(() => {
    session.away = { text: 'closed.', until: Date.UTC(2026, 0, 5, 8) };
    return away();
  })));
  await v.context.close();
});

await report.scenario('what people type', async () => {
  const v = await visit();
  await v.open();
  await v.inner().evaluate(() => {
    document.getElementById('text').value = 'cut \ud83d off\u0000 <img src=x onerror=alert(1)> https://a.example/x.';
    document.getElementById('composer').requestSubmit();
    document.getElementById('composer').requestSubmit();
  });
  report.check('half an emoji and U+0000 do not break the line', await delivered(v));
  report.equal('sent twice by a double press: there once', await mine(v).count(), 1);
  report.equal('the rest is unchanged', await mine(v).first().textContent(),
    'cut  off <img src=x onerror=alert(1)> https://a.example/x.');
  report.equal('markup is text', await v.frame.locator('#log img').count(), 0);
  report.equal('an address becomes a link', await mine(v).locator('a').getAttribute('href'), 'https://a.example/x');
  report.equal('that gives nothing away', await mine(v).locator('a').getAttribute('rel'), 'noopener noreferrer nofollow');
  const drawn = await v.inner().evaluate(() => {
    const box = document.createElement('div');
    drawText(box, '# T\n**b** *i* `c` [x](javascript:alert) [y](https://y.example) [z](data:text/html,1)\n' +
      '- one\n- two\n\n3. three\n```\n**raw**\n```\n<script>alert(1)</script>');
    return box.innerHTML;
  });
  report.equal('Markdown is drawn from nodes', drawn, '<p># T<br><strong>b</strong> <em>i</em> ' +
    '<code>c</code> x <a href="https://y.example/" target="_blank" rel="noopener noreferrer nofollow">y</a> z</p>' +
    '<ul><li>one</li><li>two</li></ul><ol start="3"><li>three</li></ol><pre dir="ltr">**raw**\n</pre>' +
    '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>');
  await v.write('x'.repeat(8001));
  report.check('too long a text is not sent but counted', /1/.test(await v.frame.locator('#over').textContent()));
  report.equal('and stays in the field', (await v.frame.locator('#text').inputValue()).length, 8001);
  await v.write('😀'.repeat(8000));
  report.check('8,000 emoji are not too long', await until(async () => await mine(v).count() === 2) && await delivered(v));
  await v.write('  \n ');
  report.equal('white space is not sent', await mine(v).count(), 2);
  report.equal('no page had an error', v.errors.join(), '');
  await v.context.close();
});

await report.scenario('two windows of one visitor', async () => {
  const v = await visit();
  await v.open();
  await v.write('first from one window');
  await delivered(v);
  await v.answered();
  const other = await v.context.newPage();
  await other.goto(desk + '/demo');
  await other.locator('deskhand-messenger button').click();
  const frame = other.frameLocator('deskhand-messenger iframe');
  await frame.locator('.row').click();
  await frame.locator('.msg.me').waitFor();
  await v.write('second from one window');
  await delivered(v);
  report.check('the other window shows it', await until(async () => await frame.locator('.msg.me').count() === 2));
  await v.page.close();
  await frame.locator('#text').fill('third from the other');
  await frame.locator('#text').press('Enter');
  report.check('and goes on alone', await until(async () => /Sent|Seen/.test(await frame.locator('.msg.me .meta').last().textContent())));
  await v.context.close();
});

await report.scenario('unread answers', async () => {
  const v = await visit();
  await v.open();
  await v.page.evaluate(() => {
    window.heard = [];
    for (const name of ['unread', 'message', 'close']) Deskhand.on(name, (d) => window.heard.push([name, d]));
  });
  await v.page.evaluate(() => Deskhand('close'));
  await until(() => v.inner().evaluate(() => !shown));
  await v.inner().evaluate(() => send('Outlook asks for my password again and again'));
  report.check('the badge is in the name of the launcher',
    await until(async () => /Unread: [1-9]/.test(await v.launcher.getAttribute('aria-label'))));
  await v.shot('unread');
  const heard = await v.page.evaluate(() => window.heard.map((x) => x[0]));
  report.check('the page hears of it', heard.includes('unread') && heard.includes('message') && heard.includes('close'));
  await v.launcher.click();
  report.check('reading takes it away', await until(async () => !/Unread/.test(await v.launcher.getAttribute('aria-label'))));
  await v.context.close();
});

await report.scenario('the page that embeds it', async () => {
  const v = await visit();
  await v.page.evaluate(() => Deskhand('newMessage', 'from the page'));
  await v.frame.locator('#text').waitFor();
  report.check('newMessage opens with a text',
    await until(async () => await v.frame.locator('#text').inputValue() === 'from the page'));
  await v.page.evaluate(() => { Deskhand.setLocale('ar'); Deskhand.setTheme('dark'); });
  report.check('setLocale changes the language',
    await until(() => v.inner().evaluate(() => document.documentElement.dir === 'rtl')));
  report.check('setTheme the theme', await v.inner().evaluate(() => document.documentElement.classList.contains('dark')));
  report.check('on gives a way to stop', await v.page.evaluate(() => {
    let n = 0;
    const off = Deskhand.on('close', () => n++);
    off();
    Deskhand.close();
    return new Promise((done) => setTimeout(() => done(n === 0)));
  }));
  report.check('hide and show', await v.page.evaluate(() => {
    const seen = () => document.querySelector('deskhand-messenger').shadowRoot.querySelector('button').offsetWidth > 0;
    Deskhand.hide();
    const hidden = !seen();
    Deskhand.show();
    return hidden && seen();
  }));
  await v.page.evaluate(() => Deskhand.destroy());
  report.check('destroy leaves nothing', await v.page.evaluate(() =>
    !window.Deskhand && !document.querySelector('deskhand-messenger')));
  await v.context.close();
});

await report.scenario('logging out', async () => {
  const v = await visit();
  await v.open();
  await v.write('something private');
  await delivered(v);
  await v.page.evaluate(() => Deskhand.logout());
  report.check('the token is gone', await until(async () => await kept(v) === 0));
  report.check('so is the conversation', await until(async () => await mine(v).count() === 0));
  await v.context.close();
});

await report.scenario('a token that the desk does not know', async () => {
  const v = await visit({}, () => { localStorage['dh:demo'] ||= 'dh1.' + 'x'.repeat(43); });
  await v.open();
  await v.write('who am I?');
  report.check('is given up for a new one', await delivered(v) &&
    await v.page.evaluate(() => !localStorage['dh:demo'].includes('xxxxxxxx')));
  await v.context.close();
});

await report.scenario('faster than the desk allows', async () => {
  const v = await visit();
  await v.open();
  const lines = Array.from({ length: 7 }, (_, i) => `line ${i}`);
  for (const text of lines) await v.write(text);
  report.check('all is delivered in the end', await until(async () => await kept(v) === 1, 30000));
  report.equal('in order', (await mine(v).allTextContents()).join(), lines.join());
  report.check('and never called failed', await v.frame.locator('.msg.bad').count() === 0);
  await v.context.close();
});

await report.scenario('a strict host page', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const violationsSeen = [];
  page.on('console', (m) => /Content Security Policy/i.test(m.text()) && violationsSeen.push(m.text()));
  await page.route(desk + '/strict', (route) => route.fulfill({ contentType: 'text/html',
    headers: { 'Content-Security-Policy': `default-src 'none'; script-src ${desk}; frame-src ${desk}` },
    body: `<!doctype html><html lang="en"><title>Strict</title><h1>Strict</h1><script async src="${desk}/m/demo.js"></script></html>` }));
  await page.goto(desk + '/strict');
  await page.locator('deskhand-messenger button').click();
  await page.frameLocator('deskhand-messenger iframe').locator('#text').waitFor();
  report.equal('script-src and frame-src are all it needs', violationsSeen.join(), '');
  report.check('and it has its looks', await page.evaluate(() => getComputedStyle(
    document.querySelector('deskhand-messenger').shadowRoot.querySelector('button')).borderRadius === '50%'));
  await context.close();
});

await report.scenario('no storage', async () => {
  const v = await visit({}, () => Object.defineProperty(window, 'localStorage', { get() { throw new Error('denied'); } }));
  await v.open();
  await v.write('does this work without storage?');
  report.check('it works without storage', await delivered(v));
  report.equal('quietly', v.errors.join(), '');
  await v.context.close();
});

await report.scenario('no sockets', async () => {
  const v = await visit({}, () => {
    window.WebSocket = class {
      constructor() { setTimeout(() => this.onclose({ code: 1006, reason: '' })); }
      send() {}
      close() {}
    };
  });
  await v.open();
  await v.write('does this work without sockets?');
  report.check('long polls carry it', await delivered(v));
  report.check('and the answer', await v.answered());
  await v.write('and again');
  report.check('and more', await until(async () => await mine(v).count() === 2) && await delivered(v));
  await v.context.close();
});

await report.scenario('a page of its own', async () => {
  const v = await visit({ viewport: { width: 900, height: 700 } }, () => {}, '/m/frame?k=demo');
  await v.page.locator('#text').fill('from the full page');
  await v.page.locator('#text').press('Enter');
  report.check('the frame works as a full page', await until(async () =>
    /Sent|Seen/.test(await v.page.locator('.msg.me .meta').last().textContent().catch(() => ''))));
  await v.page.reload();
  report.check('and remembers', await until(async () => await v.page.locator('.row').count() === 1));
  await v.context.close();
});

await report.scenario('a phone in the dark', async () => {
  const v = await visit({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, colorScheme: 'dark' });
  await v.open();
  await v.write('My laptop is very slow since the update');
  await delivered(v);
  await v.answered();
  const box = await v.page.locator('deskhand-messenger iframe').boundingBox();
  report.equal('it fills the phone', `${box.x} ${box.y} ${box.width} ${box.height}`, '0 0 390 844');
  report.check('and hides the launcher', !await v.launcher.isVisible());
  report.check('inputs do not make it zoom', await v.inner().evaluate(() =>
    parseFloat(getComputedStyle(document.getElementById('text')).fontSize) >= 16));
  report.check('touch targets are large enough', await v.inner().evaluate(() =>
    [...document.querySelectorAll('button')].every((b) => !b.offsetWidth || (b.offsetWidth >= 24 && b.offsetHeight >= 24))));
  report.equal('axe: dark', await violations(v.inner()), '');
  await v.shot('phone-dark');
  await v.frame.locator('#back').click();
  report.equal('axe: dark list', await violations(v.inner()), '');
  await v.shot('phone-list');
  await v.frame.locator('#close').click();
  report.check('closing shows the launcher', await until(() => v.launcher.isVisible()));
  await v.context.close();
});

await report.scenario('right to left', async () => {
  const v = await visit({ locale: 'ar-EG' });
  await v.open();
  await v.write('الطابعة لا تعمل منذ الصباح');
  await until(async () => await v.frame.locator('.msg.me .meta').count() === 1);
  await v.answered();
  const [log, bubble] = [await v.frame.locator('#log').boundingBox(), await mine(v).first().boundingBox()];
  report.equal('the page reads right to left', await v.inner().evaluate(() => document.documentElement.dir), 'rtl');
  report.check('own messages are on the left', bubble.x - log.x < 40, `${bubble.x - log.x}px`);
  report.equal('axe: right to left', await violations(v.inner()), '');
  report.check('placeholders read right to left, too', await v.inner().evaluate(() =>
    getComputedStyle(document.getElementById('text')).direction === 'rtl'));
  await v.shot('rtl');
  await v.frame.locator('#back').click();
  await v.shot('rtl-list');
  await v.context.close();
});

await report.scenario('any colour', async () => {
  const v = await visit();
  await v.open();
  const worst = await v.inner().evaluate(() => {
    const light = (color) => color.map((x) => x / 255).map((x) => (x > 0.04045 ? ((x + 0.055) / 1.055) ** 2.4 : x / 12.92))
      .reduce((sum, x, i) => sum + [0.2126, 0.7152, 0.0722][i] * x, 0.05);
    let low = 21;
    for (let n = 0; n < 0x1000; n++) {
      const color = [n >> 8, n >> 4, n].map((x) => (x & 15) * 17);
      brand.color = '#' + color.map((x) => x.toString(16).padStart(2, '0')).join('');
      paint();
      const ink = document.documentElement.style.getPropertyValue('--ink') === '#000' ? 0.05 : 1.05;
      low = Math.min(low, Math.max(ink, light(color)) / Math.min(ink, light(color)));
    }
    return low;
  });
  report.check('any brand colour keeps 4.5:1', worst >= 4.5, worst.toFixed(2));
  await v.context.close();
});

/* Bytes as they travel with gzip. */
const weigh = (path) => new Promise((done, fail) => {
  http.get(desk + path, { headers: { 'Accept-Encoding': 'gzip' } }, (r) => {
    const parts = [];
    r.on('data', (d) => parts.push(d));
    r.on('end', () => done({ bytes: Buffer.concat(parts), headers: r.headers, status: r.statusCode }));
  }).on('error', fail);
});
await report.scenario('weight', async () => {
  const { gunzipSync } = await import('node:zlib');
  const loader = await weigh('/m/demo.js');
  const page = await weigh('/m/frame?k=demo');
  report.equal('the frame page is compressed', page.headers['content-encoding'], 'gzip');
  const html = gunzipSync(page.bytes).toString();
  let sum = loader.bytes.length + page.bytes.length;
  for (const [, path] of html.matchAll(/"(\/m\/a\/[0-9a-f]{12}\.(?:js|css))"/g)) {
    const asset = await weigh(path);
    report.check(`${path.split('.').pop()} is cached for good`, /immutable/.test(asset.headers['cache-control']));
    sum += asset.bytes.length;
  }
  report.check('the loader weighs at most 4 KB', loader.bytes.length <= 4096, `${loader.bytes.length}`);
  report.check('all weighs at most 15 KB', sum <= 15 * 1024, `${sum}`);
  console.log(`       loader ${loader.bytes.length}, all ${sum} bytes`);
});

await browser.close();
report.end();
