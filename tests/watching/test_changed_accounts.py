"""What an administrator changes holds at the next look, without a restart and whatever the mailbox waits for."""

from tests.delivery.scene import Scene, mail
from tests.servers.sse import Stream


def states(stream: Stream) -> list[str]:
    return [event.data["state"] for event in stream.of("mailbox")]


def test_a_corrected_password_is_tried_at_once_and_a_moved_mailbox_is_followed(product, dovecot):
    running = product(environment={"AGENTICMAIL_HEARTBEAT_S": "0.3"})
    scene = Scene(running, dovecot, imap=f"imap://nobody:wrong@127.0.0.1:{dovecot.imap}/INBOX")
    running.start()
    with scene.stream() as stream:
        stream.wait_until(lambda: "auth_failed" in states(stream), "the login to be refused")
        scene.reconfigure(scene.login)
        stream.wait_until(lambda: states(stream)[-1] == "idle", "the mailbox to idle")
        scene.deliver(mail(1))
        stream.wait("new", 1)
        other = dovecot.add_user()
        scene.reconfigure(other)
        stream.wait_until(lambda: states(stream).count("idle") == 2, "the other mailbox to idle", 15)
        dovecot.deliver(other.user, mail(2))
        stream.wait("new", 2)


def test_a_changed_threshold_holds_for_the_next_message(product, dovecot):
    running = product()
    scene = Scene(running, dovecot)
    running.start()
    with scene.ready() as stream:
        scene.deliver(mail(1))
        scene.new(stream)
        scene.reconfigure(scene.login, spam_threshold=42.0)
        scene.deliver(mail(2))
        first, second = scene.new(stream, 2)
    assert (first["spam"]["threshold"], second["spam"]["threshold"]) == (5.0, 42.0)
