"""`make bench`: runs the benchmarks and prints their tables.

`make bench ARGS="latency streams=500"` runs the named ones only (by the beginning of a name), with these options.
"""

import importlib
import pkgutil
import platform
import sys
from collections.abc import Sequence
from os import cpu_count, getloadavg
from types import ModuleType

from benchmarks import tables
from benchmarks.report import Options, progress


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
    for name, module in modules.items():
        if not names or any(name.startswith(wanted) for wanted in names):
            progress(f"{name}: {_first_line(module)}")
            for table in module.measure(options):
                print(table.markdown(), flush=True)
    return 0


def _first_line(module: ModuleType) -> str:
    return (module.__doc__ or "").strip().partition("\n")[0]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
