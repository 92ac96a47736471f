"""Holds a draft against what was read: totals cover their rows, and nothing that was dropped goes unsaid."""

from __future__ import annotations

from dataclasses import replace

from orchestration.steps import Gathered, Select
from orchestration.tool import Draft
from sources.errors import SourceMisbehaved


def verified(draft: Draft, gathered: Gathered) -> Draft:
    """The draft, with a warning where the source contradicted itself.

    Raises `SourceMisbehaved` where a section holds more rows than its own total: such an answer is wrong.
    """
    for section in draft.sections:
        if section.offset + len(section.rows) > section.total:
            raise SourceMisbehaved(
                f"{section.title}: {section.offset + len(section.rows):,} rows of {section.total:,} in all",
                cause="the inventory changed while it was read",
                hint="ask again with refresh: true",
            )
    short = []
    for name, step in gathered.plan.items():
        page = gathered.pages.get(name)
        if isinstance(step, Select) and page is not None and step.limit is None and not step.offset:
            missing = page.total - len(page.rows)
            if missing > 0:
                short.append(f"{name.replace('_', ' ')}: {missing:,} of {page.total:,} could not be read")
    if short:
        return replace(draft, warnings=(*draft.warnings, *short), complete=False)
    return draft
