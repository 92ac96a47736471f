"""Questions made from templates, about whatever sites, roles, devices and networks an inventory holds."""
