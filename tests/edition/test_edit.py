"""The edited story: title, places, people, timeline and brief."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from invented_edition import CREWED, FAULT, Newsroom, article, find, newsroom, story_parts

from variorum.edition import EditConfig, edit
from variorum.edition.brief import with_source
from variorum.model import Frame, Lineage, Period, Quantity, Story, Timex


@pytest.fixture(scope="module")
def story() -> Story:
    """The invented story, edited."""
    return edit(*story_parts())


def texts(story: Story) -> list[str]:
    """The sentences of the brief."""
    return [sentence.text for sentence in story.brief]


def small(*paragraphs: str, **more: str | None) -> tuple[Newsroom, object]:
    """A newsroom with one article of ``paragraphs``."""
    n = Newsroom()
    made = article("one", [("body", p) for p in paragraphs], more.get("publisher", "Daily"), "2031-05-02")
    n.articles = [made]
    return n, made


def edited(n: Newsroom) -> Story:
    """The newsroom's story, edited."""
    return edit(n.story(), n.articles, n.statements, list(n.entities.values()), Lineage())


def test_title_places_and_people_are_filled(story: Story) -> None:
    """The headline of the last report, places by name, people by id, those of most articles first."""
    _, _, _, entities, _ = story_parts()
    names = {e.id: e.name for e in entities}
    assert story.title == "Minister opens ferry hearing"
    assert story.places == ("Nordholm", "Port Veil")
    assert [names[p] for p in story.people] == ["Ada Lorne", "Lisbet Orme", "Piers Holl"]


def test_what_is_there_is_kept() -> None:
    """A title, places and people that the story already has are not replaced."""
    parts = story_parts()
    given = replace(parts[0], title="Given", places=("Here",), people=("e-1",))
    made = edit(given, *parts[1:])
    assert (made.title, made.places, made.people) == ("Given", ("Here",), ("e-1",))


def test_a_title_with_an_outdated_figure_gives_way() -> None:
    """A story is not headed by a toll that has risen since, where another headline is free of it."""
    n = Newsroom()
    first, second = (
        "Two people died in the fire in Lund, police said.",
        "Five people died in the fire in Lund, police said.",
    )
    heads = ("Two dead in Lund fire", "Lund mourns its dead")
    n.articles = [
        article(str(day), [("title", head), ("body", body)], "Post", f"2031-05-0{day}")
        for day, (head, body) in enumerate(zip(heads, (first, second), strict=True), 1)
    ]
    claims = []
    for made, body, count in zip(n.articles, (first, second), (2.0, 5.0), strict=True):
        start = made.text.index(body)
        word = body.split()[0]
        quantity = Quantity((start, start + len(word)), count, count, "exact", "person", role="killed")
        claims.append(n.claim("single_origin", [n.say(made, body, "police", quantities=(quantity,))]))
    n.conflict("update", "quantity", "people killed", "The toll rose.", ("2", claims[0]), ("5", claims[1]))
    made = edit(replace(n.story(), title=heads[0]), n.articles, n.statements, [], Lineage())
    assert made.title == heads[1]
    assert texts(made) == [second]


def test_the_brief_opens_with_the_event_and_no_denial() -> None:
    """What happened comes before who denies what about it, and both sides stand together."""
    denial = "The company denied on Monday that the bridge in Lund was overloaded."
    fall = "The bridge in Lund fell into the river on Monday."
    charge = "Ada Lorne said the bridge in Lund was overloaded."
    n, made = small(denial, fall, charge)
    denied = n.claim("single_origin", [n.say(made, denial, "company", polarity="negated", on="2031-04-28")])
    n.claim("single_origin", [n.say(made, fall, on="2031-04-28")])
    charged = n.claim("denied", [n.say(made, charge, "Ada Lorne")])
    n.conflict("contradiction", "denial", "the load", "x", ("affirmed", charged), ("denied", denied))
    assert texts(edited(n)) == [fall[:-1] + " (Daily).", charge, denial]


def test_the_date_of_a_noun_is_no_event() -> None:
    """Not of a participle, a possessive, a beginning or an end; but of the verb itself."""
    for words, when, dated in (
        ("A pier finished on 2 May was the pride of Lund.", "2 May", False),
        ("Lund remembered Monday's fire with many songs.", "Monday", False),
        ("The mayor banned all fires in Lund until 2 May.", "2 May", False),
        ("The old pier of Lund was finished on 2 May.", "2 May", True),
    ):
        n, made = small(words)
        time = Timex(find(made.text, when), "DATE", "2031-05-02", "2031-05-02", "2031-05-02")
        predicate = next(w for w in ("was finished", "was", "remembered", "banned") if w in words)
        frame = Frame("finish", find(made.text, predicate))
        n.claim("single_origin", [n.say(made, words, on="2031-05-02", times=(time,), frame=frame)])
        assert bool(edited(n).timeline) == dated, words


def test_editing_is_deterministic() -> None:
    """The same records give the same story."""
    assert edit(*story_parts()) == edit(*story_parts())


# --- timeline ---


def test_one_entry_an_event_on_its_own_date(story: Story) -> None:
    """Three articles of two days tell the grounding; it stands once, on the day before all of them."""
    first = story.timeline[0]
    assert (first.begin, first.end, first.precision, first.status) == ("2031-03-04", "2031-03-04", "day", "happened")
    assert sum("aground" in e.text for e in story.timeline) == 1


def test_planned_and_held_is_one_entry_that_happened(story: Story) -> None:
    """The hearing, announced in two articles and reported as held in a third, happened."""
    (hearing,) = [e for e in story.timeline if e.begin == "2031-03-12"]
    assert hearing.status == "happened"
    assert "was held" in hearing.text
    assert len(hearing.claims) == 2


def test_timeline_words_are_verbatim(story: Story) -> None:
    """Every entry's text is a statement's."""
    _, _, statements, _, _ = story_parts()
    assert {e.text for e in story.timeline} <= {s.text for s in statements}


def test_the_date_of_a_report_is_no_event() -> None:
    """An event time that was only inferred gives no entry."""
    n, made = small("The bridge is old, the mayor said.")
    said = n.say(made, "The bridge is old, the mayor said.", event_time=Period("2031-05-02", "2031-05-02", "inferred"))
    n.claim("single_origin", [said])
    assert edited(n).timeline == ()


def test_planned_apart_from_happened() -> None:
    """What nobody reports as held stays planned, beside another event of the same day."""
    n, made = small("A vote will be held on Friday.", "The bridge was closed on Friday.")
    vote = n.say(made, "A vote will be held on Friday.", on="2031-05-02", reality="planned")
    closed = n.say(made, "The bridge was closed on Friday.", on="2031-05-02")
    n.claim("planned", [vote])
    n.claim("single_origin", [closed])
    assert [(e.text, e.status) for e in edited(n).timeline] == [
        ("A vote will be held on Friday.", "planned"),
        ("The bridge was closed on Friday.", "happened"),
    ]


def test_what_lies_after_every_report_is_planned() -> None:
    """Whatever the grammar says: nobody can report it as held."""
    n, made = small("A second hearing is to be on 9 June in Lund.")
    n.claim("single_origin", [n.say(made, made.text, on="2031-06-09")])
    assert [e.status for e in edited(n).timeline] == ["planned"]


def test_a_state_that_goes_on_is_no_event() -> None:
    """A date in a sentence of the present dates a habit."""
    n, made = small("Lund is known for its fair in March.")
    n.claim("single_origin", [n.say(made, made.text, on="2031-03-01", reality="ongoing")])
    assert edited(n).timeline == ()


def test_the_brief_has_no_overtaken_appeal_and_no_morning_of_an_unknown_day() -> None:
    """What was asked for weeks ago may long be found; "this morning" tells nothing in a report of no known day."""
    n = Newsroom()
    told = {
        "2031-05-02": ("Nine divers have been invited to Lund.", "Police ask anyone in Lund to come forward."),
        "": ("Divers left Lund this morning.",),
        "2031-05-20": ("The wreck off Lund was found on Monday.", "Police ask for calm in Lund."),
    }
    for day, bodies in told.items():
        made = article(day or "undated", [("body", body) for body in bodies], "Post", day or None)
        n.articles.append(made)
        for body in bodies:
            n.claim("single_origin", [n.say(made, body)])
    assert set(texts(edited(n))) == {
        "The wreck off Lund was found on Monday (Post).",
        "Police ask for calm in Lund (Post).",
    }


def test_nobody_plans_what_is_over() -> None:
    """A past date in the sentence of a plan dates something else."""
    n, made = small("The council formed in 2023 will meet in Lund.")
    n.claim(
        "planned", [n.say(made, made.text, reality="planned", event_time=Period("2023-01-01", "2023-12-31", "stated"))]
    )
    assert edited(n).timeline == ()


def test_a_dispute_does_not_join_two_days() -> None:
    """Claims that disagree on what broke tell two events when their days differ; an update moves its event."""
    n, made = small("The dam broke on Monday.", "Police met in Lund on Tuesday over the overflow.")
    broke = n.claim("disputed", [n.say(made, "The dam broke on Monday.", on="2031-04-28")])
    met = n.claim("disputed", [n.say(made, "Police met in Lund on Tuesday over the overflow.", on="2031-04-29")])
    n.conflict("contradiction", "category", "what happened to the dam", "x", ("break", broke), ("overflow", met))
    assert len(edited(n).timeline) == 2
    n.conflict("update", "date", "when", "x", ("Monday", broke), ("Tuesday", met))
    assert len(edited(n).timeline) == 1


def test_a_dateline_is_no_event() -> None:
    """A date with the name of a paper tells nothing."""
    n, made = small("Lund Daily, 2 May 2031")
    time = Timex((11, 22), "DATE", "2031-05-02", "2031-05-02", "2031-05-02")
    n.claim("unclear", [n.say(made, made.text, on="2031-05-02", times=(time,))])
    assert edited(n).timeline == ()


@pytest.mark.parametrize(
    ("begin", "end", "precision"),
    [
        ("2031", "2031", "year"),
        ("2031-01-01", "2031-12-31", "year"),
        ("2031-02", "2031-02", "month"),
        ("2031-02-01", "2031-02-28", "month"),
        ("2031-02-01", None, "day"),
        ("2031-02-03", "2031-02-09", "day"),
        ("2031-02-03T04:20", "2031-02-03T04:20", "minute"),
        ("2031-02-03T04:20:00", "2031-02-03T04:20:00", "second"),
        ("2031-02-03T04:20+01:00", None, "minute"),
    ],
)
def test_precision(begin: str, end: str | None, precision: str) -> None:
    """The finest unit that the two dates need."""
    n, made = small("The bridge was closed that day.")
    said = n.say(made, "The bridge was closed that day.", event_time=Period(begin, end, "stated"))
    n.claim("single_origin", [said])
    assert edited(n).timeline[0].precision == precision


# --- brief ---


def test_brief_rests_on_its_citations(story: Story) -> None:
    """Every sentence is its first citation's words, but for the date of a day, and a source that a second citation
    carries, in brackets."""
    _, articles, _, _, _ = story_parts()
    by_id = {a.id: a.text for a in articles}
    assert 5 <= len(story.brief) <= 12
    for sentence in story.brief:
        first = sentence.citations[0]
        cited = by_id[first.article][first.span[0] : first.span[1]]
        assert re.sub(r" \(\d+ \w+\)", "", sentence.text).startswith(cited.rstrip("."))
        assert sentence.claims


def test_superseded_claims_are_not_told(story: Story) -> None:
    """Neither the first count nor the plan of the hearing that has been held."""
    assert not any("Eleven" in t or "will be held" in t for t in texts(story))
    assert any("Thirteen" in t for t in texts(story))


def test_an_older_state_is_not_told_even_if_disputed() -> None:
    """Disputed comes before superseded in the order of statuses, so the status alone does not tell."""
    n, made = small(
        "Two people died in the fire in Lund, police said.", "Five people died in the fire in Lund, police said."
    )
    old, new = (
        n.claim("disputed", [n.say(made, f"{count} people died in the fire in Lund, police said.", "police")])
        for count in ("Two", "Five")
    )
    n.conflict("update", "quantity", "people killed", "The toll rose.", ("2", old), ("5", new))
    assert texts(edited(n)) == ["Five people died in the fire in Lund, police said."]


def test_a_dispute_is_told_with_its_other_reading_next(story: Story) -> None:
    """Nine beside thirteen; the accusation right before its denial."""
    told = texts(story)
    counts = [i for i, t in enumerate(told) if t.startswith(("Nine people", "Thirteen people"))]
    assert counts[1] - counts[0] == 1
    accused = next(i for i, t in enumerate(told) if t.startswith("Two officers"))
    assert told[accused + 1] == FAULT


def test_one_speaker_is_not_set_beside_herself() -> None:
    """Of three sides one has no sentence that stands alone; the others are one woman's, and one sentence has both."""
    n = Newsroom()
    words = (
        "Water only spilled over the dam at Lund, Ada Lorne said.",
        "The dam at Lund spilled over and never burst, Ada Lorne said.",
        '"It burst," he said.',
        "Six houses stood in deep water at Lund on Friday.",
        *(f"Six houses stood in deep water in {town} Street at Lund." for town in ("Orne", "Velm", "Aln")),
    )
    first, second, third, fourth, *others = n.articles = [
        article(f"r{k}", [("body", w)], f"Paper {k}", "2031-05-02") for k, w in enumerate(words)
    ]
    again = n.say(second, "The dam at Lund spilled over and never burst, Ada Lorne", "Ada Lorne")
    spilled = n.claim("disputed", [n.say(first, first.text, "Ada Lorne"), again])
    held = n.claim("disputed", [n.say(second, second.text, "Ada Lorne")])
    burst = n.claim("disputed", [n.say(third, third.text, "he")])
    sides = (("overflow", spilled), ("burst", burst), ("held", held))
    n.conflict("contradiction", "category", "how the water got out", "", *sides)
    n.claim("corroborated", [n.say(fourth, fourth.text), *(n.say(other, other.text) for other in others)], (2, 2))
    assert [t for t in texts(edited(n)) if "dam" in t] == [second.text]


def test_an_end_that_dates_by_an_old_figure_is_left_out() -> None:
    """ ", two days after a flood that cost two lives": five by now; an end without an old figure stays."""
    n = Newsroom()
    words = (
        "Two people drowned in the flood in Lund.",
        "Five people drowned in the flood in Lund.",
        "Ada Lorne denied that she was told of the crack, two days after a flood that cost two lives.",
        "The sluice at Orne was shut by hand, two days after a flood that cost five lives.",
    )
    n.articles = [article(f"r{k}", [("body", w)], f"Paper {k}", f"2031-05-0{k + 2}") for k, w in enumerate(words)]
    old, new, denied, shut = (n.say(a, a.text, *(("Ada Lorne",) if "Ada" in a.text else ())) for a in n.articles)
    figures = {old.id: "Two", new.id: "Five", denied.id: "two lives", shut.id: "five lives"}
    for place, statement in enumerate(n.statements):
        span = find(n.articles[place].text, figures[statement.id])
        number = 2.0 if "wo" in figures[statement.id] else 5.0
        toll = Quantity(span, number, number, "exact", "person", role="killed")
        n.statements[place] = replace(statement, quantities=(toll,))
    dead = [n.claim("superseded", [n.statements[0]]), n.claim("corroborated", [n.statements[1]], (2, 2))]
    for told in n.statements[2:]:
        n.claim("single_origin", [told])
    n.conflict("update", "quantity", "people killed", "The toll rose.", ("2", dead[0]), ("5", dead[1]))
    brief = texts(edited(n))
    assert "Ada Lorne denied that she was told of the crack." in brief
    assert any(t.startswith("The sluice") and "five lives" in t for t in brief)


def test_single_root_is_named(story: Story) -> None:
    """A newsroom's own words are credited when only one root stands behind them."""
    (sentence,) = [s for s in story.brief if s.text.startswith("Three tugs")]
    assert sentence.text == f"{CREWED[:-1]} (KNA)."
    assert len(sentence.citations) == 2


def test_order_is_confirmed_disputed_new_planned(story: Story) -> None:
    """The corroborated lead comes first, what is planned last."""
    status = {c.id: c.status for c in story.claims}
    assert status[story.brief[0].claims[0]] == "corroborated"
    assert status[story.brief[-1].claims[0]] == "planned"


def test_no_dangling_opening(story: Story) -> None:
    """A sentence that begins with a pronoun never stands alone."""
    assert not any(t.startswith("He ") for t in texts(story))


@pytest.mark.parametrize(
    "words",
    [
        "They found two more boats in the harbour of Lund.",
        "Was the bridge in Lund closed for too long a time?",
        "Sign up for our newsletter and never miss a thing.",
        "and the bridge in Lund was closed for a week.",
        "The bridge fell.",
        "“The bridge in Lund was closed for a week.",
        "The bridge in Lund was closed for a week",
        "The bridge in Lund is closed, and our readers know it well.",
        "According to these papers, the bridge in Lund was closed.",
        "The bridge in Lund was closed for a week, said Mrs.",
        "The bridge in Lund was closed by the mayor of Lund, Ada K.",
        "[...] the bridge in Lund was closed for a whole week.",
        "The bridge in Lund was closed for a whole week and…",
    ],
)
def test_what_cannot_stand_alone_is_not_told(words: str) -> None:
    """Pronouns, questions, appeals, pieces and unpaired quotation marks."""
    n, made = small(words)
    n.claim("single_origin", [n.say(made, words)])
    assert edited(n).brief == ()


def test_source_outside_the_sentence_is_refused() -> None:
    """A sentence whose speaker stands in another one would be told as fact."""
    n, made = small("The bridge is safe, Ada Lorne said. The bridge in Lund will open again next week.")
    first = n.say(made, "The bridge is safe, Ada Lorne said.", "Ada Lorne")
    second = n.say(made, "The bridge in Lund will open again next week.")
    second = replace(second, attribution=first.attribution)
    n.statements[1] = second
    n.claim("single_origin", [first])
    n.claim("single_origin", [second])
    assert texts(edited(n)) == ["The bridge is safe, Ada Lorne said."]


def test_connective_is_trimmed_and_not_cited() -> None:
    """The tie to the sentence before goes, its span with it."""
    n, made = small("Meanwhile, the bridge in Lund was closed, police said.")
    n.claim("single_origin", [n.say(made, "Meanwhile, the bridge in Lund was closed, police said.", "police")])
    (sentence,) = edited(n).brief
    assert sentence.text == "The bridge in Lund was closed, police said."
    assert sentence.citations[0].span == (11, 54)


def _on_two_days(first: str, times: dict[str, str], second: str = "2031-05-05") -> list[str]:
    """The brief of two reports: of ``first`` from Friday 2 May, with its days by their words, and of a later one."""
    n = Newsroom()
    texts_of = [("one", first, "2031-05-02"), ("two", "The dam at Orne held, the mayor said.", second)]
    n.articles = [article(k, [("body", words)], k, day) for k, words, day in texts_of]
    made = n.say(n.articles[0], first, "police")
    stamps = tuple(Timex(find(first, words), "DATE", day, day, day) for words, day in times.items())
    n.statements[0] = replace(made, times=stamps)
    n.claim("single_origin", [n.statements[0]])
    n.claim("single_origin", [n.say(n.articles[1], n.articles[1].text, "mayor")])
    return texts(edited(n))


def test_a_day_seen_from_that_of_the_report_is_dated() -> None:
    """ "On Monday" of which week? Each day once, behind the whole word; where one day has all reports, nobody asks."""
    said = "The bridge in Lund was shut after Monday's flood and opens on Tuesday, police said on Tuesday."
    days = {"Monday": "2031-04-28", "Tuesday": "2031-05-06"}
    dated = said.replace("Monday's", "Monday's (28 Apr)").replace("Tuesday,", "Tuesday (6 May),")
    assert dated in _on_two_days(said, days)
    assert said in _on_two_days(said, days, second="2031-05-02")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ('The bridge in Lund was "shut in haste on Monday", police said.', "Monday"),  # whenever he spoke
        ("The bridge in Lund was shut on Monday 28 April, police said.", "Monday 28 April"),
        ("The bridge in Lund was shut that week, police said.", "that week"),
    ],
)
def test_no_date_is_set_in_where_none_is_needed_or_known(said: str, words: str) -> None:
    """In quoted words, beside a date, and where no day is named."""
    assert said in _on_two_days(said, {words: "2031-04-28"})


def test_leftover_markup_is_not_told() -> None:
    """Links and emphasis of scraped Markdown go; the words stay."""
    n, made = small("The **bridge** in [Lund](https://x.example/a) was closed, police said.")
    n.claim("single_origin", [n.say(made, made.text, "police")])
    assert texts(edited(n)) == ["The bridge in Lund was closed, police said."]


def test_one_content_is_told_once() -> None:
    """A claim that was not aligned but shares its words is not told again."""
    n = Newsroom()
    said = "The harbour bridge in Lund was closed after a crack was found, police said."
    again = "The harbour bridge in Lund was closed on Monday after a crack was found, police said."
    n.articles = [article(k, [("body", w)], k, "2031-05-02") for k, w in [("one", said), ("two", again)]]
    for a in n.articles:
        n.claim("single_origin", [n.say(a, a.text, "police")])
    assert len(edited(n).brief) == 1


def test_a_full_stop_inside_a_statement_ends_no_sentence() -> None:
    """Abbreviations, initials and quotes of two sentences stay whole."""
    words = "Col. I. Dukar of the U.S. mission said the bridge is safe."
    n, made = small(words)
    n.claim("single_origin", [n.say(made, words, "Col. I. Dukar")])
    assert texts(edited(n)) == [words]


def test_the_brief_keeps_its_bound() -> None:
    """Many claims, few sentences."""
    places = ["Abo", "Bern", "Cork", "Dover", "Essen", "Fano", "Gent", "Hull", "Ivrea", "Jena", "Kiel", "Lille", "Metz"]
    things = ["a mill", "two barns", "the old pier", "a tower", "one ferry", "the school", "some carts", "a depot",
              "the archive", "nine huts", "a tannery", "the market", "a lighthouse"]  # fmt: skip
    sentences = [f"Fire destroyed {t} in {p}, officials of {p} said." for t, p in zip(things, places, strict=True)]
    n, made = small(*sentences)
    for sentence, place in zip(sentences, places, strict=True):
        n.claim("single_origin", [n.say(made, sentence, f"officials of {place}")])
    story = edit(n.story(), n.articles, n.statements, [], Lineage(), EditConfig(sentences=7, same=0.9))
    assert 5 <= len(story.brief) <= 7


def test_nothing_to_tell() -> None:
    """A story without claims has an empty timeline and brief, and no title."""
    n, _ = small("Nothing.")
    made = edited(n)
    assert (made.timeline, made.brief, made.title) == ((), (), "")


def test_a_story_ignores_articles_of_others() -> None:
    """Records of other stories that are passed along change nothing."""
    n, lineage = newsroom()
    other = article("other", [("title", "Another thing"), ("body", "Snow fell.")], "Else", "2031-03-05")
    base = edit(n.story(), n.articles, n.statements, list(n.entities.values()), lineage)
    more = edit(n.story(), [other, *n.articles], n.statements, list(n.entities.values()), lineage)
    assert base == more


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("It broke at noon.", "It broke at noon (Velm Post)."),
        ("It broke at 11 a.m.", "It broke at 11 a.m. (Velm Post)."),
        ("“It broke”", "“It broke” (Velm Post)"),
    ],
)
def test_a_source_stands_before_the_full_stop(text: str, told: str) -> None:
    """An abbreviation keeps its own."""
    assert with_source(text, "Velm Post") == told
