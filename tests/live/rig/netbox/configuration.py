"""NetBox's settings in the rig."""

import os
from pathlib import Path

_RUN = Path(os.environ["RIG_RUN"])
_REDIS = {"HOST": "127.0.0.1", "PORT": int(os.environ["RIG_REDIS_PORT"]), "SSL": False}

ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
SECRET_KEY = (_RUN.parent / "secret").read_text()
API_TOKEN_PEPPERS = {1: SECRET_KEY}
# Since 4.3 these are DATABASES; every release takes the old name.
DATABASE = {
    "ENGINE": "django.db.backends.postgresql",
    "NAME": "netbox",
    "USER": "rig",
    "HOST": str(_RUN / "sockets"),
    "CONN_MAX_AGE": 300,
}
# Nautobot has the databases 0 and 1 of the same Redis.
REDIS = {"tasks": {**_REDIS, "DATABASE": 2}, "caching": {**_REDIS, "DATABASE": 3}}
# The inventory's change log is older than what the worker would keep.
CHANGELOG_RETENTION = 0
# No call leaves this machine.
ISOLATED_DEPLOYMENT = True
CENSUS_REPORTING_ENABLED = False
