// A bad line between real messengers and a running desk (DESK_URL): acknowledgements and other frames
// get lost in both directions, sockets are cut, pages are reloaded. In the end every message is on the desk
// exactly once and in order, and every page shows what the desk has. SEED replays a run; VISITORS and
// MESSAGES widen it.
import http from 'node:http';
import { WebSocket, WebSocketServer } from 'ws';
import { Report, launch, until } from './browser.mjs';

const desk = (process.env.DESK_URL || 'http://127.0.0.1:8080').replace(/\/$/, '');
const seed = Number(process.env.SEED || 1);
const visitors = Number(process.env.VISITORS || 4);
const messages = Number(process.env.MESSAGES || 10);
const report = new Report();

/* mulberry32: the same seed gives the same faults as far as the order of frames is the same. */
function random(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let x = Math.imul(state ^ (state >>> 15), state | 1);
    x = (x + Math.imul(x ^ (x >>> 7), x | 61)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 4294967296;
  };
}

class BadLine {
  bad = true;
  lost = { ack: 0, down: 0, up: 0, cut: 0 };

  constructor(chance) { this.chance = chance; }

  async open() {
    this.server = http.createServer((ask, answer) => this.pass(ask, answer));
    this.sockets = new WebSocketServer({ noServer: true, handleProtocols: () => 'deskhand.v1' });
    this.server.on('upgrade', (ask, socket, head) =>
      this.sockets.handleUpgrade(ask, socket, head, (near) => this.join(near, ask.url)));
    await new Promise((done) => this.server.listen(0, '127.0.0.1', done));
    this.url = `http://127.0.0.1:${this.server.address().port}`;
  }

  pass(ask, answer) {
    const there = http.request(desk + ask.url, { method: ask.method,
      headers: { ...ask.headers, host: new URL(desk).host, ...(ask.headers.origin ? { origin: desk } : {}) } }, (r) => {
      answer.writeHead(r.statusCode, r.headers);
      r.pipe(answer);
    });
    there.on('error', () => answer.destroy());
    ask.pipe(there);
  }

  join(near, path) {
    const far = new WebSocket(desk.replace('http', 'ws') + path, 'deskhand.v1', { origin: desk });
    const early = [];
    const drop = (kind, odds) => {
      const dropped = this.bad && this.chance() < odds;
      if (dropped) this.lost[kind]++;
      return dropped;
    };
    const cut = () => {
      near.terminate();
      far.terminate();
    };
    far.on('open', () => early.splice(0).forEach((m) => far.send(m)));
    far.on('message', (data) => {
      const text = String(data);
      if (drop(/^\{"t":"ack"/.test(text) ? 'ack' : 'down', /^\{"t":"ack"/.test(text) ? 0.35 : 0.08)) return;
      near.send(text);
    });
    near.on('message', (data) => {
      if (drop('up', 0.06)) return;
      if (far.readyState === WebSocket.OPEN) far.send(String(data));
      else early.push(String(data));
      if (drop('cut', 0.12)) cut();
    });
    near.on('close', (code) => far.close(code === 1000 ? 1000 : undefined));
    far.on('close', () => near.close(1012));
    for (const end of [near, far]) end.on('error', cut);
  }

  close() {
    this.server.close();
    this.server.closeAllConnections();
    for (const s of this.sockets.clients) s.terminate();
  }
}

/* Everything the desk has for a token, straight from it: [conv, entries]. */
function whole(token) {
  return new Promise((done, fail) => {
    const ws = new WebSocket(desk.replace('http', 'ws') + '/m/ws?k=demo', 'deskhand.v1', { origin: desk });
    const logs = new Map();
    const ask = (conv, after) => ws.send(JSON.stringify({ t: 'sync', conv, after, limit: 200 }));
    let open = 0;
    ws.on('error', fail);
    ws.on('open', () => ws.send(JSON.stringify({ t: 'hello', v: 1, tok: token })));
    ws.on('message', (data) => {
      const f = JSON.parse(data);
      if (f.t === 'welcome') {
        open = f.convs.length;
        if (!open) done(logs);
        for (const c of f.convs) {
          logs.set(c.conv, []);
          ask(c.conv, 0);
        }
      } else if (f.t === 'msg' || f.t === 'conv') {
        const log = logs.get(f.conv);
        if (log && f.seq === log.length + 1) log.push(f);
      } else if (f.t === 'synced') {
        if (f.more) ask(f.conv, f.seq);
        else if (!--open) {
          ws.close(1000);
          done(logs);
        }
      }
    });
  });
}

async function visit(browser, line, chance, name) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', (e) => errors.push(e.message));
  await page.goto(line.url + '/m/frame?k=demo');
  const sent = [];
  const settled = () => page.evaluate(() =>
    Object.keys(localStorage).filter((k) => k.startsWith('dh:demo:')).length === 0);
  await page.locator('#text').waitFor({ timeout: 60000 });
  const again = chance() < 0.7 ? 1 + Math.floor(chance() * (messages - 1)) : -1;
  for (let i = 0; i < messages; i++) {
    const text = `${name} line ${i}`;
    sent.push(text);
    await page.locator('#text').fill(text);
    await page.locator('#text').press('Enter');
    if (i === again) {
      await page.reload();
      await page.locator('.row').first().click({ timeout: 60000 });
    }
    await page.waitForTimeout(100 + chance() * 1500); /* a person types: pace of the load, not a wait for anything */
  }
  return { context, page, sent, settled, errors };
}

const browser = await launch();
const chance = random(seed);
const line = new BadLine(chance);
await line.open();
const all = await Promise.all(Array.from({ length: visitors }, (_, i) => visit(browser, line, chance, `visitor ${i}`)));
line.bad = false;
for (const [i, v] of all.entries()) {
  await report.scenario(`visitor ${i}`, async () => {
    report.check(`visitor ${i}: nothing waits any more`, await until(v.settled, 120000));
    const logs = await whole(await v.page.evaluate(() => localStorage['dh:demo']));
    const entries = [...logs.values()].flat();
    const mine = entries.filter((e) => e.from === 'me').map((e) => e.text);
    report.equal(`visitor ${i}: one conversation`, logs.size, 1);
    report.equal(`visitor ${i}: exactly once and in order`, mine.join('|'), v.sent.join('|'));
    const shown = () => v.page.evaluate(() => [...document.querySelectorAll('.msg .body')].slice(1).map((e) => e.textContent));
    const wanted = async () => [...(await whole(await v.page.evaluate(() => localStorage['dh:demo']))).values()].flat()
      .filter((e) => e.t === 'msg').length;
    report.check(`visitor ${i}: the page shows what the desk has`, await until(async () => {
      const older = v.page.locator('#log > button');
      if (await older.count()) await older.click({ timeout: 500 }).catch(() => 0);
      return (await shown()).length === await wanted();
    }, 30000), `${(await shown()).length} of ${await wanted()}`);
    const order = (await shown()).filter((t) => t.startsWith('visitor '));
    report.equal(`visitor ${i}: the page shows them once and in order`, order.join('|'), v.sent.join('|'));
    report.equal(`visitor ${i}: no error in the page`, v.errors.join('|'), '');
  });
  await v.context.close();
}
const { ack, down, up, cut } = line.lost;
console.log(`       seed ${seed}: lost ${ack} acks, ${down} other frames down, ${up} up, ${cut} cuts`);
report.check('the line was bad', ack > 0 && down > 0 && up > 0 && cut > 0);
await browser.close();
line.close();
report.end();
