"""The read-through store under every read: in-process or Redis, with a lifetime per kind of data."""
