"""NetBox 4.2 to 4.7 as a source."""
