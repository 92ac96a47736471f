"""One file per composite tool: its arguments, what it must read, how it answers."""
