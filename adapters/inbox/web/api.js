/* Talking to the desk: questions, actions that are sent once, and the live socket. */

export const newId = () =>
  [...crypto.getRandomValues(new Uint8Array(16))]
    .map((b) => b.toString(16).padStart(2, "0"))
    .join("");

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/* The same address shows the sign-in page to somebody who is not signed in. */
async function signedOut() {
  location.reload();
  await new Promise(() => {});
}

export class Refused extends Error {}

export async function get(path, params = {}) {
  const query = new URLSearchParams(Object.entries(params).filter(([, v]) => v || v === 0));
  const answer = await fetch(`/inbox/api/${path}${query.size ? `?${query}` : ""}`);
  if (answer.status === 401) await signedOut();
  const body = await answer.json();
  if (!answer.ok) throw Object.assign(new Refused(body.text), { status: answer.status });
  return body;
}

export async function post(path, body) {
  const answer = await fetch(`/inbox/api/${path}`, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "Content-Type": "application/json", "X-Deskhand": "1" },
  });
  if (answer.status === 401) await signedOut();
  return { status: answer.status, ...(await answer.json()) };
}

/** Does one thing once: tries again with the same id while the desk is busy or away. */
export async function act(action, fields = {}) {
  const body = { action, ...fields };
  if (!body.id && action !== "desk_seen") body.id = newId();
  for (let tries = 0; ; tries++) {
    let answer = {
      ok: false,
      result: "offline",
      text: "The desk does not answer. Your text is kept; try again.",
    };
    try {
      answer = await post("act", body);
      if (answer.status !== 503) return answer;
    } catch {
      /* away: try again below */
    }
    if (tries === 3) return answer;
    await pause(600 * 2 ** tries);
  }
}

/** Keeps a socket open for as long as the page lives. hear(frame), changed(isOpen). */
export function live(hear, changed) {
  let socket,
    tries = 0,
    beat,
    looking = 0,
    timer;
  const send = (frame) => socket?.readyState === 1 && socket.send(JSON.stringify(frame));
  const open = () => {
    clearTimeout(timer);
    socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/inbox/ws`);
    socket.onmessage = (e) => {
      const frame = JSON.parse(e.data);
      if (frame.t === "hello") {
        tries = 0;
        changed(true);
        if (looking) send({ t: "look", ticket: looking });
      }
      hear(frame);
    };
    socket.onclose = (e) => {
      clearInterval(beat);
      if (e.code === 4401) return signedOut();
      changed(false);
      timer = setTimeout(open, Math.min(30000, 500 * 2 ** tries++) * (0.75 + Math.random() / 2));
    };
    beat = setInterval(() => send({ t: "ping" }), 25000);
  };
  open();
  const now = () => {
    if (socket.readyState === 3) {
      tries = 0;
      open();
    }
  };
  addEventListener("online", now);
  document.addEventListener("visibilitychange", () => document.hidden || now());
  return {
    look(ticket) {
      looking = ticket || 0;
      send({ t: "look", ticket: looking });
    },
    typing(ticket, note) {
      send({ t: "typing", ticket, note });
    },
  };
}
