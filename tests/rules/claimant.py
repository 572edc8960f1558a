"""A process of its own that asks to answer one sender, as often as told, once all others are ready.

`python -m tests.rules.claimant AGENT_ID RULE_ID TIMES`: says `ready`, waits for a line, says how often it won.
"""

import sys
from datetime import UTC, datetime

import django


def main(agent_id: int, rule_id: int, times: int) -> None:
    django.setup()
    from rules.actions import AutoReply
    from rules.history import Claim, claim_reply

    action, now = AutoReply(text="x", once_per="1d"), datetime(2026, 11, 22, tzinfo=UTC)
    print("ready", flush=True)
    sys.stdin.readline()
    won = 0
    for number in range(times):
        to = f"sender{number}@example.com"
        answer = claim_reply(action, agent_id=agent_id, rule_id=rule_id, to=to, now=now, an_hour=10_000)
        won += isinstance(answer, Claim)
    print(won, flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
