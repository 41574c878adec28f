// official_silent.mjs - a logger for the official clients that says nothing: faults are meant to happen here.
const NAMES = ['debug', 'info', 'warn', 'error', 'setLevel', 'getLevel', 'setName'];
export const silent = Object.fromEntries(NAMES.map((name) => [name, () => {}]));
