#!/usr/bin/env node
// with_desk.mjs - starts a fresh desk and runs a command beside it, which finds it by DESK_URL and
// DESK_DATA. usage: DESK_BIN=... with_desk.mjs COMMAND [ARGUMENT...]      Ends as the command ends.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Desk } from './desk.mjs';

const desk = await new Desk({ bin: process.env.DESK_BIN }).start();
const [command, ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, DESK_URL: desk.url, DESK_DATA: desk.dir } });
const code = await new Promise((done) => {
    child.on('error', (error) => { console.log(String(error)); done(127); });
    child.on('exit', (status) => done(status ?? 1));
});
const alive = desk.child !== null;
if (!alive) console.log(`the desk ended before the test did\n${readFileSync(join(desk.dir, 'desk.log'), 'utf8').slice(-4000)}`);
await desk.remove();
process.exit(alive ? code : 1);
