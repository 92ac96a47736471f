"""Builds the generated network, from the organisation down to the history of its changes."""
