/* Small helpers to build the page. Text from people always becomes a text node, never markup. */

export const $ = (id) => document.getElementById(id);

/** h("p", { class: "x", onclick: f, "aria-label": "y" }, "text", node, null) */
export function h(tag, props, ...kids) {
  const el = document.createElement(tag);
  for (const [key, value] of Object.entries(props || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) el.addEventListener(key.slice(2), value);
    else if (key === "value" || key === "checked" || key === "disabled" || key === "hidden")
      el[key] = value;
    else el.setAttribute(key, value === true ? "" : value);
  }
  el.append(...kids.flat(3).filter((kid) => kid !== null && kid !== undefined && kid !== false));
  return el;
}

const paths = {
  reply: "M9 5 4 10l5 5M4 10h9a6 6 0 0 1 6 6v3",
  note: "M6 11V8a6 6 0 0 1 12 0v3M5 11h14v9H5zM12 15v2",
  claim: "M5 12.5 10 17.5 19.5 7",
  all: "M4 6h16M4 12h16M4 18h16",
  triage: "M4 5h16l-6 7v6l-4 2v-8z",
  mine: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20a7.5 7.5 0 0 1 15 0",
  unassigned: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20a7.5 7.5 0 0 1 9-7.3M17 15v6M14 18h6",
  review: "M6 21V4h11l-2 4 2 4H6",
  awaiting_close: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3 3",
  snoozed: "M20 14.5A8 8 0 0 1 9.5 4 8 8 0 1 0 20 14.5z",
  done: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8 12.5l3 3 5-6",
  undelivered: "M12 4 2.5 20h19zM12 10v4M12 17v.5",
  search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l5 5",
  plus: "M12 5v14M5 12h14",
  more: "M5 12h.1M12 12h.1M19 12h.1",
  back: "M15 5l-7 7 7 7",
  close: "M6 6l12 12M18 6 6 18",
  edit: "M4 20h4L19 9l-4-4L4 16z",
  tag: "M4 4h8l8 8-8 8-8-8zM8 8h.1",
  spark: "M12 3l2 6 6 3-6 3-2 6-2-6-6-3 6-3z",
  out: "M10 4H5v16h5M14 8l4 4-4 4M9 12h9",
  keys: "M3 7h18v10H3zM7 11h.1M11 11h.1M15 11h.1M8 14h8",
  panel: "M4 5h16v14H4zM15 5v14",
  bell: "M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 20.5h4",
};

export function icon(name) {
  const ns = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(ns, "svg");
  const path = document.createElementNS(ns, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", "icon");
  path.setAttribute("d", paths[name] || paths.all);
  svg.append(path);
  return svg;
}

/** Makes the children of `box` be keys.map(make), keeping the nodes that stay, their focus and
 *  their place. make(key, oldNode) gives the node: a new one, or the old one brought up to date. */
export function reconcile(box, keys, make) {
  const old = new Map([...box.children].map((el) => [el.dataset.key, el]));
  const focused = box.contains(document.activeElement) ? focusKey(document.activeElement) : null;
  let at = box.firstElementChild;
  for (const key of keys) {
    const was = old.get(key);
    const el = make(key, was);
    el.dataset.key = key;
    old.delete(key);
    if (was && was !== el) {
      if (at === was) at = was.nextElementSibling;
      was.remove();
    }
    if (el === at) at = at.nextElementSibling;
    else box.insertBefore(el, at);
  }
  for (const el of old.values()) el.remove();
  refocus(box, focused);
}

/** Replaces what is in `box` and puts the focus back on the element with the same data-f. */
export function swap(box, ...kids) {
  const focused = box.contains(document.activeElement) ? focusKey(document.activeElement) : null;
  box.replaceChildren(...kids.flat(3).filter(Boolean));
  if (focused && !refocus(box, focused))
    /* what was pressed is gone: stay near */
    [...box.querySelectorAll("[data-f]")]
      .find((el) => el.offsetParent)
      ?.focus({ preventScroll: true });
}

const focusKey = (el) => el.closest("[data-f]")?.dataset.f || null;

function refocus(box, key) {
  if (!key || focusKey(document.activeElement) === key) return true;
  const same = [...box.querySelectorAll("[data-f]")].find((el) => el.dataset.f === key);
  same?.focus({ preventScroll: true });
  return !!same;
}

/** Renders only when `data` differs from the last time for this box. */
export function once(box, data, render) {
  const print = JSON.stringify(data);
  if (box.print === print) return;
  box.print = print;
  render();
}

/* ---- toasts ---- */

export function toast(text, kind = "ok") {
  const box = $("toasts");
  const el = h(
    "div",
    { class: `toast ${kind}` },
    icon(kind === "ok" ? "claim" : "undelivered"),
    h("span", { dir: "auto" }, text),
    h(
      "button",
      { class: "ghost small", "aria-label": "Dismiss", onclick: () => el.remove() },
      icon("close"),
    ),
  );
  box.append(el);
  while (box.children.length > 4) box.firstElementChild.remove();
  setTimeout(() => el.remove(), kind === "ok" ? 4500 : 9000);
}

/* ---- menus ---- */

/** Opens a menu under a button. items: { label, icon, danger, checked, run } or null for a line. */
export function menu(button, items, name) {
  if (document.querySelector(".menu")?.opener === button) return closeMenu();
  closeMenu();
  const box = h("div", { class: "menu", role: "menu", "aria-label": name });
  for (const item of items) {
    if (!item) {
      box.append(h("hr", { role: "separator" }));
      continue;
    }
    box.append(
      h(
        "button",
        {
          role: item.checked === undefined ? "menuitem" : "menuitemradio",
          tabindex: "-1",
          "aria-checked": item.checked === undefined ? null : String(item.checked),
          class: item.danger ? "danger" : null,
          onclick: () => {
            closeMenu(true);
            item.run();
          },
        },
        item.icon ? icon(item.icon) : h("span", { class: "tick" }, item.checked ? "✓" : ""),
        item.label,
      ),
    );
  }
  box.opener = button;
  box.addEventListener("keydown", menuKeys);
  box.addEventListener("focusout", (e) => {
    if (!box.contains(e.relatedTarget)) closeMenu();
  });
  document.body.append(h("section", { "aria-label": name }, box));
  button.setAttribute("aria-expanded", "true");
  place(box, button);
  box.querySelector("button")?.focus();
}

function place(box, button) {
  const r = button.getBoundingClientRect();
  const left = Math.max(8, Math.min(r.left, innerWidth - box.offsetWidth - 8));
  const below = r.bottom + 4 + box.offsetHeight < innerHeight;
  box.style.left = `${left}px`;
  box.style.top = `${below ? r.bottom + 4 : Math.max(8, r.top - box.offsetHeight - 4)}px`;
}

function closeMenu(focus) {
  const box = document.querySelector(".menu");
  if (!box || box.closing) return;
  box.closing = true;
  box.opener.setAttribute("aria-expanded", "false");
  if (focus && box.opener.isConnected) box.opener.focus();
  box.parentNode.remove();
}

function menuKeys(e) {
  const all = [...e.currentTarget.querySelectorAll("button")];
  const at = all.indexOf(document.activeElement);
  const step = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[e.key];
  if (e.key === "Escape" || e.key === "Tab") {
    e.preventDefault();
    e.stopPropagation();
    closeMenu(true);
  } else if (step !== undefined) {
    e.preventDefault();
    all[(step + all.length) % all.length].focus();
  }
}
