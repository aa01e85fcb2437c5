"""Showing a local page to the user without being asked for it by a browser."""

import threading
import webbrowser

from companion.web.context import Companion


def open_in_default_browser(running: Companion, path: str) -> None:
    """Open a local page in the browser that the system prefers, by a link that lets it in."""
    url = f"{running.origin}/open/{running.launch_links.make(path)}"
    threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()
