"""Questions that must have the same answers from the demo server, a real NetBox and a real Nautobot."""
