"""The tests; a package, so that test modules may share names and helpers."""
