"""Names that real networks could have: towns, people, companies."""
# ruff: noqa: RUF001 - letters that look like others are what names consist of

TOWNS = (
    ("Akron", "Ohio", 41.081445, -81.519005, "America/New_York"),
    ("Albany", "New York", 42.652579, -73.756232, "America/New_York"),
    ("Binghamton", "New York", 42.098687, -75.917974, "America/New_York"),
    ("Buffalo", "New York", 42.886447, -78.878369, "America/New_York"),
    ("Camden", "New Jersey", 39.925946, -75.119620, "America/New_York"),
    ("Nashua", "New Hampshire", 42.765366, -71.467566, "America/New_York"),
    ("Pittsfield", "Massachusetts", 42.450085, -73.245382, "America/New_York"),
    ("Rochester", "New York", 43.156578, -77.608849, "America/New_York"),
    ("Scranton", "Pennsylvania", 41.408969, -75.662412, "America/New_York"),
    ("Stamford", "Connecticut", 41.053430, -73.538734, "America/New_York"),
    ("Syracuse", "New York", 43.048122, -76.147424, "America/New_York"),
    ("Utica", "New York", 43.100903, -75.232664, "America/New_York"),
    ("Yonkers", "New York", 40.931210, -73.898747, "America/New_York"),
    ("Göttingen", "Niedersachsen", 51.541280, 9.915804, "Europe/Berlin"),
    ("Kassel", "Hessen", 51.312711, 9.479746, "Europe/Berlin"),
    ("Ulm", "Baden-Württemberg", 48.401082, 9.987608, "Europe/Berlin"),
    ("Passau", "Bayern", 48.566736, 13.431947, "Europe/Berlin"),
    ("Leuven", "Vlaanderen", 50.879844, 4.700518, "Europe/Brussels"),
    ("Besançon", "Franche-Comté", 47.237829, 6.024054, "Europe/Paris"),
    ("Málaga", "Andalucía", 36.721274, -4.421399, "Europe/Madrid"),
    ("Aarhus", "Midtjylland", 56.162939, 10.203921, "Europe/Copenhagen"),
    ("Bergen", "Vestland", 60.391263, 5.322054, "Europe/Oslo"),
    ("Geelong", "Victoria", -38.149918, 144.361719, "Australia/Melbourne"),
    ("Hamamatsu", "Shizuoka", 34.710834, 137.726126, "Asia/Tokyo"),
)
QUARTERS = (
    "North",
    "South",
    "East",
    "West",
    "Central",
    "Harbour",
    "Old Town",
    "Airport",
    "University",
    "Market Square",
    "Riverside",
    "Hillside",
    "Station",
    "Mill Street",
    "Castle Road",
)
CONTINENTS = {"America": "Americas", "Europe": "Europe", "Asia": "Asia-Pacific", "Australia": "Asia-Pacific"}

#: the name of a site that has everything in it that addresses, quotes and queries trip over
AWKWARD_SITE = "Saint-Étienne/O'Hare 50% «Süd»"
AWKWARD_SLUG = "saint-etienne-ohare-50-sud"
AWKWARD_DESCRIPTION = 'uplink to "core" – 100% O\'Reilly; Zürich\\Nord <5 ms> & co.'

PEOPLE = (
    ("Ada", "Okafor", "Network engineer"),
    ("Bruno", "Castellanos", "Site manager"),
    ("Chiyo", "Tanaka", "Data center technician"),
    ("Dilara", "Yıldız", "Head of networks"),
    ("Emil", "Sørensen", "On-call engineer"),
    ("Fatima", "Haddad", "Security officer"),
    ("Gwen", "O'Sullivan", "Facility manager"),
    ("Håkon", "Lie", "Account manager"),
)
TENANTS = (
    ("Internal", ("Corporate IT", "Engineering", "Warehouse & Logistics")),
    ("Customers", ("Brightwater Insurance", "Hollis & Daughters", "Kestrel Robotics", "Meridian Clinics")),
)
PROVIDERS = (("Lumen Path", 64511), ("NordNet Carrier", 64512), ("TransAtlantic Fibre", 64513))
CHANGERS = ("aokafor", "ctanaka", "automation")
