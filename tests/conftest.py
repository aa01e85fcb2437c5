"""What every test shares: --long, and in CI a skip that counts as a failure."""

import os

import pytest


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
