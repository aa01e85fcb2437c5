"""A site for the addresses of calendars to lead to, and a worker that may go there."""

import threading
from base64 import b64decode
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from companion.reading.calendar_at import calendar_at, read_calendar
from tests.unit.calendars import calendar, event

MEETING = calendar("X-WR-CALNAME:Werk", event("SUMMARY:Geheim overleg", "DTSTART:20261124T090000", "DURATION:PT1H"))
LATER = calendar("X-WR-CALNAME:Werk", event("DTSTART:20261125T090000", "DURATION:PT1H"))


class OnThisMachine:
    """Reads as the worker process does, and may go to the site of the tests."""

    def do(self, job, _seconds):
        if job["kind"] == "calendar":
            return read_calendar(b64decode(job["ics"]), *job["days"])
        return calendar_at(job["url"], job["tags"], tuple(job["days"]), lambda _address: True)

    def close(self):
        """Nothing to end."""


class CalendarSite:
    """Answers with `content`, or with `status` where that is another than 200; `asked` are the requests' headers."""

    def __init__(self, port):
        self.url = f"http://127.0.0.1:{port}/private-1a2b3c/basic.ics"
        self.content, self.status, self.asked = MEETING, 200, []
        self.may_answer = threading.Event()
        self.may_answer.set()


@contextmanager
def calendar_site():
    """Such a site, as long as it is needed."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            site.asked.append(dict(self.headers))
            site.may_answer.wait(20)
            tag = f'"{hash(site.content)}"'
            is_known = site.status == 200 and self.headers.get("If-None-Match") == tag
            self.send_response(304 if is_known else site.status)
            self.send_header("ETag", tag)
            self.send_header("Content-Length", "0" if is_known else str(len(site.content)))
            self.end_headers()
            self.wfile.write(b"" if is_known else site.content)

        def log_message(self, *_):
            """Nothing to say."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site = CalendarSite(server.server_port)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield site
    finally:
        site.may_answer.set()
        server.shutdown()
        server.server_close()
