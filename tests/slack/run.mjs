#!/usr/bin/env node
// run.mjs - every story of what people do in Slack, each with a desk and a stand-in of its own, some at a
// time. usage: run.mjs [words of a story's name]       DESK_BIN: the binary (else $BUILD/deskhand)
// AT_ONCE: how many stories run beside each other (10); PATIENCE multiplies the time limits; KEEP keeps the data.
import { existsSync } from 'node:fs';
import { Rig, bin } from './rig.mjs';

const subjects = ['cards', 'clicks', 'races', 'dialogs', 'threads', 'home', 'words', 'shortcuts', 'alerts', 'people', 'places', 'hostile', 'envelopes', 'slow'];
const only = process.argv.slice(2).join(' ');
const patience = Number(process.env.PATIENCE ?? 1);
let passed = 0, failed = 0;

function report(name, problem) {
    if (problem) failed++;
    else passed++;
    console.log(problem ? `not ok ${name}: ${problem}` : `ok ${name}`);
}

const ending = async (rig) => {
    const problems = await rig.stop();
    return problems.length ? problems.slice(0, 5).join('; ') : '';
};

async function story({ name, options, run }) {
    let rig, timer, problem = '';
    const seconds = (options?.seconds ?? 30) * patience;
    const late = new Promise((_, fail) => { timer = setTimeout(() => fail(new Error(`no end within ${seconds} s`)), seconds * 1000); });
    try {
        rig = await Rig.start(options);
        await Promise.race([run(rig), late]);
    } catch (error) {
        problem = (process.env.TRACE ? error?.stack : error?.message) ?? String(error);
    }
    clearTimeout(timer);
    if (problem.startsWith('skipped: ')) {
        console.log(`skip ${name}: ${problem.slice(9)}`);
        problem = undefined;
    }
    const end = rig ? await ending(rig) : '';
    if (problem !== undefined || end) report(name, [problem, end].filter(Boolean).join('; at the end: '));
}

if (!existsSync(bin)) {
    console.log(`there is no desk at ${bin}: make it first, or say where it is with DESK_BIN`);
    process.exit(2);
}
const stories = [];
for (const subject of subjects) {
    const { default: told } = await import(`./${subject}.mjs`);
    for (const [name, run, options] of told) stories.push({ name: `${subject}: ${name}`, run, options });
}
const longest = ({ options }) => options?.seconds ?? 0;
const waiting = stories.filter(({ name }) => name.includes(only)).sort((a, b) => longest(b) - longest(a));
const worker = async () => { while (waiting.length) await story(waiting.shift()); };
await Promise.all(Array.from({ length: Number(process.env.AT_ONCE ?? 10) }, worker));
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed || !passed ? 1 : 0);
