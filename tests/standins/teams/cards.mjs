// cards.mjs - what a Teams client does with a card: finds actions and inputs, checks and merges.
const isNode = (value) => value !== null && typeof value === 'object';

// Calls visit(node) for every element of a card; never looks into data, nor into fallbacks.
function walk(node, visit) {
    if (!isNode(node)) return;
    if (typeof node.type === 'string') visit(node);
    for (const [name, value] of Object.entries(node)) {
        if (!['data', 'fallback', 'refresh', 'msteams', 'choices'].includes(name)) walk(value, visit);
    }
}

function collect(card, prefix) {
    const found = [];
    walk(card, (node) => { if (node.type.startsWith(prefix)) found.push(node); });
    return found;
}

export const actionsOf = (card) => collect(card, 'Action.');
export const inputsOf = (card) => collect(card, 'Input.');

export function textOf(card) {          // every word a reader sees, one line per element
    const lines = [];
    walk(card, (node) => {
        const line = [node.text, node.label, node.title].filter((part) => typeof part === 'string').join(' ');
        if (line) lines.push(line);
    });
    return lines.join('\n');
}

// The action with this verb, title or id; also by the verb or action in its data.
export function findAction(card, wish) {
    const named = (action) => [action.verb, action.title, action.id, action.data?.verb, action.data?.action].includes(wish);
    const actions = actionsOf(card), found = typeof wish === 'function' ? actions.find(wish) : actions.find(named);
    if (found) return found;
    throw new Error(`no action ${wish}; there are ${actions.map((a) => `${a.title} (${a.verb ?? a.type})`).join(', ')}`);
}

// The values a client would send: what was entered over what the card proposes. Throws like the
// client refuses, when an input is not valid; `checked: false` skips that.
export function inputValues(card, entered, checked = true) {
    const values = {}, inputs = inputsOf(card);
    for (const name of Object.keys(entered)) {
        if (!inputs.some((input) => input.id === name)) throw new Error(`no input ${name}; there are ${inputs.map((i) => i.id)}`);
    }
    for (const input of inputs) {
        const value = entered[input.id] ?? input.value ?? (input.type === 'Input.Toggle' ? input.valueOff ?? 'false' : undefined);
        if (checked) checkInput(input, value);
        if (value !== undefined) values[input.id] = value;
    }
    return values;
}

function checkInput(input, value) {
    const refuse = (why) => { throw new Error(`the client refuses input ${input.id}: ${input.errorMessage ?? why}`); };
    if (value === undefined || value === '') {
        if (input.isRequired) refuse('required');
        return;
    }
    if (input.maxLength && String(value).length > input.maxLength) refuse(`more than ${input.maxLength} characters`);
    if (input.regex && !new RegExp(input.regex).test(value)) refuse('wrong form');
    if (input.type === 'Input.ChoiceSet' && input.choices && !input['choices.data'] && input.style !== 'filtered') {
        const wanted = input.isMultiSelect ? String(value).split(',') : [value];
        if (!wanted.every((one) => input.choices.some((choice) => choice.value === one))) refuse('no such choice');
    }
}

// data of the action with the inputs over it: an input of the same name wins, as in Teams.
export function mergedData(card, action, inputs = {}, checked = true) {
    const own = isNode(action.data) ? action.data : {};
    if (action.associatedInputs?.toLowerCase() === 'none') return { ...own };
    return { ...own, ...inputValues(card, inputs, checked) };
}
