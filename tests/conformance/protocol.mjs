#!/usr/bin/env node
// protocol.mjs - holds a desk against every rule of deskhand.v1 that this release switches on.
// DESK_URL (default http://127.0.0.1:8080) names a desk that runs with default limits; DESK_BIN names
// a binary, and then a desk is started in a fresh directory. ONLY=text runs the checks with it in their name.
import { Checks } from './checks.mjs';
import { Client } from './client.mjs';
import { deskFromEnvironment } from './desk.mjs';
import upgrade from './upgrade.mjs';
import frames from './frames.mjs';
import session from './session.mjs';
import sending from './sending.mjs';
import log from './log.mjs';
import limits from './limits.mjs';
import poll from './poll.mjs';
import privacy from './privacy.mjs';

const desk = await deskFromEnvironment();
const client = new Client(desk.port);
const checks = new Checks();
for (const chapter of [upgrade, frames, session, sending, log, limits, poll, privacy]) chapter(checks, client, desk);
await checks.run();
await desk.remove();
process.exit(checks.finish());
