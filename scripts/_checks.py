"""The checks of scripts/test.py: what they need, what they are, and what they say."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from _browsers import BROWSERS, LIBREOFFICE, Browser, ensure_there
from _environment import ROOT, SetupError, prepare, run_and_read
from _node import install_packages, node_environment

# Firefox runs the same file as an event page and says so.
KNOWN_LINT_WARNINGS = {"BACKGROUND_SERVICE_WORKER_IGNORED"}


def check_everything(arguments: Sequence[str]) -> int:
    """Install what is missing, run every check and then pytest; 0 only when all passed."""
    options, for_pytest = _parse(arguments)
    try:
        python = prepare(extras=("dev",))
    except SetupError as problem:
        print(problem, file=sys.stderr)
        return 1
    environment, failures = _tools([*([] if options.fast else BROWSERS), *([LIBREOFFICE] if options.long else [])])
    failures += [name for name, command in _checks(python) if not _passes(name, command, environment)]
    code = _pytest(python, options, for_pytest, environment)
    if failures:
        print(f"\nNot in order: {', '.join(failures)}. The reasons are above.", file=sys.stderr)
    return code or int(bool(failures))


def _parse(arguments: Sequence[str]) -> tuple[argparse.Namespace, list[str]]:
    parser = argparse.ArgumentParser(
        prog="test.py",
        allow_abbrev=False,
        description="Install what the checks need, then run them all.",
        epilog="Everything else is passed on to pytest: paths, -k, -x.",
    )
    parser.add_argument("--long", action="store_true", help="also what is too long or heavy for every run")
    parser.add_argument("--fast", action="store_true", help="without the tests in real browsers")
    return parser.parse_known_args(arguments)


def _tools(programs: Sequence[Browser]) -> tuple[dict[str, str], list[str]]:
    """Node and these programs. What cannot be had is named at once; the checks that can run still do."""
    environment, failures = dict(os.environ), []
    try:
        environment = node_environment()
        install_packages(environment)
    except SetupError as problem:
        print(problem, file=sys.stderr)
        failures.append("Node.js")
    if to_do := ensure_there(programs):
        print(to_do, file=sys.stderr)
        failures.append("programs for the tests")
    return environment, failures


def _checks(python: Path) -> list[tuple[str, list[str]]]:
    module = [str(python), "-m"]
    extension = ["--source-dir", "extension", "--no-config-discovery"]
    return [
        ("ruff check", [*module, "ruff", "check", "."]),
        ("ruff format", [*module, "ruff", "format", "--check", "."]),
        ("mypy", [*module, "mypy"]),
        ("generated files", [str(python), "scripts/generate_types.py", "--check"]),
        ("tsc", ["tsc", "-p", "tsconfig.json"]),
        ("eslint", ["eslint", "--max-warnings", "0", "."]),
        ("prettier", ["prettier", "--check", "--log-level", "warn", "."]),
        ("web-ext lint", ["web-ext", "lint", "--output", "json", *extension]),
    ]


def _passes(name: str, command: Sequence[str], environment: Mapping[str, str]) -> bool:
    print(f"{name + ' ':.<24} ", end="", flush=True)
    started = time.monotonic()
    output, code = _run(command, environment)
    if name == "web-ext lint":
        output, code = _judge_lint(output, code)
    print(f"{'FAILED' if code else 'ok'} ({time.monotonic() - started:.1f} s)", flush=True)
    if code:
        print("\n".join(f"    {line}" for line in output.rstrip().splitlines()), flush=True)
    return code == 0


def _run(command: Sequence[str], environment: Mapping[str, str]) -> tuple[str, int]:
    program = shutil.which(command[0], path=environment.get("PATH"))
    if not program:
        return f"{command[0]} is not installed.", 127
    result = run_and_read([program, *command[1:]], environment)
    return result.stdout, result.returncode


def _judge_lint(output: str, code: int) -> tuple[str, int]:
    """web-ext lets every warning pass; here only the known ones do."""
    try:
        report = json.loads(output[output.index("{") :])
    except ValueError:
        return output, code or 1
    warnings = [found for found in report["warnings"] if found["code"] not in KNOWN_LINT_WARNINGS]
    found = [*report["errors"], *warnings]
    lines = [f"{f.get('file')}:{f.get('line')} {f['code']}: {f['message']}" for f in found]
    return "\n".join(lines), code or int(bool(found))


def _side_by_side() -> list[str]:
    """Two processes where there are two cores: one for what tests/conftest.py keeps together, one for the rest.

    More would not be faster, since the tests in real browsers take the longest and go one after the other.
    """
    return ["-n", "2", "--dist", "loadscope"] if (os.cpu_count() or 1) > 1 else []


def _pytest(python: Path, options: argparse.Namespace, arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    command = [str(python), "-m", "pytest", *(["--long"] if options.long else []), *_side_by_side()]
    if options.fast:
        command += ["-m", "not browser"]
    print(flush=True)
    return subprocess.run(
        [*command, *arguments], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, check=False
    ).returncode
