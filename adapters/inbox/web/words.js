/* What codes are called, and how times are said. */
import { h } from "./dom.js";

export const VIEWS = [
  ["all", "All open", "a"],
  ["triage", "Triage", "t"],
  ["mine", "Mine", "m"],
  ["unassigned", "Unassigned", "u"],
  ["review", "Flag for review", "r"],
  ["awaiting_close", "Awaiting close", "w"],
  ["snoozed", "Snoozed", "s"],
  ["done", "Done", "d"],
];
export const STATUS = {
  open: "Open",
  in_progress: "In progress",
  waiting_customer: "Waiting on customer",
  on_hold: "On hold",
  awaiting_close: "Awaiting close",
  resolved: "Resolved",
  closed: "Closed",
};
export const PRIORITY = { 1: "P1 Critical", 2: "P2 High", 3: "P3 Medium", 4: "P4 Low" };
export const BAND = { red: "Very unhappy", orange: "Unhappy", yellow: "Neutral", green: "Content" };
export const SOURCE = {
  messenger: "Messenger",
  manual: "By hand",
  inbox: "By hand",
  slack: "Slack",
  teams: "Teams",
  voice: "Voice AI",
  mail: "E-mail",
};
export const OUTCOME = {
  resolved: "Resolved",
  actioned: "Done in another system",
  escalated: "Escalated elsewhere",
  no_response: "No response from the requester",
  invalid: "Not a request",
  resolved_ai: "Resolved by the assistant",
};
export const REASON = {
  human_asked: "Asked for a person",
  panic: "Emergency words",
  anger: "Anger",
  rounds: "Too many rounds",
  complex: "Too complex for the assistant",
  no_answer: "No answer in the knowledge base",
  policy: "Policy: people only",
  safety: "Safety",
};
export const EVENT = {
  status: "Status",
  assignee: "Assigned",
  handler: "Handled by",
  priority: "Priority",
  category: "Category",
  subject: "Subject",
  tag: "Tag",
  untag: "Tag removed",
  team: "Team",
  snooze: "Snoozed",
  wake: "Woken",
  review: "Review",
  reminder: "Reminder",
  decision: "Assistant",
  draft: "Draft",
  ai_wrong: "Feedback on the assistant",
  feedback: "Feedback on the assistant",
  handoff: "Handoff",
  alert: "Alert",
  outcome: "Outcome",
  transfer: "Transfer",
  escalate: "Escalated",
  created: "Created",
  close: "Closed",
  csat: "Rating",
  human: "Asked for a person",
};
const HANDLER = { ai: "the assistant", human: "people", none: "nobody" };
const EFFECT = { card: "Ticket card", line: "Thread message", alert: "Alert", mail: "E-mail" };

export const statusLabel = (code) => STATUS[code] || STATUS.open;
export const sourceLabel = (code) => SOURCE[code] || code || "Unknown";
export const effectName = (kind) => EFFECT[kind] || humanise(kind);
/** "slack:C024BE7LR" is a channel, "slack:T1/U2" an account. */
export function placeName(place) {
  const [, surface, address] = /^(slack|teams):(.+)$/.exec(place) || [];
  if (!surface) return place;
  return address.includes("/")
    ? `${SOURCE[surface]} account ${address.split("/").pop()}`
    : `${SOURCE[surface]} channel ${address}`;
}
/** What the platform said, what to do, and how often it was tried. */
export function whyNot({ error, attempts }) {
  const said = (error || "No reason was given").replace(/[^.!?]$/, "$&.");
  return !attempts ? said : `${said} Tried ${attempts === 1 ? "once" : `${attempts} times`}.`;
}
export const humanise = (code) =>
  (code || "").replace(/[._]/g, " ").replace(/^./, (c) => c.toUpperCase());
export const eventValue = (kind, code) =>
  kind === "status"
    ? STATUS[code] || code
    : kind === "handler"
      ? HANDLER[code] || code
      : kind === "priority"
        ? PRIORITY[code] || code
        : code;
export const initials = (name) =>
  (name || "?")
    .trim()
    .split(/\s+/)
    .slice(0, 2)
    .map((w) => [...w][0])
    .join("")
    .toUpperCase();

/** One of six calm colours that stays with a name. */
export const tint = (name) => {
  let n = 7;
  for (const c of name || "") n = (n * 31 + c.codePointAt(0)) % 997;
  return `t${n % 6}`;
};

/* ---- time ---- */

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat(undefined, {
  weekday: "short",
  day: "numeric",
  month: "short",
});
const longDay = new Intl.DateTimeFormat(undefined, {
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
});
const full = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const ago = new Intl.RelativeTimeFormat(undefined, { numeric: "auto", style: "short" });

const midnight = (ms) => new Date(ms).setHours(0, 0, 0, 0);
export const dayKey = (ms) => String(midnight(ms));
export const fullTime = (ms) => full.format(ms);
export const clockTime = (ms) => clock.format(ms);
export function dayName(ms) {
  const days = Math.round((midnight(Date.now()) - midnight(ms)) / 864e5);
  return days === 0 ? "Today" : days === 1 ? "Yesterday" : longDay.format(ms);
}
/** "now", "5 min. ago", "14:02", "Mon, 3 Nov" */
export function shortTime(ms) {
  const minutes = Math.round((Date.now() - ms) / 6e4);
  if (minutes < 1 && minutes > -1) return "now";
  if (Math.abs(minutes) < 60) return ago.format(-minutes, "minute");
  return midnight(ms) === midnight(Date.now()) ? clock.format(ms) : day.format(ms);
}
export function soon(ms) {
  const minutes = Math.round((ms - Date.now()) / 6e4);
  if (Math.abs(minutes) < 60) return ago.format(minutes, "minute");
  return Math.abs(minutes) < 1440 ? ago.format(Math.round(minutes / 60), "hour") : full.format(ms);
}
/** A <time> that tick() keeps true. */
export const timeTag = (ms, say = shortTime) => {
  const el = h("time", { datetime: new Date(ms).toISOString(), title: full.format(ms) }, say(ms));
  el.say = () => say(ms);
  return el;
};
export const tick = () => {
  for (const el of document.querySelectorAll("time"))
    if (el.say && el.textContent !== el.say()) el.textContent = el.say();
};
