"""What every test shares: --long, and in CI a skip that counts as a failure."""

import os

import pytest

# These drive browsers, measure how long others wait, or listen on the ports of Kwartier: one after the other.
ALONE = ("e2e/", "hostile/", "integration/test_cli")


def pytest_addoption(parser):
    parser.addoption("--long", action="store_true", help="also what is too long or heavy for every run")


def pytest_collection_modifyitems(config, items):
    """Without --long the long tests are left out, and reported as such, not as skipped."""
    if config.getoption("--long"):
        return
    left_out = [item for item in items if item.get_closest_marker("long")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not item.get_closest_marker("long")]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Which tests stay together where several processes share them."""
    from xdist.scheduler import LoadScopeScheduling

    class Scheduler(LoadScopeScheduling):
        """A file's tests share what its fixtures made; those of `ALONE` share the machine."""

        def _split_scope(self, nodeid):
            file = nodeid.partition("::")[0].removeprefix("tests/")
            return "alone" if file.startswith(ALONE) else file

    return Scheduler(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """With CI set nothing is skipped silently: the reason of the skip becomes the reason of a failure."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and _in_ci():
        report.outcome = "failed"
        report.longrepr = f"Skipped, which counts as a failure in CI: {_reason(report.longrepr)}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    """The same for a whole module that skips itself while it is collected."""
    report = yield
    if report.skipped and _in_ci():
        report.outcome = "failed"
        report.longrepr = f"Skipped, which counts as a failure in CI: {_reason(report.longrepr)}"
    return report


def _in_ci():
    return os.environ.get("CI", "").lower() not in {"", "0", "false"}


def _reason(longrepr):
    return longrepr[2] if isinstance(longrepr, tuple) else str(longrepr)
