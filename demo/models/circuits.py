"""Object types of the circuits that are bought from providers."""

from demo.model import (
    By,
    Choice,
    Constant,
    Generic,
    Many,
    Model,
    Number,
    Ref,
    Related,
    Text,
    Time,
    brief,
    nested,
)
from demo.models.ports import CABLE, MARKED, OCCUPIED, PEERS
from demo.models.shared import (
    BY_SCOPE,
    BY_TENANT,
    COMMENTS,
    DESCRIPTION,
    END,
    LIST,
    NULL,
    ORGANISED,
    OWNER,
    SCOPE_CACHE,
    TENANT,
)

_SIDE = nested(
    "termination_type",
    "termination_id",
    "termination",
    "port_speed",
    "upstream_speed",
    "xconnect_id",
    "description",
)

PROVIDER = Model(
    type="circuits.provider",
    path="circuits/providers",
    label="Provider",
    fields=(
        Text("name"),
        Text("slug"),
        Constant("accounts", (), LIST),
        DESCRIPTION,
        OWNER,
        COMMENTS,
        Many("asns", to="ipam.asn"),
        *END,
        Related("circuit_count", of="circuits.circuit", by="provider"),
    ),
    brief=brief("name", "slug", "description", "circuit_count"),
    search=("name", "description", "comments"),
    by=(By("asn", "asns", key="asn"),),
)

PROVIDER_NETWORK = Model(
    type="circuits.providernetwork",
    path="circuits/provider-networks",
    label="ProviderNetwork",
    fields=(
        Ref("provider", to="circuits.provider"),
        Text("name"),
        Text("service_id"),
        DESCRIPTION,
        OWNER,
        COMMENTS,
        *END,
    ),
    brief=brief("name", "description"),
    order=("(SELECT p._rank FROM circuits_provider p WHERE p.id = t.provider)", "natural_order(t.name)"),
    search=("name", "service_id", "description", "comments"),
    by=(By("provider"),),
)

CIRCUIT_TYPE = Model(
    type="circuits.circuittype",
    path="circuits/circuit-types",
    label="CircuitType",
    fields=(
        Text("name"),
        Text("slug"),
        Text("color"),
        DESCRIPTION,
        OWNER,
        COMMENTS,
        *END,
        Related("circuit_count", of="circuits.circuit", by="type"),
    ),
    brief=brief("name", "slug", "description", "circuit_count"),
    search=ORGANISED,
)

CIRCUIT = Model(
    type="circuits.circuit",
    path="circuits/circuits",
    label="Circuit",
    fields=(
        Text("cid"),
        Ref("provider", to="circuits.provider"),
        Constant("provider_account", schema=NULL),
        Ref("type", to="circuits.circuittype"),
        Choice("status", by_null=False),
        TENANT,
        Time("install_date", day=True),
        Time("termination_date", day=True),
        Number("commit_rate"),
        DESCRIPTION,
        Constant("distance", schema={"type": "number", "nullable": True}),
        Constant("distance_unit", schema=NULL),
        Ref("termination_a", to="circuits.circuittermination", shape=_SIDE),
        Ref("termination_z", to="circuits.circuittermination", shape=_SIDE),
        OWNER,
        COMMENTS,
        *END,
        Constant("assignments", (), LIST),
    ),
    brief=brief("provider", "cid", "description"),
    display="t.cid",
    order=("(SELECT p._rank FROM circuits_provider p WHERE p.id = t.provider)", "natural_order(t.cid)"),
    search=("cid", "description", "comments"),
    by=(
        By("provider"),
        By("type"),
        By("termination_a", key=None),
        By("termination_z", key=None),
        *BY_TENANT,
    ),
)

CIRCUIT_TERMINATION = Model(
    type="circuits.circuittermination",
    path="circuits/circuit-terminations",
    label="CircuitTermination",
    fields=(
        Ref("circuit", to="circuits.circuit"),
        Choice("term_side", plain=True, filter="one", nullable=False),
        Generic("termination", stem="termination"),
        Number("port_speed"),
        Number("upstream_speed"),
        Text("xconnect_id"),
        Text("pp_info"),
        DESCRIPTION,
        MARKED,
        *CABLE,
        *PEERS,
        *END,
        OCCUPIED,
    ),
    hidden=SCOPE_CACHE,
    brief=brief("circuit", "term_side", "description", "cable", "_occupied"),
    display="(SELECT c.cid FROM circuits_circuit c WHERE c.id = t.circuit)"
    " || ': Termination ' || t.term_side",
    order=("(SELECT c._rank FROM circuits_circuit c WHERE c.id = t.circuit)", "t.term_side"),
    search=("circuit.cid", "xconnect_id", "pp_info", "description"),
    by=(
        By("circuit", key=None),
        By("cable", key=None),
        By("provider", "circuit.provider"),
        *BY_SCOPE,
    ),
)

MODELS = (PROVIDER, PROVIDER_NETWORK, CIRCUIT_TYPE, CIRCUIT, CIRCUIT_TERMINATION)
