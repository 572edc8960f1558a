"""`load_config`: what a file declares is what the rows say; a mistake changes nothing."""

import io
import json
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mailevents.accounts import smtp_account
from mailevents.models import Agent, Mailbox, Token
from mailevents.secrets import decrypt
from mailevents.tokens import digest
from rules.models import Rule
from rules.rows import spec_of
from spamfilter.models import ListEntry, Signature
from tests.operators.test_settings import GOOD
from tests.servers.live import ROOT

pytestmark = pytest.mark.django_db

WHOLE = """
[[agent]]
name = "billing"
parent = "main"
email = "billing@example.com"
imap = "imaps://bill%40example.com:p%2Fw@mail.example.com:10993/Work"
spam_threshold = 4.5
watch = "always"

[[agent]]
name = "main"
imap = "imap+starttls://main:pw@mail.example.com"

[[allow]]
agent = "billing"
sender = "@Example.com"

[[allow]]
ip = "192.0.2.0/24"

[[block]]
sender = "spam@example.net"

[[signature]]
name = "crypto wave"
kind = "regex"
value = "double your (bitcoin|ether)"
score = 8.0

[[signature]]
name = "shop"
kind = "url"
value = "cheap.example/pills"

[[rule]]
name = "Invoices"
agent = "billing"
position = 10
match = "any"
conditions = [{field = "from", op = "domain_is", value = "example.com"}, {field = "size", op = "over", value = 1000}]
actions = [{action = "move", folder = "Invoices"}, {action = "label", label = "vip"}]
stop = true

[[rule]]
name = "Everybody's"
actions = [{action = "mark_read"}]
"""


@pytest.fixture
def load(tmp_path):
    """`load(text, *options)`: what the command prints."""

    def loading(text, *options):
        path = tmp_path / "fleet.toml"
        path.write_text(text, encoding="utf-8")
        out = io.StringIO()
        call_command("load_config", str(path), *options, stdout=out)
        return out.getvalue()

    return loading


def everything():
    """Every row that a file can touch."""
    tables = (Agent, Mailbox, Token, ListEntry, Signature, Rule)
    return {table.__name__: list(table.objects.order_by("pk").values()) for table in tables}


def test_a_large_fleet_takes_few_queries_an_agent(load):
    agents = [
        f'[[agent]]\nname = "a{n}"\nparent = "a{n // 2}"\nimap = "imap://u{n}:p@mail.example.com"'
        for n in range(1, 101)
    ]
    with CaptureQueriesContext(connection) as queries:
        load("\n".join(agents).replace('name = "a1"\nparent = "a0"', 'name = "a1"'))
    assert (Agent.objects.count(), Token.objects.count()) == (100, 100)
    assert len(queries) < 100 * 4 + 50


def test_it_creates_all_that_the_file_declares(load):
    printed = json.loads(load(WHOLE, "--json"))
    billing, main = Agent.objects.get(name="billing"), Agent.objects.get(name="main")
    assert (billing.parent, billing.email, billing.spam_threshold) == (main, "billing@example.com", 4.5)
    assert (main.parent, main.email, main.spam_threshold) == (None, "", None)
    mailbox = billing.mailbox
    assert (mailbox.host, mailbox.port, mailbox.security, mailbox.user, mailbox.folder, mailbox.watch) == (
        "mail.example.com", 10993, "tls", "bill@example.com", "Work", "always",
    )  # fmt: skip
    assert decrypt(mailbox.password_encrypted) == "p/w"
    assert (main.mailbox.security, main.mailbox.port, main.mailbox.watch) == ("starttls", 143, "streams")
    assert set(ListEntry.objects.values_list("kind", "agent__name", "key")) == {
        ("allow", "billing", "d:example.com"),
        ("allow", None, "n:192.0.2.0/24"),
        ("block", None, "a:spam@example.net"),
    }
    assert set(Signature.objects.values_list("name", "kind", "score")) == {
        ("crypto wave", "regex", 8.0),
        ("shop", "url", 5.0),
    }
    spec = spec_of(Rule.objects.get(agent=billing, name="Invoices"))
    assert (spec.position, spec.match, spec.stop, len(spec.conditions)) == (10, "any", True, 2)
    assert [action.name for action in spec.actions] == ["move", "label"]
    assert Rule.objects.get(name="Everybody's").agent is None
    assert printed.keys() == {"tokens"}
    assert printed["tokens"].keys() == {"billing", "main"}
    for name, text in printed["tokens"].items():
        token = Token.objects.get(digest=digest(text))
        assert (token.agent.name, token.scope_events, token.scope_watch) == (name, True, True)


def test_loading_twice_changes_nothing_the_second_time(load):
    load(WHOLE)
    before = everything()
    assert "All is as the file declares it." in load(WHOLE)
    assert json.loads(load(WHOLE, "--json")) == {"tokens": {}}
    assert everything() == before


def test_what_differs_is_updated_and_said(load):
    load(WHOLE)
    printed = load(
        WHOLE.replace("p%2Fw@", "other@")
        .replace("spam_threshold = 4.5", "spam_threshold = 6")
        .replace('watch = "always"', "")
        .replace("score = 8.0", "score = 9")
        .replace("position = 10", "position = 20")
        .replace('name = "main"\n', 'name = "main"\nemail = "m@example.com"\n')
    )
    assert "~ agent billing: spam_threshold: 4.5 -> 6.0; password: another; watch: always -> streams" in printed
    assert "~ agent main: email: none -> m@example.com" in printed
    assert "~ signature 'crypto wave': score: 8.0 -> 9.0" in printed
    assert "~ rule 'Invoices' of billing: position: 10 -> 20" in printed
    assert "other" not in printed.replace("another", "")
    mailbox = Mailbox.objects.get(agent__name="billing")
    assert (decrypt(mailbox.password_encrypted), mailbox.watch) == ("other", "streams")
    assert Rule.objects.get(name="Invoices").position == 20


def test_what_the_file_does_not_mention_stays(load):
    load(WHOLE)
    Rule.objects.filter(name="Invoices").update(enabled=False)
    Agent.objects.filter(name="billing").update(enabled=False)
    load(WHOLE)
    assert not Rule.objects.get(name="Invoices").enabled
    assert not Agent.objects.get(name="billing").enabled
    before = everything()
    load("")
    load('[[block]]\nsender = "spam@example.net"\n')
    assert everything() == before


def test_an_agent_without_imap_keeps_its_mailbox(load):
    load(WHOLE)
    load('[[agent]]\nname = "main"\nemail = "m@example.com"\n')
    assert Agent.objects.get(name="main").email == "m@example.com"
    assert Mailbox.objects.get(agent__name="main").user == "main"


def test_another_folder_starts_a_new_cursor(load):
    load(WHOLE)
    Mailbox.objects.update(uidvalidity=7, last_uid=40)
    load(WHOLE.replace(":10993/Work", ":10993/Bills"))
    mailbox = Mailbox.objects.get(agent__name="billing")
    assert (mailbox.folder, mailbox.last_uid, mailbox.generation) == ("Bills", None, 1)
    assert Mailbox.objects.get(agent__name="main").last_uid == 40


def test_an_smtp_account_is_kept_secret_stays_when_left_out_and_goes_when_empty(load):
    agent = '[[agent]]\nname = "a"\nimap = "imap://u:p@h"\n'
    url = "smtp+tls://u%40x:hush@smtp.example.com:587"
    load(agent + f'smtp = "{url}"\n')
    assert smtp_account(Mailbox.objects.get().pk)["password"] == "hush"
    assert "hush" not in Mailbox.objects.get().smtp_url_encrypted
    assert "All is as" in load(agent)
    assert "All is as" in load(agent + f'smtp = "{url}"\n')
    printed = load(agent + f'smtp = "{url.replace("hush", "mum")}"\n')
    assert "~ agent a: smtp: another" in printed
    assert "mum" not in printed
    assert "~ agent a: smtp: none" in load(agent + 'smtp = ""\n')
    assert smtp_account(Mailbox.objects.get().pk) == {}


def test_a_byte_order_mark_is_no_mistake(load):
    assert "+ agent a" in load('\ufeff[[agent]]\nname = "a"\n')


def test_a_rule_that_differs_is_shown_in_words_of_the_file(load):
    rule = '[[rule]]\nname = "r"\n'
    load(rule + 'conditions = [{field = "cc", op = "exists"}]\nactions = [{action = "flag"}]\n')
    printed = load(rule + 'actions = [{action = "move", folder = "A"}, {action = "label", label = "b"}]\n')
    assert "~ rule 'r' for every agent: actions: flag -> move A; label b; conditions: cc exists -> none" in printed


def test_a_parent_left_out_makes_a_main_agent_again(load):
    load(WHOLE)
    printed = load(WHOLE.replace('parent = "main"\n', ""))
    assert "~ agent billing: parent: main -> none" in printed
    assert Agent.objects.get(name="billing").parent is None


def test_two_agents_can_change_places(load):
    load(WHOLE)
    load('[[agent]]\nname = "billing"\n[[agent]]\nname = "main"\nparent = "billing"\n')
    assert Agent.objects.get(name="main").parent == Agent.objects.get(name="billing")
    assert Agent.objects.get(name="billing").parent is None


def test_a_dry_run_shows_the_difference_and_changes_nothing(load):
    load(WHOLE)
    before = everything()
    text = WHOLE.replace("score = 8.0", "score = 9") + '[[agent]]\nname = "new"\nimap = "imap://u:hush@h"\n'
    printed = load(text, "--dry-run")
    assert "+ agent new" in printed
    assert "~ signature 'crypto wave': score: 8.0 -> 9.0" in printed
    assert "Nothing was changed" in printed
    assert "am_" not in printed
    assert "hush" not in printed
    assert json.loads(load(text, "--dry-run", "--json"))["tokens"] == {}
    assert everything() == before


def test_a_dry_run_finds_the_same_mistakes(load):
    with pytest.raises(CommandError, match=r"\[\[block\]\] 1, sender"):
        load('[[block]]\nsender = "nobody"\n', "--dry-run")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("agent = = 1", ["no TOML", "line 1"]),
        ('[agent]\nname = "x"\n', ["agent: takes tables, each headed [[agent]]"]),
        ("agents = []\n", ["agents: is unknown", "[[agent]]", "Did you mean agent?"]),
        ('[[agent]]\nimap = "imap://u:p@h"\n', ["[[agent]] 1, name: is missing"]),
        ('[[agent]]\nname = "a b"\n', ["[[agent]] 1 (a b), name: A name takes letters"]),
        ("[[agent]]\nname = 5\n", ["[[agent]] 1, name: takes a name", "text"]),
        ('[[agent]]\nname = "a"\nemial = "x@y.z"\n', ["emial: is unknown", "email", "Did you mean email?"]),
        ('[[agent]]\nname = "a"\nemail = "nonsense"\n', ["email: Enter a valid email"]),
        ('[[agent]]\nname = "a"\nimap = "imaps://u:hush@h:x"\n', ["imap: The IMAP URL has a port"]),
        ('[[agent]]\nname = "a"\nwatch = "allways"\nimap = "imap://u:p@h"\n', ["watch: takes one of streams, always"]),
        ('[[agent]]\nname = "a"\nsmtp = "smtp+tls://u:hush@"\n', ["[[agent]] 1 (a), smtp: The SMTP account takes"]),
        ('[[agent]]\nname = "a"\nsmtp = 5\n', ["smtp: takes smtp+tls://"]),
        ('[[agent]]\nname = "a"\nspam_threshold = 0\n', ["spam_threshold: takes a number from 0.1 to 1000"]),
        ('[[agent]]\nname = "a"\nspam_threshold = nan\n', ["spam_threshold: takes a number"]),
        ('[[agent]]\nname = "a"\nspam_threshold = true\n', ["spam_threshold: takes a number"]),
        ('[[agent]]\nname = "a"\nparent = "b"\n', ["parent: there is no agent named 'b'"]),
        ('[[agent]]\nname = "a"\nparent = "a"\n', ["parent: 'a' is 'a' itself, or below it"]),
        (
            "".join(f'[[agent]]\nname = "{name}"\nparent = "{above}"\n' for name, above in ("ab", "bc", "ca")),
            ["[[agent]] 1 (a), parent", "[[agent]] 2 (b), parent", "[[agent]] 3 (c), parent", "below it"],
        ),
        (
            '[[agent]]\nname = "a"\n[[agent]]\nname = "a"\n',
            ["[[agent]] 2 (a), name: 'a' is declared already, by [[agent]] 1"],
        ),
        ('[[agent]]\nname = "a"\nwatch = "always"\n', ["imap: is missing"]),
        (
            '[[allow]]\nagent = "billling"\nsender = "a@b.c"\n',
            ["[[allow]] 1, agent: there is no agent named 'billling'"],
        ),
        ("[[allow]]\nsender = 5\n", ["[[allow]] 1, sender: takes a text"]),
        ("[[allow]]\n", ["[[allow]] 1, sender: takes either sender"]),
        ('[[allow]]\nsender = "a@b.c"\nip = "192.0.2.1"\n', ["takes either sender"]),
        ('[[block]]\nip = "192.0.2.1/24"\n', ["[[block]] 1, ip:", "192.0.2.0/24"]),
        ('[[block]]\nsendr = "a@b.c"\n', ["sendr: is unknown", "Did you mean sender?"]),
        (
            '[[signature]]\nname = "s"\nkind = "regexp"\nvalue = "x"\n',
            ["kind: takes one of body, regex, url", "Did you mean regex"],
        ),
        ('[[signature]]\nname = "s"\nkind = "regex"\nvalue = "(a"\n', ["[[signature]] 1 (s), value: RE2"]),
        ('[[signature]]\nname = "s"\nkind = "body"\nvalue = "too short"\n', ["value: a body takes"]),
        (
            '[[signature]]\nname = "s"\nkind = "url"\nvalue = "x.example"\nscore = 5000\n',
            ["score: takes a number from -1000 to 1000"],
        ),
        ('[[signature]]\nkind = "url"\nvalue = "x.example"\n', ["[[signature]] 1, name: is missing"]),
        ('[[rule]]\nname = "r"\n', ["[[rule]] 1 (r), actions"]),
        ('[[rule]]\nname = "r"\nactions = [{action = "mvoe"}]\n', ["actions[0]", "unknown action 'mvoe'", "move"]),
        ('[[rule]]\nname = "r"\nactions = [{action = "move"}]\n', ["actions[0].folder: is missing"]),
        ('[[rule]]\nname = "r"\nagnet = "a"\nactions = [{action = "flag"}]\n', ["agnet: is unknown"]),
        ('[[rule]]\nname = "r"\nactoins = [{action = "flag"}]\n', ["actoins: is unknown", "Did you mean actions?"]),
        (
            '[[rule]]\nname = "r"\nactions = [{action = "flag"}]\n' * 2,
            ["[[rule]] 2 (r), name: 'r' for every agent is declared already, by [[rule]] 1"],
        ),
        (
            '[[rule]]\nname = "r"\nactions = [{action = "flag"}]\n'
            'conditions = [{field = "form", op = "is", value = "x"}]\n',
            ["conditions[0].field", "from"],
        ),
        (
            '[[rule]]\nname = "r"\nactions = [{folder = "x"}]\n'
            'conditions = [{field = "from", op = "over", value = 5}, {field = "size", op = "exists", value = 5},'
            ' {field = "subject", op = "is", value = 5}]\n',
            [
                "actions[0].action: is missing; it takes one of move",
                "conditions[0].op: from has no op 'over'; it takes one of is, ",
                "conditions[1].value: exists takes no value\n",
                "conditions[2].value: 5 is of another kind; subject is takes a text, in quotes\n",
            ],
        ),
        ('[[allow]]\nsender = "*@b.c"\n', ["[[allow]] 1, sender: '*@b.c' holds a wildcard", "@example.com"]),
    ],
)
def test_a_mistake_is_refused_with_its_place_and_what_it_takes_and_nothing_changes(load, text, says):
    load(WHOLE)
    before = everything()
    good = '[[agent]]\nname = "good"\nimap = "imap://u:p@h"\n' if text.startswith("[[") else ""
    text = text + good if "[[agent]]" not in text else text
    with pytest.raises(CommandError) as caught:
        load(text)
    told = str(caught.value)
    assert [part for part in says if part not in told] == []
    assert told.startswith("fleet.toml: ")
    assert "Nothing was changed." in told
    assert "hush" not in told
    assert everything() == before


def test_all_mistakes_are_told_at_once(load):
    with pytest.raises(CommandError) as caught:
        load('[[agent]]\nname = "a b"\n[[block]]\nsender = "x"\n[[rule]]\nname = "r"\nagent = "a b"\n')
    places = [line.split(", ")[0] for line in str(caught.value).splitlines()[:-1]]
    assert places == ["fleet.toml: [[agent]] 1 (a b)", "fleet.toml: [[block]] 1", "fleet.toml: [[rule]] 1 (r)"]


def test_a_file_without_end_is_told():
    with pytest.raises(CommandError, match="longer than 64 MB"):
        call_command("load_config", "/dev/zero")


def test_a_file_that_is_not_there_or_not_text_is_told(tmp_path):
    with pytest.raises(CommandError, match=r"can't be read: No such file"):
        call_command("load_config", str(tmp_path / "gone.toml"))
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(CommandError, match="not UTF-8"):
        call_command("load_config", str(tmp_path / "binary.toml"))


def test_a_long_list_costs_few_queries(load, django_assert_max_num_queries):
    text = "".join(f'[[block]]\nsender = "spam{number}@example.net"\n' for number in range(2000))
    with django_assert_max_num_queries(40):
        load(text)
    assert ListEntry.objects.count() == 2000
    with django_assert_max_num_queries(30):
        assert "All is as" in load(text)


def test_loading_many_agents_and_rules_again_costs_few_queries(load, django_assert_max_num_queries):
    """They run under the lock of the writers, whom a long reload would keep waiting."""
    text = "".join(
        f'[[agent]]\nname = "a{number}"\nimap = "imaps://u:p@h"\n'
        f'[[rule]]\nname = "r"\nagent = "a{number}"\nactions = [{{action = "flag"}}]\n'
        for number in range(40)
    )
    load(text)
    with django_assert_max_num_queries(20):
        assert "All is as" in load(text)


def test_two_that_load_the_same_file_at_once_make_each_agent_once(new_database, tmp_path):
    file = tmp_path / "fleet.toml"
    file.write_text("".join(f'[[agent]]\nname = "a{n}"\nimap = "imap://u{n}:p@mail.example.com"\n' for n in range(150)))
    environment = GOOD | {"DATABASE_URL": new_database("postgresql")}
    command = [sys.executable, "manage.py", "load_config", str(file), "--json"]
    both = [
        subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    told = [process.communicate(timeout=60) for process in both]
    assert [(process.returncode, errors) for process, (_, errors) in zip(both, told, strict=True)] == [(0, ""), (0, "")]
    assert sum(len(json.loads(out)["tokens"]) for out, _ in told) == 150
