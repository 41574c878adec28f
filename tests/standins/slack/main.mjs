#!/usr/bin/env node
// main.mjs - the stand-in for Slack as a program. Prints one line of JSON with its addresses, then serves until
// stdin ends or SIGTERM comes. --port N (0: any), --options JSON (those of standin.mjs).
import { parseArgs } from 'node:util';
import { SlackStandin } from './standin.mjs';

const { values } = parseArgs({ options: { port: { type: 'string', default: '0' }, options: { type: 'string', default: '{}' } } });
const standin = await SlackStandin.start({ ...JSON.parse(values.options), port: Number(values.port) });

let ending = false;
async function end() {
    if (ending) return;
    ending = true;
    await standin.stop();
    process.exit(0);
}
process.on('SIGTERM', end);
process.on('SIGINT', end);
process.stdin.on('end', end);
process.stdin.resume();
console.log(JSON.stringify(standin.urls()));
