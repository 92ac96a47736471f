"""The composite tools that are offered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from orchestration.tool import Tool
from tools.audit import Audit
from tools.capacity import Capacity
from tools.changes import Changes
from tools.compare import Compare
from tools.describe import Describe
from tools.find import Find
from tools.impact import Impact
from tools.ip_space import IpSpace
from tools.list_objects import ListObjects
from tools.topology import Topology
from tools.trace import Trace
from tools.vlans import Vlans

TOOLS: Mapping[str, Tool[Any]] = {
    tool.name: tool
    for tool in (
        Find(),
        ListObjects(),
        Describe(),
        Vlans(),
        Trace(),
        Topology(),
        IpSpace(),
        Capacity(),
        Audit(),
        Changes(),
        Impact(),
        Compare(),
    )
}
