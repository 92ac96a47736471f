"""The composite tools that are offered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from orchestration.tool import Tool
from tools.audit import Audit
<<<<<<< HEAD
from tools.changes import Changes
=======
from tools.capacity import Capacity
>>>>>>> e3ffc4f (Answer for capacity: rack units, power, ports, clusters, and what runs out first)
from tools.compare import Compare
from tools.describe import Describe
from tools.find import Find
from tools.ip_space import IpSpace
from tools.list_objects import ListObjects
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
        IpSpace(),
        Audit(),
        Compare(),
<<<<<<< HEAD
        Changes(),
=======
        Capacity(),
>>>>>>> e3ffc4f (Answer for capacity: rack units, power, ports, clusters, and what runs out first)
    )
}
