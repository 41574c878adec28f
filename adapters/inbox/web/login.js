/* Signs in by a link (?t=), by a mailed code, or explains how. A link is used up by the button only,
 * so that programs which look at links before people do cannot spoil it. */
import { $ } from "./dom.js";

const say = (text) => {
  $("say").textContent = text;
};
const token = new URLSearchParams(location.search).get("t");
const mailed = /^#(\d{6})\.(.+@.+)$/.exec(decodeURIComponent(location.hash));
let email = "";

function show(id) {
  for (const box of ["link", "mail", "code", "local"]) $(box).hidden = box !== id;
  document.querySelector(`#${id} input, #${id} button`)?.focus();
}

async function ask(path, body) {
  try {
    const answer = await fetch(`/inbox/api/${path}`, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "Content-Type": "application/json", "X-Deskhand": "1" },
    });
    const words = await answer.json();
    if (answer.ok) return true;
    say(words.text);
  } catch {
    say("The desk does not answer. Try again in a moment.");
  }
  return false;
}

/* One try at a time; the address bar forgets the secret once it has been used. */
function on(id, work) {
  $(id).addEventListener("submit", async (e) => {
    e.preventDefault();
    const button = e.target.querySelector("button");
    button.disabled = true;
    say("");
    await work();
    button.disabled = false;
  });
}

const enter = async (body) => {
  if (!(await ask("enter", body))) return;
  if (location.pathname === "/inbox/login") location.replace("/inbox/");
  else location.reload();
};

on("link", () => enter({ token }));
on("mail", async () => {
  email = $("email").value.trim();
  if (await ask("code", { email })) show("code");
});
on("code", () => enter({ email, code: $("digits").value.trim() }));
$("again").addEventListener("click", () => show("mail"));

if (token) {
  show("link");
} else if (mailed) {
  email = mailed[2];
  show("code");
  $("digits").value = mailed[1];
} else {
  const door = await (await fetch("/inbox/api/door")).json();
  show(door.mail ? "mail" : "local");
  if (door.mail && door.local) $("local").hidden = false;
}
