"""What both browsers do alike."""

from abc import ABC, abstractmethod
from typing import Any


class Browser(ABC):
    """A real browser with the extension in it."""

    # Where a page of the extension finds the extension API.
    api: str

    @abstractmethod
    def open(self, url: str) -> None:
        """Show a page in a new tab, in front."""

    @abstractmethod
    def js(self, body: str, *arguments: object) -> Any:
        """Run the body of an async function in the page in front; `A` are the arguments."""

    @abstractmethod
    def show(self, part: str) -> None:
        """Bring the tab to the front whose address has this part."""

    @abstractmethod
    def address(self) -> str:
        """The address of the page in front."""

    @abstractmethod
    def click(self, selector: str) -> None:
        """Click on an element of the page, with the mouse."""

    @abstractmethod
    def choose_from_menu(self, entry: str, link: str) -> None:
        """Choose an entry of the extension's context menu on a link. Without a screen there is no menu to press in: the
        browser's own message that it was chosen is sent."""

    @abstractmethod
    def kill(self) -> None:
        """End the browser as a power cut does: nothing is closed, nothing is saved any more."""

    @abstractmethod
    def start_again(self) -> None:
        """Open it on the same profile, after it has ended."""

    @abstractmethod
    def text_of_frame(self) -> str:
        """What the first frame of the page shows."""

    @abstractmethod
    def close_page(self) -> None:
        """Close the tab in front and go back to one that is left."""

    @abstractmethod
    def extension_url(self, path: str, extension: int = 0) -> str:
        """The address of one of the extension's own pages."""

    def in_extension(self, page: str, body: str, *arguments: object, extension: int = 0) -> Any:
        """Run the body of an async function in one of the extension's pages, with its API as `api`."""
        self.open(self.extension_url(page, extension))
        try:
            return self.js(f"const api = {self.api}; {body}", *arguments)
        finally:
            self.close_page()
