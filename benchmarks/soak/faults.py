"""What goes wrong around the product. Each fault breaks something, holds it for a while, and mends it."""

import contextlib
import signal
import sqlite3
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from benchmarks.soak.clients import Client, Clients
from benchmarks.soak.world import World
from mailevents.delivering.faults import POINTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What a fault may touch. `hold(seconds)` waits, shorter where the soak ends."""

    world: World
    clients: Clients
    random: Random
    hold: Callable[[float], object]


def killed(scene: Scene) -> None:
    scene.world.keeper.signal(signal.SIGKILL)


def killed_at_a_step(scene: Scene) -> None:
    """The process that comes next is killed when it gets to this point."""
    scene.world.keeper.next_fault = f"{scene.random.choice(POINTS)}:{scene.random.randint(1, 8)}"
    scene.world.keeper.signal(scene.random.choice([signal.SIGTERM, signal.SIGKILL]))


def restarted(scene: Scene) -> None:
    scene.world.keeper.signal(signal.SIGTERM)


def stopped_by_two_signals(scene: Scene) -> None:
    scene.world.keeper.signal(signal.SIGTERM)
    scene.hold(scene.random.uniform(0.05, 0.5))
    scene.world.keeper.signal(signal.SIGTERM)


def database_locked(scene: Scene) -> None:
    """SQLite: another program writes, and takes its time."""
    if scene.world.sqlite is None:
        return
    with contextlib.closing(sqlite3.connect(scene.world.sqlite, timeout=30, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        scene.hold(scene.random.uniform(0.5, 6))
        other.execute("ROLLBACK")


def database_gone(scene: Scene) -> None:
    """PostgreSQL crashes, and is back after a while."""
    if scene.world.postgres is None:
        return
    scene.world.postgres.kill()
    scene.hold(scene.random.uniform(0.2, 6))
    scene.world.postgres.start()


def database_sessions_cut(scene: Scene) -> None:
    if scene.world.postgres is not None:
        scene.world.postgres.sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname LIKE 'database%'"
        )


def mail_server_killed(scene: Scene) -> None:
    scene.world.dovecot.kill()
    scene.hold(scene.random.uniform(0, 3))
    scene.world.dovecot.start()


def mail_server_restarted(scene: Scene) -> None:
    """Sessions hear BYE."""
    scene.world.dovecot.stop()
    scene.hold(scene.random.uniform(0, 3))
    scene.world.dovecot.start()


def connections_cut(scene: Scene) -> None:
    scene.world.line.cut()


def connections_reset(scene: Scene) -> None:
    scene.world.line.reset()


def packets_dropped(scene: Scene) -> None:
    """Nothing passes, and nobody is told. Then it all comes through, or the connections turn out to be dead."""
    scene.world.line.stall()
    scene.hold(scene.random.uniform(1, 15))
    if scene.random.random() < 0.5:
        scene.world.line.reset()
    scene.world.line.behave()


def broken_off_at_a_byte(scene: Scene) -> None:
    """Each connection ends after so many bytes: in a greeting, a literal, an answer."""
    scene.world.line.drop_after(scene.random.randint(1, 12_000))
    scene.hold(scene.random.uniform(0.5, 4))
    scene.world.line.behave()


def slow_line(scene: Scene) -> None:
    scene.world.line.drip(scene.random.choice([50, 1000]))
    scene.hold(scene.random.uniform(0.5, 4))
    scene.world.line.behave()


def not_listening(scene: Scene) -> None:
    scene.world.line.stop_listening()
    scene.world.line.cut()
    scene.hold(scene.random.uniform(0.5, 3))
    scene.world.line.listen()


def smtp_down(scene: Scene) -> None:
    scene.world.smtp.stop()
    scene.hold(scene.random.uniform(0.5, 6))
    scene.world.smtp.start()


def smtp_silent(scene: Scene) -> None:
    """The mail is taken in, and not acknowledged."""
    scene.world.smtp.stall("DATA")
    scene.hold(scene.random.uniform(0.5, 6))
    scene.world.smtp.behave()


def smtp_hangs_up(scene: Scene) -> None:
    scene.world.smtp.hang_up(scene.random.choice(["MAIL", "RCPT", "DATA"]))
    scene.hold(scene.random.uniform(0.5, 4))
    scene.world.smtp.behave()


def smtp_refuses(scene: Scene) -> None:
    scene.world.smtp.refuse(scene.random.choice(["550 5.7.1 no", "451 4.7.1 later"]), at="RCPT")
    scene.hold(scene.random.uniform(0.5, 4))
    scene.world.smtp.behave()


def clients_leave(scene: Scene) -> None:
    _to_each(scene, _some(scene), Client.leave)


def clients_stall(scene: Scene) -> None:
    """They read nothing for a while, and their connections stay."""
    stalled = _some(scene)
    _to_each(scene, stalled, lambda client: client.gate.clear())
    scene.hold(scene.random.uniform(1, 8))
    _to_each(scene, stalled, lambda client: client.gate.set())


def clients_vanish(scene: Scene) -> None:
    """They go where no packet comes from; the product hears no FIN. They come back over another line."""
    gone = _some(scene)
    _to_each(scene, gone, lambda client: client.move(scene.world.door.port))
    scene.hold(scene.random.uniform(1, 4))
    scene.world.door.stall()
    _to_each(scene, gone, lambda client: client.move(scene.world.product.port))
    scene.hold(scene.random.uniform(1, 8))
    scene.world.door.behave()


def _some(scene: Scene) -> list[Client]:
    return scene.random.sample(scene.clients.all, max(1, len(scene.clients.all) // 3))


def _to_each(scene: Scene, clients: Sequence[Client], do: Callable[[Client], None]) -> None:
    def done() -> None:
        for client in clients:
            do(client)

    scene.clients.call(done)


Fault = Callable[[Scene], None]
DEADLY: tuple[Fault, ...] = (killed, killed_at_a_step, killed_at_a_step, restarted, stopped_by_two_signals)
LOCKED: tuple[Fault, ...] = (database_locked,)
GONE: tuple[Fault, ...] = (database_gone, database_sessions_cut)
AROUND: tuple[Fault, ...] = (
    mail_server_killed,
    mail_server_restarted,
    connections_cut,
    connections_reset,
    packets_dropped,
    broken_off_at_a_byte,
    slow_line,
    not_listening,
    smtp_down,
    smtp_silent,
    smtp_hangs_up,
    smtp_refuses,
    clients_leave,
    clients_stall,
    clients_vanish,
)


def of_the_database(world: World) -> tuple[Fault, ...]:
    return LOCKED if world.postgres is None else GONE


def in_words(counted: Mapping[str, int]) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {count}" for name, count in sorted(Counter(counted).items()))
