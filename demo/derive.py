"""Works out what NetBox keeps beside the rows: trees, counters, caches of places, paths, orders."""
# ruff: noqa: S608 - names of tables and columns come from the models, values are always parameters

from itertools import groupby
from operator import itemgetter

from demo.database import Database, link_table, rank_index, relations, stored
from demo.model import Counter, Generic, Model, Ref, Text
from demo.models import MODELS
from demo.models.ports import CABLE_ENDS, END_POINTS
from demo.natural import natural

_SCOPED = ("ipam.prefix", "virtualization.cluster", "circuits.circuittermination")
#: text columns that are looked up by their exact value
_LOOKED_UP = {
    "name",
    "slug",
    "serial",
    "asset_tag",
    "cid",
    "mac_address",
    "dns_name",
    "model",
    "username",
    "rd",
}


def derive(database: Database) -> None:
    """Complete a database whose rows are all there."""
    database.flush()
    _index(database)
    for model in MODELS.values():
        if "_sort_path" in model.by_name:
            _trees(database, model)
        _counters(database, model)
    for type_ in _SCOPED:
        _scopes(database, MODELS[type_])
    _cable_ends(database)
    _prefix_hierarchy(database)
    _connections(database)
    for model in MODELS.values():
        _rank(database, model)
    database.done()


def _index(database: Database) -> None:
    for model in MODELS.values():
        table = model.table
        for field in (*model.fields, *model.hidden):
            match field:
                case Ref(name=name):
                    _index_on(database, table, name, where=f'"{name}" IS NOT NULL')
                case Generic(stem=stem):
                    _index_on(database, table, f"{stem}_id", f"{stem}_type", where=f"{stem}_id IS NOT NULL")
                case Text(name=name, exact="iexact"):
                    _index_on(database, table, name)
                    _index_on(database, table, name, collate="NOCASE")
                case Text(name=name) if name in _LOOKED_UP:
                    _index_on(database, table, name)
        for name in ("last_updated", "vid", "_host", "_first", "time"):
            if name in stored(model):
                _index_on(database, table, name)
        for relation in relations(model):
            link = link_table(model, relation)
            _index_on(database, link, "source", "target")
            _index_on(database, link, "target", "source")
    _index_on(database, "dcim_interface", "mode", where="mode IS NOT NULL")


def _index_on(database: Database, table: str, *names: str, where: str = "", collate: str = "") -> None:
    listed = ", ".join(f'"{name}"' + (f" COLLATE {collate}" if collate else "") for name in names)
    index = "_".join((table, *names, collate, "index"))
    database.execute(f"CREATE INDEX {index} ON {table} ({listed})" + (f" WHERE {where}" if where else ""))


def _trees(database: Database, model: Model) -> None:
    children: dict[int | None, list[tuple[int, str]]] = {}
    for id_, parent, name in database.query(f"SELECT id, parent, name FROM {model.table}"):
        children.setdefault(parent, []).append((id_, name))
    ready = [(id_, 0, natural(name) or "") for id_, name in children.get(None, ())]
    for id_, depth, path in ready:
        database.execute(
            f"UPDATE {model.table} SET _depth = ?, _sort_path = ? WHERE id = ?", (depth, path, id_)
        )
        # The list grows while it is walked: parents come before their children.
        ready.extend(
            (child, depth + 1, f"{path}\x01{natural(name)}") for child, name in children.get(id_, ())
        )


def _counters(database: Database, model: Model) -> None:
    for field in model.fields:
        if isinstance(field, Counter):
            database.execute(
                f"UPDATE {model.table} SET {field.name} = found.number FROM"
                f' (SELECT "{field.by}" AS owner, COUNT(*) AS number FROM {MODELS[field.of].table}'
                f' WHERE "{field.by}" IS NOT NULL GROUP BY "{field.by}") found'
                f" WHERE found.owner = {model.table}.id"
            )


def _scopes(database: Database, model: Model) -> None:
    stem = next(field.stem for field in model.fields if isinstance(field, Generic))
    id_ = f"{model.table}.{stem}_id"
    of_type = f"UPDATE {model.table} SET {{}} WHERE {stem}_type = '{{}}'"
    database.execute(of_type.format(f"_region = {id_}", "dcim.region"))
    database.execute(of_type.format(f"_site_group = {id_}", "dcim.sitegroup"))
    database.execute(of_type.format(f"_site = {id_}", "dcim.site"))
    database.execute(
        of_type.format(
            f"_location = {id_}, _site = (SELECT site FROM dcim_location l WHERE l.id = {id_})",
            "dcim.location",
        )
    )
    database.execute(
        f'UPDATE {model.table} SET (_region, _site_group) = (SELECT region, "group" FROM dcim_site s'
        f" WHERE s.id = {model.table}._site) WHERE _site IS NOT NULL"
    )


def _cable_ends(database: Database) -> None:
    """Note with each end of a cable in which device and place it is."""
    for type_ in CABLE_ENDS:
        database.execute(
            "UPDATE dcim_cabletermination SET (_device, _rack, _location, _site) = ("
            f"SELECT {_PLACE_OF.get(type_, _PLACE_OF_PORT.format(MODELS[type_].table))}"
            f" AND e.id = dcim_cabletermination.termination_id) WHERE termination_type = '{type_}'"
        )


_PLACE_OF_PORT = "d.id, d.rack, d.location, d.site FROM {} e JOIN dcim_device d ON d.id = e.device"
_PLACE_OF = {
    "dcim.powerfeed": "NULL, e.rack, p.location, p.site FROM dcim_powerfeed e"
    " JOIN dcim_powerpanel p ON p.id = e.power_panel",
    "circuits.circuittermination": "NULL, NULL, e._location, e._site"
    " FROM circuits_circuittermination e WHERE 1",
}


def _prefix_hierarchy(database: Database) -> None:
    rows = database.query("SELECT vrf, _first, _last, id FROM ipam_prefix ORDER BY vrf, _first, _length")
    for _, group in groupby(rows, key=itemgetter(0)):
        depth: dict[int, int] = {}
        children: dict[int, int] = {}
        around: list[tuple[bytes, int]] = []
        for _, first, last, id_ in group:
            while around and around[-1][0] < first:
                around.pop()
            depth[id_], children[id_] = len(around), 0
            for _, parent in around:
                children[parent] += 1
            around.append((last, id_))
        for id_, level in depth.items():
            database.execute(
                "UPDATE ipam_prefix SET _depth = ?, _children = ? WHERE id = ?", (level, children[id_], id_)
            )


def _connections(database: Database) -> None:
    """Mark every end point whose path arrives somewhere by cables in use; all paths advance together."""
    database.execute("CREATE TABLE _hop (origin_type, origin_id, type, id, cable, active)")
    for type_ in END_POINTS:
        table = MODELS[type_].table
        database.execute(
            f"INSERT INTO _hop SELECT '{type_}', id, '{type_}', id, cable, 1 FROM {table}"
            " WHERE cable IS NOT NULL"
        )
    while database.value("SELECT COUNT(*) FROM _hop"):
        database.execute("CREATE TABLE _far AS" + _ACROSS_THE_CABLE)
        for type_ in END_POINTS:
            database.execute(
                f"UPDATE {MODELS[type_].table} SET _connected = 1 WHERE id IN"
                f" (SELECT origin_id FROM _far WHERE origin_type = '{type_}' AND arrived AND active)"
            )
        database.execute("DELETE FROM _hop")
        database.execute("INSERT INTO _hop " + _THROUGH_THE_PANEL)
        database.execute("DROP TABLE _far")
    database.execute("DROP TABLE _hop")
    _index_on(database, "dcim_interface", "_connected", where="_connected")


_ACROSS_THE_CABLE = """
SELECT h.origin_type, h.origin_id, far.termination_type AS type, far.termination_id AS id,
       far.termination_type NOT IN ('dcim.frontport', 'dcim.rearport', 'circuits.circuittermination')
           OR (far.termination_type = 'circuits.circuittermination' AND EXISTS (
               SELECT 1 FROM circuits_circuittermination a JOIN circuits_circuittermination z
               ON z.circuit = a.circuit AND z.id != a.id AND z.termination_type = 'circuits.providernetwork'
               WHERE a.id = far.termination_id
           )) AS arrived,
       h.active AND c.status = 'connected' AS active
FROM _hop h
JOIN dcim_cable c ON c.id = h.cable
JOIN dcim_cabletermination near
  ON near.cable = h.cable AND near.termination_type = h.type AND near.termination_id = h.id
JOIN dcim_cabletermination far ON far.cable = h.cable AND far.cable_end != near.cable_end
"""
_THROUGH_THE_PANEL = """
SELECT f.origin_type, f.origin_id, 'dcim.rearport', r.id, r.cable, f.active
FROM _far f JOIN dcim_frontport p ON p.id = f.id JOIN dcim_rearport r ON r.id = p.rear_port
WHERE f.type = 'dcim.frontport' AND r.cable IS NOT NULL
UNION ALL
SELECT f.origin_type, f.origin_id, 'dcim.frontport', p.id, p.cable, f.active
FROM _far f JOIN dcim_frontport p ON p.rear_port = f.id
WHERE f.type = 'dcim.rearport' AND p.cable IS NOT NULL
UNION ALL
SELECT f.origin_type, f.origin_id, 'circuits.circuittermination', z.id, z.cable, f.active
FROM _far f JOIN circuits_circuittermination a ON a.id = f.id
JOIN circuits_circuittermination z ON z.circuit = a.circuit AND z.id != a.id
WHERE f.type = 'circuits.circuittermination' AND z.cable IS NOT NULL
"""


def _rank(database: Database, model: Model) -> None:
    order = ", ".join(f"{key} NULLS LAST" for key in (*model.order, "t.id"))
    database.execute(
        f"UPDATE {model.table} SET _rank = ranked.number FROM"
        f" (SELECT t.id, ROW_NUMBER() OVER (ORDER BY {order}) AS number FROM {model.table} t) ranked"
        f" WHERE ranked.id = {model.table}.id"
    )
    database.execute(f"CREATE INDEX {rank_index(model)} ON {model.table} (_rank)")
