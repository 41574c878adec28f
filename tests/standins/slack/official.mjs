#!/usr/bin/env node
// official.mjs - holds the stand-in to the official clients: @slack/web-api, @slack/socket-mode and @slack/bolt
// must work against it as they do against Slack. ONLY=text runs the checks with it in their name.
import { SlackStandin } from './standin.mjs';
import bolt from './official_bolt.mjs';
import web from './official_web.mjs';
import socket from './official_socket.mjs';
import control from './official_control.mjs';
import verbs from './official_verbs.mjs';

const LIMIT_MS = 15000, AT_ONCE = 8;
const checks = [];
let failed = 0;

// run(slack) gets a stand-in of its own; what it gives to `closing` is ended afterwards, also when it failed.
function add(name, options, run) { checks.push({ name, options, run }); }

async function one({ name, options, run }) {
    const slack = await SlackStandin.start(options);
    const closing = [];
    let timer, problem = '';
    const late = new Promise((resolve, reject) => {
        timer = setTimeout(() => reject(new Error(`no result within ${LIMIT_MS} ms`)), LIMIT_MS);
    });
    try {
        await Promise.race([run(slack, closing), late]);
    } catch (error) {
        problem = process.env.TRACE ? error.stack : error.message;
    }
    clearTimeout(timer);
    const ended = Promise.allSettled(closing.map((close) => close()));
    await slack.stop();
    await Promise.race([ended, new Promise((resolve) => { timer = setTimeout(resolve, 2000); })]);
    clearTimeout(timer);
    if (problem) failed++;
    console.log(problem ? `not ok ${name}: ${problem}` : `ok ${name}`);
}

for (const chapter of [bolt, web, socket, control, verbs]) chapter(add);
const chosen = checks.filter(({ name }) => name.includes(process.env.ONLY ?? ''));
const waiting = [...chosen];
const worker = async () => { while (waiting.length) await one(waiting.shift()); };
await Promise.all(Array.from({ length: AT_ONCE }, worker));
console.log(`${chosen.length - failed} passed, ${failed} failed`);
process.exit(failed || !chosen.length ? 1 : 0);
