"""The documentation says what the code does."""

import io
import re

import pytest
import yaml
from django.core.management import call_command, get_commands, load_command_class

from mailevents.configuration.entries import SECTIONS
from mailevents.models import Agent
from rules.models import Rule
from tests.servers.live import ROOT

SETTINGS = (ROOT / "docs" / "settings.md").read_text()
READ = re.compile(r'environment\.(flag|text|words|whole|number|url)\(\s*"([A-Z_]+)"(.*?)\)\n', re.S)
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])


def documented(variable):
    """The cells of the variable's line in docs/settings.md."""
    found = re.search(rf"(?m)^\| `{variable}` \|(.*)\|$", SETTINGS)
    assert found, f"{variable} is not in docs/settings.md"
    return [cell.strip() for cell in found[1].split("|")]


def settings_read():
    source = (ROOT / "agenticmail" / "settings.py").read_text()
    return [(kind, name, rest) for kind, name, rest in READ.findall(source)]


def test_every_variable_is_found():
    assert len(settings_read()) >= 16


@pytest.mark.parametrize(
    ("kind", "name", "rest"), settings_read(), ids=[name for _kind, name, _rest in settings_read()]
)
def test_every_variable_is_documented_with_its_default_and_range(kind, name, rest):
    cells = documented(name)
    if kind in ("whole", "number"):
        default, low, high = rest.strip(" ,").split(", ")
        assert cells[0] == f"`{default}`"
        assert cells[1] == f"{low} to {high}"
    elif kind != "flag" and '"' in rest:
        assert cells[0] == f"`{rest.split(chr(34))[1]}`"


def test_the_containers_are_given_every_setting_that_is_set():
    compose = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text())
    outside = {"DEBUG"}  # never in a deployment
    assert {name for _kind, name, _rest in settings_read()} - outside <= set(compose["x-product"]["environment"])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_and_command_exists(page):
    text = page.read_text()
    for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", text):
        assert (page.parent / target).exists(), target
    commands = get_commands()
    for name in re.findall(r"manage\.py ([a-z_]+)", text):
        assert name in commands, name
        load_command_class(commands[name], name) if isinstance(commands[name], str) else None


@pytest.mark.django_db
def test_the_documented_configuration_file_loads(tmp_path):
    text = (ROOT / "docs" / "configuration.md").read_text()
    path = tmp_path / "fleet.toml"
    path.write_text(re.search(r"```toml\n(.*?)```", text, re.S)[1])  # type: ignore[index]
    call_command("load_config", str(path), stdout=io.StringIO())
    assert Agent.objects.get(name="billing").parent == Agent.objects.get(name="main")
    assert Rule.objects.filter(agent__name="billing").exists()
    assert all(f"[[{section}]]" in path.read_text() for section in SECTIONS)
