"""A network map as a picture: SVG that stands alone, without scripts, links or fonts from elsewhere."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape

from tools.map_layout import HEIGHT, WIDTH, Layout, Spot, layout
from tools.mermaid import label
from tools.network_map import Key, Link, NetworkMap, Node

FONT = 'font-family="Helvetica, Arial, sans-serif" font-size="12"'
MARGIN, HEAD, LEGEND_LINE = 24, 56, 22
LETTER = 6.4
"""About how wide a letter of 12 pixels is."""
MOST_LABELLED = 40
"""Links that are all labelled; of more only those that are several."""
LONGEST_LABEL = 34
COLOURS = (
    ("#dbeafe", "#1d4ed8"),
    ("#dcfce7", "#15803d"),
    ("#fef3c7", "#b45309"),
    ("#fce7f3", "#be185d"),
    ("#ede9fe", "#6d28d9"),
    ("#cffafe", "#0e7490"),
    ("#ffedd5", "#c2410c"),
    ("#e5e7eb", "#374151"),
    ("#ecfccb", "#4d7c0f"),
    ("#fee2e2", "#b91c1c"),
)
"""Of a role: what its boxes are filled with, and their frame."""
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Area = tuple[float, float, float, float]


def drawing(map_: NetworkMap, title: str) -> str:
    """The picture, with a title and a legend."""
    laid = layout(map_)
    roles = sorted({_role(node) for node in map_.nodes.values()})
    colours = {role: COLOURS[at % len(COLOURS)] for at, role in enumerate(roles)}
    least = 560.0
    width = max(laid.width, least) + 2 * MARGIN
    legend, legend_height = _legend(colours, width)
    height = HEAD + laid.height + legend_height + MARGIN
    size = f'width="{width:g}" height="{height:g}"'
    body = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" {size} {FONT}>',
        f"<title>{_text(title)}</title>",
        f'<rect {size} fill="#ffffff"/>',
        f'<text x="{MARGIN}" y="30" font-size="18" font-weight="bold" fill="#111827">{_text(_cut(title, 60))}</text>',
        f'<text x="{MARGIN}" y="48" fill="#4b5563">{_text(_counts(map_))}</text>',
        f'<g transform="translate({(width - laid.width) / 2:g} {HEAD})">',
        *_links(map_, laid),
        *(_box(node, laid.spots[key], colours[_role(node)]) for key, node in map_.nodes.items()),
        *_labels(map_, laid),
        "</g>",
        f'<g transform="translate({MARGIN} {HEAD + laid.height + 8:g})">',
        *legend,
        "</g>",
        "</svg>",
    ]
    return "\n".join(body)


def _counts(map_: NetworkMap) -> str:
    nodes = sum(node.count for node in map_.nodes.values())
    links, cables = sum(link.links for link in map_.links), sum(link.cables for link in map_.links)
    return f"{nodes:,} nodes, {links:,} links of {cables:,} connections"


def _role(node: Node) -> str:
    return node.role or "(no role)"


def _box(node: Node, spot: Spot, colours: tuple[str, str]) -> str:
    fill, frame = colours
    x, y = spot.x - WIDTH / 2, spot.y - HEIGHT / 2
    below = ", ".join(part for part in (node.site, node.rack) if part)
    told = ", ".join(part for part in (node.name, node.role, node.site, node.rack, node.status) if part)
    round_ = HEIGHT / 2 if node.kind not in ("device", "group") else 6
    dashes = "" if node.status in (None, "active") else ' stroke-dasharray="4 3"'
    start = 2.5 if not node.hops else 1.2
    return (
        f'<g><title>{_text(told)}</title><rect x="{x:g}" y="{y:g}" width="{WIDTH}" height="{HEIGHT}" rx="{round_:g}" '
        f'fill="{fill}" stroke="{frame}" stroke-width="{start}"{dashes}/>'
        f'<text x="{spot.x:g}" y="{spot.y - 2 if below else spot.y + 4:g}" text-anchor="middle" font-weight="bold" '
        f'fill="#111827">{_text(_cut(node.name, 18))}</text>'
        + (
            f'<text x="{spot.x:g}" y="{spot.y + 13:g}" text-anchor="middle" font-size="10" fill="#4b5563">'
            f"{_text(_cut(below, 23))}</text>"
            if below
            else ""
        )
        + "</g>"
    )


def _links(map_: NetworkMap, laid: Layout) -> list[str]:
    drawn = []
    for link in map_.links:
        curve = _curve(link, laid.spots)
        thick = 1.4 if link.cables == 1 else min(2.4 + 0.4 * link.cables, 6)
        dashes = ' stroke-dasharray="7 4"' if link.via else ""
        (ax, ay), *controls, (bx, by) = curve
        told = f"{map_.nodes[link.left].name} - {map_.nodes[link.right].name}: {label(link) or 'link'}"
        middle = " ".join(f"{x:g} {y:g}" for x, y in controls)
        drawn.append(
            f'<path d="M {ax:g} {ay:g} C {middle} {bx:g} {by:g}" fill="none" stroke="#64748b" '
            f'stroke-width="{thick:g}"{dashes}><title>{_text(told)}</title></path>'
        )
    return drawn


def _curve(link: Link, spots: Mapping[Key, Spot]) -> list[tuple[float, float]]:
    """Where a link begins, its two controls, and where it ends."""
    one, other = sorted((spots[link.left], spots[link.right]), key=lambda spot: (spot.y, spot.x))
    half = HEIGHT / 2
    if one is other or link.left == link.right:
        x, y = one.x + WIDTH / 2, one.y
        return [(x, y - 8), (x + 34, y - 30), (x + 34, y + 30), (x, y + 8)]
    if one.line == other.line:
        rise = min(22 + abs(other.x - one.x) * 0.06, 46)
        return [
            (one.x, one.y - half),
            (one.x, one.y - half - rise),
            (other.x, other.y - half - rise),
            (other.x, other.y - half),
        ]
    start, end = one.y + half, other.y - half
    bend = min((end - start) * 0.45, 40)
    return [(one.x, start), (one.x, start + bend), (other.x, end - bend), (other.x, end)]


def _labels(map_: NetworkMap, laid: Layout) -> list[str]:
    """What stands at the links, each where it covers neither a box nor another label; else only where one points."""
    taken: list[Area] = [_around(spot.x, spot.y, WIDTH, HEIGHT) for spot in laid.spots.values()]
    drawn = []
    for link in map_.links:
        if len(map_.links) > MOST_LABELLED and link.links < 2 and link.cables < 2:
            continue
        text = _cut(", ".join(filter(None, (link.via, label(replace(link, via=None))))), LONGEST_LABEL)
        if not text:
            continue
        curve, wide = _curve(link, laid.spots), _width(text) * 0.75 + 6
        for part in (0.5, 0.38, 0.62, 0.27, 0.73, 0.18, 0.82):
            x, y = _point(curve, part)
            area = _around(x, y, wide, 13)
            inside = area[0] >= 0 and area[2] <= laid.width
            if inside and not any(_overlap(area, other) for other in taken):
                taken.append(area)
                drawn.append(
                    f'<rect x="{area[0]:g}" y="{area[1]:g}" width="{wide:g}" height="13" fill="#ffffff" '
                    f'fill-opacity="0.9"/><text x="{x:g}" y="{y + 3:g}" text-anchor="middle" font-size="9" '
                    f'fill="#334155">{_text(text)}</text>'
                )
                break
    return drawn


def _point(curve: Sequence[tuple[float, float]], part: float) -> tuple[float, float]:
    rest = 1 - part
    weights = (rest**3, 3 * rest**2 * part, 3 * rest * part**2, part**3)
    x, y = (sum(w * point[axis] for w, point in zip(weights, curve, strict=True)) for axis in (0, 1))
    return round(x, 1), round(y, 1)


def _around(x: float, y: float, width: float, height: float) -> Area:
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def _overlap(one: Area, other: Area) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _legend(colours: Mapping[str, tuple[str, str]], width: float) -> tuple[list[str], float]:
    """The roles with their colours and the lines with what they mean, in as many lines as they need."""
    entries: list[tuple[str, str]] = [
        (f'<rect y="-10" width="16" height="12" rx="3" fill="{fill}" stroke="{frame}"/>', role)
        for role, (fill, frame) in colours.items()
    ]
    line = '<path d="M 0 -4 H 18" stroke="#64748b" stroke-width="{}"{}/>'
    entries += [
        (
            '<rect y="-10" width="16" height="12" rx="3" fill="#ffffff" stroke="#374151" stroke-dasharray="4 3"/>',
            "not active",
        ),
        (line.format("1.4", ""), "link"),
        (line.format("4", ""), "several connections"),
        (line.format("1.4", ' stroke-dasharray="7 4"'), "through patch panels or a circuit"),
    ]
    drawn, x, y = [], 0.0, 14.0
    for sign, words in entries:
        text = _cut(words, 40)
        needed = 22 + _width(text) + 20
        if x and x + needed > width - 2 * MARGIN:
            x, y = 0.0, y + LEGEND_LINE
        drawn.append(
            f'<g transform="translate({x:g} {y:g})">{sign}<text x="24" fill="#374151">{_text(text)}</text></g>'
        )
        x += needed
    return drawn, y + LEGEND_LINE


def _width(text: str) -> float:
    return sum(LETTER * (2 if unicodedata.east_asian_width(sign) in "WF" else 1) for sign in text)


def _cut(text: str, most: int) -> str:
    """The text on one line, no wider than so many letters."""
    flat = " ".join(text.split())
    if _width(flat) <= most * LETTER:
        return flat
    while flat and _width(flat) > (most - 1) * LETTER:
        flat = flat[:-1]
    return f"{flat}…"


def _text(text: str) -> str:
    """Text as XML holds it."""
    return escape(NOT_IN_XML.sub("\ufffd", text), quote=True)
