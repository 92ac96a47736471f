"""Every setting, in one class; from the environment, a `.env` file, or a sources file."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Annotated, Literal

import orjson
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from cache.reader import DEFAULT_LIFETIMES
from orchestration.words.model import Endpoint
from sources.catalog import Lifetime
from sources.errors import NotConfigured
from sources.http import Connection

SourceKind = Literal["netbox", "nautobot"]


def _plain_url(value: object) -> object:
    return value.strip().rstrip("/").removesuffix("/api") if isinstance(value, str) else value


Url = Annotated[str, BeforeValidator(_plain_url), Field(pattern=r"^https?://[^\s]+$")]


DEFAULT_SITE_TYPES = ("Site",)


class SourceSettings(BaseModel):
    """One source, as the sources file lists it."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,30}$")]
    kind: SourceKind
    url: Url
    token: SecretStr
    verify_tls: bool = True
    ca_file: str | None = None
    graphql: bool = True
    site_types: tuple[str, ...] = DEFAULT_SITE_TYPES


class Settings(BaseSettings):
    """The ecosystem's own names first, then `NETBRIEF_*`."""

    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", populate_by_name=True
    )

    netbox_url: Annotated[
        Url | None, Field(description="address of NetBox", validation_alias="NETBOX_URL")
    ] = None
    netbox_token: Annotated[
        SecretStr | None,
        Field(description="API token of NetBox (v1, or v2 `nbt_...`)", validation_alias="NETBOX_TOKEN"),
    ] = None
    nautobot_url: Annotated[
        Url | None, Field(description="address of Nautobot", validation_alias="NAUTOBOT_URL")
    ] = None
    nautobot_token: Annotated[
        SecretStr | None, Field(description="API token of Nautobot", validation_alias="NAUTOBOT_TOKEN")
    ] = None
    site_types: Annotated[
        str,
        Field(
            description="Nautobot's location types that are sites, with commas between; in a tree without one, "
            "the topmost that hold devices",
            validation_alias="NETBRIEF_SITE_TYPES",
        ),
    ] = ",".join(DEFAULT_SITE_TYPES)
    redis_url: Annotated[
        SecretStr | None,
        Field(
            description="Redis for the cache; without it the cache is in-process",
            validation_alias="REDIS_URL",
        ),
    ] = None
    sources_file: Annotated[
        Path | None,
        Field(
            description="JSON list of further sources: name, kind, url, token, verify_tls, site_types",
            validation_alias="NETBRIEF_SOURCES_FILE",
        ),
    ] = None
    verify_tls: Annotated[
        bool, Field(description="check the sources' certificates", validation_alias="NETBRIEF_VERIFY_TLS")
    ] = True
    ca_file: Annotated[
        str | None, Field(description="certificates to trust, PEM", validation_alias="NETBRIEF_CA_FILE")
    ] = None
    graphql: Annotated[
        bool, Field(description="use GraphQL where the source has it", validation_alias="NETBRIEF_GRAPHQL")
    ] = True
    timeout: Annotated[
        float,
        Field(
            gt=0, le=300, description="seconds for one upstream request", validation_alias="NETBRIEF_TIMEOUT"
        ),
    ] = 30.0
    in_flight: Annotated[
        int,
        Field(
            ge=1,
            le=64,
            description="upstream requests at a time per source",
            validation_alias="NETBRIEF_IN_FLIGHT",
        ),
    ] = 6
    deadline: Annotated[
        float,
        Field(gt=0, le=600, description="seconds for one tool call", validation_alias="NETBRIEF_DEADLINE"),
    ] = 55.0
    secret: Annotated[
        SecretStr | None,
        Field(
            description="seals cursors; replicas share it (default: derived from the tokens)",
            validation_alias="NETBRIEF_SECRET",
        ),
    ] = None
    cache_dir: Annotated[
        Path,
        Field(
            description="folder for digests of the sources' schemas", validation_alias="NETBRIEF_CACHE_DIR"
        ),
    ] = Path("~/.cache/netbrief")
    export_dir: Annotated[
        Path | None,
        Field(
            description="on stdio, `export` also writes files into this folder",
            validation_alias="NETBRIEF_EXPORT_DIR",
        ),
    ] = None
    cache_bytes: Annotated[
        int,
        Field(
            ge=1_000_000, description="bytes of the in-process cache", validation_alias="NETBRIEF_CACHE_BYTES"
        ),
    ] = 64 * 1024 * 1024
    ttl_device_facts: Annotated[
        float,
        Field(
            ge=0,
            description="seconds that device facts are kept",
            validation_alias="NETBRIEF_TTL_DEVICE_FACTS",
        ),
    ] = DEFAULT_LIFETIMES[Lifetime.DEVICE_FACTS]
    ttl_interface_state: Annotated[
        float,
        Field(
            ge=0,
            description="seconds that interface state is kept",
            validation_alias="NETBRIEF_TTL_INTERFACE_STATE",
        ),
    ] = DEFAULT_LIFETIMES[Lifetime.INTERFACE_STATE]
    ttl_vlan_assignments: Annotated[
        float,
        Field(
            ge=0,
            description="seconds that VLAN assignments are kept",
            validation_alias="NETBRIEF_TTL_VLAN_ASSIGNMENTS",
        ),
    ] = DEFAULT_LIFETIMES[Lifetime.VLAN_ASSIGNMENTS]
    ttl_cables: Annotated[
        float, Field(ge=0, description="seconds that cables are kept", validation_alias="NETBRIEF_TTL_CABLES")
    ] = DEFAULT_LIFETIMES[Lifetime.CABLES]
    ttl_utilization: Annotated[
        float,
        Field(
            ge=0, description="seconds that utilization is kept", validation_alias="NETBRIEF_TTL_UTILIZATION"
        ),
    ] = DEFAULT_LIFETIMES[Lifetime.UTILIZATION]
    ttl_other: Annotated[
        float,
        Field(
            ge=0, description="seconds that everything else is kept", validation_alias="NETBRIEF_TTL_OTHER"
        ),
    ] = DEFAULT_LIFETIMES[Lifetime.OTHER]
    checks: Annotated[
        Path | None,
        Field(
            description="folder with a team's own checks for `audit`, YAML or Python",
            validation_alias="NETBRIEF_CHECKS",
        ),
    ] = None
    model: Annotated[
        str | None,
        Field(
            description="name of a language model, for questions that the rules of `ask` are unsure of; "
            "without it none is asked",
            validation_alias="NETBRIEF_MODEL",
        ),
    ] = None
    model_url: Annotated[
        str,
        Field(
            pattern=r"^https?://[^\s]+$",
            description="its endpoint: any that speaks OpenAI's API (OpenAI, Azure, Ollama, vLLM)",
            validation_alias="NETBRIEF_MODEL_URL",
        ),
    ] = "https://api.openai.com/v1"
    model_key: Annotated[
        SecretStr | None, Field(description="key of the endpoint", validation_alias="NETBRIEF_MODEL_KEY")
    ] = None
    model_timeout: Annotated[
        float,
        Field(
            gt=0, le=60, description="seconds for one answer of it", validation_alias="NETBRIEF_MODEL_TIMEOUT"
        ),
    ] = 10.0
    model_price_in: Annotated[
        float | None,
        Field(
            ge=0,
            description="US dollars for a million tokens that it reads",
            validation_alias="NETBRIEF_MODEL_PRICE_IN",
        ),
    ] = None
    model_price_out: Annotated[
        float | None,
        Field(
            ge=0,
            description="US dollars for a million tokens that it writes; with both prices, answers tell their cost",
            validation_alias="NETBRIEF_MODEL_PRICE_OUT",
        ),
    ] = None
    aliases: Annotated[
        Path | None,
        Field(
            description="YAML file with a team's own names for things, for `ask`: `HQ: Albany`",
            validation_alias="NETBRIEF_ALIASES",
        ),
    ] = None
    allow_open_http: Annotated[
        bool,
        Field(
            description="serve HTTP beyond loopback without authentication",
            validation_alias="NETBRIEF_ALLOW_OPEN_HTTP",
        ),
    ] = False
    log_level: Annotated[
        Literal["debug", "info", "warning", "error"],
        Field(description="log level (to stderr)", validation_alias="NETBRIEF_LOG_LEVEL"),
    ] = "warning"

    def lifetimes(self) -> dict[Lifetime, float]:
        """Seconds that each kind of data may be kept."""
        return {kind: getattr(self, f"ttl_{kind.value}") for kind in Lifetime}

    def sources(self) -> list[SourceSettings]:
        """The configured sources, the default first. Raises `NotConfigured`."""
        found: list[SourceSettings] = []
        pairs: tuple[tuple[SourceKind, str | None, SecretStr | None], ...] = (
            ("netbox", self.netbox_url, self.netbox_token),
            ("nautobot", self.nautobot_url, self.nautobot_token),
        )
        for kind, url, token in pairs:
            if url is None and token is None:
                continue
            if url is None or token is None:
                missing = "URL" if url is None else "TOKEN"
                raise NotConfigured(
                    f"{kind.upper()}_{missing} is not set",
                    hint=f"set {kind.upper()}_URL and {kind.upper()}_TOKEN",
                )
            found.append(
                SourceSettings(
                    name=kind,
                    kind=kind,
                    url=url,
                    token=token,
                    verify_tls=self.verify_tls,
                    ca_file=self.ca_file,
                    graphql=self.graphql,
                    site_types=tuple(name.strip() for name in self.site_types.split(",") if name.strip()),
                )
            )
        found += self._listed()
        if len({source.name for source in found}) < len(found):
            raise NotConfigured(
                "two sources have the same name", hint="rename one of them in the sources file"
            )
        return found

    def connection(self, source: SourceSettings) -> Connection:
        """How a source is reached."""
        return Connection(
            url=source.url,
            token=authorization(source.kind, source.token.get_secret_value()),
            verify_tls=source.verify_tls,
            ca_file=source.ca_file,
            timeout=self.timeout,
            in_flight=self.in_flight,
        )

    def endpoint(self) -> Endpoint | None:
        """Where the language model is asked; None where there is none."""
        if self.model is None:
            return None
        return Endpoint(
            self.model,
            self.model_url,
            self.model_key,
            self.model_timeout,
            self.model_price_in,
            self.model_price_out,
        )

    def cursor_secret(self, sources: list[SourceSettings]) -> bytes:
        """What cursors are sealed with: the setting, or a digest of the tokens, so that restarts keep it."""
        if self.secret is not None:
            return hashlib.sha256(self.secret.get_secret_value().encode()).digest()
        tokens = "|".join(source.token.get_secret_value() for source in sources)
        return hashlib.sha256(f"netbrief cursors|{tokens}".encode()).digest()

    def _listed(self) -> list[SourceSettings]:
        if self.sources_file is None:
            return []
        try:
            listed = orjson.loads(self.sources_file.expanduser().read_bytes())
            return [SourceSettings.model_validate(each) for each in listed]
        except OSError as error:
            raise NotConfigured(f"the sources file cannot be read: {error.strerror}") from None
        except (ValidationError, orjson.JSONDecodeError, TypeError):
            raise NotConfigured(
                f"the sources file {self.sources_file} is not valid",
                hint='[{"name": "lab", "kind": "netbox", "url": "https://netbox.example", "token": "..."}]',
            ) from None


def authorization(kind: SourceKind, token: str) -> str:
    """The Authorization header of a token: NetBox's v2 tokens are bearer tokens, all others are not."""
    scheme = "Bearer" if kind == "netbox" and token.startswith("nbt_") else "Token"
    return f"{scheme} {token.strip()}"


def settings_table() -> str:
    """The settings as a Markdown table, for the README."""
    lines = ["| variable | what it is | default |", "|---|---|---|"]
    for name, info in Settings.model_fields.items():
        default = "" if info.default is None else str(getattr(info.default, "value", info.default))
        lines.append(
            f"| `{info.validation_alias or name}` | {info.description} | {f'`{default}`' if default else ''} |"
        )
    return "\n".join(lines)
