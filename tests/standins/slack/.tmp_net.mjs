import { SlackStandin } from './standin.mjs';
import { Drive } from '../../slack/socket_server.mjs';
import fs from 'node:fs';
const s = await SlackStandin.start({ lifetimeSeconds: 8, recycle: true, warnMs: 2000, socket: { lifetimeSeconds: 8, recycle: true, warnMs: 2000 } });
s.sockets.lifetimeSeconds = 8; s.sockets.recycle = true; s.sockets.warnMs = 2000;
const e = s.environment();
const d = new Drive(process.argv[2], { url: e.SLACK_API_URL }, e);
await d.connected();
const fds = () => fs.readdirSync(`/proc/${d.child.pid}/fd`).length;
await new Promise((r) => setTimeout(r, 1000));
console.log('fds', fds());
const t0 = Date.now(); let n = 0;
while (Date.now() - t0 < 40000) { await new Promise((r) => setTimeout(r, 5000)); console.log('fds', fds(), 'open', s.sockets.open().length, 'all', s.sockets.all.length, 'gap', s.longestGap()); }
console.log(await d.health());
s.sockets.lifetimeSeconds = 3600; s.sockets.recycle = false;
for (let i = 0; i < 3; i++) { for (const x of s.sockets.open()) x.ws.terminate(); await new Promise((r) => setTimeout(r, 8000)); console.log('after loss fds', fds(), 'open', s.sockets.open().length); }
console.log(d.log.slice(-1500)); console.log(s.problems?.());
console.log('exit', await d.quit()); await s.stop(); process.exit(0);
