"""IP addresses as bytes that sort and compare in SQL as addresses do."""

from ipaddress import IPv4Interface, IPv6Interface, ip_interface, ip_network

from demo.model import Row

Interface = IPv4Interface | IPv6Interface


def pack(version: int, number: int) -> bytes:
    """The version, then the number: as bytes, these sort as addresses do."""
    return bytes((version,)) + number.to_bytes(4 if version == 4 else 16, "big")


def unpack(packed: bytes) -> int:
    """The number of a packed address."""
    return int.from_bytes(packed[1:], "big")


def span(cidr: str) -> tuple[bytes, bytes, int]:
    """First and last address of a network, and the length of its prefix."""
    network = ip_network(cidr, strict=False)
    version = network.version
    return (
        pack(version, int(network.network_address)),
        pack(version, int(network.broadcast_address)),
        network.prefixlen,
    )


def host(address: str) -> tuple[bytes, int]:
    """An address with its mask: the packed address, and the length of the mask."""
    interface = ip_interface(address)
    return pack(interface.version, int(interface.ip)), interface.network.prefixlen


def range_name(start: str, end: str) -> str:
    """How a range is called: the part that both ends share stands only once."""
    separator = ":" if ":" in start else "."
    first, mask = start.split("/")
    last = end.split("/", maxsplit=1)[0]
    head, tail = first.split(separator), last.split(separator)
    shared = next((n for n, (a, b) in enumerate(zip(head, tail, strict=False)) if a != b), len(head) - 1)
    return f"{first}-{separator.join(tail[shared:])}/{mask}"


def hidden_columns(type_: str, row: Row) -> Row:
    """The columns that make an address of this type comparable."""
    match type_:
        case "ipam.prefix" | "ipam.aggregate":
            first, last, length = span(str(row["prefix"]))
            return {"family": first[0], "_first": first, "_last": last, "_length": length}
        case "ipam.ipaddress":
            packed, length = host(str(row["address"]))
            return {"family": packed[0], "_host": packed, "_length": length}
        case "ipam.iprange":
            first, last = host(str(row["start_address"]))[0], host(str(row["end_address"]))[0]
            size = unpack(last) - unpack(first) + 1
            return {"family": first[0], "_first": first, "_last": last, "size": size}
        case _:
            return {}
