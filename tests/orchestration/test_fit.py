"""Fitting: any answer within its budget, cut by whole rows, and every row reachable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import bpe_openai
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.answer import Answer, Cost, Section
from orchestration.fit import fit
from tests.core import expanded
from tests.orchestration.strategies import NASTY, SCALARS

TOKENIZER = bpe_openai.get_encoding("o200k_base")


def tokens(answer: Answer) -> int:
    """Of what is sent in the end, whatever it will have cost."""
    sent = orjson.dumps(
        {**answer.as_dict(), "cost": {"calls": 99_999, "hits": 999_999, "ms": 99_999}}
    ).decode()
    return len(TOKENIZER.encode_ordinary(sent))


def seal(section: str, offset: int) -> str:
    return f"{section}@{offset}" + "x" * 100


@dataclass(frozen=True)
class Table:
    """A section as a recipe, which a failing test can print."""

    pools: list[list[Any]]
    rows: int
    unread: int
    share: float

    def section(self, key: str) -> Section:
        """Rows whose cells take turns, each column at its own pace."""
        rows = [[pool[(7 * i + i // 3) % len(pool)] for pool in self.pools] for i in range(self.rows)]
        columns = tuple(f"c{i}" for i in range(len(self.pools)))
        return Section(f"{key} things", columns, rows, self.rows + self.unread, key=key, share=self.share)


TABLES = st.builds(
    Table,
    st.lists(st.lists(SCALARS, min_size=1, max_size=4), min_size=1, max_size=4),
    st.sampled_from([0, 1, 2, 3, 10, 40, 300, 1_500]),
    st.sampled_from([0, 0, 5, 100_000]),
    st.sampled_from([0.2, 1.0]),
)


@dataclass(frozen=True)
class Drawn:
    """An answer that is printed by its recipe: a failing test prints it."""

    answer: Answer
    tables: list[Table]
    summary: str


@st.composite
def answers(draw: st.DrawFn) -> Drawn:
    tables = draw(st.lists(TABLES, max_size=3))
    answer = Answer(
        summary=draw(NASTY | st.just("x" * 10_000)),
        sections=tuple(table.section(key) for key, table in zip("abc", tables, strict=False)),
        facts=draw(st.dictionaries(NASTY, SCALARS, max_size=20)),
        as_of="2026-11-20T12:00:00Z",
        source="a-source-of-thirty-characters-",
        warnings=tuple(draw(st.lists(NASTY, max_size=6))),
    )
    return Drawn(answer, tables, answer.summary)


@settings(max_examples=100)
@given(answers(), st.sampled_from([300, 500, 1_000, 4_000, 20_000]))
def test_no_answer_is_larger_than_its_budget(drawn: Drawn, budget: int) -> None:
    answer = drawn.answer
    fitted = fit(answer, budget, seal)
    assert tokens(fitted) <= budget


@settings(max_examples=100)
@given(answers(), st.sampled_from([1_000, 4_000, 20_000]))
def test_what_is_cut_has_its_exact_total_and_a_cursor_to_the_next_row(drawn: Drawn, budget: int) -> None:
    answer = drawn.answer
    fitted = fit(answer, budget, seal)
    for missing in answer.sections[len(fitted.sections) :] if fitted.sections else ():
        assert any(f"{missing.title} ({missing.total:,})" in each for each in fitted.warnings)
    for before, after in zip(answer.sections, fitted.sections, strict=False):
        assert after.total == before.total
        assert list(after.rows) == list(before.rows[: len(after.rows)])
        if after.rest:
            assert fitted.next[after.title] == seal(after.key, len(after.rows))
        else:
            assert after.title not in fitted.next


@settings(max_examples=100)
@given(answers())
def test_nothing_goes_unsaid_that_is_left_out(drawn: Drawn) -> None:
    answer = drawn.answer
    fitted = fit(answer, 300, seal)
    dropped = fitted.facts != answer.facts or len(fitted.sections) < len(answer.sections)
    dropped = dropped or not set(answer.warnings) <= set(fitted.warnings) or fitted.summary != answer.summary
    if dropped:
        assert not fitted.complete
        assert any("raise max_tokens" in each for each in fitted.warnings)


def table(rows: int, *, key: str = "k", share: float = 1.0) -> Section:
    return Section(
        f"{key} rows", ("n", "name"), [[i, f"device {i}"] for i in range(rows)], rows, key=key, share=share
    )


def test_an_answer_that_fits_is_left_as_it_is() -> None:
    answer = Answer("few", (table(10),), {"id": "1"})
    assert fit(answer, 4_000, seal) == answer


@pytest.mark.parametrize("budget", [300, 600, 2_000, 20_000])
def test_the_budget_is_used(budget: int) -> None:
    fitted = fit(Answer("many", (table(10_000),)), budget, seal)
    assert tokens(fitted) > budget - 80


def test_sections_share_the_budget_by_their_weight() -> None:
    fitted = fit(Answer("two", (table(5_000, key="a"), table(5_000, key="b", share=0.2))), 4_000, seal)
    heavy, light = (len(each.rows) for each in fitted.sections)
    assert heavy > 3 * light > 0


def test_a_short_section_leaves_its_room_to_a_long_one() -> None:
    alone = fit(Answer("one", (table(5_000),)), 4_000, seal)
    beside = fit(Answer("two", (table(3, key="a"), table(5_000))), 4_000, seal)
    assert len(beside.sections[0].rows) == 3
    assert len(beside.sections[1].rows) > 0.9 * len(alone.sections[0].rows)


def test_rows_reach_the_client_as_they_were() -> None:
    fitted = fit(Answer("many", (table(1_000),), cost=Cost(1, 2, 3)), 1_000, seal)
    body = orjson.loads(fitted.text())["sections"][0]
    assert body["shown"] == len(body["rows"]) < body["total"] == 1_000
    assert expanded(body) == [{"n": i, "name": f"device {i}"} for i in range(body["shown"])]


def test_a_row_too_large_for_any_budget_is_said_to_be_so() -> None:
    row = ["文" * 200] * 20
    wide = Section("wide", tuple(f"c{i}" for i in range(20)), [row] * 2, 2, key="w")
    fitted = fit(Answer("two wide rows", (wide,)), 300, seal)
    assert tokens(fitted) <= 300
    if not fitted.sections or not fitted.sections[0].rows:
        assert not fitted.complete
        assert any("max_tokens" in each for each in fitted.warnings)


def test_rows_of_the_first_tables_are_worth_more_than_where_the_last_go_on() -> None:
    names = [[f"device {n} of the whole inventory"] for n in range(40)]
    tables = tuple(Section(f"table {n}", ("name",), names, 40, key=f"{n}" * 60) for n in range(6))
    facts = {f"fact {n}": f"the value number {n}" for n in range(20)}
    for told, said in (({}, []), (facts, ["facts are left out"])):
        fitted = fit(Answer("six tables", tables, told), 300, seal)
        shown = len(fitted.sections)
        assert 0 < shown < 6
        assert fitted.sections[0].rows
        assert fitted.next == {each.title: seal(each.key, len(each.rows)) for each in fitted.sections}
        assert not fitted.complete
        left_out = ", ".join(f"table {n} (40)" for n in range(shown, min(shown + 3, 6)))
        left_out += f", {6 - shown - 3} more" if shown < 3 else ""
        assert [each.partition(";")[0] for each in fitted.warnings] == [*said, f"left out: {left_out}"]
        assert tokens(fitted) <= 300


def test_where_it_goes_on_outlives_the_tables() -> None:
    rows = [["a value that takes its tokens"] * 20] * 5
    cut = tuple(Section(key, tuple(f"c{n}" for n in range(20)), rows, 5, key=key) for key in ("one", "two"))
    empty = tuple(Section(f"things of the kind {n}", ("c0",), [], 0) for n in range(20))
    fitted = fit(Answer("two tables", (*empty, *cut)), 300, seal)
    assert fitted.sections == ()
    assert fitted.next == {"one": seal("one", 0), "two": seal("two", 0)}
    assert fitted.complete is False
    assert tokens(fitted) <= 300
