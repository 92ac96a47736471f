"""Faults that a server can be told to have: slow, throttled, broken, cut off."""

from dataclasses import dataclass, field


@dataclass
class Faults:
    """Which faults the next requests meet; change the fields while the server runs."""

    #: seconds that every request waits
    latency: float = 0.0
    #: requests still to be answered 429, and the seconds they are told to wait
    throttled: int = 0
    retry_after: int = 1
    #: requests still to be answered 500
    failing: int = 0
    #: requests still to be answered with a page of HTML, as a proxy or a login page would
    html: int = 0
    #: requests still to be cut off in the middle of the body
    cut: int = 0
    #: seconds between the pieces of every body
    drip: float = 0.0
    #: requests still to be answered well before any fault strikes
    after: int = 0
    #: only paths that start so meet a fault
    under: str = "/"
    #: how often each fault struck
    struck: dict[str, int] = field(default_factory=dict)

    def take(self, name: str) -> bool:
        """Whether a counted fault strikes now; it is used up by striking."""
        left: int = getattr(self, name)
        if left <= 0:
            return False
        setattr(self, name, left - 1)
        self.struck[name] = self.struck.get(name, 0) + 1
        return True

    def clear(self) -> None:
        """Be well again."""
        self.__init__()  # type: ignore[misc]
