"""`netbrief check`: what is configured, reachable and readable, and what to fix."""

from __future__ import annotations

import asyncio
from typing import Any

from server.services import open_source
from server.settings import Settings, SourceSettings
from sources.errors import NetbriefError

MARK = {True: "ok ", False: "NO "}


async def check(settings: Settings, sources: list[SourceSettings]) -> bool:
    """Print the state of every source, of the cache and of the model; True if all is well."""
    if not sources:
        print("no source is configured: set NETBOX_URL and NETBOX_TOKEN, or NAUTOBOT_URL and NAUTOBOT_TOKEN")
        return False
    results = [await _check_source(source, settings) for source in sources]
    return (
        all(results) & await _check_cache(settings) & _check_checks(settings) & await _check_model(settings)
    )


async def _check_source(configured: SourceSettings, settings: Settings) -> bool:
    print(f"{configured.name} ({configured.kind}) at {configured.url}")
    source = open_source(configured, settings)
    try:
        found = await source.status()
    except NetbriefError as error:
        print(f"  NO  {error.in_words()}".replace("\n", "\n      "))
        return False
    finally:
        await source.close()
    print(f"  ok  version {found.version}{f', as {found.user}' if found.user else ''}")
    used = (
        "ok  GraphQL is used"
        if found.graphql
        else "--  GraphQL is not there: REST is used, with a few more calls"
    )
    print(f"  {used}")
    for type_, readable in found.readable.items():
        if not readable:
            print(f"  NO  the token may not read {type_}: give its user the view permission")
    if all(found.readable.values()):
        print(f"  ok  the token may read all {len(found.readable)} main object types")
    for note in [*found.notes, *await _plugins(configured, settings)]:
        print(f"      {note}")
    return all(found.readable.values())


async def _plugins(configured: SourceSettings, settings: Settings) -> list[str]:
    """Installed plugins, which the source's own client library knows to ask for; [] where it may not."""
    if not settings.verify_tls or settings.ca_file:
        return []  # The client library would need the same certificates; the check goes without.

    def ask() -> list[str]:
        api: Any
        token = configured.token.get_secret_value()
        if configured.kind == "netbox":
            import pynetbox

            api = pynetbox.api(configured.url, token=token)
        else:
            import pynautobot

            api = pynautobot.api(configured.url, token=token)
        return [
            f"plugin {each['name']} {each.get('version', '')}" for each in api.plugins.installed_plugins()
        ]

    try:
        return await asyncio.wait_for(asyncio.to_thread(ask), settings.timeout)
    except Exception:  # noqa: BLE001  # plugins are a courtesy: whatever the library raises, the check goes on
        return []


def _check_checks(settings: Settings) -> bool:
    from tools.checks.library import library

    if settings.checks is None:
        return True
    found = library(settings.checks)
    print(f"checks of audit: {len(found.checks)}, your own in {settings.checks}")
    for fault in found.faults:
        print(f"  NO  {fault}")
    return not found.faults


async def _check_cache(settings: Settings) -> bool:
    from cache.connect import open_store

    redis = settings.redis_url
    store = open_store(redis.get_secret_value() if redis else None, max_bytes=settings.cache_bytes)
    try:
        held = await store.stats()
    finally:
        await store.close()
    print(f"cache: {held.kind}\n  {MARK[held.healthy]} {held.detail}")
    return held.healthy


async def _check_model(settings: Settings) -> bool:
    """Whether the model answers a question as it will be asked one."""
    from orchestration.words.intent import Intents
    from orchestration.words.model import Model, ModelFailed
    from sources.errors import BadArguments
    from sources.types import CATALOG
    from tools.registry import TOOLS

    endpoint = settings.endpoint()
    if endpoint is None:
        return True
    print(f"model of ask: {endpoint.model} at {endpoint.url}")
    model, intents = Model(endpoint), Intents(TOOLS)
    asked = [
        ("system", intents.instructions(CATALOG)),
        ("user", '{"question": "how many devices are there"}'),
    ]
    try:
        intents.intent(await model.answer(asked, intents.schema))
    except ModelFailed as failure:
        print(f"  NO  it {failure}")
        return False
    except BadArguments:
        print("  NO  it does not keep to the schema that it is given: the rules of ask go without it")
        return False
    finally:
        await model.close()
    print(f"  ok  it answers; a question takes some {model.use.tokens_in + model.use.tokens_out:,} tokens")
    return True
