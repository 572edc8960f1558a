"""The account at the end: what was sent in against the log, the mailboxes, the mails that went out, the clients."""

import json
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from benchmarks.soak.clients import Client
from benchmarks.soak.mails import BOSS, Mail
from benchmarks.soak.world import World
from tests.servers.smtp import Sent

NUMBER = re.compile(rb"Order ([0-9]+)")
QUERY = (
    "SELECT json_build_array(id, mailbox_id, generation, arrival_uid, message_id, data) "
    "FROM mailevents_mailevent WHERE type = 'new' ORDER BY id"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """A `new` event as the database holds it, read past the product."""

    id: int
    mailbox: tuple[int, int]  # and its generation
    uid: int
    message_id: str
    event: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the account. `wrong` is what must be 0."""

    what: str
    counted: int
    wrong: int = 0


def logged(world: World) -> list[Logged]:
    return [
        Logged(id=id, mailbox=(mailbox, generation), uid=uid, message_id=message_id, event=json.loads(data))
        for id, mailbox, generation, uid, message_id, data in map(json.loads, _rows(world, QUERY))
    ]


def journalled(world: World) -> int:
    """Deliveries that are still in work."""
    return len(_rows(world, "SELECT json_build_array(id) FROM mailevents_delivery"))


def settle_up(
    world: World, mails: Mapping[str, Mail], homes: Mapping[str, str], clients: Sequence[Client]
) -> list[Line]:
    """`mails` by Message-ID; `homes`: the agent that each went to."""
    log = logged(world)
    return [
        *_events(log, mails),
        *_mails_out(log, mails, world.smtp.mails),
        *_places(world, log, homes),
        *_clients(log, clients),
        Line(what="deliveries left in the journal", counted=journalled(world), wrong=journalled(world)),
    ]


def _events(log: Sequence[Logged], mails: Mapping[str, Mail]) -> list[Line]:
    times = Counter(entry.message_id for entry in log)
    last: dict[tuple[int, int], int] = defaultdict(int)
    disordered = 0
    for entry in log:
        disordered += entry.uid <= last[entry.mailbox]
        last[entry.mailbox] = entry.uid
    generations = len({entry.mailbox for entry in log}) - len({entry.mailbox[0] for entry in log})
    return [
        Line(what="mails sent in, and lost", counted=len(mails), wrong=len(mails.keys() - times.keys())),
        Line(what="events, and second events", counted=len(log), wrong=len(log) - len(times)),
        Line(what="events of one mailbox out of UID order", counted=len(log), wrong=disordered),
        Line(what="events without a verdict", counted=len(log), wrong=sum(not e.event["spam"]["verdict"] for e in log)),
        Line(what="mailboxes numbered anew", counted=generations, wrong=generations),
    ]


def _mails_out(log: Iterable[Logged], mails: Mapping[str, Mail], sent: Iterable[Sent]) -> list[Line]:
    replies = Counter(one.recipients[0] for one in sent if one.recipients != (BOSS,))
    forwards = Counter(NUMBER.findall(one.raw)[0] for one in sent if one.recipients == (BOSS,))
    answered: Counter[str] = Counter()
    untrue = 0
    for entry in log:
        reply = entry.event["rules"]["auto_reply"]
        if reply is not None:
            answered[reply["status"]] += 1
            count = replies[mails[entry.message_id].sender]
            untrue += (reply["status"], count) not in TRUE
    words = ", ".join(f"{status} {count}" for status, count in sorted(answered.items()))
    return [
        Line(what=f"replies that went out ({words}), and second ones", counted=len(replies), wrong=_more(replies)),
        Line(what="events that tell a reply otherwise than it was", counted=answered.total(), wrong=untrue),
        Line(what="forwards that went out, and second ones", counted=len(forwards), wrong=_more(forwards)),
    ]


TRUE = {("sent", 1), ("unknown", 0), ("unknown", 1), ("failed", 0), ("suppressed", 0)}


def _more(counts: Counter[str]) -> int:
    return counts.total() - len(counts)


def _places(world: World, log: Iterable[Logged], homes: Mapping[str, str]) -> list[Line]:
    """Whether each message is where its event says, once, with the labels that it says."""
    there: dict[str, list[tuple[str, int, bool]]] = defaultdict(list)
    for name in world.names:
        for message_id, place in _mailbox(world, name):
            there[message_id].append(place)
    elsewhere = failed = 0
    for entry in log:
        message, actions = entry.event["message"], entry.event["rules"]["actions"]
        found = there[entry.message_id]
        wanted = [] if message["deleted"] else [(message["folder"], message["uid"], "vip" in message["labels"])]
        copies = [place for place in found if place[0] == "Archive"]
        elsewhere += [place for place in found if place[0] != "Archive"] != wanted
        elsewhere += len(copies) != sum(a["action"] == "copy" and a["status"] == "done" for a in actions)
        failed += sum(a["status"] not in ("done", "unknown", "sent", "suppressed") for a in actions)
    return [
        Line(what="messages elsewhere than their event says, or twice", counted=len(homes), wrong=elsewhere),
        Line(what="actions of rules that failed, and were told so", counted=failed),
    ]


def _mailbox(world: World, name: str) -> Iterable[tuple[str, tuple[str, int, bool]]]:
    with world.dovecot.client(name) as client:
        for _flags, _delimiter, folder in client.list_folders():
            client.select_folder(folder, readonly=True)
            uids = client.search("ALL")
            for uid, row in (
                client.fetch(uids, ["FLAGS", "BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)]"]).items() if uids else ()
            ):
                message_id = row[b"BODY[HEADER.FIELDS (MESSAGE-ID)]"].decode().partition(":")[2].strip()
                yield message_id, (folder, uid, b"vip" in row[b"FLAGS"])


def _clients(log: Iterable[Logged], clients: Sequence[Client]) -> list[Line]:
    ids = {entry.message_id: entry.id for entry in log}
    of_agent: dict[str, set[str]] = defaultdict(set)
    for entry in log:
        of_agent[entry.event["agent"]].add(entry.message_id)
        of_agent["*"].add(entry.message_id)
    heard = [client.heard for client in clients]
    missed = sum(len(of_agent[client.agent] - client.heard.ids.keys()) for client in clients)
    other = sum(ids.get(message_id) != id for one in heard for message_id, id in one.ids.items())
    total = sum(len(one.ids) for one in heard)
    return [
        Line(what=f"events heard by {len(clients)} clients, and missed", counted=total, wrong=missed),
        Line(what="heard under another id", counted=total, wrong=other + sum(one.renamed for one in heard)),
        Line(what="heard out of order on a connection", counted=total, wrong=sum(one.out_of_order for one in heard)),
        Line(what="told again to a client that had said it", counted=total, wrong=sum(one.repeated for one in heard)),
        Line(
            what="cursors said to be lost",
            counted=sum(o.connections for o in heard),
            wrong=sum(o.resets for o in heard),
        ),
    ]


def _rows(world: World, query: str) -> list[str]:
    if world.postgres is not None:
        return world.postgres.sql(query, world.product.database_url.rpartition("/")[2]).splitlines()
    with closing(sqlite3.connect(world.product.database_url.removeprefix("sqlite:///"), timeout=60)) as database:
        return [text for (text,) in database.execute(query.replace("json_build_array", "json_array"))]
