"""Requests that nobody wrote, sent to a running companion: never a fault of ours, and nothing acknowledged is lost."""

import http.client
import json
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as with_seed
from hypothesis import strategies as st

from companion.web.api import BLUEPRINTS
from companion.web.pages import pages
from tests.hostile import generated
from tests.hostile.besieged import STRANGER, Besieged

# By endpoint the concept that its route reads.
READS = {
    "api.post_capture": "capture", "api.patch_item": "item_edit", "api.put_item_slot": "placement", "api.post_slot": "new_slot",
    "api.patch_slot": "slot_edit", "api.put_cadence": "cadence", "api.post_segments": "segment_batch", "api.post_launch_link": "launch_request",
    "open.post_proof": "proof_request", "open.post_pairing": "pairing_request", "open.post_pairing_poll": "pairing_poll",
}  # fmt: skip
# Routes that are called more often, since the others need what they make.
OFTEN = {
    "api.post_capture": 30, "api.patch_item": 15, "api.put_item_slot": 15, "api.post_slot": 8, "api.patch_slot": 8, "api.put_cadence": 3,
    "api.get_item": 5, "api.list_items": 8, "api.get_calendar": 4, "api.get_export": 4, "api.post_segments": 6, "pages.save_item": 5,
}  # fmt: skip
# What the user wrote: to be there, as it was acknowledged last.
WORDS = ("commentary", "quotes", "people", "hashtags", "topic", "later_views", "capture_ids")
FIELDS = """
    action at channel commentary creation_needed date every_weeks id item_id kind language next people place q
    quotes hashtags shown slot_id status text time topic weekday was week zone starts_at revision from to act
""".split()


@dataclass(frozen=True)
class Step:
    """One request, its ids not yet filled in."""

    endpoint: str
    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Tally:
    """What came of the requests. `faults` says of each that was not answered as it should be which it was."""

    statuses: Counter[int] = field(default_factory=Counter)
    endpoints: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    acknowledged: int = 0
    seconds: float = 0.0


def routes() -> list[tuple[str, str, str]]:
    """Endpoint, method and path of all that is served; of the commands' own only what the user's data is not put into."""
    app = Flask("routes")
    for blueprint in (*BLUEPRINTS, pages):
        app.register_blueprint(blueprint)
    rules = [
        rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint.partition(".")[0] in ("api", "open", "pages", "launch")
    ]
    return sorted(
        (rule.endpoint, method, rule.rule)
        for rule in rules
        for method in rule.methods or ()
        if method not in ("HEAD", "OPTIONS")
    )


ODD_VALUES = st.one_of(
    st.sampled_from(
        ["0", "1", "201", "1970-01-01", "9999-12-31", "0001-01-01", "2026-W48", "2026-02-30", "/", "//evil.example"]
    ),
    st.sampled_from(generated.ODD_TEXTS[:-1]),
    generated.ids(),
    st.text(max_size=12),
)


def mostly(*right: str) -> st.SearchStrategy[str]:
    """These, and every fourth time something else."""
    return st.integers(0, 3).flatmap(lambda choice: st.sampled_from(right) if choice else ODD_VALUES)


VALUES = mostly("2026-11-24", "08:40", "queued", "published", "own", "Mijn kijk.", "#slaap", "LinkedIn", "nl", "1")
FORMATS = mostly("csv", "json", "ics", "md", "xlsx", "buffer", "publer", "hootsuite")
RANGE = {
    "from": mostly("2026-11-02", "2026-11-23", "2027-01-01"),
    "to": mostly("2026-11-30", "2027-01-31", "2027-12-31"),
}
QUERIES = st.fixed_dictionaries({}, optional={
    **RANGE,
    "status": mostly("queued", "planned", "published", "dropped"),
    "q": mostly("rooster", "ver*", '"het verzuim"', "#slaap", "NEAR(", '"'),
    "limit": mostly("1", "20", "200"),
    "snippets": mostly("0", "1"),
    "cursor": ODD_VALUES,
    **dict.fromkeys(("week", "act", "format", "said", "x"), VALUES),
})  # fmt: skip
HEADERS = st.dictionaries(
    st.sampled_from(["Accept-Language", "Accept", "If-None-Match", "Range", "Cookie", "X-HTTP-Method-Override", "Sec-Fetch-Mode", "Referer"]),
    st.sampled_from(["nl", "en;q=0.1, x;q=nan", "*/*", "text/html", "bytes=0-1", "a=b", "DELETE", "navigate", "cors", ";=,\u00e9", "x" * 2000]),
    max_size=2,
)  # fmt: skip


NAMED = {"item_id": generated.ids("items"), "slot_id": generated.ids("slots"), "name": FORMATS}


@st.composite
def steps(draw: st.DrawFn, endpoint: str, method: str, rule: str) -> Step:
    """Any request to this route."""
    path = re.sub(r"<(\w+)>", lambda found: draw(NAMED.get(found[1], generated.ids())), rule)
    headers = draw(HEADERS) if draw(st.integers(0, 3)) == 3 else {}
    query = draw(st.fixed_dictionaries(RANGE) if draw(st.booleans()) else QUERIES)
    body = b"" if method == "GET" else draw(_body(endpoint))
    return Step(endpoint, method, path, urlencode(query, errors="replace"), headers, body)


ANY_STEP = st.sampled_from([route for route in routes() for _ in range(OFTEN.get(route[0], 1))]).flatmap(
    lambda route: steps(*route)
)


def _body(endpoint: str) -> st.SearchStrategy[bytes]:
    if not endpoint.startswith("pages."):
        return generated.bodies(READS.get(endpoint))
    fields = st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=5)
    return fields.map(lambda form: urlencode(form, errors="replace").encode())


class Fuzz:
    """Sends what is generated to one companion, and keeps count."""

    def __init__(self, running: Besieged) -> None:
        self.running, self.tally = running, Tally()
        self.known: dict[str, list[str]] = {"items": [], "slots": [], "captures": []}
        self.words: dict[str, dict[str, Any]] = {}
        self._connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=60)

    def run(self, requests: int, seed: int = 0) -> Tally:
        """Send so many: some to each route, the others to any; the same ones for the same seed."""
        started = time.monotonic()
        for route in routes():
            self._send(steps(*route), 2, seed)
        self._send(ANY_STEP, requests - self.tally.statuses.total(), seed)
        self.tally.seconds = time.monotonic() - started
        self._look_for_what_was_acknowledged()
        return self.tally

    def _send(self, generated_steps: st.SearchStrategy[Step], most: int, seed: int) -> None:
        @with_seed(seed)
        @settings(
            max_examples=most,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(generated_steps)
        def send(step: Step) -> None:
            self._take(step)

        send()

    def _take(self, step: Step) -> None:
        path = quote(self._filled(step.path), safe="/")
        target = f"{path}?{self._filled(step.query, quoted=True)}" if step.query else path
        is_form = step.endpoint.startswith("pages.")
        body = self._filled(step.body.decode("latin-1"), quoted=is_form).encode("latin-1")
        if is_form and step.method != "GET":
            body += f"&csrf={self.running.csrf}".encode()
        self._connection.request(step.method, target, body or None, self._headers(step))
        answer = self._connection.getresponse()
        content = answer.read()
        self.tally.statuses[answer.status] += 1
        self.tally.endpoints[step.endpoint] += 1
        if fault := _fault(answer.status, answer.getheader("Content-Type", ""), content):
            self.tally.faults.append(f"{fault}: {step.method} {target[:300]} {step.headers} {body[:2000]!r}")
        elif answer.status < 400:
            self._note(step, path, body, content)

    def _filled(self, text: str, quoted: bool = False) -> str:
        """With the ids of what is there in their places."""
        pattern = r"%40(\w+)%3A(\d+)" if quoted else r"@(\w+):(\d+)"
        return re.sub(pattern, lambda found: self._known(found[1], int(found[2])), text)

    def _known(self, kind: str, number: int) -> str:
        ids = self.known.get(kind) or ["none"]
        return ids[number % len(ids)]

    def _headers(self, step: Step) -> dict[str, str]:
        headers = {name: value.encode("latin-1", "replace").decode("latin-1") for name, value in step.headers.items()}
        if step.endpoint.startswith("pages."):
            name, _, value = self.running.browser.partition(": ")
            return {"Content-Type": "application/x-www-form-urlencoded", **headers, name: value}
        if step.endpoint.startswith("open."):
            return {"Content-Type": "application/json", **headers, "Origin": STRANGER}
        return {"Content-Type": "application/json", **headers, "Authorization": f"Bearer {self.running.token}"}

    def _note(self, step: Step, path: str, body: bytes, content: bytes) -> None:
        """What is there now, by what was acknowledged."""
        match step.endpoint:
            case "api.post_capture":
                self._note_item(json.loads(content)["item"])
            case "api.patch_item" | "api.put_item_slot" | "api.delete_item_slot":
                self._note_item(json.loads(content))
            case "api.post_slot" | "api.patch_slot":
                self._note_id("slots", json.loads(content)["id"])
            case "api.get_calendar":
                for slot in json.loads(content)["slots"][:5]:
                    self._note_id("slots", slot["id"])
            case "api.delete_item":
                self.words.pop(path.rpartition("/")[2], None)
            case _ if step.method == "POST" and step.endpoint.startswith("pages."):
                self._look_again([item for item in self.words if item in f"{path} {body!r}"])

    def _look_again(self, items: list[str]) -> None:
        """A form may have changed or removed what it names."""
        for item in items:
            del self.words[item]
            answer = self.running.ask("GET", f"/api/items/{item}", self.running.program)
            if answer.status == 200:
                self._note_item(answer.json)

    def _note_item(self, item: dict[str, Any]) -> None:
        self._note_id("items", item["id"])
        self._note_id("captures", item["capture_ids"][-1])
        self.words[item["id"]] = {name: item[name] for name in WORDS}

    def _note_id(self, kind: str, found: str) -> None:
        if found not in self.known[kind]:
            self.known[kind].append(found)

    def _look_for_what_was_acknowledged(self) -> None:
        """After a restart, since what is in memory alone is not kept."""
        self._connection.close()
        self.running.process.stop()
        self.running.process.start()
        self.tally.acknowledged = len(self.words)
        for item, words in self.words.items():
            answer = self.running.ask("GET", f"/api/items/{item}", self.running.program)
            if answer.status != 200 or {name: answer.json[name] for name in WORDS} != words:
                self.tally.faults.append(f"acknowledged and not there: {item} {words}, but {answer.text[:2000]}")


def _fault(status: int, media_type: str, content: bytes) -> str | None:
    """What is wrong with an answer, if anything."""
    if status >= 500:
        return f"answered with {status}"
    if status < 400 or media_type.startswith("text/html"):
        return None
    try:
        refusal = json.loads(content)
        is_right = set(refusal) == {"error", "problems"} and all(
            set(one) == {"path", "message"} for one in refusal["problems"]
        )
    except (ValueError, TypeError):
        is_right = False
    return None if is_right else f"refused with {status} in another shape: {content[:300]!r}"
