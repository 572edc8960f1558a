// Follows a stream with npm's eventsource: node listen.mjs http://127.0.0.1:8000/events TOKEN
// It comes back by itself, with the id that it saw last.
import { EventSource } from "eventsource";

const [url, token] = process.argv.slice(2);
const source = new EventSource(url, {
  fetch: (input, init) =>
    fetch(input, { ...init, headers: { ...init.headers, Authorization: `Bearer ${token}` } }),
});

for (const type of ["ready", "new", "flags", "expunge", "mailbox", "reset", "closing"]) {
  source.addEventListener(type, (event) => console.log(type, event.lastEventId || "-", event.data));
}
source.addEventListener("revoked", () => source.close());
source.addEventListener("error", (event) => console.error("error", event.code ?? "", event.message ?? ""));
