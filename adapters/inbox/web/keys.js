/* Shortcuts: single keys, never while somebody types, and they can be switched off. */
import { offers, runAction } from "./card.js";
import { $ } from "./dom.js";
import { go, openDialog, state } from "./inbox.js";
import { write } from "./write.js";
import { step } from "./views.js";
import { VIEWS } from "./words.js";

const single = {
  j: ["Next ticket", () => step(1)],
  k: ["Previous ticket", () => step(-1)],
  c: ["Claim", () => perform("claim")],
  r: ["Reply to customer", () => write("reply")],
  n: ["Internal note", () => write("note")],
  t: ["Transfer", () => perform("transfer")],
  s: ["Snooze", () => perform("snooze")],
  e: ["Resolve", () => perform("resolve")],
  x: ["Close", () => perform("close")],
  "+": ["New ticket", () => openDialog("new")],
  "/": [
    "Search",
    () => {
      document.body.dataset.pane = "list";
      $("search").focus();
    },
  ],
  "?": ["This list", () => openDialog("help")],
};

const perform = (action) => {
  if (state.ticket && offers(action)) runAction(action);
};

export const keysAreOn = () => localStorage.getItem("dh_keys") !== "off";
export const switchKeys = (on) => localStorage.setItem("dh_keys", on ? "on" : "off");

export function keyHelp() {
  return [
    ...Object.entries(single).map(([key, [what]]) => [key, what]),
    ["↑ ↓", "Move in the list"],
    ["Enter", "Open"],
    ["Esc", "Leave the text, close"],
    ["Ctrl Enter", "Send what you write"],
    ...VIEWS.map(([, name, key]) => [`g ${key}`, name]),
  ];
}

const writing = (el) => el.closest?.("input, textarea, select, [contenteditable]");

let first = 0;

function pressed(e) {
  if (
    e.defaultPrevented ||
    e.ctrlKey ||
    e.metaKey ||
    e.altKey ||
    writing(e.target) ||
    document.querySelector("dialog[open], .menu")
  )
    return;
  const inList = e.target.closest?.("#rows");
  if (inList && (e.key === "ArrowDown" || e.key === "ArrowUp")) {
    e.preventDefault();
    step(e.key === "ArrowDown" ? 1 : -1);
    return;
  }
  if (e.key === "Escape" && state.ticketId && document.body.dataset.pane !== "list") {
    $("rows").querySelector("[aria-current]")?.focus();
    return;
  }
  if (!keysAreOn()) return;
  if (first && Date.now() - first < 1500) {
    first = 0;
    const view = e.key === "x" ? "undelivered" : VIEWS.find(([, , key]) => key === e.key)?.[0];
    if (view) {
      e.preventDefault();
      go({ view, q: "", ticket: 0 }, true);
      return;
    }
  }
  first = e.key === "g" ? Date.now() : 0;
  if (single[e.key]) {
    e.preventDefault();
    single[e.key][1]();
  }
}

export const keys = () => document.addEventListener("keydown", pressed);
