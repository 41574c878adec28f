/* The conversation: its head, its lines in order of time, and who is here. */
import { get } from "./api.js";
import { actions, runAction } from "./card.js";
import { $, h, icon, menu, once, reconcile, swap, toast } from "./dom.js";
import { go, state } from "./inbox.js";
import { avatar, lookText } from "./views.js";
import * as words from "./words.js";
import { composer, forget } from "./write.js";

/* ---- head ---- */

function head() {
  const { ticket: t, card } = state;
  const chips = h(
    "p",
    { class: "chips" },
    h("span", { class: `chip s-${t.status}` }, card.status),
    h("span", { class: `chip p${t.priority}` }, card.priority),
    h("span", { class: `chip b-${t.band}` }, card.sentiment),
    h("span", { class: "owner" }, card.owner),
  );
  const [front, rest] = actions();
  once($("thread-head"), [t.id, card, t.subject], () =>
    swap(
      $("thread-head"),
      h(
        "div",
        { class: "bar" },
        h(
          "button",
          {
            class: "ghost only-phone",
            "aria-label": "Back to the list",
            onclick: () => go({ ticket: 0 }, true),
          },
          icon("back"),
        ),
        h(
          "div",
          { class: "title" },
          h(
            "h1",
            { dir: "auto" },
            h("span", { class: "number" }, `#${t.id} `),
            t.subject || "New conversation",
          ),
          chips,
        ),
        h(
          "button",
          {
            class: "ghost toggle-side",
            "data-f": "side",
            "aria-label": "About this ticket",
            onclick: toggleSide,
          },
          icon("panel"),
        ),
      ),
      h(
        "div",
        { class: "actions" },
        front.map((b) =>
          h(
            "button",
            {
              "data-f": `do-${b.action}`,
              class: b.primary ? "primary" : b.danger ? "danger" : null,
              onclick: () => runAction(b.action),
            },
            b.label,
          ),
        ),
        rest.length
          ? h(
              "button",
              {
                "data-f": "do-more",
                "aria-haspopup": "menu",
                "aria-expanded": "false",
                class: "more",
                onclick: (e) =>
                  menu(
                    e.currentTarget,
                    [
                      ...rest.map((b) => ({
                        label: b.label,
                        danger: b.danger,
                        run: () => runAction(b.action),
                      })),
                      null,
                      {
                        label: allShown()
                          ? "Hide the assistant's steps"
                          : "Show the assistant's steps",
                        run: toggleAll,
                      },
                    ],
                    "More actions",
                  ),
              },
              icon("more"),
              "More",
            )
          : null,
      ),
    ),
  );
}

export function toggleSide() {
  const phone = matchMedia("(max-width: 760px)").matches;
  if (phone) document.body.dataset.pane = document.body.dataset.pane === "side" ? "thread" : "side";
  else document.body.classList.toggle("side-open");
}

const allShown = () => localStorage.getItem("dh_steps") === "on";
function toggleAll() {
  localStorage.setItem("dh_steps", allShown() ? "off" : "on");
  timeline();
}

/* ---- lines ---- */

const isNote = (e) => e.kind === "note" || e.kind === "recap";
const steps = new Set([
  "decision",
  "request",
  "shadow",
  "draft",
  "draft_sent",
  "override",
  "handler",
  "category",
  "subject",
  "reminders",
  "feedback",
  "warning",
  "alert",
]);

/* Does it tell a person something that the lines beside it do not? A status that follows from a
 * message or a claim of the same moment does not. */
function tells(e) {
  if (steps.has(e.kind) || (e.kind === "priority" && !e.from)) return false;
  if (e.kind !== "status" || !e.from) return true;
  return (
    !state.entries.some((m) => m.from && m.ts === e.ts) &&
    !state.events.some((o) => o.ts === e.ts && o.kind !== "status" && !steps.has(o.kind))
  );
}

function items() {
  const all = [];
  for (const e of state.entries) if (e.from) all.push({ key: `m${e.seq}`, ts: e.ts, entry: e });
  for (const e of state.events)
    if (allShown() || tells(e)) all.push({ key: `e${e.id}`, ts: e.ts, event: e });
  all.sort((a, b) => a.ts - b.ts || (a.entry ? 0 : 1) - (b.entry ? 0 : 1));
  const out = [];
  let day = "",
    before = null;
  for (const item of all) {
    if (words.dayKey(item.ts) !== day) {
      day = words.dayKey(item.ts);
      out.push({ key: `d${day}`, day: item.ts });
      before = null;
    }
    item.joined = !!(
      item.entry &&
      before?.entry &&
      before.entry.from === item.entry.from &&
      before.entry.name === item.entry.name &&
      item.ts - before.ts < 3e5
    );
    out.push(item);
    before = item;
  }
  return out;
}

function timeline() {
  const box = $("timeline-box"),
    list = items(),
    byKey = new Map(list.map((item) => [item.key, item]));
  const bottom = box.scrollHeight - box.scrollTop - box.clientHeight < 80;
  const before = $("timeline").childElementCount;
  const mine = lastOwn();
  reconcile(
    $("timeline"),
    list.map((item) => item.key),
    (key, old) => {
      const item = byKey.get(key),
        el = old || h("div");
      const seen = item.entry?.seq === mine ? state.ticket.seen >= mine : null;
      once(el, [item, seen], () => {
        swap(el, line(item, seen));
        el.className = kindOf(item);
      });
      return el;
    },
  );
  if (!before) setTimeout(() => $("timeline").setAttribute("aria-live", "polite"), 1000);
  const more = $("timeline").childElementCount > before && before > 0;
  if (bottom) toBottom();
  else if (more) $("newer").hidden = false;
  older();
}

function lastOwn() {
  for (let i = state.entries.length - 1; i >= 0; i--)
    if (state.entries[i].from && state.entries[i].from !== "contact") return state.entries[i].seq;
  return 0;
}

function kindOf(item) {
  if (item.day) return "day";
  if (item.entry) return `msg ${item.entry.from}${item.joined ? " joined" : ""}`;
  return isNote(item.event) ? "msg note" : "event";
}

function line(item, seen) {
  if (item.day) return h("span", null, words.dayName(item.day));
  if (item.entry) return message(item.entry, seen);
  return isNote(item.event) ? note(item.event) : event(item.event);
}

const stamp = (ms) =>
  h(
    "time",
    { datetime: new Date(ms).toISOString(), title: words.fullTime(ms) },
    words.clockTime(ms),
  );

function message(e, seen) {
  const t = state.ticket;
  const name =
    e.from === "contact"
      ? t.contact.name || "Visitor"
      : e.name || (e.from === "assistant" ? "Assistant" : "Desk");
  const role = {
    contact: "Customer",
    assistant: "Assistant",
    technician: "To the customer",
    system: "Automatic",
  }[e.from];
  return [
    h(
      "div",
      { class: "meta" },
      e.from === "assistant"
        ? h("span", { class: "avatar ai", "aria-hidden": "true" }, icon("spark"))
        : avatar(name),
      h("strong", { dir: "auto" }, name),
      h("span", { class: "role" }, role),
      stamp(e.ts),
    ),
    h("div", { class: "text", dir: "auto" }, e.text),
    e.cites?.length
      ? h(
          "p",
          { class: "cites" },
          "From ",
          e.cites.map((c, i) => [i ? ", " : "", cite(c)]),
        )
      : null,
    e.choices?.length
      ? h(
          "p",
          { class: "choices", "aria-label": "Offered answers" },
          e.choices.map((c) => h("span", { dir: "auto" }, c)),
        )
      : null,
    seen !== null
      ? h("p", { class: "seen" }, seen ? "Read by the customer" : "Delivered, not read yet")
      : null,
  ];
}

function cite(c) {
  const safe = /^https?:\/\//i.test(c.url || "");
  return safe
    ? h(
        "a",
        { href: c.url, target: "_blank", rel: "noopener noreferrer nofollow", dir: "auto" },
        c.title,
      )
    : h("em", { dir: "auto" }, c.title);
}

function note(e) {
  const name = e.name || (e.actor === "assistant" ? "Assistant" : "Desk");
  return [
    h(
      "div",
      { class: "meta" },
      h("span", { class: "avatar lock", "aria-hidden": "true" }, icon("note")),
      h("strong", { dir: "auto" }, name),
      h("span", { class: "role" }, e.kind === "recap" ? "Recap, internal" : "Internal note"),
      stamp(e.ts),
    ),
    h("div", { class: "text", dir: "auto" }, e.text),
  ];
}

function event(e) {
  return h("p", null, h("span", { class: "what", dir: "auto" }, sentence(e)), stamp(e.ts));
}

/* One line of the log in words: who, what, from what to what. */
function sentence(e) {
  const who =
    e.name ||
    { contact: "The customer", assistant: "The assistant", operator: "The operator" }[e.actor] ||
    "The desk";
  const to = words.eventValue(e.kind, e.to),
    from = words.eventValue(e.kind, e.from),
    text = e.text ? `: ${e.text}` : "";
  switch (e.kind) {
    case "status":
      return from ? `${who} changed the status from ${from} to ${to}` : `Opened, status ${to}`;
    case "assignee":
      return to
        ? to === who
          ? `${who} took it`
          : `${who} gave it to ${to}`
        : `${who} released it${from ? ` (was ${from})` : ""}`;
    case "team":
      return to ? `${who} moved it to ${to}` : `${who} took it out of ${from}`;
    case "priority":
      return from ? `${who} changed the priority from ${from} to ${to}` : `Priority ${to}`;
    case "handler":
      return `Handled by ${to || "nobody"}`;
    case "handoff":
      return `The assistant handed over: ${words.REASON[e.to] || words.humanise(e.to)}`;
    case "tag":
      return to ? `${who} added the tag ${to}` : `${who} removed the tag ${from}`;
    case "snooze":
      return to === "awake"
        ? "Woke up"
        : `${who} snoozed it${/^\d{12,}$/.test(to || "") ? ` until ${words.fullTime(Number(to))}` : to ? ` until ${to}` : ""}`;
    case "close":
      return `${who} closed it as ${words.OUTCOME[e.to] || e.to}${text}`;
    case "reopen":
      return `${who} reopened it${text}`;
    case "reminder":
      return `Reminder ${to} sent to the customer`;
    case "transfer":
      return `${who} transferred it${text}`;
    case "escalate":
      return `${who} escalated it${text}`;
    case "review":
      return to === "done" ? `${who} reviewed it` : `${who} flagged it for review${text}`;
    case "takeover":
    case "give_back":
    case "human_asked":
    case "created":
    case "warning":
      return e.text || words.humanise(e.kind);
    default:
      return `${words.EVENT[e.kind] || words.humanise(e.kind)}${from ? ` from ${from}` : ""}${to ? `${from ? " to" : ""} ${to}` : ""}${text}`;
  }
}

function older() {
  const was = $("timeline-box").querySelector(".older");
  if (!state.older) return was?.remove();
  if (!was)
    $("timeline").before(
      h("button", { class: "wide older", onclick: loadOlder }, "Show older messages"),
    );
}

async function loadOlder() {
  const id = state.ticketId,
    box = $("timeline-box"),
    height = box.scrollHeight;
  try {
    const page = await get(`ticket/${id}/log`, { before: state.entries[0].seq });
    if (state.ticketId !== id) return;
    state.entries.unshift(...page.entries);
    state.older = page.older;
    timeline();
    box.scrollTop += box.scrollHeight - height;
  } catch (error) {
    toast(error.message, "bad");
  }
}

export function toBottom() {
  $("timeline-box").scrollTop = $("timeline-box").scrollHeight;
  $("newer").hidden = true;
}

/* ---- who is here now ---- */

let customerTyping = 0;

export function typing(frame) {
  if (frame.ticket !== state.ticketId) return;
  if (!frame.customer) return toastTyping(frame);
  customerTyping = Date.now() + 6000;
  showNow();
  setTimeout(showNow, 6100);
}

function toastTyping(frame) {
  state.elsewhere = { name: frame.name || "Somebody", until: Date.now() + 6000 };
  showNow();
  setTimeout(showNow, 6100);
}

export function showNow() {
  const people = (state.who.get(state.ticketId) || []).filter((p) => p.id !== state.me.id);
  const parts = people.map(lookText);
  if (state.elsewhere?.until > Date.now()) parts.push(`${state.elsewhere.name} is replying`);
  if (customerTyping > Date.now())
    parts.unshift(`${state.ticket?.contact.name || "The customer"} is typing …`);
  const text = parts.join(" · ");
  const alone = !people.some((p) => p.typing === "reply");
  $("composer").classList.toggle("crowded", !alone);
  if ($("now").textContent !== text) $("now").textContent = text;
}

/* ---- all of it ---- */

export function reset() {
  forget();
  customerTyping = 0;
  state.elsewhere = null;
  $("timeline").replaceChildren();
  $("timeline").setAttribute("aria-live", "off"); /* what was said before is not news */
  $("brief").replaceChildren();
  $("brief").print = null;
  $("thread-head").print = null;
  $("newer").hidden = true;
  $("timeline-box").querySelector(".older")?.remove();
}

export function show() {
  const open = !!state.ticket;
  for (const id of ["thread-head", "timeline-box", "composer"]) $(id).hidden = !open;
  $("empty").hidden = open;
  document.body.classList.toggle("has-ticket", !!state.ticketId);
  if (!open) {
    once($("empty"), [!!state.ticketId], () =>
      swap(
        $("empty"),
        state.ticketId
          ? h("p", { class: "hint" }, "Reading …")
          : h(
              "div",
              { class: "nothing" },
              icon("all"),
              h("p", null, "Choose a ticket."),
              h("p", { class: "hint" }, "j and k move, Enter opens, ? shows all keys."),
            ),
      ),
    );
    return;
  }
  head();
  timeline();
  composer();
  showNow();
}

$("newer").addEventListener("click", toBottom);
$("timeline-box").addEventListener(
  "scroll",
  () => {
    const box = $("timeline-box");
    if (box.scrollHeight - box.scrollTop - box.clientHeight < 40) $("newer").hidden = true;
  },
  { passive: true },
);
