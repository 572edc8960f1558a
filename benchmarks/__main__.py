"""`make bench`: a short round of the benchmarks, in a few minutes, as tables with ratios.

`make bench ARGS="fleet agents=2000"` runs the named ones (by the beginning of a name) in full, with these options;
`ARGS=--list` names them.
"""

import importlib
import pkgutil
import platform
import sys
from collections.abc import Mapping, Sequence
from os import cpu_count, getloadavg
from types import ModuleType

from benchmarks import tables
from benchmarks.report import Options, progress

SHORT: Mapping[str, Mapping[str, str]] = {  # what runs where none is named, and how small
    "usual": {"agents": "50", "seconds": "10"},
    "latency": {"boxes": "6", "mails": "10"},
    "fleet": {"agents": "300"},
    "busy": {"agents": "200", "seconds": "8", "burst": "500"},
    "watch": {"agents": "500", "seconds": "6", "stall": "5"},
    "rules": {"messages": "50"},
    "spam": {},
    "growth": {"most": "1000"},
    "million": {},
}


def main(words: Sequence[str]) -> int:
    names = [word for word in words if "=" not in word and not word.startswith("-")]
    options = Options(values=dict(word.split("=", 1) for word in words if "=" in word))
    modules = {
        found.name: importlib.import_module(f"benchmarks.tables.{found.name}")
        for found in pkgutil.iter_modules(tables.__path__)
    }
    if "--list" in words:
        for name, module in modules.items():
            print(f"{name:20}{_first_line(module)}")
        return 0
    unknown = [name for name in names if not any(known.startswith(name) for known in modules)]
    if unknown:
        print(f"no benchmark is named {', '.join(unknown)}; there are {', '.join(modules)}", file=sys.stderr)
        return 2
    print(
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {cpu_count()} processors, "
        f"load before {getloadavg()[0]:.1f}"
    )
    for name in SHORT if not names else [each for each in modules if any(each.startswith(one) for one in names)]:
        progress(f"{name}: {_first_line(modules[name])}")
        asked = options if names else Options(values={**SHORT[name], **options.values})
        for table in modules[name].measure(asked):
            print(table.markdown(), flush=True)
    return 0


def _first_line(module: ModuleType) -> str:
    return (module.__doc__ or "").strip().partition("\n")[0]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
