"""NetBox and Nautobot behind one interface, and the catalog of object types and relations."""
