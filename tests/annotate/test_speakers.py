"""Who speaks: bodies by what a report calls them, those behind a comma or a colon, and words that have no voice."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from variorum.model import Annotation, Credit

Read = Callable[..., Annotation]


def root_of(read: Read, text: str, words: str) -> str | None:
    """Who answers for the statement with ``words``."""
    return next(s.root.name for s in read(text).statements if words in s.text)


HEAD = (
    "The paint maker Ostra Resins let solvent run into the harbour of Tarn. Its contractor, the cooperative Bluewater, "
    "is pumping it out.\n\nAnglers have left. Bluewater said that its men would stay.\n\n"
)


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        (HEAD + "The company said that 900 litres had escaped.", "900", "Ostra Resins"),
        (HEAD + "The cooperative said that the pumps were old.", "old", "Bluewater"),
        (
            "The health insurer Corvana has lost 4,000 letters. They came from Printwell. Printwell said that a van "
            "had been robbed.\n\nThe insurer said that no van had been ordered.",
            "ordered",
            "Corvana",
        ),
        (
            "Thieves emptied a vault of Merle Credit, the third-largest lender in Ostia. The lender said that the "
            "money was safe.",
            "safe",
            "Merle Credit",
        ),
    ],
)
def test_a_body_is_meant_by_what_the_report_calls_it(read: Read, text: str, words: str, name: str) -> None:
    """Of two companies the one that is called so, else that of the first sentences; never one called something else."""
    assert root_of(read, text, words) == name


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        (
            "Thieves emptied a vault of Merle Credit, the third-largest lender in Ostia said on Monday, in what may be "
            "the costliest theft of the decade.",
            "emptied",
            "Merle Credit",
        ),
        ("Some 200 guests had booked, said its owner, Hanna Brandt; the pier stays closed.", "200", "Hanna Brandt"),
        ("The gate was shut, reckoned the conductor, Per Holm, who had a cut. Holm limped.", "gate", "Per Holm"),
        ("The firm denied it: no van had been ordered that day.", "ordered", "firm"),
        ("The owner disagrees with the port: the engine had been checked.", "checked", "owner"),
        ('For the engineer Hugo Stamm the matter is clear: "The bolts were never replaced."', "bolts", "Hugo Stamm"),
        ("To the skipper it is plain that somebody had smoked on deck.", "smoked", "skipper"),
        ("For the town the matter is not settled. The bolts were old.", "bolts", "Tolmar Post"),
        (
            "The service, whose spokeswoman, Greta Holm, said an alert had been sent at six, was praised.",
            "whose spokeswoman, Greta Holm, said an alert had been sent at six",
            "Greta Holm",
        ),
        (
            "The club, whose president had denied that it was late, will wait.",
            "whose president",
            "president of the club",
        ),
        ("Clerks told us that a technician had alerted the office to odd transfers.", "transfers", "Clerks"),
    ],
)
def test_who_says_what_stands_beside_a_comma_or_a_colon(read: Read, text: str, words: str, name: str) -> None:
    """Tags in the midst of a sentence, answers and judgements before a colon."""
    assert root_of(read, text, words) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("According to present findings, two people were inside.", "Tolmar Post"),
        ("According to what we know today, two people were inside.", "Tolmar Post"),
        ("According to what is known so far, two people were inside.", "Tolmar Post"),
        ("The first findings show that two people were inside.", "Tolmar Post"),
        ("According to police findings, two people were inside.", "police"),
        ("According to the findings of the laboratory, two people were inside.", "laboratory"),
        ("Everything suggested that two people were inside.", "Tolmar Post"),
        ("Everything suggested that two people were inside, said Ada Quell.", "Ada Quell"),
        ("This newspaper reported that two people were inside.", "Tolmar Post"),
        ("The keeper of the mill told this newspaper that two people were inside.", "keeper of the mill"),
        ("The list posted by Thursday evening said that two people were inside.", "list posted by Thursday evening"),
    ],
)
def test_what_has_no_voice_leaves_it_to_the_report(read: Read, text: str, name: str) -> None:
    """Findings, knowledge, "everything" and times say nothing; this newspaper is the one that publishes the report."""
    (statement,) = read(text).statements
    assert statement.root.name == name
    assert not any(row.relay for row in statement.attribution if row.name != "Tolmar Post")


def test_a_time_posts_nothing(read: Read) -> None:
    """ "By Thursday evening" is when."""
    assert root_of(read, "290,000 letters had been posted by Thursday evening.", "letters") == "Tolmar Post"


def test_their_spokesman_is_no_woman_named_later(read: Read) -> None:
    """Nor anybody of another body."""
    text = "The walkers had warned of it. Their spokesman said that no sign was up.\n\n"
    text += '"We put up eleven," said Mara Quist, spokeswoman for the hunters.'
    assert root_of(read, text, "no sign") == "Their spokesman"


def test_it_is_the_body_of_the_sentence_before(read: Read) -> None:
    """ "The bulletin of the institute put it at 4. It had warned …", whoever was cited before."""
    text = "The Ice Club said that it was cold. The bulletin of the institute was read. It had warned of fresh snow."
    assert root_of(read, text, "fresh snow") == "bulletin of the institute"


def test_help_that_is_credited_makes_the_report_no_agencys(read: Read) -> None:
    """ "Additional reporting by LPB" leaves what the report says to its outlet."""
    text = "The mill burned down.\n\nAdditional reporting by LPB"
    begin = text.index("LPB")
    credit = Credit("LPB", (begin, begin + 3), "credit")
    assert read(text, (credit,)).statements[0].root.name == "Tolmar Post"


def test_he_is_the_source_without_a_name_who_spoke_just_before(read: Read) -> None:
    """Nearer than a man named earlier."""
    text = (
        "Police are not looking at Otto Lund, 61, the guard. His union calls the talk a disgrace.\n\nA source in the "
        "gold trade says the cup was melted on Sunday. “Nobody will find it. It's rings by now,” he says."
    )
    assert root_of(read, text, "rings by now") == "source in the gold trade"
