"""The house keeps its shape: who imports whom, generated files, commands in the README, the contract's examples."""

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from companion import contract
from scripts import generate_types

ROOT = Path(__file__).parent.parent
COMPANION = ROOT / "companion"
EXTENSION = ROOT / "extension"
EXAMPLES = ROOT / "shared_schema" / "examples"
LONGEST_FILE = 300

# A part of the companion, and the parts it may import. `cli` is the top and may import all.
BASE = {"contract", "records", "errors"}
MAY_IMPORT = {
    "web": {"web", "reading", "editorial", "exports", "store", "settings", "extension_folder", "__version__", *BASE},
    "reading": {"reading", "editorial", "__version__", *BASE},
    "exports": {"exports", "editorial", *BASE},
    "editorial": {"editorial", *BASE},
    "store": {"store", "records", "errors"},
    "settings": {"errors", "records"},
    "contract": {"errors", "records"},
    "extension_folder": {"errors"},
    "adding": {"editorial", "__version__", "contract", "errors"},
    "autostart": {"errors"},
    "errors": {"records"},
    "records": set(),
}
# A library, and the only part that uses it.
ONLY_USER = {
    **dict.fromkeys(("flask", "flask_babel", "flask_cors", "werkzeug", "waitress"), "web"),
    **dict.fromkeys(("tinydb", "sqlite3"), "store"),
    "platformdirs": "settings",
    **dict.fromkeys(("urllib3", "truststore", "psutil", "python_calamine"), "reading"),
    **dict.fromkeys(("nh3", "recurring_ical_events", "htmldate"), "editorial"),
    **dict.fromkeys(("readability", "trafilatura", "pypdfium2"), "editorial"),
    "xlsxwriter": "exports",
}
EXTENSION_PAGES = ("popup", "options", "welcome", "parts")
# What the extension's pages reach by a message to the background, never by an import.
BACKGROUND_ONLY = {
    "tracker",
    *"""
    background.js capture.js commentary.js companion.js curation.js database.js deliveries.js drafts.js items.js
    outbox.js pairing.js proof.js queue.js reply.js today.js transactions.js view.js wake.js
    """.split(),
}


@dataclass(frozen=True)
class Import:
    """One import: who, of what, on which line, and whether it waits until a function is called."""

    file: Path
    line: int
    module: str
    inside_function: bool

    def __str__(self) -> str:
        return f"{self.file.relative_to(ROOT).as_posix()}:{self.line} imports {self.module}"


def part_of(file: Path) -> str:
    """`companion/web/api/items.py` belongs to `web`, `companion/settings.py` to `settings`."""
    return file.relative_to(COMPANION).parts[0].removesuffix(".py")


def imports_in(file: Path) -> Iterator[Import]:
    tree = ast.parse(file.read_text("utf-8"))
    inside = {
        id(node)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
    }
    for node in ast.walk(tree):
        for module in modules_named(node, file):
            yield Import(file, node.lineno, module, id(node) in inside)


def modules_named(node: ast.AST, file: Path) -> list[str]:
    """`from companion import contract` names companion.contract; `from . import x` is made absolute."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    package = file.relative_to(ROOT).parent.parts
    start = list(package[: len(package) - node.level + 1]) if node.level else []
    base = ".".join([*start, *([node.module] if node.module else [])])
    if base == "companion":
        return [f"{base}.{alias.name}" for alias in node.names]
    return [base]


PYTHON_IMPORTS = [found for file in sorted(COMPANION.rglob("*.py")) for found in imports_in(file)]


def own_part(found: Import) -> str | None:
    """The part of the companion that an import names, or None for a library."""
    names = found.module.split(".")
    return names[1] if names[0] == "companion" and len(names) > 1 else None


def test_each_part_imports_only_what_it_may():
    wrong = [
        str(found)
        for found in PYTHON_IMPORTS
        if (allowed := MAY_IMPORT.get(part_of(found.file))) is not None
        and (target := own_part(found)) is not None
        and target not in allowed
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(("library", "user"), ONLY_USER.items())
def test_a_library_has_one_user(library, user):
    wrong = [
        str(found) for found in PYTHON_IMPORTS if found.module.split(".")[0] == library and part_of(found.file) != user
    ]
    assert not wrong, "\n".join(wrong)


def test_the_editorial_part_uses_no_command_line():
    wrong = [
        str(found)
        for found in PYTHON_IMPORTS
        if part_of(found.file) in {"editorial", "exports", "store"} and found.module.split(".")[0] == "click"
    ]
    assert not wrong, "\n".join(wrong)


def test_the_command_line_imports_the_web_inside_its_commands():
    wrong = [
        str(found)
        for found in PYTHON_IMPORTS
        if part_of(found.file) in {"cli", "__main__", "__init__"}
        and own_part(found) == "web"
        and not found.inside_function
    ]
    assert not wrong, "\n".join(wrong)


def clock_readings(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Attribute):
            owner = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
            reading = f"{owner}.{node.attr}"
            if reading in {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time"}:
                yield f"{file.relative_to(ROOT).as_posix()}:{node.lineno} reads {reading}"
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            yield f"{file.relative_to(ROOT).as_posix()}:{node.lineno} imports from time"


@pytest.mark.parametrize("part", ["editorial", "exports", "store"])
def test_the_time_is_passed_down(part):
    wrong = [reading for file in sorted((COMPANION / part).rglob("*.py")) for reading in clock_readings(file)]
    assert not wrong, "\n".join(wrong)


def without_comments(source: str) -> str:
    """Block comments and whole-line comments removed: types are imported there, and that is no import."""
    return re.sub(r"/\*.*?\*/|^\s*//[^\n]*", "", source, flags=re.DOTALL | re.MULTILINE)


def scripts_of_the_extension() -> list[Path]:
    return sorted(EXTENSION.rglob("*.js"))


def targets(file: Path) -> Iterator[str]:
    """What a script of the extension imports, as a path inside extension/."""
    statement = r"""(?:\bfrom\s*|\bimport\s*\(?\s*)(['"])([^'"]+)\1"""
    for match in re.finditer(statement, without_comments(file.read_text("utf-8"))):
        target = (file.parent / match[2]).resolve()
        yield target.relative_to(EXTENSION).as_posix() if target.is_relative_to(EXTENSION) else match[2]


def test_the_extension_imports_nothing_from_elsewhere():
    wrong = [
        f"{file.name} imports {target}"
        for file in scripts_of_the_extension()
        for target in targets(file)
        if not (EXTENSION / target).is_file()
    ]
    assert not wrong, "\n".join(wrong)


def test_the_pages_of_the_extension_reach_the_background_by_messages():
    pages = [file for page in EXTENSION_PAGES for file in sorted((EXTENSION / page).rglob("*.js"))]
    assert pages
    wrong = [
        f"{file.relative_to(EXTENSION).as_posix()} imports {target}"
        for file in pages
        for target in targets(file)
        if target.split("/")[0] in BACKGROUND_ONLY
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("file", "never"),
    [
        (
            "companion.js",
            {"outbox.js", "deliveries.js", "queue.js", "background.js", "capture.js", "tracker"},
        ),
        ("settings.js", {"companion.js", "outbox.js", "background.js", "capture.js", "tracker"}),
        ("outbox.js", {"background.js", "capture.js", "tracker"}),
        ("capture.js", {"background.js", "outbox.js", "companion.js", "tracker"}),
    ],
)
def test_the_way_of_a_capture_has_no_way_back(file, never):
    wrong = [target for target in targets(EXTENSION / file) if target.split("/")[0] in never]
    assert not wrong, f"{file} imports {wrong}"


def test_one_file_of_the_extension_talks_to_the_network():
    talks = re.compile(r"\bfetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon")
    found = {
        file.relative_to(EXTENSION).as_posix()
        for file in scripts_of_the_extension()
        if talks.search(without_comments(file.read_text("utf-8")))
    }
    # A PDF, in which a function of ours runs, asks for itself once more, and for nothing else.
    assert found == {"companion.js", "pdf_reader.js"}
    asked = {name: re.findall(r"\bfetch\(([^,]*),", (EXTENSION / name).read_text("utf-8")) for name in found}
    assert asked == {"companion.js": ["`http://127.0.0.1:${port}${path}`"], "pdf_reader.js": ["location.href"]}


def test_generated_files_are_current():
    stale = [path.relative_to(ROOT).as_posix() for path in generate_types.stale_files()]
    assert not stale, f"stale: {stale}; run scripts/generate_types.py"


def source_files() -> Iterator[Path]:
    generated = {path for path, _ in generate_types.generated_files()}
    for folder in ("companion", "extension", "scripts", "tests"):
        for file in sorted((ROOT / folder).rglob("*")):
            saved_page = file.is_relative_to(ROOT / "tests" / "pages")
            if file.suffix in {".py", ".js", ".css", ".html"} and file not in generated and not saved_page:
                yield file


def test_files_are_short():
    lengths = {file.relative_to(ROOT).as_posix(): len(file.read_text("utf-8").splitlines()) for file in source_files()}
    long = {name: length for name, length in lengths.items() if length > LONGEST_FILE}
    assert not long, f"longer than {LONGEST_FILE} lines: {long}"


def test_every_command_is_in_the_readme():
    from companion.cli import main

    readme = (ROOT / "README.md").read_text("utf-8")
    missing = [name for name in main.commands if f"kwartier {name}" not in readme]
    assert not missing, f"not in README.md: {missing}"


def examples(validity: str) -> list[Path]:
    return sorted(EXAMPLES.glob(f"*/{validity}/*.json"))


def example_name(path: Path) -> str:
    return path.relative_to(EXAMPLES).as_posix()


def test_examples_are_of_concepts_that_exist():
    concepts = {path.stem for path in (ROOT / "shared_schema").glob("*.json")}
    folders = {path.name for path in EXAMPLES.iterdir() if path.is_dir()}
    assert folders
    assert folders <= concepts


@pytest.mark.parametrize("path", examples("valid"), ids=example_name)
def test_a_valid_example_passes(path):
    record = json.loads(path.read_text("utf-8"))
    assert contract.check(path.parent.parent.name, record) == []


@pytest.mark.parametrize("path", examples("invalid"), ids=example_name)
def test_an_invalid_example_is_refused_where_it_is_wrong(path):
    example = json.loads(path.read_text("utf-8"))
    problems = contract.check(path.parent.parent.name, example["record"])
    assert sorted(problem["path"] for problem in problems) == sorted(example["problems"])
