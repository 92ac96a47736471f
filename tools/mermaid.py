"""A network map as Mermaid text, safe whatever its names hold."""

from __future__ import annotations

from collections import defaultdict

from tools.network_map import Key, Link, NetworkMap

_PLAIN = frozenset("_./:,+-")
"""What may stand in a label as it is, beside letters and digits."""


def mermaid(map_: NetworkMap) -> str:
    """A flowchart: a box for each node, those of a site together, and a line for each link."""
    numbers = {key: f"n{number}" for number, key in enumerate(map_.nodes)}
    sites: dict[str | None, list[Key]] = defaultdict(list)
    for key, node in map_.nodes.items():
        sites[node.site].append(key)
    lines = ["graph LR"]
    for number, (site, keys) in enumerate(sites.items()):
        framed = site is not None and len(sites) > 1
        if framed:
            lines.append(f"subgraph s{number}[{_quoted(str(site))}]")
        for key in keys:
            shape = ("([", "])") if map_.nodes[key].kind not in ("device", "group") else ("[", "]")
            lines.append(f"{numbers[key]}{shape[0]}{_quoted(map_.nodes[key].name)}{shape[1]}")
        if framed:
            lines.append("end")
    for link in map_.links:
        text = label(link)
        middle = f"---|{_quoted(text)}|" if text else "---"
        lines.append(f"{numbers[link.left]} {middle} {numbers[link.right]}")
    return "\n".join(lines)


def label(link: Link) -> str:
    """What stands at a link: its ports, how many links and cables it is, and what it leads through."""
    ports = [ports for ports in (link.left_ports, link.right_ports) if ports]
    parts = [" - ".join(ports)] if ports else []
    if link.links > 1:
        parts.append(f"{link.links}x")
    if link.cables > link.links > 1:
        parts.append(f"{link.cables} connections")
    if link.via:
        parts.append(link.via)
    return ", ".join(parts)


def _quoted(text: str) -> str:
    """A label that is only text: every sign that Mermaid or HTML could read otherwise by its number."""
    flat = " ".join(text.split())
    numbered = len(flat) - len(flat.lstrip("0123456789"))  # "1. one" would be a list
    return f'"{"".join(_sign(sign, inside=at not in (0, numbered)) for at, sign in enumerate(flat))}"'


def _sign(sign: str, *, inside: bool) -> str:
    if sign.isalnum() or sign == " " or (inside and sign in _PLAIN):
        return sign
    return f"#{ord(sign)};"
