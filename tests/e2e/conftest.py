"""What the end-to-end tests stand on: a real companion, a site of articles, and a real browser with the extension.

One browser, companion and site per module and browser: the tests of a module follow one user's way, in order.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, sync_playwright

from tests.e2e.chromium import Chromium
from tests.e2e.companion_process import Client, CompanionProcess
from tests.e2e.firefox import Firefox
from tests.e2e.page_server import PageServer
from tests.e2e.user import User

EXTENSION = Path(__file__).parent.parent.parent / "extension"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder runs a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright's connection, one for all tests."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="module", params=["chromium", "firefox"])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for one browser's run of a module; named after the browser."""
    return tmp_path_factory.mktemp("run") / request.param


@pytest.fixture(scope="module")
def companion(folder: Path) -> Iterator[CompanionProcess]:
    """The companion, started on an empty data folder."""
    folder.mkdir()
    process = CompanionProcess(folder)
    process.start()
    yield process
    process.stop()


@pytest.fixture(scope="module")
def client(companion: CompanionProcess) -> Client:
    """Looks at what the companion keeps, as another program of the user would."""
    return companion.client()


@pytest.fixture(scope="module")
def site() -> Iterator[PageServer]:
    """The site of articles."""
    server = PageServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def extensions() -> tuple[Path, ...]:
    """The extensions in the browser; a module that needs a second one says so here."""
    return (EXTENSION,)


@pytest.fixture(scope="module")
def browser(
    folder: Path, companion: CompanionProcess, extensions: tuple[Path, ...], request: pytest.FixtureRequest
) -> Iterator[Chromium | Firefox]:
    """The browser on a fresh profile, told only on which port this test's companion listens."""
    running: Chromium | Firefox
    if folder.name == "chromium":
        running = Chromium(request.getfixturevalue("playwright"), folder, *extensions)
    else:
        running = Firefox(folder, *extensions)
    try:
        running.in_extension("options/options.html", "await api.storage.local.set({ port: A[0] })", companion.port)
        yield running
    finally:
        running.close()


@pytest.fixture(scope="module")
def user(browser: Chromium | Firefox, companion: CompanionProcess, site: PageServer) -> User:
    """The person at the laptop."""
    return User(browser, companion, site)


@pytest.fixture(scope="module")
def paired(user: User) -> User:
    """The person at the laptop, who has been through the first run."""
    user.is_let_in()
    user.pairs()
    return user
