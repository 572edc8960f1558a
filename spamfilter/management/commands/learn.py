"""`manage.py learn`: teaches the Bayesian part from folders of spam and of ham."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from agenticmail.commandline import storable, unreadable_is_told
from agenticmail.message import Message
from spamfilter.agents import agent_named
from spamfilter.bayes import MIN_LEARNT
from spamfilter.judging import verdict_for
from spamfilter.mailfiles import mail_files, paths_of
from spamfilter.training import Knowledge, Lesson, knowledge, learn
from spamfilter.verdict import Verdict

PATH = "a message file, a directory of them, or - for standard input"


class Command(BaseCommand):
    help = "Teaches the Bayesian part which mail is spam and which is ham here. A message counts once, however often."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--spam", nargs="+", action="extend", default=[], metavar="PATH", help=f"spam: {PATH}")
        parser.add_argument("--ham", nargs="+", action="extend", default=[], metavar="PATH", help=f"ham: {PATH}")
        parser.add_argument(
            "--agent",
            metavar="NAME",
            type=storable,
            help="afterwards judge the same messages as for this agent, and say how many come out right; "
            "what is learnt counts for the whole installation",
        )
        parser.add_argument("--forget", action="store_true", help="take back what was learnt from these messages")

    def handle(self, *args: Any, **options: Any) -> None:
        forget = options["forget"]
        try:
            agent = agent_named(options["agent"]) if options["agent"] else None
            paths_of([*options["spam"], *options["ham"]])
        except ValueError as error:
            raise CommandError(str(error)) from None
        sides = [(True, options["spam"]), (False, options["ham"])]
        if not any(paths for _, paths in sides):
            raise CommandError("Nothing to learn from: name at least one path after --spam or --ham.")
        if agent and any("-" in paths for _, paths in sides):
            raise CommandError("--agent reads the messages twice, and standard input can be read once: name files.")
        with unreadable_is_told():
            for spam, paths in sides:
                if paths:
                    lesson = learn(_messages(paths), spam, forget)
                    self.stdout.write(_told(lesson, "spam" if spam else "ham", forget))
            for spam, paths in sides:
                if agent and paths:
                    self.stdout.write(
                        _judged([verdict_for(message, agent) for message in _messages(paths)], spam, agent)
                    )
        self.stdout.write(_known(knowledge()))


def _messages(paths: list[str]) -> Iterator[Message]:
    return (file.message() for file in mail_files(paths, most_bytes=settings.AGENTICMAIL_FETCH_BYTES))


def _judged(verdicts: list[Verdict], spam: bool, agent: Any) -> str:
    right = sum(verdict.spam is spam for verdict in verdicts)
    return f"{agent.name}: of {len(verdicts)} {'spam' if spam else 'ham'}, {right} are now judged so."


def _told(lesson: Lesson, side: str, forget: bool) -> str:
    if forget:
        return f"{side}: {lesson.counted} forgotten, {lesson.unchanged} had not been learnt as {side}."
    return f"{side}: {lesson.counted} learnt, {lesson.unchanged} known before."


def _known(knows: Knowledge) -> str:
    told = f"It knows {knows.spam} spam and {knows.ham} ham, {knows.tokens} tokens."
    missing = [
        f"{MIN_LEARNT - count} more {side}"
        for count, side in ((knows.spam, "spam"), (knows.ham, "ham"))
        if count < MIN_LEARNT
    ]
    return f"{told} It says nothing before it has {' and '.join(missing)}." if missing else told
