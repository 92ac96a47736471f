"""Tests of the demo inventory and its server."""
