// What the inbox test needs of a running desk: technicians by the command line, customers by the
// messenger's protocol, and a page that is signed in.
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import WebSocket from 'ws';
import { until } from './browser.mjs';

export const url = (process.env.DESK_URL || 'http://127.0.0.1:8080').replace(/\/$/, '');
const bin = process.env.DESK_BIN || './build/deskhand';
const data = process.env.DESK_DATA || './data';
const shots = process.env.SHOTS;
if (shots) mkdirSync(shots, { recursive: true });

export const cli = (...args) => execFileSync(bin, [...args, '--data', data], { encoding: 'utf8' });

export function signInLink(email) {
  const link = /https?:\/\/\S+\/inbox\/login\?t=\S+/.exec(cli('sign-in', email));
  if (!link) throw new Error('sign-in printed no link');
  return link[0];
}

/* A customer of one client; messages that others wrote are kept in `heard`. */
export class Customer {
  heard = [];

  static async open(key) {
    const c = new Customer();
    c.ws = new WebSocket(`${url.replace('http', 'ws')}/m/ws?k=${key}`, ['deskhand.v1'], {
      headers: { Origin: url },
    });
    await new Promise((done, failed) => {
      c.ws.on('open', done);
      c.ws.on('error', failed);
    });
    c.frames = [];
    c.ws.on('message', (bytes) => c.take(JSON.parse(bytes)));
    c.send({ t: 'hello', v: 1, lang: 'en' });
    await c.wait((f) => f.t === 'welcome');
    return c;
  }

  take(frame) {
    this.frames.push(frame);
    if (frame.t === 'msg' && frame.from !== 'me') this.heard.push(frame);
  }

  send(frame) {
    this.ws.send(JSON.stringify(frame));
  }

  async wait(is) {
    const frame = await until(() => this.frames.find(is));
    if (!frame) throw new Error('the messenger did not answer');
    return frame;
  }

  async say(text) {
    const cid = randomUUID();
    this.send({ t: 'send', cid, text, ...(this.conv ? { conv: this.conv } : {}) });
    const ack = await this.wait((f) => f.cid === cid && (f.t === 'ack' || f.t === 'err'));
    if (ack.t === 'err') throw new Error(`the messenger refused: ${ack.code}`);
    this.conv = ack.conv;
    return ack;
  }

  who(name, email) {
    this.send({ t: 'who', rid: 'w1', name, email });
    return this.wait((f) => f.rid === 'w1');
  }
  typing() {
    this.send({ t: 'typing', conv: this.conv });
  }
  close() {
    this.ws.close();
  }

  /* The number by which technicians know the conversation. */
  get ticket() {
    return JSON.parse(cli('ticket', 'show', '--conv', this.conv, '--json')).number;
  }
}

/* A customer of `key` with a name, who has said one thing. */
export async function customer(key, name, text) {
  const c = await Customer.open(key);
  await c.who(name, `${name.toLowerCase().replace(/\W+/g, '.')}@customer.example`);
  await c.say(text);
  c.number = c.ticket;
  return c;
}

/* A technician's browser, signed in. Errors of the page are kept in `errors`. */
export async function technician(browser, email, options = {}) {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    ...options,
  });
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', (e) => errors.push(e.message));
  page.setDefaultTimeout(8000);
  await page.goto(signInLink(email));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`${url}/inbox/`);
  await page.locator('.online').waitFor({ state: 'attached' });
  const t = { context, page, errors };
  t.open = async (number) => {
    await page.goto(`${url}/inbox/?view=all&ticket=${number}`);
    await page.locator('#thread-head h1').waitFor();
    await page.locator('.online').waitFor({ state: 'attached' });
  };
  t.head = (name) => page.locator('#thread-head').getByRole('button', { name, exact: true });
  t.more = async (name) => {
    if (await t.head(name).count()) return t.head(name).click();
    await t.head('More').click();
    await page.getByRole('menu').getByRole('menuitem', { name, exact: true }).click();
  };
  t.dialog = page.locator('dialog');
  t.press = (name) => t.dialog.getByRole('button', { name, exact: true }).click();
  t.toast = (text) => page.locator('#toasts .toast', { hasText: text }).first().waitFor();
  t.quiet = () => page.evaluate(() => document.getElementById('toasts').replaceChildren());
  t.sees = (selector, text) => page.locator(selector, { hasText: text }).first().waitFor();
  t.shot = async (name) => {
    if (shots) await page.screenshot({ path: `${shots}/inbox-${name}.png` });
  };
  return t;
}
