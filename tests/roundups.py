"""Three invented events as reports tell them, and a digest that tells all three."""

FERRY = (
    "The ferry Halmar Star ran aground off Brekkeness on Monday with 212 passengers aboard, the coastguard of Norvik "
    "said. Captain Ingrid Solberg ordered the passengers into boats. Nobody drowned when the ferry listed.",
    "All 212 people were taken off the Halmar Star after the ferry struck rocks near Brekkeness, rescuers from Norvik "
    "said. Solberg, the captain, stayed until the last boat had left the ferry.",
    "An inquiry will ask why Captain Solberg took the ferry Halmar Star so close to the Brekkeness rocks, the harbour "
    "office in Norvik announced. The ferry lies on its side with fuel in its tanks.",
)
VOTE = (
    "Parliament in Castellane passed the water bill by 91 votes to 60 after a night of debate. Minister Pau Ferrand "
    "called the bill the end of a drought of ideas; farmers blocked the road to Castellane.",
    "Farmers drove tractors into Castellane to protest against the water bill that Ferrand, the minister, had carried "
    "through parliament with 91 votes. The bill taxes wells deeper than thirty metres.",
    "A tax on wells deeper than thirty metres passed in Castellane with 91 votes against 60. Pau Ferrand thanked his "
    "coalition; tractors of angry farmers still stood before the parliament in the evening.",
)
QUARRY = (
    "A slope above the Doubrek quarry gave way on Tuesday and buried a canteen at Zhelnov, killing six workers, the "
    "mine inspectorate said. Foreman Taras Wehlichko was pulled out alive after nine hours. The quarry's owner, "
    "Korvadel, said that its gauges had shown no movement. Digging goes on by floodlight.",
    "Six workers died when the slope over the Doubrek quarry buried their canteen at Zhelnov on Tuesday. Taras "
    "Wehlichko, a foreman, spent nine hours under it. Korvadel, which runs the quarry, pointed to its gauges; the "
    "mine inspectorate wants to see them.",
)
#: One paragraph an event, in words of its own.
DIGEST = (
    "Rescuers brought all 212 passengers ashore from the Halmar Star, which had run onto rocks off Brekkeness. The "
    "coastguard in Norvik praised Captain Ingrid Solberg, the last to leave the ferry.",
    "Castellane has its water bill: 91 members of parliament voted for the tax on deep wells that Minister Pau Ferrand "
    "had asked for, while farmers with tractors blocked the roads around the building.",
    "Six workers are dead at Zhelnov, where a slope above the Doubrek quarry slid onto their canteen. Korvadel, the "
    "owner, says its gauges were silent; foreman Taras Wehlichko was dug out after nine hours.",
)
