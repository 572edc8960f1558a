"""Whom a server runs as: never root, since mail servers and databases refuse that."""

import grp
import os
import pwd
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class RunAs:
    """A system account that owns a server's folder and processes."""

    name: str
    group: str
    uid: int
    gid: int

    def popen(self) -> dict[str, Any]:
        """Arguments that make subprocess run as this account."""
        if os.getuid() == self.uid:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def folder(self, prefix: str) -> Path:
        """A new short-named folder of this account's (socket paths end at 108 characters)."""
        made = Path(tempfile.mkdtemp(prefix=f"{prefix}-", dir="/tmp"))
        self.own(made)
        return made

    def own(self, path: Path) -> None:
        if os.getuid() != self.uid:
            os.chown(path, self.uid, self.gid)


def unprivileged(*preferred: str) -> RunAs:
    """The user we are, or for root the first of `preferred` that exists, else nobody."""
    entry = pwd.getpwuid(os.getuid())
    if entry.pw_uid == 0:
        names = {known.pw_name: known for known in pwd.getpwall()}
        entry = next(names[name] for name in (*preferred, "nobody") if name in names)
    return RunAs(name=entry.pw_name, group=grp.getgrgid(entry.pw_gid).gr_name, uid=entry.pw_uid, gid=entry.pw_gid)


def find_program(name: str, *folders: str) -> str | None:
    """Where a program is, looking in `folders` besides PATH (Debian keeps servers out of users' PATH)."""
    return shutil.which(name) or shutil.which(name, path=os.pathsep.join(folders))
