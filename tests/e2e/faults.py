"""A companion that a test can hold, or end, at a moment of its choice."""

from pathlib import Path

from tests.e2e.companion_process import CompanionProcess
from tests.e2e.waiting import until

PROGRAM = Path(__file__).parent / "faulty_companion.py"


class FaultyCompanion(CompanionProcess):
    """The moments are told in faulty_companion.py."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, program=(str(PROGRAM), str(folder)))
        self._folder = folder

    def holds_at(self, moment: str) -> None:
        """The next request that gets there waits there."""
        self._name("hold", moment)

    def is_held(self) -> bool:
        """Whether a request has got there and waits."""
        return (self._folder / "held").exists()

    def lets_go(self) -> None:
        """What is held goes on."""
        (self._folder / "held").unlink()

    def dies_at(self, moment: str) -> None:
        """It is gone as soon as a request gets there, without a word, and again whenever it was started again."""
        self._name("die", moment)

    def lives(self) -> None:
        """It does not die any more."""
        (self._folder / "die").unlink()

    def is_gone(self) -> bool:
        """Whether it has ended by itself; it can be started again then."""
        if self.process is None or self.process.poll() is None:
            return False
        self.process = None
        return True

    def awaits_hold(self) -> None:
        """Waits until a request has got to the moment."""
        until(self.is_held, "a request to get to the moment at which it is held")

    def _name(self, fault: str, moment: str) -> None:
        """At once and whole, since the companion may look at any time."""
        written = self._folder / f"{fault}.new"
        written.write_text(moment, "utf-8")
        written.replace(self._folder / fault)
