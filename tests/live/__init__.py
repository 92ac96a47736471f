"""Tests on a real NetBox and a real Nautobot, which the rig starts and fills."""
