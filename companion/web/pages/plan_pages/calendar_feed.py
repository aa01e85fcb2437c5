"""The subscription of a calendar program: making its address, which is shown once, and revoking it."""

from dataclasses import dataclass
from typing import Any

from flask import g, render_template, url_for
from flask_babel import get_locale, gettext

from companion.editorial.times import instant, local_day
from companion.web import feed_address, formats
from companion.web.context import companion, now, store, zone
from companion.web.pages import pages
from companion.web.pages.said import done


@dataclass(frozen=True)
class Subscription:
    """When the address was made and last read, in words, and itself on the one page that shows it."""

    words: str
    address: str = ""

    @property
    def webcal(self) -> str:
        """The same address, as a link that opens the calendar program."""
        return self.address.replace("http:", "webcal:", 1)


@pages.app_context_processor
def _for_plan() -> dict[str, Any]:
    return {"calendar_subscription": _subscription}


@pages.get("/plan/calendar-feed")
def calendar_feed() -> str:
    """What there is of a subscription, and how to set one up."""
    secret = companion().feed.take(_browser())
    return render_template("calendar_feed_page.html", subscription=_subscription(secret))


@pages.post("/plan/calendar-feed")
def make_calendar_feed() -> Any:
    """Makes an address, in the place of the one before."""
    companion().feed.renew(_browser(), feed_address.make(store(), now()))
    return done("feed_made", url_for("pages.calendar_feed"))


@pages.post("/plan/calendar-feed/revoke")
def revoke_calendar_feed() -> Any:
    """Lets the address work no more."""
    feed_address.revoke(store())
    companion().feed.renew()
    return done("feed_revoked", url_for("pages.calendar_feed"))


def _subscription(secret: str = "") -> Subscription | None:
    """None where no address is made."""
    made = feed_address.made_at(store())
    if made is None:
        return None
    read = companion().feed.read_at
    words = gettext("address made %(moment)s", moment=_in_text(instant(made)))
    told = (
        gettext("read %(moment)s", moment=_in_text(instant(read)))
        if read
        else gettext("not read since Kwartier was started")
    )
    return Subscription(f"{words}; {told}", _address(secret) if secret else "")


def _in_text(when: str) -> str:
    return formats.moment_in_text(when, local_day(now(), zone()), zone())


def _address(secret: str) -> str:
    path = url_for("feed.get_feed", secret=secret, language=str(get_locale() or "en"))
    return f"{companion().origin}{path}"


def _browser() -> str:
    """By what a browser's cookie begins with, which is no secret."""
    return str(g.cookie).partition(".")[0]
