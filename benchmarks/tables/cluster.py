"""Three processes on one PostgreSQL behind nginx, with mail at a rate: one joins, is killed, is frozen, is restarted.

Options: agents=60 rate=20
"""

import signal
import time
from collections.abc import Iterator

from benchmarks.cluster import Account, Cluster
from benchmarks.report import Options, Table, progress, within

TAKEN_OVER_S, BALANCED_S = 15.0, 60.0
EQUAL = 1.1
LEASE_S = 10.0  # how long a process is believed to live that says nothing


def measure(options: Options) -> Iterator[Table]:
    agents, rate = options.whole("agents", 60), options.number("rate", 20)
    with Cluster(processes=3, agents=agents) as cluster:
        rows = play(cluster, rate)
        account = cluster.settle()
    yield Table(
        title=f"Three processes, {agents} mailboxes that are always watched, {rate:g} mails a second with rules",
        columns=("what happens", "seconds", "target"),
        rows=rows,
    )
    yield account_table(account)


def play(cluster: Cluster, rate: float) -> list[list[str]]:
    """Rows: what happened, and how long it took until all was well again."""
    first, *others = cluster.products
    first.start()
    cluster.wait_until_all_idle()
    cluster.listen()
    cluster.send(rate)
    for product in others:
        product.start()
    rows = [_row("two more join: at most 1.5 times its share each", cluster.wait_for_shares(3), BALANCED_S)]
    for number, product in enumerate(cluster.products, 1):
        progress(f"process {number}: kill -9")
        product.kill()
        rows.append(_row(f"process {number} is killed: every mailbox in IDLE again", _idle(cluster), TAKEN_OVER_S))
        product.start()
        cluster.wait_for_shares(3, EQUAL)
    progress("one is frozen, as a host that is gone")
    cluster.products[0].signal(signal.SIGSTOP)
    rows.append(_row("one falls silent: what it held is others'", _left(cluster), TAKEN_OVER_S))
    time.sleep(3)  # the others have had a round of their own since
    cluster.products[0].signal(signal.SIGCONT)
    cluster.wait_for_shares(3, EQUAL)
    for number, product in enumerate(cluster.products, 1):
        progress(f"process {number}: SIGTERM")
        product.signal()
        product.wait()
        rows.append(_row(f"process {number} is stopped: every mailbox in IDLE again", _idle(cluster), TAKEN_OVER_S))
        product.start()
        cluster.wait_for_shares(3, EQUAL)
    return rows


def _idle(cluster: Cluster) -> float:
    return cluster.wait_until_all_idle()


def _left(cluster: Cluster) -> float:
    """Seconds until no mailbox is held by the process that is frozen: two hold all."""
    began = time.monotonic()
    while len(cluster.shares()) > 2 and time.monotonic() - began < 60:
        time.sleep(0.1)
    return time.monotonic() - began


def _row(what: str, seconds: float, most: float) -> list[str]:
    return [what, f"{seconds:.1f}", within(seconds, most, f"at most {most:g} s")]


def account_table(account: Account) -> Table:
    nothing = [
        ("lost", account.lost),
        ("events told twice in the log", account.twice),
        ("not heard of by their agent's client", account.unheard),
        ("heard of under two ids", account.renamed),
        ("second replies", account.second_mails),
    ]
    double = account.longest_double_s
    return Table(
        title=f"The account: {account.sent_in} mails sent in",
        columns=("what", "counted", "target"),
        rows=[
            *([what, str(count), within(count, 0, "0")] for what, count in nothing),
            [
                "longest time with two IDLE connections on a mailbox",
                f"{double:.1f} s",
                within(double, LEASE_S, "a lease"),
            ],
        ],
    )
