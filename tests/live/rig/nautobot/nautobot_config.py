"""Nautobot's settings in the rig."""

import os
from pathlib import Path

from nautobot.core.settings import *  # noqa: F403  (that is how Nautobot is configured)

_RUN = Path(os.environ["RIG_RUN"])

ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
SECRET_KEY = (_RUN.parent / "secret").read_text()
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "nautobot",
        "USER": "rig",
        "HOST": str(_RUN / "sockets"),
        "CONN_MAX_AGE": 300,
    }
}
# No call leaves this machine.
INSTALLATION_METRICS_ENABLED = False
