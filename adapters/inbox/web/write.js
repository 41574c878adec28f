/* Writing: a reply to the customer or a note among technicians, in two forms that share nothing. */
import { newId } from "./api.js";
import { offers, runAction } from "./card.js";
import { $, h, icon, once, swap } from "./dom.js";
import { act, listSoon, socket, state } from "./inbox.js";
import { toBottom } from "./thread.js";
import { showList } from "./views.js";

/* Two forms with two texts: what is written in one can never leave through the other. */
const draftKey = (kind) => `dh_${kind}:${state.ticketId}`;
let composerFor = 0;
const lastTyped = { reply: 0, note: 0 };

export function composer() {
  const box = $("composer");
  if (composerFor !== state.ticketId) {
    composerFor = state.ticketId;
    box.replaceChildren(
      h(
        "div",
        { role: "tablist", "aria-label": "Write" },
        tab("reply", "Reply", "reply"),
        tab("note", "Note", "note"),
      ),
      form("reply"),
      form("note"),
    );
    select(
      localStorage.getItem(draftKey("note")) && !localStorage.getItem(draftKey("reply"))
        ? "note"
        : "reply",
    );
  }
  const can = offers("reply");
  const t = state.ticket;
  const off = can
    ? ""
    : t.status === "closed" || t.status === "resolved"
      ? "Reopen the ticket to reply to the customer."
      : "You cannot reply now.";
  once($("reply-off"), [off], () =>
    swap(
      $("reply-off"),
      off
        ? [
            h("p", null, off),
            offers("reopen")
              ? h("button", { "data-f": "reopen", onclick: () => runAction("reopen") }, "Reopen")
              : null,
          ]
        : null,
    ),
  );
  $("reply-off").hidden = can;
  $("reply-in").hidden = !can;
  const to = t.contact.name || t.contact.email || "the customer";
  $("reply-to").textContent = `${to} will read this${t.client.name ? ` (${t.client.name})` : ""}.`;
  const draft = $("reply").draft;
  $("reply-draft").hidden = !draft;
}

const tab = (kind, label, mark) =>
  h(
    "button",
    {
      role: "tab",
      id: `${kind}-tab`,
      "aria-controls": kind,
      class: kind,
      onclick: () => write(kind),
      onkeydown: (e) => {
        if (e.key === "ArrowLeft" || e.key === "ArrowRight") {
          e.preventDefault();
          select(kind === "reply" ? "note" : "reply");
          document.querySelector("#composer [aria-selected=true]").focus();
        }
      },
    },
    icon(mark),
    label,
  );

function select(kind) {
  for (const each of ["reply", "note"]) {
    const on = each === kind;
    $(`${each}-tab`).setAttribute("aria-selected", String(on));
    $(`${each}-tab`).tabIndex = on ? 0 : -1;
    $(each).hidden = !on;
  }
  $("composer").className = kind;
}

function form(kind) {
  const reply = kind === "reply";
  const area = h("textarea", {
    id: `${kind}-text`,
    rows: "3",
    maxlength: "8000",
    dir: "auto",
    "aria-label": reply ? "Reply to the customer" : "Internal note",
    "aria-describedby": reply ? "reply-to" : "note-to",
    placeholder: reply ? "Write to the customer …" : "Write a note for your colleagues …",
    oninput: (e) => typed(kind, e.target),
    onkeydown: (e) => {
      if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) {
        e.preventDefault();
        send(kind, false);
      }
      if (e.key === "Escape") {
        e.stopPropagation();
        e.target.blur();
        $("timeline-box").focus({ preventScroll: true });
      }
    },
  });
  area.value = localStorage.getItem(draftKey(kind)) || "";
  requestAnimationFrame(() => grow(area));
  const buttons = reply
    ? [
        h(
          "button",
          { type: "button", id: "reply-keep", onclick: () => send("reply", true) },
          "Send & keep in progress",
        ),
        h(
          "button",
          { class: "primary", id: "reply-send", title: "Ctrl+Enter" },
          icon("reply"),
          "Send to customer",
        ),
      ]
    : [
        h(
          "button",
          { class: "noting", id: "note-send", title: "Ctrl+Enter" },
          icon("note"),
          "Add internal note",
        ),
      ];
  return h(
    "div",
    { id: kind, role: "tabpanel", "aria-labelledby": `${kind}-tab`, class: kind, hidden: true },
    reply ? h("div", { id: "reply-off", class: "off", hidden: true }) : null,
    h(
      "form",
      {
        id: `${kind}-in`,
        onsubmit: (e) => {
          e.preventDefault();
          send(kind, false);
        },
      },
      reply
        ? h(
            "p",
            { id: "reply-draft", class: "strip", hidden: true },
            icon("spark"),
            "You are editing the assistant's draft. ",
            h("button", { type: "button", class: "link", onclick: dropDraft }, "Do not use it"),
          )
        : null,
      area,
      h(
        "div",
        { class: "foot" },
        h(
          "p",
          { class: "to" },
          icon(reply ? "reply" : "note"),
          h(
            "span",
            { id: `${kind}-to`, dir: "auto" },
            reply ? "" : "Only technicians see this. The customer never does.",
          ),
        ),
        h("div", { class: "buttons" }, buttons),
      ),
    ),
  );
}

function grow(area) {
  area.style.height = "auto";
  area.style.height = `${Math.min(area.scrollHeight + 2, innerHeight * 0.4)}px`;
}

function typed(kind, area) {
  area.sendId = null;
  store(kind, area.value);
  grow(area);
  if (Date.now() - lastTyped[kind] > 3000 && area.value) {
    lastTyped[kind] = Date.now();
    socket.typing(state.ticketId, kind === "note");
  }
}

function store(kind, text, ticket = state.ticketId) {
  const key = `dh_${kind}:${ticket}`,
    had = !!localStorage.getItem(key);
  try {
    if (text) localStorage.setItem(key, text);
    else localStorage.removeItem(key);
  } catch {
    /* a full or forbidden storage keeps no drafts */
  }
  if (had !== !!text) showList();
}

async function send(kind, keep) {
  const area = $(`${kind}-text`),
    ticket = state.ticketId,
    text = area.value,
    box = $(kind);
  if (!text.trim()) {
    area.focus();
    return;
  }
  if (box.busy) return;
  box.busy = true;
  box.classList.add("busy");
  area.readOnly = true;
  area.sendId ||= newId();
  const fields = { text, id: area.sendId };
  const draft = kind === "reply" && !keep && box.draft;
  if (kind === "reply" && !draft) fields.keep = keep;
  if (draft) fields.draft = draft;
  const answer = await act(draft ? "send_draft" : kind, fields);
  box.busy = false;
  box.classList.remove("busy");
  area.readOnly = false;
  const stayed = () =>
    document.activeElement === document.body || $("composer").contains(document.activeElement);
  if (!answer.ok) {
    if (area.isConnected && stayed()) area.focus();
    return;
  }
  store(kind, "", ticket);
  box.draft = 0;
  listSoon(50);
  if (state.ticketId !== ticket) return;
  area.value = "";
  area.sendId = null;
  grow(area);
  composer();
  toBottom();
  if (stayed()) area.focus();
}

/** Puts the assistant's draft where it can be changed before it is sent. */
export function editDraft() {
  const area = $("reply-text");
  if (area.value.trim() && !confirm("Replace what you have written so far?")) return;
  area.value = state.ticket.draft.text;
  $("reply").draft = state.ticket.draft.id;
  typed("reply", area);
  composer();
  write("reply");
}

function dropDraft() {
  $("reply").draft = 0;
  $("reply-text").value = "";
  typed("reply", $("reply-text"));
  composer();
}

/** Opens the tab and puts the cursor there. */
export function write(kind) {
  if (!state.ticket) return;
  select(kind);
  document.body.dataset.pane = "thread";
  const area = $(`${kind}-text`);
  if (area.offsetParent) {
    grow(area);
    area.focus();
    area.setSelectionRange(area.value.length, area.value.length);
  }
}

/** Another ticket: its own texts, its own throttles. */
export function forget() {
  composerFor = lastTyped.reply = lastTyped.note = 0;
}
