"""The MCP face of netbrief: settings, command line, application."""
