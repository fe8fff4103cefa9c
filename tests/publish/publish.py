#!/usr/bin/env python3
"""Signs a tree of updates as The Update Framework wants it, with the library of its authors (PyPI: tuf).

    python3 -m venv venv && venv/bin/pip install --require-hashes -r requirements.txt
    venv/bin/python publish.py init TREE --keys DIR          # once: keys and the trusted root
    venv/bin/python publish.py sign TREE --keys DIR          # after every change of the tree
    venv/bin/python publish.py timestamp TREE --keys DIR     # every day, with the online key alone

It decides nothing but the lifetimes; what is signed and how is the library's. Only `now` is the clock's, and
`--now` is there for who needs the same files again.
"""

import argparse
import re
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

from keys import SCHEMES, Keys, name_of
from securesystemslib.exceptions import Error as KeyFault
from tree import DAYS, Tree
from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import DelegatedRole, Delegations


def init(tree: Tree, options: argparse.Namespace) -> None:
    """Makes the keys and the first root: two of three keys for the root, one for the files, one online."""
    with tree.edit_root() as root:
        if root.version:
            raise ValueError("The tree has a root already")
        root.consistent_snapshot = not options.no_consistent
        for _ in range(3):
            root.add_key(tree.keys.create("root").public_key, "root")
        root.roles["root"].threshold = 2
        root.add_key(tree.keys.create("targets").public_key, "targets")
        online = tree.keys.create("snapshot").public_key
        root.add_key(online, "snapshot")
        root.add_key(online, "timestamp")
    print(f"Trusted root for the PCs: {tree.path('root', 1)}")


def sign(tree: Tree, options: argparse.Namespace) -> None:
    """Signs every file of the tree, or of a delegated role; then all that the online key signs, if it is here."""
    if options.role != "targets" and options.role not in tree.delegated():
        raise ValueError(f"Nothing is delegated to {options.role}")
    with tree.edit_targets(options.role) as targets:
        targets.targets = tree.files(options.role)
    root = tree.root()
    key = root.get_key(root.roles["timestamp"].keyids[0])
    if tree.keys.find("timestamp", key):
        timestamp(tree, options)
    else:
        print(f"To be finished where {name_of('timestamp', key.keyid)} is, by `timestamp`")


def timestamp(tree: Tree, options: argparse.Namespace) -> None:
    """Renews the timestamp, and before it the snapshot if files were signed or half its time is over."""
    rest = tree.snapshot().expires - tree.now
    tree.do_snapshot(force=rest < timedelta(days=DAYS["snapshot"] / 2))
    tree.do_timestamp(force=True)


def rotate_root(tree: Tree, options: argparse.Namespace) -> None:
    """Renews the root; lost keys (--revoke) are trusted no more, and new ones take their place."""
    roles = set()
    with tree.edit_root() as root:
        for lost in options.revoke:
            uses = [(r, k) for r, of in root.roles.items() for k in of.keyids if name_of(r, k) == lost]
            if not uses:
                raise ValueError(f"The root has no key {lost}")
            new = tree.keys.create(uses[0][0]).public_key
            for role, keyid in uses:
                root.revoke_key(keyid, role)
                root.add_key(new, role)
                roles.add(role)
    if "targets" in roles:
        sign(tree, options)
    elif "timestamp" in roles:
        timestamp(tree, options)


def delegate(tree: Tree, options: argparse.Namespace) -> None:
    """Lets a key of its own sign a part of the tree; the same name again replaces that key and its part."""
    if not re.fullmatch("[a-z0-9_-]+", options.name) or options.name in DAYS or options.name == "online":
        raise ValueError(f"No name for a role: {options.name}")
    with tree.edit_targets() as targets:
        targets.delegations = targets.delegations or Delegations({}, {})
        roles = targets.delegations.roles
        for keyid in list(roles[options.name].keyids) if options.name in roles else []:
            targets.revoke_key(keyid, options.name)
        roles[options.name] = DelegatedRole(options.name, [], 1, True, options.patterns)
        targets.add_key(tree.keys.create(options.name).public_key, options.name)
    with tree.edit_targets() as targets:
        targets.targets = tree.files("targets")
    options.role = options.name
    sign(tree, options)


def show(tree: Tree, options: argparse.Namespace) -> None:
    """What is signed until when, by which keys."""
    for role in ["root", "targets", *tree.delegated(), "snapshot", "timestamp"]:
        signed = tree.open(role).signed
        delegator = tree.root() if role in DAYS else tree.targets()
        keys = [name_of(role, keyid) for keyid in delegator.get_delegated_role(role).keyids]
        print(f"{role} {signed.version}, until {signed.expires:%Y-%m-%d %H:%M} UTC, {' '.join(keys)}")


def arguments() -> argparse.Namespace:
    date = lambda text: datetime.fromisoformat(text).replace(tzinfo=timezone.utc)  # noqa: E731
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("tree", type=Path, help="the folder with updates/ and downloads/")
    common.add_argument("--keys", type=Path, action="append", default=[], help="folder of keys; several may be given")
    common.add_argument("--scheme", choices=SCHEMES, default="ed25519", help="of new keys")
    common.add_argument("--now", type=date, help="in place of the clock: 2026-11-22T12:00 (UTC)")
    common.add_argument("--expires", type=date, help="in place of the usual time of what is signed")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    for command in (init, sign, timestamp, rotate_root, delegate, show):
        name = command.__name__.replace("_", "-")
        one = commands.add_parser(name, parents=[common], help=command.__doc__, description=command.__doc__)
        one.set_defaults(command=command, role="targets")
        if command is init:
            one.add_argument("--no-consistent", action="store_true", help="no copies of files, for a folder alone")
        if command is sign:
            one.add_argument("--role", help="a delegated role in place of the whole rest")
        if command is rotate_root:
            one.add_argument("--revoke", action="append", default=[], metavar="KEY", help="as `show` names it")
        if command is delegate:
            one.add_argument("name", help="of the new role: a product's, say")
            one.add_argument("patterns", nargs="+", help="such as 'updates/ID/*' 'updates/ID/*/*' 'downloads/ID-*'")
    return parser.parse_args()


def main() -> int:
    options = arguments()
    try:
        now = options.now or datetime.now(timezone.utc)
        tree = Tree(options.tree, Keys(options.keys, options.scheme), now, options.expires)
        options.command(tree, options)
        if options.command not in (init, show):
            show(tree, options)
    except (OSError, ValueError, RepositoryError, KeyFault) as error:
        print(f"Failed: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
