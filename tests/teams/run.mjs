#!/usr/bin/env node
// run.mjs - all stories of Teams: runs every subject of this folder and adds up, three beside each other, because
// they mostly wait for the pace that Teams allows. A subject is a program that ends with "N passed, M failed".
// usage: run.mjs [SUBJECT...]       DESK_BIN: the binary (else $BUILD/deskhand)
// FAULTS=all: every fault of the matrix, and the Agents Playground, which npm has to fetch.
// AT_ONCE: how many stories run beside each other; PATIENCE multiplies the time limits; KEEP keeps the data.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bin } from './trial.mjs';

// hang.mjs looks at how long things take: tests/run calls it when nothing else runs.
const NO_SUBJECTS = ['rig', 'run', 'trial', 'hang', ...(process.env.FAULTS === 'all' ? [] : ['playground'])];
const BESIDE = 3;
const folder = fileURLToPath(new URL('.', import.meta.url));
const all = readdirSync(folder).filter((file) => file.endsWith('.mjs')).map((file) => file.replace('.mjs', ''))
    .filter((name) => !NO_SUBJECTS.includes(name)).sort();

function run(subject) {
    return new Promise((done) => {
        const child = spawn(process.execPath, [`${folder}${subject}.mjs`], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, DESK_BIN: bin } });
        let text = '';
        child.stdout.on('data', (bytes) => { text += bytes; });
        child.on('close', (code) => done({ code, text }));
    });
}

if (!existsSync(bin)) {
    console.log(`there is no desk at ${bin}: make it first, or say where it is with DESK_BIN`);
    process.exit(2);
}
let passed = 0, failed = 0;
async function add(subject) {
    const { code, text } = await run(subject);
    const lines = text.trimEnd().split('\n');
    const [, good, bad] = /^(\d+) passed, (\d+) failed$/.exec(lines.at(-1)) ?? [0, 0, 1];
    for (const line of lines.slice(0, -1)) console.log(`${subject}: ${line}`);
    if (code && !Number(bad)) console.log(`${subject}: FAIL ended with ${code}: ${lines.at(-1)}`);
    passed += Number(good);
    failed += code && !Number(bad) ? 1 : Number(bad);
}
const waiting = process.argv.length > 2 ? process.argv.slice(2) : all;
await Promise.all(Array.from({ length: BESIDE }, async () => {
    while (waiting.length) await add(waiting.shift());
}));
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed || !passed ? 1 : 0);
