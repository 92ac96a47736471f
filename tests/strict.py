"""A plugin of pytest for every suite: where CI=true, a test that is skipped has failed."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

REASON = "skipped, but CI=true: nothing may go untested there"


def _strict(report: pytest.TestReport | pytest.CollectReport) -> None:
    if report.skipped and os.environ.get("CI") == "true" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{REASON}\n{report.longrepr}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Iterator[None]:
    """A test, or a fixture that it needs."""
    report = yield
    _strict(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Iterator[None]:
    """A whole module."""
    report = yield
    _strict(report)
    return report
