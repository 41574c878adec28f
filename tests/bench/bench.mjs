// bench.mjs - measures a desk and the machine below it in one run and sets them side by side: only ratios
// within one run say something about another machine. Started by tests/bench/run.
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, copyFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import http from 'node:http';
import { Desk, pause } from '../conformance/desk.mjs';

const { BUILD, DESK_BIN, BENCH_DIR } = process.env;
const seconds = Number(process.env.BENCH_SECONDS ?? 8);
const sizes = (process.env.BENCH_TICKETS ?? '100000,1000000').split(',').map(Number);
const tool = (name) => join(BUILD, 'tools', name);

// A machine that does other things beside this distorts the tails: as root both sides run before all
// others. BENCH_PRECEDENCE=no leaves it to the scheduler.
const first = process.getuid() === 0 && process.env.BENCH_PRECEDENCE !== 'no';
const before = first ? ['chrt', '-r', '1'] : [];
const config = `limits: {
    sends_burst = [10000, 1000]; sends_sustained = [100000, 1000]; conversations = [10000, 86400000];
    frames = [100000, 1000]; flood = [100000, 1000];
};
`;

// Runs a tool; its lines of "word key=value ..." become objects.
function run(name, ...args) {
    const [program, ...words] = [...before, tool(name), ...args.map(String)];
    return new Promise((done, failed) => execFile(program, words, { timeout: 600000, maxBuffer: 1 << 24 }, (error, out, err) => {
        if (error && !out) return failed(new Error(`${name} ${args.join(' ')}: ${err || error.message}`));
        if (err) process.stdout.write(err.replace(/^/gm, '  ! ').trimEnd() + '\n');
        done(out.trim().split('\n').map((line) => {
            const [word, ...pairs] = line.split(' ');
            return { word, ...Object.fromEntries(pairs.map((p) => p.split('=')).map(([k, v]) => [k, isNaN(v) ? v : Number(v)])) };
        }));
    }));
}

let desks = 0;
async function desk(options = {}) {
    const dir = options.dir ?? mkdtempSync(join(BENCH_DIR, `desk${desks++}-`));
    const d = new Desk({ bin: DESK_BIN, config, before, pollMs: 1, ...options, dir });
    const began = performance.now();
    await d.start(60000);
    d.readyMs = performance.now() - began;
    return d;
}

async function quietDesk() {            // the assistant is off: what is measured is the durable path
    const d = await desk();
    const set = await d.command('client', 'set', 'demo', '--triage', 'off');
    if (set.code) throw new Error(set.stderr);
    return d;
}

async function gone(d) {
    await d.stop('SIGKILL');
    rmSync(d.dir, { recursive: true, force: true });
}

const rss = (pid) => Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096;
const get = (d, path) => new Promise((done, failed) => http.get(d.url + path, { agent: false }, (answer) => {
    let text = '';
    answer.on('data', (part) => { text += part; });
    answer.on('end', () => done(text));
}).on('error', failed));

async function stalls(d) {              // counts by upper border in seconds
    const found = [...(await get(d, '/metrics')).matchAll(/^deskhand_loop_stall_seconds_bucket\{le="([^"]+)"\} (\d+)/gm)];
    return found.map(([, le, n]) => [le === '+Inf' ? Infinity : Number(le), Number(n)]);
}

function stallAt(later, earlier, part) {    // the border below which that part of the turns lies, in ms
    const counts = later.map(([le, n], i) => [le, n - (earlier[i]?.[1] ?? 0)]);
    const all = counts.at(-1)?.[1] ?? 0;
    return (counts.find(([, n]) => n >= all * part)?.[0] ?? 0) * 1000;
}

const title = (text) => console.log(`\n## ${text}`);
const row = (...cells) => console.log(cells.map((c, i) => String(c).padEnd(i ? 12 : 34)).join(' ').trimEnd());
const ms = (us) => (us / 1000).toFixed(2);
const goals = [];
const goal = (name, reached, figure) => goals.push([name, reached, figure]);

// ---- the machine ----

const cpu = cpus();
console.log(`${cpu.length} x ${cpu[0].model}; ${first ? 'measured processes run before all others (chrt -r 1)' : 'no precedence'}; desks in ${BENCH_DIR}`);
title('The machine: SQLite alone (WAL, FULL, five lean statements a message) and the disk');
const bare = {};
for (const b of await run('baresqlite', BENCH_DIR, Math.min(seconds, 3))) {
    if (b.word === 'fdatasync') { bare.sync = b; row('4 KiB write + fdatasync, us', `p50 ${b.p50_us}`, `p99 ${b.p99_us}`); }
    else { bare[b.batch] = b; row(`messages a second, batch ${b.batch}`, b.messages_per_s, `commit p50 ${ms(b.commit_p50_us)} p99 ${ms(b.commit_p99_us)} ms`); }
}

// ---- messages ----

title('Durable messages through sockets: scheduled -> ack, ms (200 contacts, open loop)');
row('rate', 'acks/s', 'p50', 'p99', 'p99.9', 'max', 'CPU us/msg', 'RSS MiB');
const d = await quietDesk();
const idleRss = rss(d.pid);
const open = {};
let stalled;
for (const rate of [100, 1000, 5000, 10000]) {
    const earlier = await stalls(d);
    const [r] = await run('load', 'open', '--rate', rate, '--seconds', seconds, '--port', d.port, '--pid', d.pid);
    open[rate] = r;
    stalled = [earlier, await stalls(d)];
    row(`${rate} a second`, r.acks_per_s, ms(r.p50_us), ms(r.p99_us), ms(r.p999_us), ms(r.max_us), r.cpu_us_per_msg, (r.rss_kib / 1024).toFixed(1));
    if (r.errors || r.lost_connections) console.log(`  ! ${r.errors} errors, ${r.lost_connections} connections lost`);
}
title('As fast as it goes (closed loop)');
row('in flight', 'acks/s', 'p50', 'p99', 'p99.9', 'max', 'CPU us/msg', 'of bare batch 100');
let fastest = 0;
for (const inflight of [1, 50, 200]) {
    const [r] = await run('load', 'closed', '--inflight', inflight, '--seconds', seconds, '--port', d.port, '--pid', d.pid);
    if (inflight === 50) fastest = r.acks_per_s;
    row(inflight, r.acks_per_s, ms(r.p50_us), ms(r.p99_us), ms(r.p999_us), ms(r.max_us), r.cpu_us_per_msg, `${(100 * r.acks_per_s / bare[100].messages_per_s).toFixed(0)} %`);
}
await gone(d);
const stall = stallAt(stalled[1], stalled[0], 0.999), worst = stallAt(stalled[1], stalled[0], 1);
title('The network loop while 10,000 a second are acknowledged');
row('turns shorter than, ms', `p99.9 ${stall}`, `all ${worst}`);
goal('P1  acks/s, 50 in flight, >= 50 % of bare SQLite (batch 100)', fastest >= bare[100].messages_per_s / 2, `${(100 * fastest / bare[100].messages_per_s).toFixed(0)} %`);
goal('P3  10,000/s: p99 <= 3 ms, p99.9 <= 6 ms', open[10000].p99_us <= 3000 && open[10000].p999_us <= 6000, `${ms(open[10000].p99_us)}, ${ms(open[10000].p999_us)} ms`);
goal('P4  1,000/s: ack p50 <= 4 x bare fdatasync p50', open[1000].p50_us <= 4 * bare.sync.p50_us, `${(open[1000].p50_us / bare.sync.p50_us).toFixed(1)} x (${open[1000].p50_us} against ${bare.sync.p50_us} us)`);
goal('P13 10,000/s: loop stall p99.9 <= 1 ms, max <= 20 ms', stall <= 1 && worst <= 20, `< ${stall} ms, < ${worst} ms`);

// ---- sockets ----

title('Idle messengers (upgraded, said hello, welcomed)');
row('connections', 'KiB each', 'CPU us each', 'a second', 'RSS MiB');
const idle = {};
for (const n of [1000, 19000]) {
    const i = await quietDesk();
    const [r] = await run('load', 'idle', '--connections', n, '--port', i.port, '--pid', i.pid);
    idle[n] = r;
    row(n, r.kib_per_conn, r.cpu_us_per_conn, r.connects_per_s, (r.rss_kib / 1024).toFixed(1));
    if (r.ready < n) console.log(`  ! only ${r.ready} were ready (descriptors: ulimit -n)`);
    await gone(i);
}
for (const n of [1000, 19000]) {
    const i = await quietDesk();
    const [r] = await run('load', 'idle', '--no-hello', '--connections', n, '--port', i.port, '--pid', i.pid);
    row(`${n}, upgrade only`, r.kib_per_conn, r.cpu_us_per_conn, r.connects_per_s, (r.rss_kib / 1024).toFixed(1));
    idle[`${n} bare`] = r;
    await gone(i);
}
const binary = statSync(DESK_BIN).size, stripped = join(BENCH_DIR, 'stripped');
copyFileSync(DESK_BIN, stripped);
execFileSync('strip', [stripped]);
title('Sizes');
row('RSS of an idle desk, MiB', (idleRss / 1048576).toFixed(1));
row('program, KiB', `${(statSync(stripped).size / 1024).toFixed(0)} stripped`, `${(binary / 1024).toFixed(0)} with symbols`);
rmSync(stripped);
goal('P7  idle desk <= 18 MB, idle messenger <= 2.5 KiB', idleRss <= 18e6 && idle[19000].kib_per_conn <= 2.5, `${(idleRss / 1e6).toFixed(1)} MB, ${idle[19000].kib_per_conn} KiB`);
goal('P8  connect cost at 19,000 <= 1.5 x that at 1,000', idle[19000].cpu_us_per_conn <= 1.5 * idle[1000].cpu_us_per_conn, `${(idle[19000].cpu_us_per_conn / idle[1000].cpu_us_per_conn).toFixed(2)} x with hello, ${(idle['19000 bare'].cpu_us_per_conn / idle['1000 bare'].cpu_us_per_conn).toFixed(2)} x upgrade only`);

// ---- many tickets ----

const lists = {};
for (const n of sizes) {
    const dir = mkdtempSync(join(BENCH_DIR, 'big-'));
    const [filled] = await run('lists', 'fill', dir, n, 20000);
    const ready = [];
    for (let i = 0; i < 3; i++) {
        const b = await desk({ dir, config: undefined });
        ready.push(b.readyMs);
        await b.stop();
    }
    lists[n] = Object.fromEntries((await run('lists', 'measure', dir)).map((q) => [q.name, q]));
    lists[n].ready = ready.sort((a, b) => a - b)[1];
    title(`${n.toLocaleString('en')} tickets, 20,000 articles (${filled.mib} MiB): ready in ${lists[n].ready.toFixed(0)} ms; queries in us`);
    row('query', 'p50', 'p99', 'max', 'rows');
    for (const q of Object.values(lists[n])) if (q.name) row(q.name, q.p50_us, q.p99_us, q.max_us, q.rows);
    rmSync(dir, { recursive: true, force: true });
    await pause(200);
}
const [small, large] = [lists[sizes[0]], lists[sizes.at(-1)]];
const names = ['list_all', 'list_triage', 'list_done', 'page_by_key', 'counts', 'contact_tickets'];
const ratio = (name) => large[name].p50_us / Math.max(small[name].p50_us, 1);
const widest = Math.max(...names.map(ratio)), tail = Math.max(...[...names, 'list_mine'].map((n) => large[n].p99_us));
goal(`P10 ready <= 50 ms with ${sizes.at(-1).toLocaleString('en')} tickets`, large.ready <= 50, `${large.ready.toFixed(0)} ms, process start and polling included`);
goal('P11 lists: p50 large <= 1.5 x small (mine 3 x), p99 <= 2 ms', widest <= 1.5 && ratio('list_mine') <= 3 && tail <= 2000, `${widest.toFixed(2)} x, mine ${ratio('list_mine').toFixed(2)} x, p99 ${ms(tail)} ms`);
goal('P12 knowledge search over 20,000 articles: p99 <= 40 ms', large.knowledge_12_words.p99_us <= 40000, `${ms(large.knowledge_12_words.p99_us)} ms`);

title('Goals');
for (const [name, reached, figure] of goals) console.log(`${reached ? 'reached  ' : 'NOT YET  '} ${name}: ${figure}`);
