"""Nautobot 2.4 to 3.2 as a source."""
