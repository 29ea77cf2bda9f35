"""The command line: ``dinhlang <command>``.

Each module of this package is one command, named like the module, and offers
``add_parser(subparsers)`` and ``run(args) -> int`` (the exit status). A module is imported only
when its command is asked for, so that ``dinhlang read`` never loads Django.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from dinhlang import __version__


def commands() -> list[str]:
    """The names of all commands, in alphabetical order."""
    return sorted(module.name for module in iter_modules(__path__) if module.name[0] != "_")


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    known = commands()
    wanted = [arguments[0]] if arguments and arguments[0] in known else known
    modules = {name: _load(name) for name in wanted}

    parser = argparse.ArgumentParser(
        prog="dinhlang", description="Đình Làng: đọc và điều hành kế hoạch nông thôn mới của xã."
    )
    parser.add_argument("--version", action="version", version=f"Đình Làng {__version__}")
    subparsers = parser.add_subparsers(dest="command", metavar="LỆNH", required=True)
    for module in modules.values():
        module.add_parser(subparsers)
    args = parser.parse_args(arguments)
    try:
        status: int = modules[args.command].run(args)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of our output (head, less) went away: nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return status


def _load(name: str) -> ModuleType:
    return import_module(f"{__name__}.{name}")
