"""Start a real NetBox and a real Nautobot on this machine, both holding the generated inventory.

python -m tests.live.rig up      begin afresh: half a minute with cached databases, else a quarter of an hour
python -m tests.live.rig env     print addresses and tokens: export $(python -m tests.live.rig env)
python -m tests.live.rig down    stop everything and forget its data; installations and dumps are kept
"""

import argparse
import json
import secrets
import shutil
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from demo.inventory import Inventory, generate
from tests.live.rig.machine import RUN, SECRET, install_packages, ports, start_services, stop_all, timed
from tests.live.rig.servers import Server, nautobot, netbox


def up() -> None:
    """Start both servers in a known state."""
    down()
    netbox_port, nautobot_port, redis_port = ports(3)
    with timed("machine"):
        RUN.mkdir(parents=True)
        if not SECRET.exists():
            SECRET.touch(mode=0o600)
            SECRET.write_text(secrets.token_hex(32))
        install_packages()
        start_services(redis_port)
    inventory = generate(devices=70, seed=1)
    rows = RUN / "inventory.json"
    rows.write_text(json.dumps({name: list(inventory.rows(name)) for name in inventory.types}))
    site = busiest_site(inventory)

    def bring_up(server: Server) -> str:
        server.install()
        server.fill(rows)
        return server.start(site)

    with timed("both"), ThreadPoolExecutor() as pool:
        servers = (netbox(netbox_port, redis_port), nautobot(nautobot_port, redis_port))
        settings = list(pool.map(bring_up, servers))
    (RUN / "env").touch(mode=0o600)
    (RUN / "env").write_text("".join(settings))
    sys.stderr.write("export $(python -m tests.live.rig env)\n")


def busiest_site(inventory: Inventory) -> str:
    """The name of the site with the most devices: the one that a restricted principal may see."""
    [(busiest, _)] = Counter(row["site"] for row in inventory.rows("dcim.device")).most_common(1)
    return next(str(row["name"]) for row in inventory.rows("dcim.site") if row["id"] == busiest)


def env() -> None:
    """Print the addresses and tokens of the running servers."""
    if not (RUN / "env").exists():
        raise SystemExit("nothing is running; start it with: up")
    sys.stdout.write((RUN / "env").read_text())


def down() -> None:
    """Stop everything and forget its data."""
    stop_all()
    shutil.rmtree(RUN, ignore_errors=True)


COMMANDS = {"up": up, "env": env, "down": down}

if __name__ == "__main__":
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("command", choices=COMMANDS)
    COMMANDS[parser.parse_args().command]()
