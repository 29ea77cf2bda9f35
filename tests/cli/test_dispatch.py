"""The command line finds its commands by itself and loads only the one asked for."""

from __future__ import annotations

import subprocess
import sys

import pytest

from dinhlang.cli import commands, main


def test_every_command_module_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--help"])
    assert stopped.value.code == 0
    shown = capsys.readouterr().out
    assert {"run", "worker", "migrate"} <= set(commands())
    for name in commands():
        assert f"    {name} " in shown, f"no line of help for {name}"


def test_an_unknown_command_is_an_error_not_a_traceback(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["lam-gi-do"])
    assert stopped.value.code == 2
    assert "lam-gi-do" in capsys.readouterr().err


PURE = [name for name in ("read", "check") if name in commands()]


@pytest.mark.parametrize("arguments", [["--help"], *([name, "--help"] for name in PURE)])
def test_asking_for_help_never_loads_django(arguments: list[str]) -> None:
    code = (
        "import sys, contextlib, dinhlang.cli as cli\n"
        f"with contextlib.suppress(SystemExit): cli.main({arguments!r})\n"
        "sys.exit('django' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0
