// watch.mjs - what must hold at the end of every story: nothing that anybody wrote became live in Slack, and
// the log of the desk tells no secret. It looks at everything the stand-in wrote down.
const LIVE = /<(!|@|#|https?:|mailto:)/;
const RICH = ['text', 'emoji', 'date', 'link'];

// Text objects that Slack parses: mrkdwn, and the fallback text of messages.
function walk(value, path, found) {
    if (Array.isArray(value)) return value.forEach((one, i) => walk(one, `${path}[${i}]`, found));
    if (!value || typeof value !== 'object') return undefined;
    if (value.type === 'mrkdwn' && LIVE.test(value.text.replace(/<!date\^[^>]*>/g, ''))) found.push(`${path}: live markup in ${value.text}`);
    if (value.type === 'plain_text' && value.emoji !== false) found.push(`${path}: emoji codes are drawn in ${value.text}`);
    if (/^rich_text_(section|quote|preformatted)$/.test(value.type)) {
        for (const one of value.elements) if (!RICH.includes(one.type)) found.push(`${path}: ${one.type} in rich text`);
    }
    return Object.entries(value).forEach(([name, one]) => walk(one, `${path}.${name}`, found));
}

export function safe(slack) {
    const found = [];
    for (const entry of slack.log.of('call')) {
        const { text, blocks, view } = entry.args ?? {};
        if (typeof text === 'string' && LIVE.test(text)) found.push(`${entry.method}: live text ${text}`);
        if (entry.args?.link_names || entry.args?.parse) found.push(`${entry.method}: lets Slack parse names`);
        for (const part of [blocks, view]) walk(typeof part === 'string' ? JSON.parse(part) : part, entry.method, found);
    }
    for (const entry of slack.log.of('ack')) {
        if (typeof entry.payload?.text === 'string' && LIVE.test(entry.payload.text)) found.push(`ack: live text ${entry.payload.text}`);
        walk(entry.payload, 'ack', found);
    }
    return [...new Set(found)];
}

export function secrets(log, { slack, said }) {
    const hidden = [slack.botToken, slack.appToken, '?ticket', ...slack.sockets.tickets?.keys() ?? [], ...slack.responseUrls.keys(), ...said.filter((text) => text.length > 8)];
    return hidden.filter((one) => log.includes(one)).map((one) => `the log tells ${one}`);
}
