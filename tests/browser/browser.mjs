// What the browser tests share: Debian's Chromium, one line per check, axe, and the messenger's frame.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export const launch = () => chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: FLAGS });

export class Report {
  passed = 0;
  failed = 0;

  check(name, ok, detail = '') {
    if (ok) this.passed++;
    else this.failed++;
    console.log(`${ok ? 'ok    ' : 'FAILED'} ${name}${ok || detail === '' ? '' : ': ' + detail}`);
    return ok;
  }

  equal(name, got, wanted) {
    return this.check(name, got === wanted, `got ${JSON.stringify(got)}, wanted ${JSON.stringify(wanted)}`);
  }

  /* One scenario; what it throws is one failed check, and the next scenario still runs. */
  async scenario(name, run) {
    try {
      await run();
    } catch (e) {
      this.check(name, false, String(e.message).split('\n')[0]);
    }
  }

  end() {
    console.log(`${this.passed} passed, ${this.failed} failed`);
    process.exit(this.failed ? 1 : 0);
  }
}

/* Waits until act() gives something true; the last value otherwise. */
export async function until(act, ms = 10000) {
  const end = Date.now() + ms;
  for (;;) {
    const value = await act();
    if (value || Date.now() > end) return value;
    await new Promise((done) => setTimeout(done, 50));
  }
}

/* The names of axe's violations in one document, with the first node of each. */
export async function violations(frame) {
  await frame.evaluate(axe);
  return frame.evaluate(async () => {
    const found = await window.axe.run(document, { iframes: false, resultTypes: ['violations'] });
    return found.violations.map((v) => `${v.id} (${v.nodes[0].target})`).join(', ');
  });
}
