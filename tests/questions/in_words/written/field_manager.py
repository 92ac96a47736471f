"""Asked by who reports and audits: long polite sentences, counts, comparisons, the most and the least, times."""

from __future__ import annotations

from tests.questions.in_words.case import Asked, asked, call, rows
from tests.questions.in_words.written.devices import switches

MANAGER: tuple[Asked, ...] = (
    asked(
        "Good morning, could you tell me how many devices we currently operate in the state of New York?",
        rows("device", region="New York"),
        rows("device", region="New York", status="active"),
    ),
    asked(
        "I would like to know how our equipment is distributed among the different manufacturers.",
        rows("device", by="manufacturer"),
    ),
    asked(
        "For the quarterly report I need the number of virtual machines broken down by tenant, please.",
        rows("vm", by="tenant"),
    ),
    asked(
        "Which of our locations has the largest number of devices installed?",
        rows("device", by="site"),
        rows("site", order=["-devices"]),
        rows("location", order=["-devices"]),
    ),
    asked(
        "Would you be so kind as to list the sites that are still only planned?",
        rows("site", status="planned"),
    ),
    asked("Do we have any hardware that is marked as failed at the moment?", rows("device", status="failed")),
    asked(
        "What proportion of our devices is active, offline, failed or planned?", rows("device", by="status")
    ),
    asked(
        "Please provide me with an overview of the tenant Corporate IT.",
        call("describe", object="Corporate IT", type="tenant"),
    ),
    asked(
        "Who supplies us with circuits, and how many do we get from each of them?",
        rows("circuit", by="provider"),
        rows("provider", order=["-circuits"]),
    ),
    asked(
        "Could I see what was altered in the inventory over the last two weeks?",
        call("changes", since="2 weeks"),
    ),
    asked(
        "Has anyone modified anything concerning our Albany data center since the beginning of November?",
        call("changes", site="Albany", since="1 november"),
    ),
    asked(
        "What has Chiyo's account ctanaka been working on during the past ten days?",
        call("changes", by="ctanaka", since="10 days"),
    ),
    asked(
        "I need an account of every change made by aokafor between the 1st and the 15th of November 2026.",
        call("changes", by="aokafor", since="2026-11-01", until="2026-11-15"),
    ),
    asked(
        "Were any circuits edited during the last quarter?",
        call("changes", type="circuit", since="last quarter"),
        call("changes", type="circuit", since="3 months"),
        call("changes", type="circuit", since="1 quarter"),
    ),
    asked(
        "In which respects has the Rochester office changed compared with one month ago?",
        call("compare", left="Rochester", since="1 month"),
        call("compare", left="Rochester", since="1 month", type="site"),
        call("changes", site="Rochester", since="1 month"),
    ),
    asked("How good is the quality of our data overall?", call("audit")),
    asked(
        "Please let me know about the most serious problems in our documentation, that is to say "
        "the high severity ones.",
        call("audit", checks=["high"]),
    ),
    asked(
        "Are there any serial numbers that have been recorded for more than one device?",
        call("audit", checks=["duplicate-serial"]),
    ),
    asked(
        "Can you tell me for which active devices nobody has recorded a serial number?",
        call("audit", checks=["device-without-serial"]),
        rows("device", serial=None, status="active"),
    ),
    asked(
        "I have been asked how many of our devices do not yet carry an asset tag.",
        rows("device", asset_tag=None),
    ),
    asked(
        "Which devices have been planned for ages without anybody touching them?",
        call("audit", checks=["stale-planned-device"]),
    ),
    asked("Kindly check the branch in Syracuse for documentation errors.", call("audit", site="Syracuse")),
    asked(
        "How many machines have we bought since the first of January 2025?",
        rows("device", cf_purchase_date__gte="2025-01-01"),
    ),
    asked(
        "Which device records have gone the longest without being updated?",
        rows("device", order=["last_updated"]),
    ),
    asked(
        "Is there anything with gold support that isn't backed up?",
        rows("device", cf_support_tier="gold", cf_backed_up=False),
    ),
    asked("How are the support tiers spread across our devices?", rows("device", by="cf_support_tier")),
    asked(
        "Which devices are tagged as critical, and at which sites do they stand?",
        rows("device", tag="critical"),
        rows("device", tag="critical", fields=["site"]),
    ),
    asked(
        "I'd be grateful for the total number of firewalls in our two data centers, Akron and Albany.",
        rows("device", role="Firewall", site=["Akron", "Albany"]),
        rows("device", role="Firewall", site_group="Data centers"),
    ),
    asked("Does the Buffalo office own more than one router?", rows("device", role="Router", site="Buffalo")),
    asked(
        "Compare the branches in Utica and Yonkers for me, if you would.",
        call("compare", left="Utica", right="Yonkers"),
        call("compare", left="Utica", right="Yonkers", type="site"),
    ),
    asked(
        "Is there any difference between what is recorded for akr-srv01 and akr-srv02?",
        call("compare", left="akr-srv01", right="akr-srv02"),
    ),
    asked(
        "What would the business lose if the Scranton office burned down?",
        call("impact", object="Scranton"),
        call("impact", object="site Scranton"),
    ),
    asked(
        "Before I approve the maintenance of alb-fw02: who and what would be affected by it?",
        call("impact", object="alb-fw02"),
    ),
    asked(
        "Should the contract for circuit NO-4404 be cancelled, which of our services would be interrupted?",
        call("impact", object="circuit NO-4404"),
    ),
    asked("How much room is left in our server racks in Akron?", call("capacity", of="Akron", type="racks")),
    asked("Where are we going to run out of resources soonest?", call("capacity")),
    asked(
        "Do we have enough electricity left at Akron to install further servers?",
        call("capacity", of="Akron", type="power"),
    ),
    asked(
        "Could our Albany data center accommodate a new appliance that is 12 units high?",
        call("capacity", of="Albany", fits_u=12),
        call("capacity", of="Albany", fits_u=12, type="racks"),
    ),
    asked("Are we about to run out of IP addresses in Stamford?", call("ip_space", site="Stamford")),
    asked("Which of our customers belongs to the group Customers?", rows("tenant", group="Customers")),
    asked(
        "Who is the technical contact for anything? I need the list of people in that role.",
        rows("contact assignment", role="Technical"),
        rows("contact assignment", role="Technical", fields=["contact"]),
    ),
    asked(
        "Please give me the telephone number of Fatima Haddad.",
        rows("contact", name="Fatima Haddad"),
        rows("contact", name="Fatima Haddad", fields=["phone"]),
        call("describe", object="Fatima Haddad", type="contact"),
    ),
    asked(
        "What is the e-mail address of Emil Sørensen?",
        rows("contact", name="Emil Sørensen"),
        rows("contact", name="Emil Sørensen", fields=["email"]),
        call("describe", object="Emil Sørensen", type="contact"),
    ),
    asked(
        "Which operating systems are in use on our virtual machines, and how often?",
        rows("vm", by="platform"),
    ),
    asked(
        "How many virtual machines are still running on Windows Server 2022?",
        rows("vm", platform="Windows Server 2022"),
    ),
    asked(
        "Name the three virtual machines with the most memory.",
        rows("vm", order=["-memory"], limit=3),
        rows("vm", order=["-memory"]),
    ),
    asked(
        "Which model do we use the most?",
        rows("device type", order=["-devices"]),
        rows("device", by="device_type"),
    ),
    asked(
        "Are there models in our catalogue that we have not a single device of?",
        rows("device type", devices=0),
    ),
    asked("Which tenants don't own any device at all?", rows("tenant", devices=0)),
    asked("Of all our sites, which ones accommodate fewer than five devices?", rows("site", devices__lt=5)),
    asked("How many racks do we have per site?", rows("rack", by="site"), rows("site", order=["-racks"])),
    asked(
        "Which branch offices belong to Engineering?", rows("site", group="Branches", tenant="Engineering")
    ),
    asked("May I have the street addresses of all our sites?", rows("site", fields=["physical_address"])),
    asked(
        "When was the record of akr-fw01 last updated?",
        rows("device", name="akr-fw01", fields=["last_updated"]),
        call("describe", object="akr-fw01"),
    ),
    asked(
        "Show me a picture of the Albany network that I can put on a slide.",
        call("topology", around="Albany", format="svg"),
        call("topology", around="Albany"),
    ),
    asked(
        "How many VLANs have been deprecated so far, and at which sites?",
        rows("vlan", by="site", status="deprecated"),
        rows("vlan", status="deprecated"),
    ),
    asked(
        "How many switches stand in the region New Jersey, and how does that split by model?",
        *(each for each in switches(by="device_type", region="New Jersey")),
    ),
    asked(
        "Which of our devices were added to the records after the 31st of August 2026?",
        rows("device", created__gt="2026-08-31"),
        rows("device", created__gte="2026-09-01"),
    ),
    asked(
        "I wonder whether we really have a router in every branch; show routers per site.",
        rows("device", by="site", role="Router"),
    ),
    asked("Tell me which circuits have never been given a tenant.", rows("circuit", tenant=None)),
)
