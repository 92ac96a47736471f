"""What is this, and where is it: one object by its name, number or address."""

from __future__ import annotations

from tests.questions.in_words.case import Asked, asked, call, rows
from tests.questions.listing import SUED

DOSSIERS: tuple[Asked, ...] = (
    asked("akr-core01", call("describe", object="akr-core01"), call("find", text="akr-core01")),
    asked("tell me about alb-brd01", call("describe", object="alb-brd01")),
    asked("what is akr-web03?", call("describe", object="akr-web03")),
    asked("Describe the site Albany", call("describe", object="Albany", type="site")),
    asked("info on akron site", call("describe", object="Akron", type="site")),
    asked("details for circuit LU-4403", call("describe", object="LU-4403", type="circuit")),
    asked(
        "everything you know about the tenant Engineering",
        call("describe", object="Engineering", type="tenant"),
    ),
    asked("show cluster alb-cluster01", call("describe", object="alb-cluster01", type="cluster")),
    asked("what's in provider Lumen Path's record", call("describe", object="Lumen Path", type="provider")),
    asked(
        "describe prefix 10.0.17.0/24",
        call("describe", object="10.0.17.0/24"),
        call("ip_space", prefix="10.0.17.0/24"),
    ),
    asked("describe VLAN 2002", call("describe", object="2002", type="vlan"), call("vlans", vid=2002)),
    asked("what do we know about the model MX204", call("describe", object="MX204", type="device type")),
    asked("vrf Lab details", call("describe", object="Lab", type="vrf")),
    asked(f"give me an overview of {SUED}", call("describe", object=SUED, type="site")),
    asked(
        "serial number of akr-fw02",
        call("describe", object="akr-fw02"),
        rows("device", name="akr-fw02", fields=["serial"]),
    ),
    asked(
        "what's the mgmt ip of buf-rtr01",
        call("describe", object="buf-rtr01"),
        rows("device", name="buf-rtr01", fields=["primary_ip4"]),
        rows("device", name="buf-rtr01"),
    ),
    asked(
        "which model is cam-asw01?",
        call("describe", object="cam-asw01"),
        rows("device", name="cam-asw01", fields=["device_type"]),
        rows("device", name="cam-asw01"),
    ),
    asked(
        "who owns uti-rtr01 (tenant)",
        call("describe", object="uti-rtr01"),
        rows("device", name="uti-rtr01", fields=["tenant"]),
    ),
    asked(
        "what is the status of nas-asw01",
        call("describe", object="nas-asw01"),
        rows("device", name="nas-asw01", fields=["status"]),
        rows("device", name="nas-asw01"),
    ),
    asked(
        "is scr-asw01 active?",
        call("describe", object="scr-asw01"),
        rows("device", name="scr-asw01", status="active"),
        rows("device", name="scr-asw01"),
    ),
    asked(
        "which rack is alb-srv01 in",
        call("describe", object="alb-srv01"),
        rows("device", name="alb-srv01", fields=["rack"]),
        call("find", text="alb-srv01"),
    ),
    asked("where is yon-rtr01", call("find", text="yon-rtr01"), call("describe", object="yon-rtr01")),
    asked(
        "where can i find console-server01?",
        call("find", text="console-server01"),
        rows("device", name="console-server01"),
    ),
    asked("find AC00095028", call("find", text="AC00095028")),
    asked(
        "which device has the serial CO00110866",
        call("find", text="CO00110866"),
        rows("device", serial="CO00110866"),
    ),
    asked("look up 02:1a:00:00:00:20", call("find", text="02:1a:00:00:00:20")),
    asked("whose mac is 021a.0000.0040", call("find", text="021a.0000.0040")),
    asked("asset tag NB-000012", call("find", text="NB-000012"), rows("device", asset_tag="NB-000012")),
    asked("what is NB-000020?", call("find", text="NB-000020"), rows("device", asset_tag="NB-000020")),
    asked("search for stack01", call("find", text="stack01")),
    asked("do you know anything called 'XC-0001'", call("find", text="XC-0001")),
    asked("AKR-CORE02 details", call("describe", object="akr-core02")),
    asked(
        "Wo ist... sorry, where is the server akr-srv02 located?",
        call("find", text="akr-srv02"),
        call("describe", object="akr-srv02"),
    ),
    asked("vm akr-db02", call("describe", object="akr-db02"), call("find", text="akr-db02")),
    asked(
        "contact details of Ada Okafor",
        call("find", text="Ada Okafor"),
        rows("contact", name="Ada Okafor"),
        call("describe", object="Ada Okafor", type="contact"),
    ),
    asked(
        "what's the facility code of Akron",
        call("describe", object="Akron", type="site"),
        rows("site", name="Akron", fields=["facility"]),
    ),
)
