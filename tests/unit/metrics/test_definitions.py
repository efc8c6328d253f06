"""Names by Prometheus' conventions; the page that documents them is what the programs define."""

import re

import pytest

from signage.link.figures import EVERYWHERE, Metric
from tests.metrics.page import PAGE, PROGRAMS, page

ALL = {one.name: one for metrics in (EVERYWHERE, *PROGRAMS.values()) for one in metrics}


def test_the_page_is_what_the_programs_define() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "docs/metrics.md is old: run python -m tests.metrics"


@pytest.mark.parametrize("metric", ALL.values(), ids=lambda one: one.name)
def test_a_name_says_its_unit_and_its_kind(metric: Metric) -> None:
    assert re.fullmatch(r"signage(_[a-z]+)+", metric.name)
    assert metric.name.endswith("_total") is (metric.kind == "counter")
    assert not re.search(r"_(ms|mb|milliseconds|minutes|count|ratio|percent)(_|$)", metric.name)
    assert metric.text.endswith(".")
    assert len(set(metric.labels)) == len(metric.labels)
    assert all(re.fullmatch(r"[a-z]+", label) for label in metric.labels)


def test_one_name_is_one_metric() -> None:
    for metrics in PROGRAMS.values():
        names = [one.name for one in (*EVERYWHERE, *metrics)]
        assert len(set(names)) == len(names)
        assert all(ALL[one.name] is one for one in metrics)
