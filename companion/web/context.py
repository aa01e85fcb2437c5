"""What a request works with: the running companion's store, settings and clock."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from flask import current_app

from companion.errors import StoreError
from companion.reading.pages import PageReader
from companion.records import BusyCalendar
from companion.settings import Settings
from companion.store import Store
from companion.web.busy_refresher import BusyRefresher
from companion.web.feed_address import FeedState
from companion.web.launch import LaunchLinks
from companion.web.limits import Attempts, Downloads
from companion.web.link_fetcher import LinkFetcher
from companion.web.pairing import Pairings
from companion.web.plan_readings import PlanReadings


def utc_now() -> datetime:
    """The time on the machine's clock."""
    return datetime.now(UTC)


@dataclass
class Companion:
    """One running companion. What lives here is forgotten when it stops; the store is not."""

    settings: Settings
    store: Store
    port: int
    control_secret: str
    clock: Callable[[], datetime] = utc_now
    pairings: Pairings = field(default_factory=Pairings)
    launch_links: LaunchLinks = field(default_factory=LaunchLinks)
    failed_logins: Attempts = field(default_factory=lambda: Attempts(most=30, seconds=60))
    feed: FeedState = field(default_factory=FeedState)
    downloads: Downloads = field(default_factory=Downloads)
    reader: PageReader = field(default_factory=PageReader)
    links: LinkFetcher = field(init=False)
    calendars: BusyRefresher = field(init=False)
    plan_readings: PlanReadings = field(default_factory=PlanReadings)
    # What can be put back by Undo: kept here alone, since an address that was taken out is to be gone from the disk.
    removed_calendars: dict[str, BusyCalendar] = field(default_factory=dict)
    # Why the last dated backup could not be made; the pages say so until one is.
    backup_error: StoreError | None = None

    def __post_init__(self) -> None:
        self.links = LinkFetcher(self.store, self.reader, lambda: self.clock())
        self.calendars = BusyRefresher(self.store, self.settings.zone, lambda: self.clock())

    @property
    def origin(self) -> str:
        """The one origin of the local pages."""
        return f"http://127.0.0.1:{self.port}"

    def close(self) -> None:
        """End what works beside the requests; captures whose page is being read are left to be sent again."""
        self.reader.close()
        self.links.stop()
        self.calendars.stop()


def companion() -> Companion:
    """The companion that answers this request."""
    running: Companion = current_app.extensions["kwartier"]
    return running


def store() -> Store:
    """The store of this request."""
    return companion().store


def zone() -> ZoneInfo:
    """The user's zone."""
    return companion().settings.zone


def now() -> datetime:
    """The present moment, in UTC."""
    return companion().clock()
