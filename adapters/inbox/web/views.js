/* The two panes on the left: views with their counts, and the list of tickets. */
import { get } from "./api.js";
import { $, h, icon, menu, once, reconcile, swap } from "./dom.js";
import { act, go, openDialog, state } from "./inbox.js";
import * as words from "./words.js";

const PAGE = 50;

/* ---- views ---- */

export function showViews() {
  const { counts, sources, undelivered, view, online, me, client, source } = state;
  once($("views"), [counts, sources, undelivered, view, online, me, client, source, state.clients], () =>
    swap(
      $("views"),
      h(
        "div",
        { class: "brand" },
        h("strong", { dir: "auto" }, me.workspace || "Deskhand"),
        h(
          "button",
          { class: "primary", "data-f": "new", onclick: () => openDialog("new") },
          icon("plus"),
          "New ticket",
        ),
      ),
      h(
        "ul",
        null,
        words.VIEWS.map(([code, name, key]) => viewLink(code, name, counts[code], key)),
        undelivered ? viewLink("undelivered", "Not delivered", undelivered, "x") : null,
      ),
      h(
        "div",
        { class: "filters" },
        pick(
          "Client",
          "client",
          client,
          state.clients.map((c) => [c.id, c.name]),
        ),
        pick(
          "Source",
          "source",
          source,
          Object.entries(sources).map(([code, n]) => [code, `${words.sourceLabel(code)} (${n})`]),
        ),
      ),
      h(
        "div",
        { class: "me" },
        h("p", { class: online ? "online" : "offline" }, online ? "Live" : "Connecting …"),
        h(
          "button",
          {
            class: "ghost who",
            "data-f": "me",
            "aria-haspopup": "menu",
            onclick: (e) =>
              menu(
                e.currentTarget,
                [
                  { label: "Keyboard shortcuts", icon: "keys", run: () => openDialog("help") },
                  { label: "Sign out", icon: "out", run: signOut },
                ],
                "You",
              ),
          },
          avatar(me.name),
          h("span", { dir: "auto" }, me.name),
        ),
      ),
    ),
  );
}

function viewLink(code, name, count, key) {
  const here = state.view === code && !state.q;
  return h(
    "li",
    null,
    h(
      "a",
      {
        href: `?view=${code}`,
        "data-f": `view-${code}`,
        "aria-current": here ? "page" : null,
        title: `g then ${key}`,
        class: code === "undelivered" ? "bad" : null,
        onclick: (e) => {
          if (!e.ctrlKey && !e.metaKey) {
            e.preventDefault();
            go({ view: code, q: "", ticket: 0 }, true);
          }
        },
      },
      icon(code),
      h("span", { class: "name" }, name),
      count
        ? h(
            "span",
            { class: "count" },
            h("span", { class: "sr" }, ", "),
            count > 999 ? "999+" : String(count),
          )
        : null,
    ),
  );
}

function pick(name, key, value, options) {
  const select = h(
    "select",
    { "data-f": `pick-${key}`, onchange: (e) => go({ [key]: e.target.value }) },
    h("option", { value: "" }, `All ${name.toLowerCase()}s`),
    options.map(([code, label]) => h("option", { value: String(code) }, label)),
  );
  select.value = String(value || "");
  return h("label", null, h("span", null, name), select);
}

async function signOut() {
  const { post } = await import("./api.js");
  await post("leave", {});
  location.assign("/inbox/");
}

export const avatar = (name, more = "") =>
  h(
    "span",
    { class: `avatar ${words.tint(name)} ${more}`, "aria-hidden": "true" },
    words.initials(name),
  );

/* What is wrong with a chat surface, for as long as it is; read out once. */
export function showSurfaces() {
  const ill = state.surfaces.filter((s) => !s.well);
  once($("surfaces"), ill, () =>
    swap(
      $("surfaces"),
      ill.map(({ name, text }) => {
        const surface = words.sourceLabel(name);
        return h(
          "p",
          { class: "warning" },
          icon("undelivered"),
          h("span", { dir: "auto" }, text.startsWith(surface) ? text : `${surface}: ${text}`,
            ` Everything works here; what is meant for ${surface} waits.`),
        );
      }),
    ),
  );
}

/* ---- the list ---- */

export async function loadList({ more = false, keep = false } = {}) {
  const asked = (state.listAsk = {});
  const query = { view: state.view, client: state.client, source: state.source };
  let page;
  try {
    if (state.view === "undelivered" && !state.q) {
      page = { rows: [], more: false, effects: (await get("undelivered")).effects };
    } else if (state.q) {
      page = await get("search", { q: state.q });
    } else {
      const last = more && state.rows.at(-1);
      if (last) query.before = `${last.sort}-${last.id}`;
      query.limit = keep ? Math.min(100, Math.max(PAGE, state.rows.length)) : PAGE;
      page = await get("list", query);
    }
  } catch (error) {
    state.listError = error.message || "The list could not be read.";
    return showList();
  }
  if (asked !== state.listAsk) return;
  state.listError = "";
  state.effects = page.effects || null;
  if (more) {
    const known = new Set(state.rows.map((row) => row.id));
    state.rows = state.rows.concat(page.rows.filter((row) => !known.has(row.id)));
    state.more = page.more;
  } else if (keep && !state.q && page.more && state.rows.length > page.rows.length) {
    state.rows = mergeTop(page.rows);
  } else {
    state.rows = page.rows;
    state.more = page.more;
  }
  state.loaded = true;
  showList();
}

/* What was scrolled to stays below the part that has been read afresh. */
function mergeTop(fresh) {
  const ids = new Set(fresh.map((row) => row.id));
  const edge = fresh.at(-1).sort;
  const rising = fresh.length > 1 && fresh[0].sort < edge;
  return fresh.concat(
    state.rows.filter((row) => !ids.has(row.id) && (rising ? row.sort > edge : row.sort < edge)),
  );
}

export function showList() {
  showHead();
  if (state.effects) return showEffects();
  const rows = state.rows;
  const sames = new Map(rows.map((row) => [String(row.id), row]));
  reconcile($("rows"), [...sames.keys()], (key, old) => listRow(sames.get(key), old));
  once(
    $("list-foot"),
    [rows.length, state.more, state.listError, state.loaded, state.q, state.view],
    () =>
      swap(
        $("list-foot"),
        state.listError
          ? h(
              "p",
              { class: "hint bad" },
              state.listError,
              " ",
              h("button", { onclick: () => loadList() }, "Try again"),
            )
          : null,
        state.loaded && !rows.length && !state.listError ? nothing() : null,
        state.more && state.q
          ? h("p", { class: "hint" }, "Only the newest are shown. Another word finds less.")
          : null,
        state.more && !state.q
          ? h(
              "button",
              { class: "wide", "data-f": "more", onclick: () => loadList({ more: true }) },
              "Show more",
            )
          : null,
      ),
  );
}

function nothing() {
  const texts = {
    mine: "Nothing is assigned to you.",
    triage: "Nothing waits for a technician.",
    unassigned: "Everything has somebody.",
    review: "Nothing is flagged.",
    awaiting_close: "No decision waits.",
    snoozed: "Nothing sleeps.",
  };
  return h(
    "div",
    { class: "nothing" },
    icon(state.q ? "search" : "done"),
    h("p", null, state.q ? "No ticket has these words." : texts[state.view] || "No tickets here."),
  );
}

function showHead() {
  const name = state.q
    ? "Search"
    : state.view === "undelivered"
      ? "Not delivered"
      : words.VIEWS.find(([code]) => code === state.view)?.[1] || "Tickets";
  const box = $("list-head");
  if (!box.firstChild)
    box.append(
      h(
        "div",
        { class: "bar" },
        h(
          "button",
          {
            class: "ghost only-narrow",
            "aria-label": "Show views",
            onclick: () => {
              document.body.dataset.pane = "views";
            },
          },
          icon("all"),
        ),
        h("h1"),
      ),
      h(
        "form",
        {
          role: "search",
          onsubmit: (e) => {
            e.preventDefault();
            go({ q: $("search").value.trim() }, true);
          },
        },
        icon("search"),
        h("input", {
          id: "search",
          type: "search",
          placeholder: "Search, or #42",
          "aria-label": "Search tickets",
          maxlength: "200",
          autocomplete: "off",
          oninput: searchSoon,
          onkeydown: (e) => {
            if (e.key === "Escape") {
              e.target.value = "";
              go({ q: "" });
              e.target.blur();
            }
          },
        }),
      ),
    );
  box.querySelector("h1").textContent = name;
  if (document.activeElement !== $("search")) $("search").value = state.q;
}

let searchTimer;
function searchSoon(e) {
  clearTimeout(searchTimer);
  searchTimer = setTimeout(() => go({ q: e.target.value.trim() }), 250);
}

function statusChip(row) {
  const woken = row.snoozed_until && row.snoozed_until > Date.now();
  return h(
    "span",
    { class: `chip s-${row.status}` },
    woken ? `Snoozed until ${words.soon(row.snoozed_until)}` : words.statusLabel(row.status),
  );
}

const who = { contact: "", technician: "You: ", assistant: "Assistant: ", system: "" };

function snippet(row) {
  let by = who[row.last_author] || "";
  if (row.last_author === "technician" && row.assignee?.id !== state.me.id)
    by = row.assignee ? `${row.assignee.name}: ` : "Technician: ";
  return by + (row.last || "");
}

function hasDraft(id) {
  return localStorage.getItem(`dh_reply:${id}`) || localStorage.getItem(`dh_note:${id}`);
}

function listRow(row, old) {
  const people = (state.who.get(row.id) || []).filter((p) => p.id !== state.me.id);
  const open = state.ticketId === row.id;
  const draft = !!hasDraft(row.id);
  const li = old || h("li");
  once(li, [row, people, open, draft, words.shortTime(row.last_at)], () =>
    swap(
      li,
      h(
        "a",
        {
          href: `?view=${state.view}&ticket=${row.id}`,
          "data-f": `row-${row.id}`,
          class: row.unread ? "row unread" : "row",
          "aria-current": open ? "true" : null,
          onclick: (e) => {
            if (!e.ctrlKey && !e.metaKey) {
              e.preventDefault();
              go({ ticket: row.id }, true);
            }
          },
        },
        h(
          "span",
          { class: "line" },
          h("span", { class: "from", dir: "auto" }, row.contact || "Visitor"),
          row.client ? h("span", { class: "client", dir: "auto" }, row.client) : null,
          words.timeTag(row.last_at),
        ),
        h(
          "span",
          { class: "line subject" },
          row.unread ? h("span", { class: "dot" }, h("span", { class: "sr" }, "New. ")) : null,
          h("span", { class: "cut", dir: "auto" }, row.subject || "New conversation"),
          h("span", { class: "number" }, `#${row.id}`),
        ),
        h(
          "span",
          { class: "line snippet" },
          h("span", { class: "cut", dir: "auto" }, snippet(row)),
        ),
        h(
          "span",
          { class: "line chips" },
          h(
            "span",
            { class: "chips" },
            row.priority < 3
              ? h("span", { class: `chip p${row.priority}` }, words.PRIORITY[row.priority])
              : null,
            row.handler === "ai" && row.status === "open"
              ? h("span", { class: "chip ai" }, icon("spark"), "With the assistant")
              : statusChip(row),
            row.band === "red" || row.band === "orange"
              ? h("span", { class: `chip b-${row.band}` }, words.BAND[row.band])
              : null,
            row.review ? h("span", { class: "chip flag" }, icon("review"), "Review") : null,
            draft ? h("span", { class: "chip" }, icon("edit"), "Draft") : null,
          ),
          h(
            "span",
            { class: "people" },
            people
              .filter((p) => p.id !== row.assignee?.id)
              .map((p) => face(p.name, lookText(p), p.typing ? "typing" : "looking")),
            row.assignee
              ? holder(
                  row.assignee,
                  people.find((p) => p.id === row.assignee.id),
                )
              : row.team
                ? h("span", { class: "chip", title: "Team", dir: "auto" }, row.team)
                : null,
          ),
        ),
      ),
    ),
  );
  return li;
}

const holder = (who, here) =>
  face(
    who.name,
    here ? `${who.name} has it; ${lookText(here)}` : `${who.name} has it`,
    here && (here.typing ? "typing" : "looking"),
  );
const face = (name, title, how) =>
  h("span", { title }, avatar(name, how), h("span", { class: "sr" }, title));

export const lookText = (p) =>
  p.typing === "note"
    ? `${p.name} is writing a note`
    : p.typing
      ? `${p.name} is replying`
      : `${p.name} is looking`;

/* ---- what could not be delivered ---- */

function showEffects() {
  const effects = new Map(state.effects.map((e) => [`e${e.id}`, e]));
  reconcile($("rows"), [...effects.keys()], (key, old) => {
    const e = effects.get(key);
    const li = old || h("li");
    once(li, e, () =>
      swap(
        li,
        h(
          "div",
          { class: "effect" },
          h(
            "p",
            null,
            h("strong", null, `${words.effectName(e.kind)} to ${words.placeName(e.place)}`),
            " ",
            words.timeTag(e.created),
          ),
          h(
            "p",
            { class: "hint", dir: "auto" },
            words.whyNot(e),
          ),
          h(
            "p",
            { class: "buttons" },
            h(
              "button",
              {
                "data-f": `retry-${e.id}`,
                class: "primary",
                onclick: () => effectAct("retry_effect", e),
              },
              "Retry",
            ),
            state.me.role !== "technician"
              ? h(
                  "button",
                  { "data-f": `drop-${e.id}`, onclick: () => effectAct("drop_effect", e) },
                  "Give up",
                )
              : null,
            e.ticket
              ? h(
                  "button",
                  { "data-f": `open-${e.id}`, onclick: () => go({ ticket: e.ticket }, true) },
                  `Open #${e.ticket}`,
                )
              : null,
          ),
        ),
      ),
    );
    return li;
  });
  once($("list-foot"), [state.effects.length, "effects"], () =>
    swap(
      $("list-foot"),
      state.effects.length
        ? null
        : h(
            "div",
            { class: "nothing" },
            icon("done"),
            h("p", null, "Everything has been delivered."),
          ),
    ),
  );
}

async function effectAct(action, e) {
  await act(action, { effect: e.id }, { ticket: false });
  await loadList({ keep: true });
}

/** Opens the row that is so many steps from the open one. */
export function step(by) {
  const links = [...$("rows").querySelectorAll("a.row")];
  const focused = links.indexOf(document.activeElement?.closest?.("a.row"));
  const at = focused >= 0 ? focused : links.findIndex((a) => a.hasAttribute("aria-current"));
  const next = links[Math.max(0, Math.min(links.length - 1, at + by))];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}
