"""What is handed out is whole: the wheel, the packed extension, the dependencies, the versions."""

import ast
import json
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import companion
from scripts import package_extension

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
# Needed by what we import, or found by name only.
NOT_IMPORTED = {"lxml-html-clean", "rfc3339-validator", "tzdata"}


@pytest.fixture(scope="module")
def wheel_names(tmp_path_factory) -> set[str]:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    built = subprocess.run(
        [*command, "--wheel-dir", str(folder), str(ROOT)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    [wheel] = folder.glob("kwartier-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def packaged(folder: str, pattern: str, into: str) -> list[str]:
    """The files of the checkout that match, by the names they have in the wheel."""
    start = ROOT / folder
    return [f"{into}/{path.relative_to(start).as_posix()}" for path in start.rglob(pattern) if path.is_file()]


@pytest.mark.parametrize(
    ("folder", "pattern", "into"),
    [
        ("companion", "*.py", "companion"),
        ("companion/web/templates", "*.html", "companion/web/templates"),
        ("companion/web/static", "*", "companion/web/static"),
        ("companion/web/translations", "*.mo", "companion/web/translations"),
        ("shared_schema", "*.json", "shared_schema"),
        ("extension", "*", "companion/_extension"),
    ],
)
def test_the_wheel_holds(wheel_names, folder, pattern, into):
    expected = packaged(folder, pattern, into)
    assert expected
    assert set(expected) - wheel_names == set()


def test_the_wheel_has_the_command(wheel_names):
    assert any(name.endswith("entry_points.txt") for name in wheel_names)


def imported_libraries() -> set[str]:
    names = set()
    for file in (ROOT / "companion").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.split(".")[0])
    return names - set(sys.stdlib_module_names) - {"companion", "shared_schema"}


def plain(requirement: str) -> str:
    """`lxml_html_clean>=0.4.5` is the distribution lxml-html-clean."""
    return re.sub(r"[-_.]+", "-", re.split(r"[<>=!~\[; ]", requirement)[0]).lower()


def test_dependencies_are_what_is_imported():
    distributions = packages_distributions()
    imported = {plain(distributions[name][0]) for name in imported_libraries()}
    assert imported | NOT_IMPORTED == {plain(requirement) for requirement in PROJECT["dependencies"]}


def test_every_dependency_has_a_lower_bound():
    groups = [PROJECT["dependencies"], *PROJECT["optional-dependencies"].values()]
    assert all(">=" in requirement for group in groups for requirement in group)


def test_the_versions_agree():
    manifest = json.loads((ROOT / "extension" / "manifest.json").read_text("utf-8"))
    package = json.loads((ROOT / "package.json").read_text("utf-8"))
    assert {manifest["version"], package["version"], companion.__version__} == {PROJECT["version"]}


def test_the_packed_extension_holds_what_the_browser_needs(tmp_path):
    archive = package_extension.pack(ROOT / "extension", tmp_path / "kwartier.zip")
    with zipfile.ZipFile(archive) as packed:
        names = packed.namelist()
        assert packed.testzip() is None
    expected = {
        path.relative_to(ROOT / "extension").as_posix()
        for path in (ROOT / "extension").rglob("*")
        if path.is_file() and path.suffix != ".ts"
    }
    assert set(names) == expected
    assert "manifest.json" in names


def test_the_same_extension_gives_the_same_archive(tmp_path):
    first = package_extension.pack(ROOT / "extension", tmp_path / "first.zip")
    second = package_extension.pack(ROOT / "extension", tmp_path / "second.zip")
    assert first.read_bytes() == second.read_bytes()
