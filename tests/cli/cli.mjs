#!/usr/bin/env node
// cli.mjs - the command line as people use it: while the desk runs and while it does not, with what
// it prints and the exit codes it promises. usage: DESK_BIN=build/deskhand node tests/cli/cli.mjs
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Desk } from '../conformance/desk.mjs';
import { Checks } from '../conformance/checks.mjs';
import { randomUUID } from 'node:crypto';

const bin = process.env.DESK_BIN ?? 'build/deskhand';
const home = mkdtempSync(join(tmpdir(), 'desk-cli-'));
process.on('exit', () => rmSync(home, { recursive: true, force: true }));
mkdirSync(join(home, 'data'), { mode: 0o700 });
const desk = await new Desk({ bin, dir: join(home, 'data') }).start();

function run(...words) {
    const { status, stdout, stderr } = spawnSync(bin, words, { encoding: 'utf8', timeout: 20000 });
    return { code: status, out: stdout, err: stderr };
}
const at = (...words) => run(...words, '--data', desk.dir);
function ok(...words) {
    const result = at(...words);
    assert.equal(result.code, 0, `${words.join(' ')}: ${result.err}`);
    return result.out;
}
const json = (...words) => JSON.parse(ok(...words, '--json'));
function fails(code, pattern, ...words) {
    const result = at(...words);
    assert.equal(result.code, code, `${words.join(' ')}: ${result.code} ${result.err}`);
    assert.match(result.err, pattern);
    assert.equal(result.out, '');
}
const client = (key) => json('client', 'list').find((c) => c.key === key);

async function customerSays(text) {
    const { default: Socket } = await import('ws');
    const socket = new Socket(`ws://127.0.0.1:${desk.port}/m/ws?k=demo`, 'deskhand.v1', { origin: desk.url });
    const conv = await new Promise((done, failed) => {
        socket.on('error', failed);
        socket.on('open', () => socket.send(JSON.stringify({ t: 'hello', v: 1, lang: 'en' })));
        socket.on('message', (bytes) => {
            const frame = JSON.parse(bytes);
            if (frame.t === 'welcome') socket.send(JSON.stringify({ t: 'send', cid: randomUUID(), text }));
            if (frame.t === 'ack') done(frame.conv);
        });
    });
    socket.close();
    return conv;
}

async function until(what) {
    for (const end = Date.now() + 10000; Date.now() < end;) {
        const value = what();
        if (value) return value;
        await new Promise((done) => setTimeout(done, 20));
    }
    throw new Error('it did not happen');
}

const checks = new Checks({ atOnce: 1 });

checks.add('help is there for everything that help names', () => {
    const all = run('--help');
    assert.equal(all.code, 0);
    const names = [...all.out.matchAll(/^ {2}([a-z][a-z-]*(?: [a-z]+)?) /gm)].map((m) => m[1]);
    assert.ok(names.length > 20);
    for (const name of names) {
        const one = run(...name.split(' '), '--help');
        assert.equal(one.code, 0, name);
        assert.match(one.out, new RegExp(`^usage: deskhand ${name}`), name);
    }
    assert.match(run('client', '--help').out, /client add/);
});

checks.add('wrong words end with 2 and say what to do', () => {
    for (const words of [[], ['nonsense'], ['client'], ['client', 'add'], ['client', 'add', 'x', 'y', '--name', 'z'],
        ['client', 'list', '--nonsense'], ['client', 'add', 'x', '--name'], ['client', 'list', '--json=yes'],
        ['ticket', 'list', '--limit', '0'], ['ticket', 'list', '--limit', 'many'], ['ticket', 'list', '--view', 'mine'],
        ['ticket', 'show'], ['ticket', 'show', 'x'], ['ticket', 'show', '1', '--conv', 'x'],
        ['client', 'add', 'Bad Key', '--name', 'x'], ['client', 'add', 'x'], ['client', 'set', 'demo', '--triage', 'loud'],
        ['client', 'set', 'demo', '--color', 'red;}'], ['technician', 'add', 'x@x.example', '--role', 'boss'],
        ['effects', 'retry', 'x']]) {
        const result = words.length > 1 ? at(...words) : run(...words);
        assert.equal(result.code, 2, `${words.join(' ')}: ${result.code} ${result.err}`);
        assert.ok(result.err.length > 10, words.join(' '));
    }
});

checks.add('a new desk has the demo: client, people, teams', () => {
    assert.equal(client('demo').triage, 'live');
    assert.deepEqual(json('technician', 'list').map((t) => t.name).sort(), ['Lin', 'Omar', 'Sara']);
    assert.equal(json('team', 'list').length, 2);
});

checks.add('clients are added and changed, one option at a time', () => {
    ok('client', 'add', 'acme', '--name', 'Acme "A" <b>', '--hours', 'never', '--embed', 'https://a.example',
        '--embed', 'https://b.example', '--color', '#0a7d55', '--no-reminders');
    const added = client('acme');
    assert.equal(added.name, 'Acme "A" <b>');
    assert.deepEqual([added.hours, added.triage, added.reminders, added.active], ['never', 'live', false, true]);
    assert.equal(added.embed, 'https://a.example https://b.example');
    ok('client', 'set', 'acme', '--triage', 'shadow', '--bot', 'Bob');
    const changed = client('acme');
    assert.deepEqual({ ...changed, triage: 'live', brand: added.brand }, added);
    assert.deepEqual(changed.brand, { color: '#0a7d55', bot: 'Bob' });
    fails(1, /already/, 'client', 'add', 'acme', '--name', 'x');
    fails(1, /no client "nix"/, 'client', 'set', 'nix', '--name', 'x');
    ok('client', 'set', 'acme', '--off');
    assert.equal(client('acme').active, false);
});

checks.add('sites for the messenger are origins, written alike', () => {
    ok('client', 'set', 'acme', '--embed', 'HTTPS://Shop.Example:8443/', '--embed', 'https://*.acme.example');
    assert.equal(client('acme').embed, 'https://shop.example:8443 https://*.acme.example');
    for (const site of ['acme.example', 'http://acme.example', 'https://acme.example/shop', '*', 'https://a.example;x',
        'https://*.com', 'javascript:alert(1)', 'https://a.example\nx'])
        fails(2, /https:\/\/acme\.example/, 'client', 'set', 'acme', '--embed', site);
    const many = Array.from({ length: 50 }, (_, i) => ['--embed', `https://${'x'.repeat(90)}${i}.example`]).flat();
    fails(2, /too many sites/, 'client', 'set', 'acme', ...many);
    assert.equal(client('acme').embed, 'https://shop.example:8443 https://*.acme.example');
    fails(2, /without an option/, 'client', 'set', 'acme');
    fails(2, /client set.*no command "client wipe"/s, 'client', 'wipe', 'acme');
    for (const word of ['remove', 'delete'])
        fails(2, /client set KEY --off/, 'client', word, 'acme');
});

checks.add('names and mail addresses are one line of plain text', () => {
    const bad = ['', '  ', 'x'.repeat(121), 'a\nb', 'a\u0007b', 'a\u2028b'];
    for (const name of bad) {
        fails(2, /the name /, 'client', 'set', 'acme', '--name', name);
        fails(2, /the name /, 'technician', 'add', 'new@example.com', '--name', name);
        fails(2, /the name /, 'team', 'add', name);
    }
    ok('client', 'set', 'acme', '--name', '\u{1f600}'.repeat(120));
    ok('client', 'set', 'acme', '--name', 'Acme');
    const raw = spawnSync('/bin/sh', ['-c', `"${bin}" client set acme --name "$(printf 'a\\377')" --data "${desk.dir}"`],
        { encoding: 'utf8' });
    assert.equal(raw.status, 2);
    assert.match(raw.stderr, /UTF-8/);
    for (const email of ['x', '@x.example', 'x@', 'a@b@c', 'a b@x.example', 'a@x.example\r\nBcc: y', 'a@x.example\n',
        'a\u0001@x.example', `${'a'.repeat(250)}@x.example`])
        fails(2, /mail address/, 'technician', 'add', email, '--name', 'New');
    assert.ok(!json('technician', 'list').some((t) => t.name === 'New'));
});

checks.add('opening hours come from a file, and are checked', () => {
    const file = join(home, 'hours.txt');
    writeFileSync(file, 'timezone Europe/Zurich\nmon-fri 08:00-17:00\n');
    ok('client', 'set', 'acme', '--hours', file);
    assert.match(client('acme').hours, /Zurich/);
    writeFileSync(file, 'mon-fri 08:00-25:00\n');
    fails(1, /line 1/, 'client', 'set', 'acme', '--hours', file);
    fails(74, /No such file.*always, never or a FILE/, 'client', 'set', 'acme', '--hours', 'alwyas');
    writeFileSync(file, '\ufefftimezone Europe/Rome\nmon-fri 08:00-17:00\n');
    ok('client', 'set', 'acme', '--hours', file);
    assert.match(client('acme').hours, /^timezone Europe\/Rome/);
});

checks.add('routes: which channel shows whose tickets, while the desk runs', () => {
    assert.deepEqual(json('route', 'list'), []);
    assert.match(ok('route', 'set', 'slack:C024BE7LR'), /everything else/);
    ok('team', 'add', 'Night');
    ok('route', 'set', 'slack:C7', '--client', 'demo', '--team', 'Night', '--replies');
    ok('route', 'set', 'teams:19:abc@thread.tacv2', '--client', 'demo');
    const routes = json('route', 'list');
    assert.deepEqual(routes.map((r) => [r.surface, r.place, r.team, r.replies]), [
        ['slack', 'slack:C024BE7LR', null, false], ['slack', 'slack:C7', 'Night', true],
        ['teams', 'teams:19:abc@thread.tacv2', null, false]]);
    assert.match(ok('route', 'list'), /slack:C7 .*client .*team Night \(lines there are replies\)/);
    ok('route', 'set', 'slack:C8');
    assert.equal(json('route', 'list')[0].place, 'slack:C8');
    ok('route', 'remove', 'slack', '--client', 'demo', '--team', 'Night');
    ok('route', 'remove', 'slack');
    ok('route', 'remove', 'teams', '--client', 'demo');
    assert.deepEqual(json('route', 'list'), []);
    for (const place of ['slack', 'slack:', ':C1', 'Slack:C1', 'slack:C 1'])
        fails(2, /PLACE is/, 'route', 'set', place);
    fails(2, /SURFACE is/, 'route', 'remove', 'slack:C1');
    fails(1, /nowhere/, 'route', 'set', 'slack:C1', '--client', 'nowhere');
    fails(1, /no team/, 'route', 'set', 'slack:C1', '--team', 'Nobody');
});

checks.add('technicians, teams, and a link that signs in once', async () => {
    ok('technician', 'add', 'mia@example.com', '--name', 'Mia');
    ok('technician', 'add', 'mia@example.com', '--role', 'lead');
    const mia = json('technician', 'list').find((t) => t.email === 'mia@example.com');
    assert.deepEqual([mia.name, mia.role, mia.active], ['Mia', 'lead', true]);
    ok('team', 'add', 'Night', '--member', 'mia@example.com');
    fails(1, /nobody@x.example/, 'team', 'add', 'Night', '--member', 'nobody@x.example');
    fails(1, /no active technician/i, 'sign-in', 'nobody@x.example');
    const link = ok('sign-in', 'mia@example.com').split('\n')[0];
    assert.ok(link.startsWith(`${desk.url}/inbox/login?t=`), link);
    const enter = () => fetch(`${desk.url}/inbox/api/enter`, {
        method: 'POST', body: JSON.stringify({ token: link.split('t=')[1] }),
        headers: { 'Content-Type': 'application/json', 'X-Deskhand': '1', Origin: desk.url },
    });
    assert.equal((await enter()).status, 200);
    assert.notEqual((await enter()).status, 200);
    assert.match(ok('technician', 'add', 'mia@example.com', '--inactive'), /changed: inactive\n.*--active/);
    fails(1, /no active technician/i, 'sign-in', 'mia@example.com');
    assert.match(ok('technician', 'add', 'mia@example.com', '--name', 'Mia M'), /changed: name\n/);
    const active = () => json('technician', 'list').find((t) => t.email === 'mia@example.com').active;
    assert.equal(active(), false);
    fails(2, /exclude/, 'technician', 'add', 'mia@example.com', '--active', '--inactive');
    assert.match(ok('technician', 'add', 'mia@example.com', '--active'), /changed: active\n.*sign-in mia@/);
    assert.equal(active(), true);
    assert.match(ok('technician', 'add', 'mia@example.com'), /already/);
});

checks.add('articles are imported, listed, replaced, removed', () => {
    const dir = join(home, 'kb');
    mkdirSync(join(dir, 'sub', '.hidden'), { recursive: true });
    writeFileSync(join(dir, 'printer.md'), '---\nlang: en\nurl: https://x.example/p\n---\n# Printer\nOff and on.\n## Ink\nBuy it.\n');
    writeFileSync(join(dir, 'sub', 'vpn.md'), '# VPN\nStart it.\n');
    writeFileSync(join(dir, 'sub', '.hidden', 'x.md'), '# Hidden\nText.\n');
    writeFileSync(join(dir, 'notes.txt'), 'no article');
    ok('kb', 'import', `${dir}/`, '--client', 'acme');
    const list = json('kb', 'list', '--client', 'acme');
    assert.deepEqual(list.map((a) => [a.path, a.title, a.passages, a.version]),
        [['printer.md', 'Printer', 1, 1], ['sub/vpn.md', 'VPN', 1, 1]]);
    ok('kb', 'import', dir, '--client', 'acme');
    const same = (a) => a.map(({ updated_ms, ...rest }) => rest);
    assert.deepEqual(same(json('kb', 'list', '--client', 'acme')), same(list));
    writeFileSync(join(dir, 'sub', 'vpn.md'), '# VPN\nStop it.\n');
    ok('kb', 'import', dir, '--client', 'acme');
    assert.equal(json('kb', 'list', '--client', 'acme')[1].version, 2);
    ok('kb', 'remove', 'printer.md', '--client', 'acme');
    assert.equal(json('kb', 'list', '--client', 'acme').length, 1);
    fails(1, /./, 'kb', 'remove', 'printer.md', '--client', 'acme');
    writeFileSync(join(dir, 'bad.md'), Buffer.from([0x23, 0x20, 0xff, 0x0a]));
    const mixed = at('kb', 'import', dir, '--client', 'acme');
    assert.equal(mixed.code, 1);
    assert.match(mixed.err, /bad\.md/);
    assert.match(mixed.out, /sub\/vpn\.md/);
    fails(74, /./, 'kb', 'import', join(home, 'none'));
    writeFileSync(join(home, 'alone.md'), '# Alone\nText.\n');
    assert.match(ok('kb', 'import', join(home, 'alone.md'), '--client', 'acme'), /^alone\.md: Alone/);
    symlinkSync(join(home, 'alone.md'), join(dir, 'link.md'));
    writeFileSync(join(dir, 'front.md'), '---\ntitle: A\ntags: x\n---\nText.\n');
    const linked = at('kb', 'import', dir, '--client', 'acme');
    assert.match(linked.err, /link\.md: skipped, it is a link/);
    assert.match(linked.err, /front\.md: line 3: "tags"/);
    const paths = json('kb', 'list', '--client', 'acme').map((a) => a.path);
    assert.deepEqual(paths, ['alone.md', 'printer.md', 'sub/vpn.md']);
    fails(1, /no Markdown/, 'kb', 'import', join(dir, 'notes.txt'));
    fails(2, /DIR is empty/, 'kb', 'import', '');
    mkdirSync(join(home, 'empty'));
    fails(1, /no Markdown/, 'kb', 'import', join(home, 'empty'));
});

let conv;
checks.add('a ticket is listed, shown and told', async () => {
    conv = await customerSays('I want to speak to a human about </script> my printer \u202e');
    const ticket = await until(() => {
        const now = json('ticket', 'show', '--conv', conv);
        return now.reason && now;
    });
    for (const member of ['reason', 'priority', 'alert', 'sentiment', 'lang', 'handler', 'status', 'cites', 'number',
        'subject', 'assignee', 'category', 'tags', 'summary', 'outcome'])
        assert.ok(member in ticket, member);
    assert.deepEqual([ticket.reason, ticket.handler, ticket.status, ticket.conv], ['human_asked', 'none', 'open', conv]);
    assert.match(ticket.priority, /^P[1-4]$/);
    assert.deepEqual(json('ticket', 'show', `#${ticket.number}`), json('ticket', 'show', `${ticket.number}`));
    assert.match(ok('ticket', 'show', `${ticket.number}`), /Reply to customer/);
    const told = json('ticket', 'log', `${ticket.number}`);
    assert.equal(told.entries[0].text, 'I want to speak to a human about </script> my printer \u202e');
    assert.ok(told.events.some((e) => e.kind === 'handler'));
    assert.ok(!ok('ticket', 'log', `${ticket.number}`).includes('\u202e'));
    assert.equal(json('ticket', 'list').length, 1);
    assert.equal(json('ticket', 'list', '--client', 'acme').length, 0);
    fails(1, /no ticket #99/, 'ticket', 'show', '99');
    fails(1, /no conversation/, 'ticket', 'show', '--conv', '-x');
});

checks.add('how the running desk is', () => {
    assert.match(ok('health'), /^desk +well\n$/);
    const health = json('health');
    assert.deepEqual([health.ok, health.undelivered, health.surfaces], [true, 0, []]);
    const away = run('health', '--data', home);
    assert.equal(away.code, 69);
    assert.match(away.err, /no desk runs/);
});

checks.add('what was delivered needs no decision', () => {
    assert.deepEqual(json('effects', 'list'), []);
    fails(1, /never was one/, 'effects', 'retry', '4711');
    fails(1, /./, 'effects', 'drop', '4711');
});

checks.add('a backup is a desk, and never overwrites', () => {
    const copy = join(home, 'copy', 'desk.db');
    mkdirSync(join(home, 'copy'));
    ok('backup', copy);
    assert.equal(statSync(copy).mode & 0o777, 0o600);
    fails(1, /already/, 'backup', copy);
    fails(74, /^deskhand: no backup was made: .*none: No such file or directory\n$/, 'backup', join(home, 'none', 'x.db'));
    const there = run('ticket', 'show', '--conv', conv, '--json', '--data', join(home, 'copy'));
    assert.deepEqual(JSON.parse(there.out), json('ticket', 'show', '--conv', conv));
    assert.equal(run('audit', 'verify', '--data', join(home, 'copy')).code, 0);
});

checks.add('the audit log is whole, and a changed row is named', () => {
    assert.match(ok('audit', 'verify'), /rows, the chain is whole/);
    const dir = join(home, 'forged');
    mkdirSync(dir);
    ok('backup', join(dir, 'desk.db'));
    const forged = spawnSync('sqlite3', [join(dir, 'desk.db'),
        'SELECT name FROM sqlite_master WHERE type = \'trigger\' AND tbl_name = \'audit\''], { encoding: 'utf8' });
    assert.equal(forged.status, 0, 'the sqlite3 program is needed');
    const drop = forged.stdout.split('\n').filter(Boolean).map((name) => `DROP TRIGGER ${name};`).join('');
    const columns = spawnSync('sqlite3', [join(dir, 'desk.db'), 'SELECT name FROM pragma_table_info(\'audit\')'],
        { encoding: 'utf8' }).stdout.split('\n');
    const column = columns.find((name) => /at_ms|ts_ms/.test(name));
    const id = spawnSync('sqlite3', [join(dir, 'desk.db'), `${drop} UPDATE audit SET ${column} = ${column} + 1 WHERE id = 5;`],
        { encoding: 'utf8' });
    assert.equal(id.status, 0, id.stderr);
    const verdict = run('audit', 'verify', '--data', dir);
    assert.equal(verdict.code, 1);
    assert.match(verdict.err, /row 5\b/);
});

checks.add('settings that are wrong end with 78 and name the line', () => {
    const file = join(home, 'bad.conf');
    writeFileSync(file, 'log_level = "info";\nno_such_key = 1;\n');
    const result = at('check', '--config', file);
    assert.equal(result.code, 78);
    assert.match(result.err, /bad\.conf:2:.*no_such_key/);
    assert.equal(at('run', '--config', file).code, 78);
    assert.equal(at('check').code, 0);
    assert.equal(at('check', '--listen', '0.0.0.0:80').code, 78);
    const printed = join(home, 'printed.conf');
    writeFileSync(printed, run('settings').out);
    assert.equal(at('check', '--config', printed).code, 0);
});

checks.add('a certificate that cannot be read is a wrong setting', () => {
    const file = join(home, 'none.pem'), id = '72f988bf-86f1-41af-91ab-2d7cd011db47';
    writeFileSync(file, 'no certificate');
    const result = spawnSync(bin, ['run', '--data', join(home, 'teams'), '--listen', '127.0.0.1:1'], { encoding: 'utf8',
        timeout: 10000, env: { ...process.env, TEAMS_APP_ID: id, TEAMS_TENANT_ID: id, TEAMS_APP_CERTIFICATE: file } });
    assert.equal(result.status, 78, result.stderr);
    assert.match(result.stderr, /none\.pem.*TEAMS_APP_CERTIFICATE/);
});

checks.add('a folder has one desk, and a port one program', () => {
    const second = at('run', '--listen', '127.0.0.1:1');
    assert.notEqual(second.code, 0);
    assert.match(second.err, /another/i);
    const other = run('run', '--data', join(home, 'other'), '--listen', `127.0.0.1:${desk.port}`);
    assert.equal(other.code, 69);
    assert.match(other.err, /--listen/);
});

checks.add('all of it works while the desk does not run', async () => {
    await desk.stop();
    assert.ok(!existsSync(join(desk.dir, 'desk.sock')));
    ok('client', 'add', 'late', '--name', 'Late');
    ok('kb', 'import', join(home, 'kb', 'sub'), '--client', 'late');
    assert.equal(json('kb', 'list', '--client', 'late').length, 1);
    assert.match(ok('sign-in', 'sara@example.com'), /\/inbox\/login\?t=/);
    assert.equal(json('ticket', 'list').length, 1);
    ok('audit', 'verify');
    ok('backup', join(home, 'second.db'));
    await desk.start();
    assert.equal(client('late').name, 'Late');
});

checks.add('a desk that was killed leaves a socket that is in nobody\'s way', async () => {
    await desk.stop('SIGKILL');
    assert.ok(existsSync(join(desk.dir, 'desk.sock')));
    ok('client', 'set', 'late', '--name', 'Later');
    await desk.start();
    ok('client', 'set', 'late', '--name', 'Latest');
    assert.equal(client('late').name, 'Latest');
});

checks.add('no desk at all: 69, and how to make one', () => {
    const nowhere = join(home, 'nowhere');
    for (const words of [['client', 'list'], ['client', 'add', 'x', '--name', 'x'], ['ticket', 'show', '1'],
        ['audit', 'verify'], ['sign-in', 'a@b.example']]) {
        const result = run(...words, '--data', nowhere);
        assert.equal(result.code, 69, words.join(' '));
        assert.match(result.err, /nowhere/);
    }
    assert.equal(run('check', '--data', nowhere).code, 0);
    assert.ok(!existsSync(nowhere));
});

checks.add('what is no desk is named, with what to do', () => {
    const one = (code, pattern, ...words) => {
        const result = run(...words);
        assert.equal(result.code, code, `${words.join(' ')}: ${result.err}`);
        assert.match(result.err, pattern);
        assert.doesNotMatch(result.err, /store failed|sql=/);
    };
    const garbage = join(home, 'garbage'), empty = join(home, 'nothing');
    mkdirSync(garbage, { mode: 0o700 });
    mkdirSync(empty, { mode: 0o700 });
    writeFileSync(join(garbage, 'desk.db'), 'no database at all '.repeat(500));
    writeFileSync(join(empty, 'desk.db'), '');
    for (const words of [['run', '--listen', '127.0.0.1:1'], ['check'], ['client', 'list'], ['backup', join(home, 'g.db')]])
        one(74, /garbage\/desk\.db is no desk.*put a backup in its place/, ...words, '--data', garbage);
    for (const words of [['check'], ['ticket', 'list'], ['backup', join(home, 'g.db')]])
        one(74, /nothing\/desk\.db holds no desk; remove it/, ...words, '--data', empty);
    for (const words of [['run'], ['check'], ['client', 'list'], ['client', 'add', 'x', '--name', 'X']])
        one(2, /desk\.db is a file; --data names the folder/, ...words, '--data', join(garbage, 'desk.db'));
});

checks.add('a folder that others can look into is complained about', () => {
    assert.equal(at('check').err, '');
    chmodSync(desk.dir, 0o755);
    const open = at('check');
    chmodSync(desk.dir, 0o700);
    assert.equal(open.code, 0);
    assert.match(open.err, /chmod 700/);
});

checks.add('output that does not arrive is an error', () => {
    const full = spawnSync('/bin/sh', ['-c', `"${bin}" client list --data "${desk.dir}" > /dev/full`], { encoding: 'utf8' });
    assert.equal(full.status, 74);
});

checks.add('no secret is in the log', () => {
    const log = readFileSync(join(desk.dir, 'desk.log'), 'utf8');
    assert.ok(!/login\?t=/.test(log));
    assert.ok(!/sara@example\.com/.test(log));
});

await checks.run();
await desk.stop();
process.exit(checks.finish());
