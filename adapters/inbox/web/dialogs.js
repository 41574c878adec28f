/* Everything that asks before it acts: one native dialog at a time. */
import { get } from "./api.js";
import { $, h, toast } from "./dom.js";
import { act, go, state } from "./inbox.js";
import { keysAreOn, keyHelp, switchKeys } from "./keys.js";
import * as words from "./words.js";

/** Shows a form. send(form data) returns true when the dialog may close. */
function ask(title, body, button, send, { danger = false, wide = false } = {}) {
  document.querySelector("dialog")?.remove();
  const say = h("p", { class: "say", role: "alert" });
  const go_ = button ? h("button", { class: danger ? "danger solid" : "primary" }, button) : null;
  const box = h(
    "dialog",
    { "aria-labelledby": "dialog-title", class: wide ? "wide" : null },
    h(
      "form",
      {
        onsubmit: async (e) => {
          e.preventDefault();
          if (!go_ || go_.disabled) return;
          go_.disabled = true;
          say.textContent = "";
          const answer = await send(new FormData(e.target));
          go_.disabled = false;
          if (answer === true || answer?.ok) box.close();
          else say.textContent = answer?.text || "That did not work.";
        },
      },
      h("h2", { id: "dialog-title" }, title),
      body,
      say,
      h(
        "div",
        { class: "buttons" },
        h("button", { type: "button", onclick: () => box.close() }, button ? "Cancel" : "Done"),
        go_,
      ),
    ),
  );
  const back = document.activeElement?.dataset?.f;
  box.addEventListener("close", () => {
    box.remove();
    (back && document.querySelector(`[data-f="${CSS.escape(back)}"]`))?.focus();
  });
  box.addEventListener("click", (e) => {
    if (e.target === box) box.close();
  });
  document.body.append(box);
  box.showModal();
  (box.querySelector("[autofocus]") || box.querySelector("select, textarea, input"))?.focus();
  return box;
}

const field = (label, input, hint) =>
  h(
    "label",
    { class: "field" },
    h("span", null, label),
    input,
    hint ? h("small", null, hint) : null,
  );
const text = (form, name) => String(form.get(name) || "").trim();
const onlyFull = (fields) => Object.fromEntries(Object.entries(fields).filter(([, v]) => v !== ""));
const radios = (name, options, chosen) =>
  h(
    "div",
    { class: "radios" },
    options.map(([value, label]) =>
      h(
        "label",
        null,
        h("input", { type: "radio", name, value, checked: value === chosen, required: true }),
        h("span", null, label),
      ),
    ),
  );

/* ---- times to snooze until ---- */

function at(days, hour) {
  const d = new Date();
  d.setDate(d.getDate() + days);
  d.setHours(hour, 0, 0, 0);
  return d.getTime();
}

function presets() {
  const now = Date.now(),
    monday = (8 - new Date().getDay()) % 7 || 7;
  const list = [
    ["In one hour", now + 36e5],
    ["In three hours", now + 108e5],
  ];
  if (new Date().getHours() < 14) list.push(["This afternoon", at(0, 15)]);
  list.push(["Tomorrow morning", at(1, 9)]);
  if (monday > 1) list.push(["Monday morning", at(monday, 9)]);
  list.push(["In a week", at(7, 9)]);
  return list;
}

const localTime = (ms) =>
  new Date(ms - new Date(ms).getTimezoneOffset() * 6e4).toISOString().slice(0, 16);

/* ---- the dialogs, by action ---- */

export const dialogs = {
  transfer() {
    const { technicians, teams } = state.people;
    const option = (kind) => (p) =>
      h(
        "option",
        {
          value: `${kind}:${p.id}`,
          disabled: kind === "technician" && p.id === state.ticket.assignee?.id,
        },
        p.id === state.me.id && kind === "technician" ? `${p.name} (you)` : p.name,
      );
    ask(
      "Transfer",
      [
        field(
          "To",
          h(
            "select",
            { name: "to", required: true },
            h("option", { value: "" }, "Choose …"),
            h("optgroup", { label: "Teams" }, teams.map(option("team"))),
            h("optgroup", { label: "Technicians" }, technicians.map(option("technician"))),
          ),
        ),
        field(
          "Why",
          h("textarea", {
            name: "why",
            rows: "3",
            maxlength: "2000",
            placeholder: "What they should know. The customer does not see this.",
          }),
        ),
      ],
      "Transfer",
      (form) => {
        const [kind, id] = text(form, "to").split(":");
        return act("transfer", onlyFull({ [kind]: Number(id), why: text(form, "why") }));
      },
    );
  },

  snooze() {
    const options = presets().map(([label, ms]) =>
      h(
        "button",
        {
          type: "button",
          class: "preset",
          onclick: async () => {
            if ((await act("snooze", { until: ms })).ok) box.close();
          },
        },
        h("span", null, label),
        h("small", null, words.fullTime(ms)),
      ),
    );
    const box = ask(
      "Snooze until",
      [
        h("div", { class: "presets" }, options),
        field(
          "Another time",
          h("input", { type: "datetime-local", name: "until", min: localTime(Date.now()) }),
          "It comes back earlier when the customer writes.",
        ),
      ],
      "Snooze",
      (form) => {
        const until = new Date(text(form, "until")).getTime();
        if (!(until > Date.now())) return { text: "Choose a time that is still to come." };
        return act("snooze", { until });
      },
    );
    options[0].focus();
  },

  close() {
    const codes = ["resolved", "actioned", "escalated", "no_response", "invalid"];
    const chosen = state.ticket.status === "awaiting_close" ? "no_response" : "resolved";
    ask(
      `Close #${state.ticketId}`,
      [
        h(
          "fieldset",
          null,
          h("legend", null, "How did it end?"),
          radios(
            "outcome",
            codes.map((code) => [code, words.OUTCOME[code]]),
            chosen,
          ),
        ),
        field(
          "Reason",
          h("textarea", {
            name: "reason",
            rows: "2",
            maxlength: "500",
            placeholder: "In a few words, for your colleagues",
          }),
        ),
      ],
      "Close ticket",
      (form) =>
        act("close", onlyFull({ outcome: text(form, "outcome"), reason: text(form, "reason") }), {
          version: true,
        }),
      { danger: true },
    );
  },

  resolve() {
    ask(
      `Resolve #${state.ticketId}`,
      field(
        "What solved it?",
        h("textarea", { name: "recap", rows: "4", maxlength: "8000" }),
        "Kept as a recap for technicians. It closes by itself later, and reopens when the customer writes.",
      ),
      "Resolve",
      (form) => act("resolve", onlyFull({ recap: text(form, "recap") }), { version: true }),
    );
  },

  escalate() {
    ask(
      "Escalate",
      field(
        "Why?",
        h("textarea", { name: "why", rows: "3", maxlength: "2000" }),
        "The priority rises and the team is told.",
      ),
      "Escalate",
      (form) => act("escalate", onlyFull({ why: text(form, "why") })),
    );
  },

  give_back() {
    ask(
      "Give back to the assistant",
      h(
        "p",
        null,
        "The assistant will answer the customer again, until it hands over or somebody takes over.",
      ),
      "Give back",
      () => act("give_back", {}, { version: true }),
    );
  },

  take_from() {
    ask(
      "Take over",
      h(
        "p",
        { dir: "auto" },
        `${state.ticket.assignee?.name || "Somebody else"} has this ticket. Take it from them?`,
      ),
      "Take over",
      () => act("takeover", {}, { version: true }),
    );
  },

  category() {
    const t = state.ticket;
    const input = (name, value, more) =>
      h("input", { name, value: value || "", maxlength: "80", autocomplete: "off", ...more });
    ask(
      "Category",
      [
        field("Category", input("category", t.category), "Empty: none"),
        field("Type", input("type", t.type)),
        field("Subtype", input("subtype", t.subtype)),
      ],
      "Save",
      (form) =>
        act(
          "category",
          onlyFull({
            category: text(form, "category"),
            type: text(form, "type"),
            subtype: text(form, "subtype"),
          }),
        ),
    );
  },

  subject() {
    ask(
      "Subject",
      field(
        "What is it about?",
        h("input", {
          name: "subject",
          value: state.ticket.subject || "",
          maxlength: "200",
          required: true,
          autocomplete: "off",
        }),
        "The customer sees it in their list of conversations.",
      ),
      "Save",
      (form) => act("subject", { subject: text(form, "subject") }),
    );
  },

  tag() {
    ask(
      "Add a tag",
      field(
        "Tag",
        h("input", { name: "tag", maxlength: "40", required: true, autocomplete: "off" }),
      ),
      "Add",
      (form) => act("tag", { tag: text(form, "tag"), set: true }),
    );
  },

  ai_wrong() {
    const what = [
      ["answer", "What it said to the customer"],
      ["handoff", "That it handed over, or did not"],
      ["category", "Subject or category"],
      ["priority", "Priority"],
      ["sentiment", "Sentiment"],
      ["language", "Language"],
      ["other", "Something else"],
    ];
    ask(
      "The assistant was wrong",
      [
        field(
          "About",
          h(
            "select",
            { name: "field" },
            what.map(([code, label]) => h("option", { value: code }, label)),
          ),
        ),
        field(
          "What would have been right?",
          h("textarea", { name: "text", rows: "4", maxlength: "8000" }),
        ),
      ],
      "Send feedback",
      (form) => act("ai_wrong", onlyFull({ field: text(form, "field"), text: text(form, "text") })),
    );
  },

  new() {
    const warn = h("p", { class: "warning", hidden: true });
    let asked = "";
    const look = async (e) => {
      const q = e.target.value.trim();
      if (q.length < 3 || q === asked) return;
      asked = q;
      let open = [];
      try {
        open = (await get("search", { q })).rows.filter(
          (row) => !["resolved", "closed"].includes(row.status),
        );
      } catch {
        /* the warning is a help, not a gate */
      }
      warn.hidden = !open.length;
      warn.replaceChildren(
        ...(open.length
          ? [
              "There may be an open ticket already: ",
              ...open.slice(0, 3).map((row) =>
                h(
                  "button",
                  {
                    type: "button",
                    class: "link",
                    onclick: () => {
                      box.close();
                      go({ ticket: row.id }, true);
                    },
                  },
                  `#${row.id} ${row.subject || "New conversation"}`,
                ),
              ),
            ]
          : []),
      );
    };
    const box = ask(
      "New ticket",
      [
        field(
          "Client",
          h(
            "select",
            { name: "client", required: true },
            state.clients
              .filter((c) => c.active)
              .map((c) => h("option", { value: String(c.id) }, c.name)),
          ),
        ),
        h(
          "div",
          { class: "two" },
          field(
            "Requester's name",
            h("input", { name: "name", maxlength: "120", autocomplete: "off", onchange: look }),
          ),
          field(
            "Mail address",
            h("input", {
              name: "email",
              type: "email",
              maxlength: "254",
              autocomplete: "off",
              onchange: look,
            }),
          ),
        ),
        warn,
        field(
          "What do they need?",
          h("textarea", { name: "text", rows: "5", maxlength: "8000", required: true }),
        ),
      ],
      "Create ticket",
      async (form) => {
        const answer = await act(
          "new",
          onlyFull({
            client: Number(text(form, "client")),
            name: text(form, "name"),
            email: text(form, "email"),
            text: text(form, "text"),
          }),
          { ticket: false },
        );
        if (answer.ok) go({ ticket: answer.ticket }, true);
        return answer;
      },
      { wide: true },
    );
  },

  help() {
    ask(
      "Keyboard",
      [
        h(
          "label",
          { class: "switch" },
          h("input", {
            type: "checkbox",
            checked: keysAreOn(),
            onchange: (e) => {
              switchKeys(e.target.checked);
              toast(e.target.checked ? "Shortcuts are on." : "Shortcuts are off.");
            },
          }),
          "Single-key shortcuts on this device",
        ),
        h(
          "dl",
          { class: "keys" },
          keyHelp().map(([key, what]) =>
            h(
              "div",
              null,
              h(
                "dt",
                null,
                key.split(" ").map((k) => h("kbd", null, k)),
              ),
              h("dd", null, what),
            ),
          ),
        ),
      ],
      null,
      () => true,
      { wide: true },
    );
  },
};
