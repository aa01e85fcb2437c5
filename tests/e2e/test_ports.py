"""The companion is found on whichever port of its list it listens; a stranger on that list is told nothing."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from companion.settings import PORTS
from tests.e2e import stranger
from tests.e2e.chromium import Chromium
from tests.e2e.companion_process import Client, CompanionProcess, free_port
from tests.e2e.firefox import Firefox
from tests.e2e.letters import assert_arrived, keeps
from tests.e2e.page_server import HOST, PLAIN_TEXT, PageServer
from tests.e2e.stranger import Stranger
from tests.e2e.user import OWN_PAGE, User

# What the stranger answers when it is asked for proof; it may ask the real companion.
PROOFS: dict[str, Callable[[Client], stranger.Prove]] = {
    "nonsense": lambda _: stranger.nonsense,
    "denial": lambda _: stranger.denial,
    "relayed": stranger.relayed_from,
}
WAITING = ("waiting", "pairing")


def is_free(port: int) -> bool:
    try:
        return free_port(port) == port
    except OSError:
        return False


@pytest.fixture(scope="module")
def ports() -> list[int]:
    """Two ports of the list on which nobody listens."""
    free = [port for port in PORTS if is_free(port)]
    assert len(free) >= 2, f"these tests need two free ports from {PORTS[0]} to {PORTS[-1]}, and found {free}"
    return free[:2]


@pytest.fixture(scope="module")
def companion(folder: Path, ports: list[int]) -> Iterator[CompanionProcess]:
    """The companion, on the first of these ports."""
    folder.mkdir()
    process = CompanionProcess(folder, ports[0])
    process.start()
    yield process
    process.stop()


@pytest.fixture(scope="module")
def user(browser: Chromium | Firefox, companion: CompanionProcess, site: PageServer, ports: list[int]) -> User:
    """The person at the laptop. The extension is told nothing: it finds the companion by its list.

    Unless somebody else is on the list, such as a developer's own Kwartier, which must not be asked to let us in.
    """
    if all(is_free(port) for port in PORTS if port not in ports):
        browser.in_extension(OWN_PAGE, "await api.storage.local.remove('port')")
    return User(browser, companion, site)


@pytest.fixture
def token(paired: User) -> str:
    """The extension's token."""
    body = "return (await api.storage.local.get('pairing')).pairing.token"
    return str(paired.browser.in_extension(OWN_PAGE, body))


def moves(companion: CompanionProcess, client: Client, ports: list[int]) -> int:
    """Starts the companion on the other port; the one that it has left."""
    left = companion.port
    companion.stop()
    [companion.port] = {*ports} - {left}
    companion.start()
    client.base = companion.url
    return left


def test_the_companion_is_found_on_another_port_of_the_list(paired: User, client: Client, ports: list[int]):
    moves(paired.companion, client, ports)
    assert_arrived(client, [keeps(paired, 1, "saved")])


@pytest.mark.parametrize(("number", "proof"), list(enumerate(PROOFS, 10)))
def test_a_stranger_where_the_companion_was_is_told_nothing(
    paired: User, client: Client, ports: list[int], token: str, number: int, proof: str
):
    left = moves(paired.companion, client, ports)
    with Stranger(left, PROOFS[proof](client)) as other:
        assert_arrived(client, [keeps(paired, number, "saved")])
        assert_told_nothing(other, token)


@pytest.mark.parametrize(("number", "proof"), [(20, "nonsense"), (30, "denial")])
def test_with_the_companion_off_a_stranger_is_told_nothing_and_the_article_waits(
    paired: User, client: Client, token: str, number: int, proof: str
):
    paired.companion.stop()
    with Stranger(paired.companion.port, PROOFS[proof](client)) as other:
        letters = [keeps(paired, number, *WAITING)]
        paired.browser.stop_worker()
        letters.append(keeps(paired, number + 1, *WAITING))
        assert_told_nothing(other, token)
    paired.companion.start()
    letters.append(keeps(paired, number + 2, "saved"))
    assert_arrived(client, letters)


def assert_told_nothing(other: Stranger, token: str) -> None:
    """It was asked for its health and its proof, so that it had its chance; and nothing else reached it."""
    heard = b"\n".join(other.received)
    assert b"POST /api/proof" in heard
    assert b"POST /api/pairing" not in heard, "a stranger was asked to let us in"
    for secret in (token, HOST, "Letter number", PLAIN_TEXT[0][:40], "Bearer"):
        assert secret.encode() not in heard, f"a stranger was told {secret!r}"
