/* What the card says beside the conversation: why it came, what is proposed, what must be decided,
 * and everything about ticket and requester. */
import { $, h, icon, menu, once, swap } from "./dom.js";
import { act, go, openDialog, state } from "./inbox.js";
import { toggleSide } from "./thread.js";
import { avatar } from "./views.js";
import * as words from "./words.js";
import { editDraft, write } from "./write.js";

/* ---- actions: the card says which apply now, to this viewer ---- */

export const offers = (action) => !!state.card?.buttons.some((b) => b.action === action);

/* Shown elsewhere: in the composer, the decision, the draft, or beside what they change. */
const placed = new Set(["send_draft"]);

/** The buttons in the head: [in front, in the menu]. */
export function actions() {
  const buttons = state.card.buttons.filter(
    (b) =>
      !placed.has(b.action) &&
      !(
        state.ticket.status === "awaiting_close" &&
        ["close", "escalate", "keep_open"].includes(b.action)
      ),
  );
  const front = buttons
    .filter((b) => b.front && b.action !== "reply" && b.action !== "note")
    .slice(0, 4);
  return [
    front,
    buttons.filter((b) => !front.includes(b) && b.action !== "reply" && b.action !== "note"),
  ];
}

const direct = {
  claim: () => act("claim"),
  release: () => act("release"),
  takeover: () => act("takeover"),
  hold: () => act("hold"),
  reopen: () => act("reopen"),
  keep_open: () => act("keep_open"),
  wake: () => act("snooze", { until: 0 }),
  review: () => act("review", { review: true }),
  reviewed: () => act("review", { review: false }),
  reply: () => write("reply"),
  note: () => write("note"),
  priority: () =>
    priorityMenu(
      document.querySelector("[data-f=prop-priority]") ||
        document.querySelector("[data-f=do-more]"),
    ),
  send_draft: () => act("send_draft", { draft: state.ticket.draft.id }, { version: true }),
};

export function runAction(action) {
  if (direct[action]) direct[action]();
  else openDialog(action);
}

function priorityMenu(button) {
  menu(
    button,
    [1, 2, 3, 4].map((p) => ({
      label: words.PRIORITY[p],
      checked: state.ticket.priority === p,
      run: () => act("priority", { priority: p }),
    })),
    "Priority",
  );
}

/* ---- above the messages ---- */

export function brief() {
  const { ticket: t, card } = state;
  if (!t) return;
  const mine = t.assignee?.id === state.me.id,
    key = `${t.id} ${mine}`;
  const shown = $("brief").dataset.of === key ? $("brief").querySelector(".summary") : null;
  const open = shown ? shown.open : !mine;
  $("brief").dataset.of = key;
  once(
    $("brief"),
    [
      key,
      t.status,
      card.came,
      card.tried,
      card.warning,
      t.draft,
      t.reminders,
      card.buttons,
      t.reason,
    ],
    () =>
      swap(
        $("brief"),
        card.warning
          ? h(
              "p",
              { class: "warning" },
              icon("undelivered"),
              h("span", { dir: "auto" }, card.warning),
            )
          : null,
        t.status === "awaiting_close" ? decision(t) : null,
        card.came && !card.tried
          ? h("p", { class: "hint", dir: "auto" }, `Why it is here: ${card.came}`)
          : null,
        card.tried
          ? h(
              "details",
              { class: "summary", open },
              h("summary", { "data-f": "summary" }, icon("spark"), "Summary for you"),
              h(
                "dl",
                null,
                card.came
                  ? [h("dt", null, "Why it is here"), h("dd", { dir: "auto" }, card.came)]
                  : null,
                h("dt", null, "What was tried"),
                h("dd", { dir: "auto", class: "pre" }, card.tried),
              ),
            )
          : null,
        t.draft ? draft(t) : null,
      ),
  );
}

function decision(t) {
  const button = (action, label, kind) =>
    offers(action)
      ? h(
          "button",
          { "data-f": `decide-${action}`, class: kind, onclick: () => runAction(action) },
          label,
        )
      : null;
  return h(
    "section",
    { class: "decision", "aria-label": "Decision" },
    h("h2", null, icon("bell"), "No answer. What now?"),
    h(
      "p",
      null,
      `${t.reminders} reminders were sent and the customer has not answered. Nothing more is sent until you decide.`,
    ),
    h(
      "p",
      { class: "buttons" },
      button("close", "Close", "primary"),
      button("escalate", "Escalate"),
      button("keep_open", "Keep open"),
    ),
  );
}

function draft(t) {
  return h(
    "section",
    { class: "draft", "aria-label": "The assistant's draft" },
    h("h2", null, icon("spark"), "The assistant proposes"),
    h("blockquote", { dir: "auto" }, t.draft.text),
    h(
      "p",
      { class: "buttons" },
      offers("send_draft")
        ? h(
            "button",
            { "data-f": "draft-send", class: "primary", onclick: () => runAction("send_draft") },
            icon("reply"),
            "Send to customer",
          )
        : null,
      h("button", { "data-f": "draft-edit", onclick: editDraft }, icon("edit"), "Edit first"),
    ),
  );
}

/* ---- the side panel ---- */

export function side() {
  const { ticket: t, card, others } = state;
  const box = $("side");
  box.hidden = !t;
  if (!t) {
    box.print = null;
    return;
  }
  once(box, [t, card, others], () =>
    swap(
      box,
      h(
        "button",
        {
          class: "ghost close-side",
          "aria-label": "Back to the conversation",
          onclick: toggleSide,
        },
        icon("close"),
      ),
      person(t),
      ticketFacts(t),
      tags(t),
      mood(t),
      otherTickets(t, others),
      about(t),
    ),
  );
}

function person(t) {
  const name = t.contact.name || "Visitor";
  return h(
    "section",
    { class: "person", "aria-label": "Requester" },
    h(
      "div",
      { class: "head" },
      avatar(name, "big"),
      h(
        "div",
        null,
        h("h1", { dir: "auto" }, name),
        h(
          "p",
          { dir: "auto" },
          t.client.name,
          t.client.vip ? h("span", { class: "chip vip" }, "VIP") : null,
        ),
      ),
    ),
    t.contact.email
      ? h(
          "p",
          { class: "mail" },
          h("span", { dir: "ltr" }, t.contact.email),
          h(
            "span",
            { class: t.contact.verified ? "chip ok" : "chip" },
            t.contact.verified ? "Verified" : "Not verified",
          ),
        )
      : h("p", { class: "hint" }, "No mail address given."),
  );
}

const change = (f, label, run) =>
  h(
    "button",
    {
      "data-f": f,
      class: "value",
      onclick: run,
      "aria-haspopup": f === "prop-priority" ? "menu" : "dialog",
    },
    label,
    icon("edit"),
  );
const either = (action, f, label, run) =>
  offers(action) ? change(f, label, run) : h("span", null, label);

function ticketFacts(t) {
  const category = [t.category, t.type, t.subtype].filter(Boolean).join(" › ") || "None";
  const rows = [
    [
      "Assignee",
      either("transfer", "prop-assignee", t.assignee?.name || "Nobody", () =>
        openDialog("transfer"),
      ),
    ],
    t.team ? ["Team", h("span", { dir: "auto" }, t.team.name)] : null,
    ["Status", h("span", null, words.statusLabel(t.status))],
    [
      "Priority",
      either("priority", "prop-priority", words.PRIORITY[t.priority], (e) =>
        priorityMenu(e.currentTarget),
      ),
    ],
    ["Category", either("category", "prop-category", category, () => openDialog("category"))],
    [
      "Subject",
      either("subject", "prop-subject", t.subject || "None", () => openDialog("subject")),
    ],
    t.snoozed_until && t.snoozed_until > Date.now()
      ? ["Snoozed", h("span", null, `until ${words.fullTime(t.snoozed_until)}`)]
      : null,
    t.reminders || t.reminder_due
      ? [
          "Reminders",
          h(
            "span",
            null,
            `${t.reminders} of 5 sent${t.reminder_due ? `, next ${words.soon(t.reminder_due)}` : ""}`,
          ),
        ]
      : null,
    ["Source", h("span", null, words.sourceLabel(t.source))],
    ["Opened", words.timeTag(t.created)],
    [
      "First reply",
      t.first_response ? words.timeTag(t.first_response) : h("span", null, "Not yet"),
    ],
    t.followup_of
      ? [
          "Follow-up of",
          h(
            "button",
            {
              class: "link",
              "data-f": "followup",
              onclick: () => go({ ticket: t.followup_of }, true),
            },
            `#${t.followup_of}`,
          ),
        ]
      : null,
    t.outcome && t.outcome !== "none"
      ? [
          "Outcome",
          h(
            "span",
            { dir: "auto" },
            [words.OUTCOME[t.outcome] || t.outcome, t.close_reason].filter(Boolean).join(": "),
          ),
        ]
      : null,
  ];
  return h(
    "section",
    { "aria-label": "Ticket" },
    h("h2", null, "Ticket"),
    h(
      "dl",
      { class: "facts" },
      rows
        .filter(Boolean)
        .map(([name, value]) => h("div", null, h("dt", null, name), h("dd", null, value))),
    ),
  );
}

function tags(t) {
  if (!offers("tag") && !t.tags.length) return null;
  const input = h("input", {
    "data-f": "tag-new",
    maxlength: "40",
    placeholder: "Add a tag",
    "aria-label": "Add a tag",
    autocomplete: "off",
  });
  return h(
    "section",
    { "aria-label": "Tags" },
    h("h2", null, "Tags"),
    h(
      "ul",
      { class: "tags" },
      t.tags.map((tag) =>
        h(
          "li",
          { class: "chip" },
          h("span", { dir: "auto" }, tag),
          offers("tag")
            ? h(
                "button",
                {
                  class: "ghost small",
                  "data-f": `tag-${tag}`,
                  "aria-label": `Remove the tag ${tag}`,
                  onclick: () => act("tag", { tag, set: false }),
                },
                icon("close"),
              )
            : null,
        ),
      ),
    ),
    offers("tag")
      ? h(
          "form",
          {
            class: "tag",
            onsubmit: (e) => {
              e.preventDefault();
              const tag = input.value.trim();
              if (tag) {
                input.value = "";
                act("tag", { tag, set: true });
              }
            },
          },
          input,
        )
      : null,
  );
}

function mood(t) {
  const bar = h("div", { class: `mood b-${t.band}`, "aria-hidden": "true" }, h("i"));
  bar.firstChild.style.width = `${t.sentiment}%`;
  return h(
    "section",
    { "aria-label": "Sentiment" },
    h("h2", null, "Sentiment"),
    h(
      "p",
      { class: "moodline" },
      h("strong", null, words.BAND[t.band]),
      h("span", null, `${t.sentiment} of 100`),
    ),
    bar,
    t.band === "red" || t.band === "orange" ? h("p", { class: "hint" }, "Handle with care.") : null,
  );
}

function otherTickets(t, others) {
  const rest = others.filter((row) => row.id !== t.id);
  if (!rest.length) return null;
  return h(
    "section",
    { "aria-label": "Other tickets of this requester" },
    h("h2", null, "Other tickets"),
    h(
      "ul",
      { class: "others" },
      rest.slice(0, 8).map((row) =>
        h(
          "li",
          null,
          h(
            "a",
            {
              href: `?view=${state.view}&ticket=${row.id}`,
              "data-f": `other-${row.id}`,
              onclick: (e) => {
                if (!e.ctrlKey && !e.metaKey) {
                  e.preventDefault();
                  go({ ticket: row.id }, true);
                }
              },
            },
            h(
              "span",
              { class: "cut", dir: "auto" },
              `#${row.id} ${row.subject || "New conversation"}`,
            ),
            h("span", { class: `chip s-${row.status}` }, words.statusLabel(row.status)),
          ),
        ),
      ),
    ),
  );
}

function about(t) {
  if (!t.why_ai && !t.intent && !offers("ai_wrong")) return null;
  return h(
    "details",
    { class: "why" },
    h("summary", { "data-f": "why" }, "The assistant's reasons"),
    t.why_ai ? h("p", { dir: "auto", class: "pre" }, t.why_ai) : null,
    h(
      "p",
      { class: "hint" },
      [
        t.intent ? `Intent: ${words.humanise(t.intent)}` : "",
        t.lang && t.lang !== "und" ? `Language: ${t.lang}` : "",
      ]
        .filter(Boolean)
        .join(" · "),
    ),
    offers("ai_wrong")
      ? h(
          "button",
          { "data-f": "wrong", onclick: () => openDialog("ai_wrong") },
          "Something is wrong here",
        )
      : null,
  );
}
