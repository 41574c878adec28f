/* The technician inbox: what is shown, where it is shown, and what keeps it true. */
import * as api from "./api.js";
import { side, brief } from "./card.js";
import { dialogs } from "./dialogs.js";
import { $, h, icon, toast } from "./dom.js";
import { keys } from "./keys.js";
import * as thread from "./thread.js";
import { loadList, showList, showSurfaces, showViews } from "./views.js";
import { VIEWS, tick } from "./words.js";

export const state = {
  me: {},
  clients: [],
  people: { technicians: [], teams: [] },
  counts: {},
  undelivered: 0,
  surfaces: [],
  online: false,
  view: "all",
  client: "",
  source: "",
  sources: {},
  q: "" /* these and the ticket stand in the address */,
  rows: [],
  more: false,
  loaded: false,
  effects: null,
  listError: "",
  ticketId: 0,
  ticket: null,
  card: null,
  entries: [],
  events: [],
  others: [],
  older: false,
  who: new Map() /* ticket id -> who looks at it */,
};

export let socket = { look() {}, typing() {} };

/* ---- the address ---- */

function readAddress() {
  const p = new URLSearchParams(location.search);
  const view = p.get("view");
  state.view = view === "undelivered" || VIEWS.some(([code]) => code === view) ? view : "all";
  state.client = p.get("client") || "";
  state.source = p.get("source") || "";
  state.q = p.get("q") || "";
  return Number(p.get("ticket")) || 0;
}

function address(ticket) {
  const p = new URLSearchParams();
  p.set("view", state.view);
  for (const key of ["client", "source", "q"]) if (state[key]) p.set(key, state[key]);
  if (ticket) p.set("ticket", ticket);
  return `?${p}`;
}

/** Goes to another view, filter, search or ticket. step: the Back button returns from there. */
export function go(change, step = false) {
  const before = [state.view, state.client, state.source, state.q].join("\n");
  const ticket = "ticket" in change ? change.ticket : state.ticketId;
  for (const key of ["view", "client", "source", "q"]) if (key in change) state[key] = change[key];
  const url = address(ticket);
  if (url !== location.search) history[step ? "pushState" : "replaceState"](null, "", url);
  follow(
    before !== [state.view, state.client, state.source, state.q].join("\n"),
    ticket,
    "ticket" in change,
  );
}

function follow(otherList, ticket, chosen) {
  if (otherList) {
    state.rows = [];
    state.loaded = false;
    state.effects = null;
    $("list-box").scrollTop = 0;
    showViews();
    showList();
    loadList();
  }
  if (chosen) document.body.dataset.pane = ticket ? "thread" : "list";
  if (ticket !== state.ticketId) openTicket(ticket);
  title();
}

addEventListener("popstate", () => {
  const ticket = readAddress();
  follow(true, ticket, true);
});

function title() {
  const count = state.counts.mine ? `(${state.counts.mine}) ` : "";
  document.title = state.ticketId
    ? `${count}#${state.ticketId} ${state.ticket?.subject || ""}`.trim()
    : `${count}${VIEWS.find(([code]) => code === state.view)?.[1] || "Inbox"} · ${state.me.workspace || "Deskhand"}`;
}

/* ---- one ticket ---- */

export async function openTicket(id) {
  state.ticketId = id;
  Object.assign(state, {
    ticket: null,
    card: null,
    entries: [],
    events: [],
    others: [],
    older: false,
  });
  socket.look(id);
  showList();
  thread.reset();
  showTicket();
  if (!id) return;
  try {
    const answer = await api.get(`ticket/${id}`);
    if (state.ticketId !== id) return;
    Object.assign(state, answer);
    showTicket();
    thread.toBottom();
    seen();
  } catch (error) {
    if (state.ticketId !== id) return;
    toast(error.status === 404 ? `There is no ticket #${id}.` : error.message, "bad");
    if (error.status === 404) go({ ticket: 0 });
  }
}

/** Reads what came after what is shown; one question at a time. */
export async function refreshTicket() {
  const id = state.ticketId;
  if (!id || !state.ticket) return;
  if (state.refreshing) {
    state.refreshAgain = true;
    return;
  }
  state.refreshing = true;
  try {
    let answer;
    do {
      answer = await api.get(`ticket/${id}/log`, {
        after: state.entries.at(-1)?.seq || 0,
        event: state.events.at(-1)?.id || 0,
      });
      if (state.ticketId !== id) break;
      const known = state.entries.at(-1)?.seq || 0,
        last = state.events.at(-1)?.id || 0;
      state.entries.push(...answer.entries.filter((e) => e.seq > known));
      state.events.push(...answer.events.filter((e) => e.id > last));
      Object.assign(state, { ticket: answer.ticket, card: answer.card });
    } while (answer.more);
    if (state.ticketId === id) {
      showTicket();
      seen();
    }
  } catch {
    /* the next notice, or the next connection, asks again */
  }
  state.refreshing = false;
  if (state.refreshAgain) {
    state.refreshAgain = false;
    refreshTicket();
  }
}

function showTicket() {
  thread.show();
  brief();
  side();
  title();
}

/* The customer's "read" mark moves only when somebody really has the page before them. */
function seen() {
  const t = state.ticket;
  if (
    !t ||
    document.hidden ||
    !document.hasFocus() ||
    t.head <= t.desk_read ||
    state.seenAsked === `${t.id}.${t.head}`
  )
    return;
  state.seenAsked = `${t.id}.${t.head}`;
  api.act("desk_seen", { ticket: t.id, seq: t.head });
}
addEventListener("focus", seen);

/* ---- acting ---- */

const done = {
  claim: "You have it.",
  release: "Given back to the queue.",
  reply: "Sent to the customer.",
  note: "Note added. Only technicians see it.",
  transfer: "Transferred.",
  takeover: "You took over.",
  give_back: "The assistant has it again.",
  snooze: "Snoozed.",
  hold: "Put on hold.",
  resolve: "Resolved.",
  close: "Closed.",
  reopen: "Reopened.",
  keep_open: "Kept open.",
  escalate: "Escalated.",
  ai_wrong: "Thank you, noted.",
  send_draft: "The draft was sent to the customer.",
  retry_effect: "It will be tried again.",
  drop_effect: "Given up.",
};

/** Asks the desk to do something, and says what the desk answered. */
export async function act(action, fields = {}, { ticket = true, version = false } = {}) {
  const body = { ...fields };
  if (ticket) body.ticket = state.ticketId;
  if (version && state.ticket) body.version = state.ticket.version;
  const answer = await api.act(action, body);
  if (answer.ok) {
    /* Our own change alone does not make what we see stale. */
    if (answer.ticket === state.ticket?.id && answer.version === state.ticket.version + 1)
      state.ticket.version++;
    const own = answer.text && answer.text !== "Done.";
    const said = fields.until === 0 ? "Woken up." : done[action];
    if (own || said) toast(own ? answer.text : said);
  } else {
    toast(answer.text || "That did not work.", "bad");
  }
  refreshTicket();
  listSoon(50);
  return answer;
}

export const openDialog = (name) => dialogs[name]?.();

/* ---- staying true ---- */

let listTimer;
export function listSoon(ms = 400) {
  if (document.hidden) {
    state.dirty = true;
    return;
  }
  if (!listTimer)
    listTimer = setTimeout(() => {
      listTimer = 0;
      loadList({ keep: true });
    }, ms);
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  if (state.dirty) {
    state.dirty = false;
    listSoon(0);
  }
  seen();
});

async function loadViews() {
  try {
    Object.assign(state, await api.get("views"));
  } catch {
    /* asked again soon */
  }
  showViews();
  title();
}

async function loadPeople() {
  const [people, clients] = await Promise.all([api.get("people"), api.get("clients")]);
  state.people = people;
  state.clients = clients.clients;
  showViews();
}

const heard = {
  hello(frame) {
    state.who = new Map(frame.who.map((w) => [w.ticket, w.people]));
    heard.surfaces(frame);
    loadViews();
    loadList({ keep: true });
    refreshTicket();
  },
  changed(frame) {
    if (frame.tickets.length || frame.all) listSoon();
    if (frame.all || frame.tickets.some(([id]) => id === state.ticketId)) refreshTicket();
    if (frame.people) loadPeople();
    if (frame.effects) {
      loadViews();
      listSoon();
    }
  },
  counts(frame) {
    state.counts = frame.counts;
    showViews();
    title();
  },
  surfaces(frame) {
    state.surfaces = frame.surfaces;
    showSurfaces();
  },
  who(frame) {
    if (frame.people.length) state.who.set(frame.ticket, frame.people);
    else state.who.delete(frame.ticket);
    showList();
    thread.showNow();
    clearTimeout(heard.timer);
    if (frame.people.some((p) => p.typing)) heard.timer = setTimeout(stopTyping, 6500);
  },
  typing(frame) {
    thread.typing(frame);
  },
};

function stopTyping() {
  for (const people of state.who.values()) for (const p of people) p.typing = null;
  showList();
  thread.showNow();
}

async function start() {
  const ticket = readAddress();
  try {
    state.me = await api.get("me");
  } catch (error) {
    $("empty").replaceChildren(
      h(
        "div",
        { class: "nothing" },
        icon("undelivered"),
        h("p", null, error.message || "The desk does not answer."),
        h("button", { onclick: () => location.reload() }, "Try again"),
      ),
    );
    return;
  }
  if (ticket) document.body.dataset.pane = "thread";
  showViews();
  showList();
  keys();
  await Promise.all([
    loadViews(),
    loadPeople(),
    loadList(),
    ticket ? openTicket(ticket) : thread.show(),
  ]);
  socket = api.live(
    (frame) => heard[frame.t]?.(frame),
    (online) => {
      state.online = online;
      showViews();
    },
  );
  socket.look(state.ticketId);
  setInterval(() => {
    tick();
  }, 30000);
}

start();
