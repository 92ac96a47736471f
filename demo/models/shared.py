"""Fields, shapes and filters that many object types have in common."""

from demo.model import By, Constant, CustomFields, Number, Ref, Tags, Text, Time, nested

DESCRIPTION = Text("description")
COMMENTS = Text("comments", exact=None)
OWNER = Constant("owner", schema={"type": "object", "nullable": True})
CREATED = Time("created")
UPDATED = Time("last_updated")
END = (Tags(), CustomFields(), CREATED, UPDATED)
TENANT = Ref("tenant", to="tenancy.tenant")

LIST = {"type": "array", "items": {}}
NULL = {"type": "object", "nullable": True}

NESTED_NAME = nested("name")
NESTED_TREE = nested("name", "slug", "_depth")

ORGANISED = ("name", "slug", "description")
GROUPED = ("name", "slug", "description", "comments")

#: the level of an object in its tree, and the text that sorts the tree
DEPTH = Number("_depth", filtered=False)
SORT_PATH = Text("_sort_path", exact=None)

BY_TENANT = (By("tenant"), By("tenant_group", "tenant.group", tree=True))
BY_TREE = (By("parent"), By("ancestor", "parent", tree=True))

#: the places that the scope of an object implies, cached with the object as NetBox does
SCOPE_CACHE = (
    Ref("_region", to="dcim.region"),
    Ref("_site_group", to="dcim.sitegroup"),
    Ref("_site", to="dcim.site"),
    Ref("_location", to="dcim.location"),
)
BY_SCOPE = (
    By("region", "_region", tree=True),
    By("site_group", "_site_group", tree=True),
    By("site", "_site"),
    By("location", "_location", tree=True),
)


def by_site(path: str = "site") -> tuple[By, ...]:
    """The filters of whatever stands in a site: the site itself, its regions and its groups."""
    return (
        By("region", f"{path}.region", tree=True),
        By("site_group", f"{path}.group", tree=True),
        By("site", path),
    )
