"""A published tree with its metadata: python-tuf's `Repository` over a folder.

Every file of the folder is a target under its path (`updates/Platform4/versions.xml`), but for `metadata/`,
names that begin with a dot, and the copies `HASH.name` that consistent snapshots need. Not here: uploading.
The files go first, then `metadata/`, and of that `timestamp.json` last.
"""

import os
import re
import shutil
from datetime import datetime, timedelta
from pathlib import Path

from keys import Keys, name_of
from tuf.api.metadata import (
    DelegatedRole,
    Metadata,
    MetaFile,
    Root,
    Signed,
    Snapshot,
    TargetFile,
    Targets,
    Timestamp,
)
from tuf.repository import Repository

# Days that signatures of a role are good for; of a delegated role as many as of `targets`.
DAYS = {"root": 365, "targets": 90, "snapshot": 30, "timestamp": 7}
TYPES = {"root": Root, "snapshot": Snapshot, "timestamp": Timestamp}
COPY = re.compile(r"[0-9a-f]{64}\.")


def write(path: Path, source: bytes | Path, target: TargetFile | None = None) -> None:
    """Writes a file whole or not at all; of a target, only the very bytes that are signed."""
    temporary = path.with_name(f".{path.name}.new")
    if isinstance(source, Path):
        shutil.copyfile(source, temporary)
    else:
        temporary.write_bytes(source)
    if target:
        with temporary.open("rb") as file:
            target.verify_length_and_hashes(file)
    os.replace(temporary, path)


class Tree(Repository):
    """The tree in `folder`, signed with the keys at hand as of `now`."""

    def __init__(self, folder: Path, keys: Keys, now: datetime, expires: datetime | None):
        self.folder = folder
        self.keys = keys
        self.now = now
        self.expires = expires
        if any(path.resolve().is_relative_to(folder.resolve()) for path in keys.folders):
            raise ValueError("Keys must not lie in the tree, which is published")

    def path(self, role: str, version: int) -> Path:
        """Where a version of a role's metadata lies."""
        numbered = role == "root" or (role != "timestamp" and self.root().consistent_snapshot)
        return self.folder / "metadata" / (f"{version}.{role}.json" if numbered else f"{role}.json")

    def open(self, role: str) -> Metadata:
        """The newest metadata of a role, or empty one of version 0."""
        named = re.compile(rf"(\d+)\.{re.escape(role)}\.json")
        there = [named.fullmatch(path.name) for path in self.folder.glob("metadata/*.json")]
        path = self.path(role, max((int(match[1]) for match in there if match), default=0))
        if path.exists():
            return Metadata.from_file(str(path))
        signed: Signed = TYPES.get(role, Targets)(expires=self.now)
        signed.version = 0
        return Metadata(signed)

    def close(self, role: str, md: Metadata) -> None:
        """Signs the next version with every key of the role that is at hand, and writes it if they suffice.

        A new root is signed by enough keys of the former root and of its own: that is how PCs follow it.
        """
        md.signatures.clear()
        md.signed.version += 1
        md.signed.expires = self.expires or self.now + timedelta(days=DAYS.get(role, DAYS["targets"]))
        if role == "root":
            delegators = [md.signed] if md.signed.version == 1 else [self.root(), md.signed]
        else:
            delegators = [self.root() if role in DAYS else self.targets()]
        for delegator in delegators:
            wanted = delegator.get_delegated_role(role)
            for keyid in wanted.keyids:
                signer = self.keys.find(role, delegator.get_key(keyid))
                if signer and keyid not in md.signatures:
                    md.sign(signer, append=True)
            if not delegator.get_verification_result(role, md.signed_bytes, md.signatures):
                names = ", ".join(name_of(role, keyid) for keyid in wanted.keyids)
                raise ValueError(f"{role} needs {wanted.threshold} of these keys: {names}")
        path = self.path(role, md.signed.version)
        path.parent.mkdir(exist_ok=True)
        write(path, md.to_bytes())

    @property
    def targets_infos(self) -> dict[str, MetaFile]:
        versions = {role: self.open(role).signed.version for role in ["targets", *self.delegated()]}
        return {f"{role}.json": MetaFile(version) for role, version in versions.items() if version}

    @property
    def snapshot_info(self) -> MetaFile:
        return MetaFile(self.snapshot().version)

    def delegated(self) -> dict[str, DelegatedRole]:
        """The roles that sign a part of the tree, the first to match a path being the one."""
        delegations = self.targets().delegations
        return delegations.roles if delegations else {}

    def files(self, role: str) -> dict[str, TargetFile]:
        """The files that are a role's to sign; in a tree with consistent snapshots each gets its copy."""
        found = {}
        delegated = self.delegated()
        for path in sorted(self.folder.rglob("*")):
            relative = path.relative_to(self.folder)
            skipped = relative.parts[0] == "metadata" or any(part.startswith(".") for part in relative.parts)
            if skipped or COPY.match(path.name) or not path.is_file():
                continue
            name = relative.as_posix()
            owners = (owner for owner, of in delegated.items() if of.is_delegated_path(name))
            if next(owners, "targets") != role:
                continue
            found[name] = TargetFile.from_file(name, str(path))
            copies = found[name].get_prefixed_paths() if self.root().consistent_snapshot else []
            for copy in copies:
                if not (self.folder / copy).exists():
                    write(self.folder / copy, path, found[name])
        return found
