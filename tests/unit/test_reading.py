"""Pages are read in a process of its own, which is ended where a page takes too long or too much memory."""

import signal
import subprocess
import sys
import threading
import time
from base64 import b64encode
from contextlib import closing
from io import BytesIO

import psutil
import pytest

from companion import contract
from companion.editorial import extraction
from companion.editorial.pdf import read_pdf
from companion.errors import StoreError
from companion.reading import pages, workers
from companion.reading.frames import read_frame, write_frame
from companion.reading.pages import PageReader
from companion.reading.workers import COMMAND, Stopped, Workers
from tests.documents import document, paragraphs

URL = "https://vakblad.example/verhaal"
PROSE = "Drie ziekenhuizen lieten hun verpleegkundigen zelf het rooster maken, en het verzuim daalde. " * 6
STORY = f"<html lang=nl><title>Verhaal</title><body><article><h1>Verhaal</h1>{f'<p>{PROSE}</p>' * 5}</article></body></html>"
# Takes most of a minute where nothing ends it.
HURTFUL = ("<div>" * 500 + "woord " + "</div>" * 500) * 900


@pytest.fixture(scope="module")
def reader():
    with closing(PageReader()) as reader:
        yield reader


@pytest.fixture
def pool():
    with closing(Workers(2, "pages")) as pool:
        yield pool


def job(html=STORY, kind="page"):
    return {"kind": kind, "html": html, "url": URL}


def test_it_finds_what_is_found_without_it(reader):
    assert reader.read(STORY, URL) == extraction.read(STORY, URL)


def test_a_page_that_takes_too_long_is_read_as_plain_text(reader, monkeypatch):
    monkeypatch.setattr(pages, "PAGE_SECONDS", 0.5)
    reading = reader.read(HURTFUL, URL)
    assert reading.article["word_count"] == 900
    assert reading.markup == ""
    assert contract.check("article", reading.article) == []


def test_one_that_takes_too_long_for_that_too_is_not_read(reader, monkeypatch):
    monkeypatch.setattr(pages, "PAGE_SECONDS", 0.01)
    monkeypatch.setattr(pages, "PLAIN_SECONDS", 0.01)
    assert reader.read(HURTFUL, URL) is None
    monkeypatch.undo()
    assert reader.read(STORY, URL).article["title"] == "Verhaal"


def test_a_pdf_is_read_as_without_it(reader):
    content = document(paragraphs(PROSE))
    assert reader.read_pdf(b64encode(content).decode(), URL) == read_pdf(content, URL)


def test_a_pdf_that_unpacks_to_too_much_is_not_read_and_the_next_one_is(reader):
    bomb = document([], draws=b"BT /F1 11 Tf 1 0 0 1 72 700 Tm (woord) Tj ET\n" * 2_000_000)
    assert len(bomb) < 500_000
    assert reader.read_pdf(b64encode(bomb).decode(), URL) is None
    assert reader.read_pdf(b64encode(document(paragraphs(PROSE))).decode(), URL).article["word_count"] > 50


def test_a_page_that_takes_too_much_memory_is_given_up(pool, monkeypatch):
    pool.do(job(), 20)
    monkeypatch.setattr(workers, "MOST_BYTES", 40 * 1024 * 1024)
    with pytest.raises(Stopped) as stopped:
        pool.do(job(HURTFUL), 20)
    assert stopped.value.why == "too_large"


def test_a_worker_that_dies_over_a_page_takes_nothing_along(pool):
    with pytest.raises(Stopped) as stopped:
        pool.do({"kind": "no such job"}, 20)
    assert stopped.value.why == "crashed"
    assert pool.do(job(), 20)["article"]["title"] == "Verhaal"


def children():
    return {child.pid for child in psutil.Process().children()}


def test_a_worker_is_used_again_until_it_has_taken_much_memory(pool, monkeypatch):
    before = children()
    pool.do(job(), 20)
    [first] = children() - before
    pool.do(job(), 20)
    assert children() - before == {first}
    monkeypatch.setattr(workers, "KEPT_BYTES", 1)
    pool.do(job(), 20)
    assert children() == before


def test_no_more_work_at_once_than_there_are_workers_for(pool):
    before, done = children(), []
    threads = [threading.Thread(target=lambda: done.append(pool.do(job(), 20))) for _ in range(12)]
    for thread in threads:
        thread.start()
    most = 0
    while any(thread.is_alive() for thread in threads):
        most = max(most, len(children() - before))
        time.sleep(0.01)
    assert len(done) == 12
    assert most <= 2


def test_an_ordinary_page_keeps_its_text_on_a_laptop_that_is_slow_to_start_anything(tmp_path, monkeypatch):
    late = "import sys, time, runpy; time.sleep(1); runpy.run_module('companion.reading.worker', run_name='__main__')"
    monkeypatch.setattr(workers, "COMMAND", [sys.executable, "-P", "-c", late])
    monkeypatch.setattr(pages, "PAGE_SECONDS", 0.9)
    with closing(PageReader()) as reader:
        assert reader.read(STORY, URL).markup


def test_one_is_started_ahead_also_where_the_last_one_went_by_itself(pool):
    before = children()
    pool.warm()
    while not children() - before:
        time.sleep(0.01)
    [first] = children() - before
    pool.do(job(), 20)
    assert children() - before == {first}
    psutil.Process(first).kill()
    psutil.Process(first).wait(5)
    pool.warm()
    while not children() - before - {first}:
        time.sleep(0.01)


def test_one_that_would_soon_end_by_itself_gets_no_more_jobs(pool, monkeypatch):
    before = children()
    pool.do(job(), 20)
    [first] = children() - before
    monkeypatch.setattr(workers, "IDLE_SECONDS", workers.IDLE_MARGIN)
    pool.do(job(), 20)
    assert first not in children()


def test_where_nothing_can_be_started_a_page_is_not_read_and_nothing_breaks(monkeypatch):
    monkeypatch.setattr(workers, "COMMAND", ["/there is no such program"])
    with closing(PageReader()) as reader:
        reader.warm()
        assert reader.read(STORY, URL) is None


def test_what_a_library_prints_is_no_reply(tmp_path):
    (tmp_path / "worker.py").write_text(
        "import sys\nsys.argv[1:] = ['pages']\nfrom companion.reading import worker\n"
        "worker.JOBS = {'print': lambda job: print('loud', flush=True) or 'said'}\nworker.main()\n"
    )
    with subprocess.Popen(
        [sys.executable, str(tmp_path / "worker.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        assert read_frame(process.stdout)["pid"]
        write_frame(process.stdin, {"kind": "print", "seconds": 5})
        assert read_frame(process.stdout) == "said"
        process.send_signal(signal.SIGINT)
        write_frame(process.stdin, {"kind": "print", "seconds": 5})
        assert read_frame(process.stdout) == "said"


def test_closing_ends_what_is_under_way_and_leaves_no_process(pool):
    before = children()
    failed = []

    def work():
        try:
            pool.do(job(HURTFUL), 60)
        except Stopped as stopped:
            failed.append(stopped.why)

    thread = threading.Thread(target=work)
    thread.start()
    while not children() - before:
        time.sleep(0.01)
    time.sleep(0.3)
    pool.close()
    thread.join(5)
    assert failed == ["closed"]
    assert children() == before
    with pytest.raises(Stopped):
        pool.do(job(), 20)


def test_a_page_that_comes_while_kwartier_stops_is_left_for_later():
    closed = PageReader()
    closed.close()
    with pytest.raises(StoreError):
        closed.read(STORY, URL)


@pytest.fixture
def alone():
    """A worker without the companion that would end it."""
    process = subprocess.Popen(
        [*COMMAND, "pages"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert read_frame(process.stdout)["pid"]
    with process:
        yield process
        process.kill()


def test_a_worker_ends_by_itself_where_its_job_goes_on_past_its_time(alone):
    write_frame(alone.stdin, {**job(HURTFUL), "seconds": 0.1})
    assert alone.wait(10) != 0


def test_a_worker_ends_when_the_companion_is_gone(alone):
    alone.stdin.close()
    assert alone.wait(10) == 0


def test_what_is_said_between_them_is_whole_or_not_there():
    stream = BytesIO()
    write_frame(stream, {"text": "één"})
    sent = stream.getvalue()
    assert read_frame(BytesIO(sent)) == {"text": "één"}
    for length in range(len(sent)):
        with pytest.raises(EOFError):
            read_frame(BytesIO(sent[:length]))
