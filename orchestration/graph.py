"""The LangGraph that runs any tool: classify -> resolve -> plan -> gather -> assemble -> verify -> fit.

Any node's failure goes to `recover`, which simplifies the request and tries again, or gives the error back.
"""

from __future__ import annotations

import asyncio
import functools
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Literal, Protocol

from langchain_core.runnables.config import var_child_runnable_config
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.runtime import Runtime
from langgraph.types import Command

from orchestration.answer import PICTURE, Answer
from orchestration.conversation import Turn, new_handle
from orchestration.cursor import Place
from orchestration.fit import fit
from orchestration.gather import failures, gather
from orchestration.request import Request
from orchestration.resolve import Resolver
from orchestration.runner import no_progress
from orchestration.state import Run, State
from orchestration.steps import Gathered, in_steps
from orchestration.tool import Briefing, Elsewhere, Side
from orchestration.understood import Understood
from orchestration.verify import verified
from sources.catalog import Catalog, logged_type
from sources.errors import (
    BadArguments,
    BadFilter,
    NetbriefError,
    NotConfigured,
    NotFound,
    SourceMisbehaved,
    SourceTooSlow,
    UnknownField,
    UnknownType,
)
from sources.receipt import receipt
from sources.where import nearest

Node = Callable[[State, Runtime[Run]], Awaitable[State]]
Graph = CompiledStateGraph[State, Run, State, State]

MOST_ATTEMPTS = 2
AS_LIKELY = 0.85
"""How likely another reading of a question must be to be tried where the first one cannot be answered."""
_MISREAD = (NotFound, BadFilter, BadArguments, UnknownField)
LONGEST_CURSOR = 1_000
"""Characters: a cursor carries the whole call, and stands in the answer's budget."""
UNKNOWN_CONVERSATION = "the conversation is unknown here or too old: the question was read on its own"
TOO_LONG_TO_CONTINUE = "the call has too many values to be continued by a cursor: ask for fewer at a time"


class Guarded(Protocol):
    """A node as LangGraph calls it."""

    def __call__(self, state: State, *, runtime: Runtime[Run]) -> Awaitable[Command[str]]:
        """The update of the state, and where to go on."""
        ...


@functools.cache
def build_graph() -> Graph:
    """The compiled graph, the same for everybody: what a run has at hand is not a part of it."""
    graph = StateGraph(State, Run)
    line: Mapping[str, Node] = {
        "classify": classify,
        "resolve": resolve,
        "plan": plan,
        "gather": gather_rows,
        "assemble": assemble,
        "verify": verify,
        "fit": fit_budget,
    }
    graph.add_edge(START, "classify")
    for (name, node), then in zip(line.items(), [*list(line)[1:], END], strict=True):
        graph.add_node(name, _guarded(node, then), destinations=(then, "recover"))
    graph.add_node("recover", recover)
    return graph.compile(name="netbrief")


def _guarded(node: Node, then: str) -> Guarded:
    """The node, followed by `then`, or by `recover` where it fails.

    Both ways are commands: a static edge would be followed beside the command that leads to `recover`.
    """

    @functools.wraps(node)
    async def run(state: State, *, runtime: Runtime[Run]) -> Command[str]:
        # A timer of a connection keeps the context that it began in for half a minute, and in LangGraph's own
        # stands everything that this node will have given: all rows of an answer.
        var_child_runnable_config.set(None)
        try:
            return Command(update=await node(state, runtime), goto=then)
        except NetbriefError as error:
            return Command(update={"error": error}, goto="recover")

    return run


def _briefing(state: State, run: Run) -> Briefing:
    request = state["request"]
    return Briefing(
        state["catalog"],
        state.get("found", {}),
        request.window,
        state.get("custom_fields", {}),
        request.arguments.max_tokens,
        run.reader.source.name,
        run.reader.source.fuses,
        state.get("beside"),
    )


async def classify(state: State, runtime: Runtime[Run]) -> State:
    """What is asked for: a tool call says so itself, words are understood. Object types that are named must exist."""
    readings = await _readings(state, runtime.context)
    request = readings[0].request if readings else state["request"]
    source = runtime.context.reader.source
    catalog = await source.catalog()
    names = request.tool.types(request.arguments)
    if any(catalog.find(name) is None for name in names):
        catalog = await source.catalog(whole=True)
    missing, logged = (
        [name for name in names if catalog.find(name) is None],
        request.tool.logged(request.arguments),
    )
    for name in missing:
        if name not in logged:
            raise unknown_type(name, catalog)
    if missing:
        catalog = catalog.with_types(logged_type(name.lower()) for name in missing)
    return {"request": request, "readings": readings, "catalog": catalog, "attempts": 0}


async def _readings(state: State, run: Run) -> Sequence[Understood]:
    """What a question in words may mean: understood once, and later what `recover` has left of it."""
    if "readings" in state or "asked" not in state:
        return state.get("readings", ())
    assert run.interpreter is not None, "who asks in words has given one"
    asked, before = state["asked"], None
    if asked.conversation and run.conversations is not None:
        before = await run.conversations.turn(asked.conversation, run.reader.source.scope)
        if before is None:
            receipt().warn(UNKNOWN_CONVERSATION)
    return await run.interpreter.understood(asked, run.reader, before)


async def resolve(state: State, runtime: Runtime[Run]) -> State:
    """Names to objects, all in a few batched reads."""
    request, run, catalog = state["request"], runtime.context, state["catalog"]
    customized = request.tool.customized(request.arguments, catalog)
    custom_fields = {type_.name: await run.reader.source.custom_fields(type_) for type_ in customized}
    lookups = request.tool.lookups(request.arguments, catalog)
    if not lookups:
        return {"found": {}, "custom_fields": custom_fields}
    resolver = Resolver(run.reader)
    return {"found": await resolver.resolve(lookups), "custom_fields": custom_fields}


async def plan(state: State, runtime: Runtime[Run]) -> State:
    """What must be known, as steps."""
    request = state["request"]
    return {"plan": request.tool.plan(request.arguments, _briefing(state, runtime.context))}


async def gather_rows(state: State, runtime: Runtime[Run]) -> State:
    """Read it, wave by wave, and what follows from it; beside it what another source is to say."""
    request = state["request"]
    elsewhere = request.tool.elsewhere(request.arguments)
    if elsewhere is None:
        return {"gathered": await _gathered(state, runtime.context), "beside": None}
    gathered, beside = await asyncio.gather(
        _gathered(state, runtime.context), _beside(elsewhere, request, runtime)
    )
    return {"gathered": gathered, "beside": beside}


async def _gathered(state: State, run: Run) -> Gathered:
    request, briefing = state["request"], _briefing(state, run)
    return await gather(
        state["plan"],
        run.reader,
        progress=run.progress,
        further=lambda gathered: request.tool.further(request.arguments, gathered, briefing),
    )


async def _beside(elsewhere: Elsewhere, request: Request, runtime: Runtime[Run]) -> Side:
    """What the tool reads of another source: the same way as here, up to where it is read."""
    run = runtime.context
    reader = run.others.get(elsewhere.source)
    if reader is None:
        raise NotConfigured(f'no source is called "{elsewhere.source}"', candidates=list(run.others))
    if request.arguments.refresh:
        reader = reader.since(time.time())
    there = Run(reader, run.sealer, no_progress, elsewhere.source)
    state: State = {"request": replace(request, arguments=elsewhere.arguments)}
    for node in (classify, resolve, plan):
        state |= await node(state, runtime.override(context=there))
    gathered = await _gathered(state, there)
    return Side(elsewhere.source, _briefing(state, there), gathered)


async def assemble(state: State, runtime: Runtime[Run]) -> State:
    """Join it into a draft of the answer."""
    request, beside = state["request"], state.get("beside")
    draft = request.tool.assemble(request.arguments, state["gathered"], _briefing(state, runtime.context))
    missing = dict(failures(state["gathered"]))
    if beside is not None:
        missing |= {f"{step} of {beside.source}": what for step, what in failures(beside.gathered).items()}
    if missing:
        warnings = tuple(f"{step.replace('_', ' ')}: not read ({what})" for step, what in missing.items())
        draft = replace(draft, warnings=(*draft.warnings, *warnings), complete=False)
    for reading in state.get("readings", ())[:1]:
        draft = reading.phrased(draft)
        if state["asked"].explain:
            draft = replace(draft, facts={**draft.facts, "plan": in_steps(state["gathered"])})
    return {"draft": draft}


async def verify(state: State, runtime: Runtime[Run]) -> State:  # noqa: ARG001
    """Hold the draft against what was read."""
    return {"draft": verified(state["draft"], state["gathered"])}


async def fit_budget(state: State, runtime: Runtime[Run]) -> State:
    """Shorten it by whole rows until it fits its budget; the rows of a file have none."""
    run, request, draft = runtime.context, state["request"], state["draft"]
    account = receipt()
    repeated = request.lasting(state["gathered"])

    def seal(section: str, offset: int) -> str:
        place = Place(request.tool.name, dict(repeated.call()), section, offset)
        cursor = run.sealer.seal(place, run.reader.source.scope)
        return cursor if len(cursor) <= LONGEST_CURSOR else ""

    facts = dict(draft.facts) if not request.window.section else {}
    if draft.picture:
        facts["picture"] = PICTURE.format(cursor=seal("", 0))
    handle = new_handle() if "asked" in state and run.conversations is not None else ""
    endless = () if seal("", 0) else (TOO_LONG_TO_CONTINUE,)
    answer = Answer(
        summary=draft.summary,
        sections=tuple(s for s in draft.sections if request.window.wants(s.key)),
        facts=facts,
        complete=draft.complete and not state.get("warnings"),
        as_of=as_of(account.oldest),
        source=run.source_name,
        warnings=(*draft.warnings, *state.get("warnings", ()), *account.warnings, *_fault(run), *endless),
        conversation=handle,
        picture=draft.picture,
    )
    if request.window.rows is not None:
        return {"answer": answer}
    answer = fit(answer, request.arguments.max_tokens, seal)
    if handle and run.conversations is not None:
        turn = Turn(request.tool.name, request.call(), answer.next)
        await run.conversations.keep(handle, turn, run.reader.source.scope)
    return {"answer": answer}


async def recover(state: State) -> Command[Literal["classify", "gather", "__end__"]]:
    """After a failure: another reading of the question, or once more without the steps that an answer can do without.

    Otherwise the error in words.
    """
    error, attempts = state["error"], state.get("attempts", 0)
    for reading in state.get("readings", ())[:1]:
        error.read_as = reading.said
    others = state.get("readings", ())[1:]
    if isinstance(error, _MISREAD) and others and others[0].confidence >= AS_LIKELY:
        return Command(update={"readings": others, "plan": {}}, goto="classify")
    steps = state.get("plan", {})
    transient = isinstance(error, SourceTooSlow | SourceMisbehaved)
    lighter = {name: step for name, step in steps.items() if not getattr(step, "optional", False)}
    if transient and attempts < MOST_ATTEMPTS - 1 and lighter and len(lighter) < len(steps):
        return Command(
            update={
                "plan": lighter,
                "attempts": attempts + 1,
                "warnings": [f"only the main part was read, because {error.what}"],
            },
            goto="gather",
        )
    return Command(goto="__end__")


def unknown_type(name: str, catalog: Catalog) -> UnknownType:
    """The error for an object type that neither the catalog nor the source has."""
    close = [catalog.spellings()[each] for each in nearest(name, catalog.spellings())]
    return UnknownType(
        f'there is no object type "{name}"',
        candidates=list(dict.fromkeys(close)),
        hint="types: " + ", ".join(t.name for t in catalog.types.values() if not t.generic),
    )


def as_of(moment: float | None) -> str:
    """A Unix time as ISO 8601, in seconds, UTC."""
    return datetime.fromtimestamp(moment or time.time(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _fault(run: Run) -> tuple[str, ...]:
    fault = run.reader.store.fault
    return (fault,) if fault else ()
