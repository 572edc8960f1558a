// The live console: the state by polling, the events by EventSource. Everything shown goes through textContent.

const POLL_MS = 5000;
const RETRY_MS = 3000;
const MOST_EVENTS = 200;
const MINUTE_MS = 60000;

const main = document.getElementById("content");
const byId = (id) => document.getElementById(id);
const lists = { events: byId("events"), mailboxes: byId("mailboxes"), streams: byId("streams") };
const arrivals = []; // when the events of the last minute happened
const waiting = []; // events that came while paused
let lastId = null;
let source = null;
let polling = null;

// -- making elements

function make(tag, { text, className, ...attributes } = {}, ...children) {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  if (className) element.className = className;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.filter(Boolean));
  return element;
}

const pageOf = (kind, id) => main.dataset[kind].replace("/0/", `/${encodeURIComponent(id)}/`);
const person = (address) => (address?.name && address?.address ? `${address.name} <${address.address}>` : address?.name || address?.address || "unknown sender");

// -- events

const DONE = {
  move: (a) => `moved to ${a.folder}`,
  copy: (a) => `copied to ${a.folder}`,
  label: (a) => `label ${a.label}`,
  unlabel: (a) => `without label ${a.label}`,
  forward: (a) => `forwarded to ${a.to}`,
  set_priority: (a) => `priority ${a.priority}`,
  mark_read: () => "marked read",
  flag: () => "flagged",
  delete: () => "deleted",
};

const REPLY_CLASSES = { sent: "chip", suppressed: "chip" };

function chips(event) {
  const message = event.message ?? {};
  const made = (message.codes ?? []).map((code) => make("span", { className: "chip code", text: `code ${code}` }));
  for (const action of (event.rules?.actions ?? []).filter((each) => each.action !== "auto_reply")) {
    const failed = !["done", "sent"].includes(action.status);
    const words = (DONE[action.action] ?? ((a) => a.action))(action);
    made.push(make("span", { className: failed ? "chip failed" : "chip", text: failed ? `${words}: ${action.status}` : words }));
  }
  const reply = event.rules?.auto_reply;
  if (reply) made.push(make("span", { className: REPLY_CLASSES[reply.status] ?? "chip failed", text: `auto reply ${reply.status}`, title: reply.reason ?? "" }));
  if (message.attachments?.length) {
    made.push(make("span", { className: "chip", text: message.attachments.length === 1 ? "1 attachment" : `${message.attachments.length} attachments` }));
  }
  return made;
}

const TITLES = { flags: "Flags changed", expunge: "Message left the folder" };

function row(event) {
  const message = event.message ?? {};
  const at = new Date(event.occurred_at);
  const isNew = event.type === "new";
  const title = isNew ? message.subject || "(no subject)" : TITLES[event.type] ?? event.type;
  const who = isNew ? person(message.from) : `${message.folder ?? ""}, UID ${message.uid ?? "unknown"}`;
  const verdict = event.spam && make("span", {
    className: `verdict ${event.spam.verdict}`,
    text: `${event.spam.verdict} ${event.spam.score}`,
    title: (event.spam.hits ?? []).map((hit) => `${hit.score} ${hit.description}`).join("\n"),
  });
  const element = make(
    "li",
    { className: event.spam?.verdict ?? "", "data-type": event.type },
    make("time", { text: at.toLocaleTimeString([], { hour12: false }), datetime: event.occurred_at, title: at.toLocaleString() }),
    make(
      "div",
      { className: "what" },
      make("a", { className: "subject", text: title, href: pageOf("eventPage", event.id) }),
      make("div", { className: "who", text: who }),
      message.preview && make("div", { className: "preview", text: message.preview }),
      make("div", { className: "done" }, ...chips(event)),
    ),
    make("div", { className: "side-marks" }, make("span", { className: "agent", text: event.agent }), verdict),
  );
  element.dataset.text = [title, who, event.agent, event.type, event.spam?.verdict, message.folder].join(" ").toLowerCase();
  return element;
}

function show(events, fresh) {
  const wanted = byId("filter").value.trim().toLowerCase();
  const rows = events.map(row);
  for (const element of rows) {
    element.hidden = !element.dataset.text.includes(wanted);
    if (fresh) element.classList.add("fresh");
  }
  lists.events.prepend(...rows.reverse());
  while (lists.events.children.length > MOST_EVENTS) lists.events.lastElementChild.remove();
  byId("empty").hidden = lists.events.children.length > 0;
}

function arrived(event, fresh = true) {
  if (lastId !== null && event.id <= lastId) return; // a replay may repeat what is here already
  lastId = event.id;
  arrivals.push(Date.parse(event.occurred_at));
  if (paused()) {
    waiting.push(event);
    if (waiting.length > MOST_EVENTS) waiting.shift();
  } else {
    show([event], fresh);
  }
  tally();
}

function tally() {
  const since = Date.now() - MINUTE_MS;
  while (arrivals.length && arrivals[0] < since) arrivals.shift();
  byId("count-minute").textContent = arrivals.length;
  byId("pause").textContent = paused() ? `Resume (${waiting.length})` : "Pause";
}

const paused = () => byId("pause").getAttribute("aria-pressed") === "true";

// -- the state

function mailbox(agent) {
  const depth = Math.min(agent.depth, 4);
  return make(
    "li",
    { className: `depth-${depth}` },
    make(
      "div",
      { className: "name" },
      make("a", { text: agent.name, href: pageOf("agentPage", agent.id) }),
      make("span", { className: `dot ${agent.tone}`, text: agent.state }),
    ),
    agent.mailbox && make("div", { className: "detail", text: agent.mailbox }),
    agent.detail && make("div", { className: "detail bad", text: agent.detail }),
  );
}

function age(seconds) {
  if (seconds < 60) return `${seconds} s`;
  return seconds < 3600 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

const KINDS = { events: "own mail", watch: "watches", console: "console" };

function stream(open) {
  const over = open.kind === "watch" ? `watches ${open.agents} ${open.agents === 1 ? "agent" : "agents"}` : KINDS[open.kind] ?? open.kind;
  const sent = open.sent === 1 ? "1 event" : `${open.sent} events`;
  return make(
    "li",
    {},
    make(
      "div",
      { className: "name" },
      make("strong", { text: open.agent }),
      make("span", { className: `dot ${open.ending ? "busy" : "good"}`, text: open.ending ? "ending" : `open ${age(open.open_s)}` }),
    ),
    make("div", { className: "detail", text: [over, sent, open.client].filter(Boolean).join(" · ") }),
  );
}

function showState(state) {
  byId("count-watched").textContent = state.counts.watched;
  byId("count-agents").textContent = `of ${state.counts.mailboxes} mailboxes watched`;
  byId("count-trouble").textContent = state.counts.trouble;
  byId("tile-trouble").className = state.counts.trouble ? "bad" : "";
  const agents = state.streams.filter((open) => open.kind !== "console");
  byId("count-streams").textContent = agents.length;
  byId("no-streams").hidden = agents.length > 0;
  lists.mailboxes.replaceChildren(...state.agents.map(mailbox));
  lists.streams.replaceChildren(...state.streams.map(stream));
  const more = state.counts.agents - state.agents.length;
  byId("more-agents").hidden = more <= 0;
  byId("more-agents").textContent = `and ${more} more, in the admin`;
  tally();
}

function connection(state, words) {
  const shown = byId("connection");
  if (shown.dataset.state === state && shown.textContent === words) return;
  shown.dataset.state = state;
  shown.textContent = words;
}

async function poll() {
  clearTimeout(polling);
  try {
    const answer = await fetch(main.dataset.stateUrl, { headers: { Accept: "application/json" } });
    if (answer.status === 403) return signedOut();
    if (!answer.ok) throw new Error(answer.statusText);
    const state = await answer.json();
    if (lastId === null) {
      state.recent.forEach((event) => arrived(event, false));
      lastId = Math.max(lastId ?? 0, state.cursor);
    }
    showState(state);
    if (source === null) listen();
  } catch {
    connection("off", "server away");
  }
  polling = setTimeout(poll, document.hidden ? POLL_MS * 6 : POLL_MS);
}

function signedOut() {
  source?.close();
  connection("off", "");
  byId("connection").replaceChildren(make("a", { text: "signed out: log in", href: main.dataset.login }));
}

// -- live

function listen() {
  source = new EventSource(`${main.dataset.eventsUrl}?since=${lastId}`);
  source.addEventListener("open", () => connection("live", "live"));
  for (const type of ["new", "flags", "expunge"]) {
    source.addEventListener(type, (message) => arrived(JSON.parse(message.data)));
  }
  source.addEventListener("mailbox", soon);
  source.addEventListener("ready", soon);
  source.addEventListener("error", () => {
    if (source.readyState === EventSource.CONNECTING) return connection("connecting", "reconnecting");
    connection("off", "server away"); // an HTTP error: EventSource does not try again by itself
    source.close();
    source = null;
    setTimeout(poll, RETRY_MS);
  });
}

let asked = null;
function soon() {
  asked ??= setTimeout(() => { asked = null; poll(); }, 200);
}

// -- the controls

byId("filter").addEventListener("input", () => {
  const wanted = byId("filter").value.trim().toLowerCase();
  for (const element of lists.events.children) element.hidden = !element.dataset.text.includes(wanted);
});

byId("pause").addEventListener("click", () => {
  byId("pause").setAttribute("aria-pressed", String(!paused()));
  if (!paused()) show(waiting.splice(0), true);
  tally();
});

document.addEventListener("visibilitychange", () => { if (!document.hidden) poll(); });
setInterval(tally, 1000);
poll();
