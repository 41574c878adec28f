// schema.mjs - the few words in which blocks.mjs writes down what Block Kit allows. A rule is a function
// (value, pointer, check); it reports with check.fail(pointer, text). Lengths are counted in code points.
export class Check {
    constructor(surface) {
        this.surface = surface;             // message, modal, home
        this.problems = [];
        this.blockIds = new Set();
        this.actionIds = new Set();         // of the block that is being looked at
        this.text = 0;                      // code points of all texts
        this.markdown = 0;
    }

    fail(pointer, text) { this.problems.push({ pointer, text }); }

    messages() { return this.problems.map(({ pointer, text }) => `[ERROR] ${text} [json-pointer:${pointer}]`); }
}

const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

// What stands below is a promise, so every rule gets `later` to name rules that are defined after it.
export const later = (rule) => (value, pointer, check) => rule()(value, pointer, check);

export function string(max = Infinity, min = 1) {
    return (value, pointer, check) => {
        if (typeof value !== 'string') return check.fail(pointer, 'must provide a string');
        const length = [...value].length;
        if (length < min) check.fail(pointer, `must be more than ${min - 1} characters`);
        if (length > max) check.fail(pointer, `must be less than ${max + 1} characters`);
        return undefined;
    };
}

export function integer(min, max) {
    return (value, pointer, check) => {
        if (!Number.isInteger(value)) check.fail(pointer, 'must provide a number');
        else if (value < min || value > max) check.fail(pointer, `must be between ${min} and ${max}`);
    };
}

export const boolean = (value, pointer, check) => {
    if (typeof value !== 'boolean') check.fail(pointer, 'must provide a boolean');
};

export const anything = () => {};

export function oneOf(...allowed) {
    return (value, pointer, check) => {
        if (!allowed.includes(value)) check.fail(pointer, `must be one of ${allowed.join(', ')}`);
    };
}

export function pattern(expression, words) {
    return (value, pointer, check) => {
        if (typeof value !== 'string' || !expression.test(value)) check.fail(pointer, words);
    };
}

export function list(rule, max, min = 1) {
    return (value, pointer, check) => {
        if (!Array.isArray(value)) return check.fail(pointer, 'must provide an array');
        if (value.length < min) check.fail(pointer, `no less than ${min} items allowed`);
        if (value.length > max) check.fail(pointer, `no more than ${max} items allowed`);
        value.forEach((item, i) => rule(item, `${pointer}/${i}`, check));
        return undefined;
    };
}

// required and optional are objects of rules; also() looks at the whole.
export function object(required, optional = {}, also = anything) {
    const rules = { ...required, ...optional };
    return (value, pointer, check) => {
        if (!isObject(value)) return check.fail(pointer, 'must provide an object');
        for (const name of Object.keys(required)) {
            if (value[name] === undefined || value[name] === null) check.fail(pointer, `missing required field: ${name}`);
        }
        for (const [name, field] of Object.entries(value)) {
            if (field === undefined || field === null) continue;
            if (Object.hasOwn(rules, name)) rules[name](field, `${pointer}/${name}`, check);
            else check.fail(pointer, `invalid additional property: ${name}`);
        }
        also(value, pointer, check);
        return undefined;
    };
}

// An object whose `type` chooses the rule, out of those that are allowed here.
export function typed(rules, allowed = () => Object.keys(rules)) {
    return (value, pointer, check) => {
        if (!isObject(value)) return check.fail(pointer, 'must provide an object');
        if (!Object.hasOwn(rules, value.type) || !allowed(check).includes(value.type)) {
            return check.fail(`${pointer}/type`, `unsupported type: ${value.type}`);
        }
        return rules[value.type](value, pointer, check);
    };
}
