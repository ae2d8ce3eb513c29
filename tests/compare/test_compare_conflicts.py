"""Contradictions, updates, roundings and scopes are told apart, and what is no conflict stays quiet."""

from desk import Desk, between, claim_of

from variorum.model import Block, Lineage, Link, Location, Origin, Passage


def _desk() -> Desk:
    desk = Desk()
    desk.knows("place", "Velm", "Tarn")
    desk.knows("organisation", "Harbour Board", "Rowing Club")
    return desk


def test_a_growing_toll_is_an_update() -> None:
    """The later, higher number is a later state; the earlier claim is superseded."""
    desk = _desk()
    a = desk.report("Velm Post", "2031-04-10").says(
        "The flood at Velm killed two people.", counts=((2, "people", "killed"),), does="kill", day="2031-04-09"
    )
    b = desk.report("Tarn Echo", "2031-04-12").says(
        "The flood at Velm killed five people.", counts=((5, "people", "killed"),), does="kill", day="2031-04-09"
    )
    story = desk.story()
    (conflict,) = between(story, a, b)
    assert (conflict.relation, conflict.kind) == ("update", "quantity")
    assert [reading.value for reading in conflict.readings] == ["2 people killed", "5 people killed"]
    assert claim_of(story, a).status == "superseded"
    assert claim_of(story, b).status == "single_origin"


def test_two_tolls_of_one_day_contradict() -> None:
    """Other numbers of a thing that does not grow, in one scope, are a contradiction."""
    desk = _desk()
    said = [
        desk.report(outlet, "2031-04-10").says(
            f"The Harbour Board sold {n} boats to the Rowing Club at Velm.",
            counts=((n, "boat", "sold"),),
            does="sell",
            day="2031-04-09",
        )
        for outlet, n in (("Velm Post", 3), ("Tarn Echo", 8))
    ]
    (conflict,) = between(desk.story(), *said)
    assert (conflict.relation, conflict.kind) == ("contradiction", "quantity")


def test_a_round_number_is_a_rounding() -> None:
    """About 1,000 beside 1,012."""
    desk = _desk()
    a = desk.report("Velm Post", "2031-04-10").says(
        "Some 1,000 people marched through Velm against the dam.",
        counts=((1000, "people", "marched", "about"),),
        does="march",
    )
    b = desk.report("Tarn Echo", "2031-04-10").says(
        "Counted by hand, 1,012 people marched through Velm against the dam.",
        counts=((1012, "people", "marched"),),
        does="march",
    )
    (conflict,) = between(desk.story(), a, b)
    assert conflict.relation == "rounding"


def test_planned_and_then_held_is_an_update() -> None:
    """The plan comes first, and is superseded."""
    desk = _desk()
    a = desk.report("Velm Post", "2031-04-10").says(
        "The Harbour Board will meet the Rowing Club at Velm on Friday.",
        reality="planned",
        does="meet",
        day="2031-04-14",
    )
    b = desk.report("Tarn Echo", "2031-04-15").says(
        "The Harbour Board met the Rowing Club at Velm on Friday.", does="meet", day="2031-04-14"
    )
    story = desk.story()
    (conflict,) = between(story, a, b)
    assert (conflict.relation, conflict.kind) == ("update", "status")
    assert claim_of(story, a).status == "superseded"


def test_a_denial_denies() -> None:
    """Accuser and denier stand side by side, and the claim names who denies it."""
    desk = _desk()
    a = desk.report("Velm Post", "2031-04-10").says("The Harbour Board opened the gates at Velm.", by="Rowing Club")
    b = desk.report("Tarn Echo", "2031-04-10").says(
        "The Harbour Board opened the gates at Velm.", by="Harbour Board", polarity="negated", stance="deny"
    )
    story = desk.story()
    (conflict,) = between(story, a, b)
    assert (conflict.relation, conflict.kind) == ("contradiction", "denial")
    assert claim_of(story, a).status == "denied"
    assert claim_of(story, a).denied_by == (b.id,)


def test_other_places_are_no_conflict() -> None:
    """Two dead here and five there."""
    desk = _desk()
    a = desk.report("Velm Post", "2031-04-10").says(
        "The flood at Velm killed two people.", counts=((2, "people", "killed"),)
    )
    b = desk.report("Tarn Echo", "2031-04-12").says(
        "The flood at Tarn killed five people.", counts=((5, "people", "killed"),)
    )
    assert desk.story().conflicts == ()
    assert claim_of(desk.story(), a) != claim_of(desk.story(), b)


def test_a_category_dispute_with_a_denial() -> None:
    """Arson says one root, an accident the other, who denies arson."""
    desk = _desk()
    a = desk.report("Velm Post", "2031-04-10").says("The fire at the Velm boathouse was arson.", by="Rowing Club")
    report = desk.report("Tarn Echo", "2031-04-11")
    report.says("The fire at the Velm boathouse was arson.", by="Harbour Board", polarity="negated", stance="deny")
    b = report.says("The fire at the Velm boathouse was caused by an electrical fault.", by="Harbour Board")
    (conflict,) = between(desk.story(), a, b)
    assert (conflict.kind, conflict.about) == ("category", "the cause of the fire")


def test_who_else_answers_a_disputed_question_takes_a_side() -> None:
    """In other words and other company; not who names a side in passing, or of another day."""
    desk = _desk()
    a = desk.report("Velm Post", "2031-04-10").says("The fire at the Velm boathouse was arson.", by="Rowing Club")
    report = desk.report("Tarn Echo", "2031-04-11")
    report.says("The fire at the Velm boathouse was arson.", by="Harbour Board", polarity="negated", stance="deny")
    report.says("The fire at the Velm boathouse was caused by an electrical fault.", by="Harbour Board")
    desk.knows("person", "Ada Brenn", "Ivo Kess")
    said = desk.report("Orra Herald", "2031-04-12")
    calls = {"by": "Ada Brenn", "kind": "person", "does": "call", "patient": "the blaze"}
    b = said.says('Ada Brenn called the blaze "arson of the plainest sort".', **calls)
    c = said.says("Ivo Kess moved there after the arson of 2029.", does="move", agent="Ivo Kess")
    (conflict,) = [k for k in desk.story().conflicts if k.kind == "category"]
    told = {s for r in conflict.readings if r.value == "arson" for s in r.statements}
    assert {a.id, b.id} <= told
    assert c.id not in told


def test_a_denial_in_other_words_is_a_dispute() -> None:
    """It speaks of the deed and of three more things that the claim tells."""
    desk = _desk()
    desk.knows("person", "Ada Brenn")
    a = desk.report("Velm Post", "2031-04-10").says(
        "The harbour office was warned in writing in May that the pier at Velm had a crack.", by="three clerks",
        kind="unnamed", does="warn", patient="the harbour office",
    )  # fmt: skip
    b = desk.report("Tarn Echo", "2031-04-11").says(
        "Ada Brenn denied that her office had ignored anybody who warned of the pier at Velm.", by="Ada Brenn",
        kind="person", polarity="negated", stance="deny", does="ignore", patient="anybody",
    )  # fmt: skip
    (conflict,) = between(desk.story(), a, b)
    assert (conflict.relation, conflict.kind) == ("contradiction", "denial")
    assert claim_of(desk.story(), a).status == "denied"


def test_tolls_are_compared_whatever_the_sentences_look_like() -> None:
    """The lead of one report and the lead of another give one running total."""
    desk = _desk()
    a = desk.report("Velm Post", "2031-04-10").says(
        "At least two people drowned at Velm.", counts=((2, "person", "killed", "at_least"),), does="drown"
    )
    b = desk.report("Tarn Echo", "2031-04-12").says(
        "The death toll of the Velm disaster has climbed to five.", counts=((5, None, "killed"),), does="climb"
    )
    (conflict,) = between(desk.story(), a, b)
    assert (conflict.relation, conflict.readings[0].value) == ("update", "at least 2 people killed")


def test_more_dead_on_top_of_others_is_no_other_toll() -> None:
    """Three more are not three."""
    desk = _desk()
    desk.report("Velm Post", "2031-04-10").says("Two people drowned at Velm.", counts=((2, "person", "killed"),))
    desk.report("Tarn Echo", "2031-04-12").says(
        "After three more people drowned, Velm mourns.", counts=((3, "person", "killed"),)
    )
    assert desk.story().conflicts == ()


def test_no_casualties_and_then_two_dead_is_an_update() -> None:
    """Nought is the first state of every toll."""
    desk = _desk()
    a = desk.report("Velm Post", "2031-04-10").says(
        "The fire at Velm caused zero casualties.", counts=((0, "casualty", "casualty"),), polarity="negated"
    )
    b = desk.report("Tarn Echo", "2031-04-11").says(
        "The fire at Velm killed two people.", counts=((2, "person", "killed"),)
    )
    (conflict,) = between(desk.story(), a, b)
    assert (conflict.relation, conflict.kind) == ("update", "quantity")


def test_near_synonyms_are_one_side() -> None:
    """Medium and intermediate range do not dispute each other."""
    desk = _desk()
    desk.report("Velm Post", "2031-04-10").says("Tarn tested a medium-range rocket near Velm.", by="Rowing Club")
    desk.report("Tarn Echo", "2031-04-10").says(
        "Tarn tested an intermediate-range rocket near Velm.", by="Harbour Board"
    )
    assert desk.story().conflicts == ()


def test_a_denial_of_something_special_does_not_deny_the_general() -> None:
    """Who denies arson does not deny the fire."""
    desk = _desk()
    a = desk.report("Velm Post", "2031-04-10").says("A fire burned down the Velm boathouse.", by="Rowing Club")
    desk.report("Tarn Echo", "2031-04-10").says(
        "A fire set by arson burned down the Velm boathouse.", by="Harbour Board", polarity="negated", stance="deny"
    )
    assert claim_of(desk.story(), a).status == "single_origin"


def test_one_doers_two_deeds_are_no_conflict() -> None:
    """A train that derailed and a train that was too fast: other claims, and the denial of one leaves the other."""
    desk = _desk()
    desk.knows("product", "express")
    first, second = desk.report("Velm Post", "2031-04-10"), desk.report("Tarn Echo", "2031-04-10")
    a = first.says("The express derailed on Monday.", does="derail", agent="express")
    b = second.says("The express was late on Monday.", does="be", agent="express")
    story = desk.story()
    assert claim_of(story, a) != claim_of(story, b)
    assert story.conflicts == ()


def test_a_copy_with_one_number_changed_is_a_variant_and_no_second_source() -> None:
    """The satirist's copy: its claim stands alone, and its newsroom is the one it copies."""
    desk = _desk()
    a = desk.report("Velm Post", "2031-04-10").says(
        "The Harbour Board bought 3 swans for the harbour at Velm.", counts=((3, "swan", "bought"),), does="buy"
    )
    b = desk.report("Daily Laugh", "2031-04-10").says(
        "The Harbour Board bought 9 swans for the harbour at Velm.", counts=((9, "swan", "bought"),), does="buy"
    )
    places = (Location("r00", a.span), Location("r01", b.span))
    origin = Origin("o", "Velm Post report", "newsroom", True, ("r00", "r01"), places)
    link = Link("r00", "r01", "copy", 0.98, 0.98, 0.97, (Passage(a.span, b.span, 0.98),))
    desk.lineage = Lineage((link,), (origin,))
    story = desk.story()
    assert claim_of(story, a) != claim_of(story, b)
    assert claim_of(story, b).support.reasons[0] == "Velm Post, carried by Daily Laugh (copy, 98%)"
    assert len(between(story, a, b)) == 1


def test_a_toll_is_one_chain_of_states_over_the_whole_story() -> None:
    """Each report puts it in its own words; outlets with one figure are one reading, and the newest stands."""
    desk = _desk()
    told = [
        ("2031-04-09", "Two people were killed at Velm.", 2, "kill"),
        ("2031-04-09", "Two anglers' boats sank; two people lost their lives.", 2, "lose"),
        ("2031-04-11", "Five people have died since the weir gave way.", 5, "die"),
        ("2031-04-15", "The weir cost seven lives at Velm.", 7, "cost"),
        ("2031-04-16", "Seven people are dead.", 7, "be"),
    ]
    said = [
        desk.report(f"Paper {n}", day).says(text, counts=((figure, "person", "killed"),), does=does)
        for n, (day, text, figure, does) in enumerate(told)
    ]
    story = desk.story()
    (conflict,) = story.conflicts
    assert [reading.value for reading in conflict.readings] == ["2 people killed", "5 people killed", "7 people killed"]
    assert [len(reading.statements) for reading in conflict.readings] == [2, 1, 2]
    assert claim_of(story, said[0]) == claim_of(story, said[1])
    assert claim_of(story, said[2]).status == "superseded"
    assert claim_of(story, said[4]).status == "corroborated"


def test_bodies_found_and_old_disasters_are_no_state_of_a_toll() -> None:
    """Three bodies are a part of five dead; the nineteen of another year are another event's."""
    desk = _desk()
    first, second = desk.report("Velm Post", "2031-04-10"), desk.report("Tarn Echo", "2031-04-12")
    first.says("Five people died at Velm.", counts=((5, "person", "killed"),), does="die")
    second.says("The bodies of three people were recovered.", counts=((3, "person", "killed"),), does="recover")
    second.says(
        "A smaller weir broke in 2009 and killed 19 people.",
        counts=((19, "person", "killed"),),
        does="kill",
        day="2009-05-02",
    )
    assert desk.story().conflicts == ()


def test_those_who_were_missing_are_found() -> None:
    """A number that goes both ways follows the reports; "another eleven injured" is a total beside the dead."""
    desk = _desk()
    first = desk.report("Velm Post", "2031-04-10")
    first.says("Two people were killed at Velm.", counts=((2, "person", "killed"),), does="kill")
    a = first.says("Another 11 people were injured.", counts=((11, "person", "injured"),), does="injure")
    c = first.says("At Velm six people were missing.", counts=((6, "person", "missing"),), does="be")
    second = desk.report("Tarn Echo", "2031-04-12")
    b = second.says("At Velm 14 people were injured.", counts=((14, "person", "injured"),), does="injure")
    d = second.says("One woman is still missing.", counts=((1, "woman", "missing"),), does="be")
    third = desk.report("Daily Laugh", "2031-04-12")
    third.says("One is missing at Velm.", counts=((1, "person", "missing"),), does="be")
    story = desk.story()
    assert [c.relation for c in between(story, a, b)] == ["update"]
    assert [c.relation for c in between(story, c, d)] == ["update"]


def test_a_withdrawn_figure_is_an_earlier_state() -> None:
    """The notice under the report says which figure goes; the copy that still has it is behind, not in dispute."""
    desk = _desk()
    first, second = desk.report("Velm Post", "2031-04-10"), desk.report("Tarn Echo", "2031-04-10")
    new = first.says("The water at Velm stood 1.4 metres over the wall.", counts=((1.4, "metre", None),), does="stand")
    note = "An earlier version of this article said that the water stood 3.4 metres over the wall."
    first.says(note, counts=((3.4, "metre", None),), does="stand")
    first.says("The gauge shows 1.4 metres.", counts=((1.4, "metre", None),), does="show")
    first.blocks = (Block((len(new.text) + 1, len(first.text)), "correction"),)
    old = second.says("The water at Velm stood 3.4 metres over the wall.", counts=((3.4, "metre", None),), does="stand")
    story = desk.story()
    (conflict,) = story.conflicts
    assert (conflict.relation, [r.value for r in conflict.readings]) == ("update", ["3.4 metres", "1.4 metres"])
    assert claim_of(story, old).status == "superseded"
    assert claim_of(story, new).status != "superseded"


def test_two_kinds_of_one_thing_are_a_dispute() -> None:
    """One named thing with two words before one head."""
    desk = _desk()
    a = desk.report("Velm Post", "2031-04-10").says("Velm is a gravity dam.", does="be")
    b = desk.report("Tarn Echo", "2031-04-12").says("Velm, an arch dam of 1961, was a pride of its time.", does="be")
    (conflict,) = between(desk.story(), a, b)
    assert (conflict.relation, conflict.kind) == ("contradiction", "category")


def test_no_bell_rang_and_the_bells_were_rung() -> None:
    """Few words, one deed, one thing: one affirms and one negates it; the later one is the denier."""
    desk = _desk()
    desk.knows("other", "bells")
    a = desk.report("Velm Post", "2031-04-10").says(
        "No bells rang in the harbour, four neighbours recall.",
        by="Rowing Club",
        polarity="negated",
        does="ring",
        agent="bells",
    )
    b = desk.report("Tarn Echo", "2031-04-11").says(
        "The bells were rung at ten by the sexton himself.", by="Harbour Board", does="ring", patient="bells"
    )
    assert [x.kind for x in between(desk.story(), a, b)] == ["denial"]


def test_a_deed_of_another_day_is_not_denied() -> None:
    """The bells of the wedding, and no bells a year later."""
    desk = _desk()
    desk.knows("other", "bells")
    desk.report("Daily Laugh", "2031-04-11").says(
        "The bells were rung for a wedding.", by="Bride", does="ring", patient="bells", day="2030-01-02"
    )
    desk.report("Daily News", "2031-04-11").says(
        "On Tuesday no bells rang.", by="Groom", polarity="negated", does="ring", agent="bells", day="2031-04-08"
    )
    assert desk.story().conflicts == ()


def test_a_state_and_its_opposite_contradict_without_a_denial() -> None:
    """Lit, and not working: one lamp by two roots; "out" agrees with "not working"."""
    desk = _desk()
    desk.knows("other", "lamp")
    a = desk.report("Velm Post", "2031-04-10").says(
        "The lamp was not working, the Rowing Club said.",
        by="Rowing Club",
        polarity="negated",
        agent="lamp",
        does="work",
    )
    b = desk.report("Tarn Echo", "2031-04-11").says(
        "The lamp was lit all night, the board said.", by="Harbour Board", patient="lamp", does="light"
    )
    c = desk.report("Daily Laugh", "2031-04-11").says(
        "The lamp went out at eight.", by="Smith", agent="lamp", does="go"
    )
    story = desk.story()
    assert [x.kind for x in between(story, a, b)] == ["status"]
    assert not between(story, a, c)


def test_one_deed_on_two_days_is_a_dispute_and_two_plans_are_none() -> None:
    """The letter sent on the 2nd and on the 12th."""
    desk = _desk()
    desk.knows("person", "Holm")
    desk.knows("other", "letter")
    a = desk.report("Velm Post", "2031-04-10").says(
        "Holm sent the letter on 2 March.", does="send", agent="holm", patient="letter", day="2031-03-02"
    )
    b = desk.report("Tarn Echo", "2031-04-11").says(
        "Holm posted the letter on 12 March.", does="post", agent="holm", patient="letter", day="2031-03-12"
    )
    (conflict,) = between(desk.story(), a, b)
    assert (conflict.relation, conflict.kind) == ("contradiction", "date")
    assert [r.value for r in conflict.readings] == ["2031-03-02", "2031-03-12"]


def test_those_aboard_are_counted_in_passing() -> None:
    """Whatever the sentences tell: 214, about 210 and then 231; the grounding itself is not superseded."""
    desk = _desk()
    a = desk.report("Velm Post", "2031-04-10").says(
        "A barge carrying 214 people struck the weir at Velm.", counts=((214, "person", "carried"),), does="strike"
    )
    b = desk.report("Tarn Echo", "2031-04-10").says(
        "Around 210 people were on the boat, a rower guessed.", counts=((210, "person", None, "about"),), does="be"
    )
    c = desk.report("Daily News", "2031-04-12").says(
        "The Harbour Board counted 231 people aboard at Velm.", counts=((231, "person", None),), does="count"
    )
    story = desk.story()
    assert [x.relation for x in between(story, a, b)] == ["rounding"]
    assert [x.relation for x in between(story, a, c)] == ["update"]
    assert claim_of(story, a).status == "single_origin"


def test_a_town_and_its_region_are_of_different_scope() -> None:
    """400 driven out of Velm, 3,000 across the region: no later state of one number."""
    desk = _desk()
    a = desk.report("Velm Post", "2031-04-10").says(
        "At Velm 400 people were evacuated.", counts=((400, "person", "evacuated"),), does="evacuate"
    )
    b = desk.report("Tarn Echo", "2031-04-11").says(
        "Across the region 3,000 people were evacuated.", counts=((3000, "person", "evacuated"),), does="evacuate"
    )
    assert [x.relation for x in between(desk.story(), a, b)] == ["different_scope"]


def test_a_lead_that_counts_only_workers_tells_the_toll() -> None:
    """Four people, then five workers, then seven people: one toll in three states."""
    desk = _desk()
    told = [
        desk.report("Velm Post", "2031-04-10").says(
            "The fire at Velm killed four people.", does="kill", counts=((4, "person", "killed"),)
        ),
        desk.report("Tarn Echo", "2031-04-11").says(
            "Five workers died in the fire at Velm.", does="die", counts=((5, "worker", "killed"),)
        ),
        desk.report("Dunmark Star", "2031-04-12").says(
            "The fire at Velm killed seven people.", does="kill", counts=((7, "person", "killed"),)
        ),
    ]
    (conflict,) = [c for c in desk.story().conflicts if c.kind == "quantity"]
    assert [set(r.statements) for r in conflict.readings] == [{s.id} for s in told]


def test_how_many_somebody_employs_is_disputed_and_no_later_state() -> None:
    """What is counted once has no later state, though only one of the two names a source."""
    desk = _desk()
    a = desk.report("Velm Post", "2031-04-10").says(
        "The boathouse in Velm employs 60 people.", does="employ", counts=((60, "person"),)
    )
    b = desk.report("Tarn Echo", "2031-04-13").says(
        "The boathouse employed 45 people.", by="Rowing Club", does="employ", counts=((45, "person"),)
    )
    assert [(c.relation, "employees" in c.about) for c in between(desk.story(), a, b)] == [("contradiction", True)]


def test_a_denial_that_repeats_nothing_denies_what_was_told_before() -> None:
    """ "The company denied this": the accusation in the sentence before, and not what the report says itself."""
    desk = _desk()
    post = desk.report("Velm Post", "2031-04-10")
    own = post.says("The boathouse in Velm closed on Monday.", does="close", agent="boathouse")
    accused = post.says("The boathouse had no fire alarm.", by="Harbour Board", does="have", agent="boathouse")
    denial = post.says(
        "The club denied this.", by="Rowing Club", polarity="negated", stance="deny", does="deny", patient="this"
    )
    story = desk.story()
    assert (claim_of(story, accused).status, claim_of(story, accused).denied_by) == ("denied", (denial.id,))
    assert claim_of(story, own).status == "single_origin"


def test_what_a_bare_denial_goes_on_to_say_stands_beside_it() -> None:
    """ "The board denied this: the alarm was tested in May": the words that answer the accusation."""
    desk = _desk()
    post = desk.report("Velm Post", "2031-04-10")
    accused = post.says("The boathouse had no fire alarm.", by="Rowing Club", does="have", agent="boathouse")
    denial = post.says(
        "The board denied this:", by="Harbour Board", polarity="negated", stance="deny", does="deny", patient="this"
    )
    answer = post.says("the alarm was tested in May, its clerk said.", by="Harbour Board", does="test", patient="alarm")
    post.says("The tests are held twice a year.", by="Harbour Board", does="hold", patient="tests")
    (conflict,) = between(desk.story(), accused, denial)
    assert [reading.statements for reading in conflict.readings] == [(accused.id,), (denial.id, answer.id)]


def test_who_calls_the_figure_nonsense_denies_what_was_told_before() -> None:
    """The union's figure, in the sentence before."""
    desk = _desk()
    post = desk.report("Velm Post", "2031-04-10")
    told = post.says("Crews were cut by a third since the spring.", by="Rowing Club", does="cut", patient="crews")
    post.says(
        'The board called that figure "nonsense".',
        by="Harbour Board",
        polarity="negated",
        stance="deny",
        does="call",
        patient="figure",
    )
    assert claim_of(desk.story(), told).status == "denied"


def test_a_denial_with_words_of_its_own_is_not_taken_for_one_of_the_sentence_before() -> None:
    """Who denies having been told of the smell does not deny the leak."""
    desk = _desk()
    post = desk.report("Velm Post", "2031-04-10")
    leak = post.says("Gas leaked into the boathouse.", by="Harbour Board", does="leak")
    post.says(
        "The club denied a delay.", by="Rowing Club", polarity="negated", stance="deny", does="deny", patient="delay"
    )
    assert claim_of(desk.story(), leak).status == "single_origin"


def test_two_counts_of_a_crowd_next_to_each_other_are_a_dispute() -> None:
    """ "The club said … The board said that 4,000 had": two who are named, one crowd."""
    desk = _desk()
    post = desk.report("Velm Post", "2031-04-10")
    a = post.says(
        "Around 12,000 people marched through Velm.",
        by="Rowing Club",
        does="march",
        counts=((12_000, "person", "participated"),),
    )
    b = post.says(
        "Some 4,000 people marched.", by="Harbour Board", does="march", counts=((4000, "person", "participated"),)
    )
    (conflict,) = between(desk.story(), a, b)
    assert (conflict.relation, conflict.about) == ("contradiction", "the number of demonstrators")


def test_what_was_not_to_be_done_and_then_was_is_an_update() -> None:
    """ "Will not sell the ferry", and two days later it is sold; told earlier, the sale is another one."""
    for told, relations in (("2031-04-12", ["update"]), ("2031-04-08", [])):
        desk = _desk()
        said = {"does": "sell", "agent": "Harbour Board", "patient": "ferry"}
        a = desk.report("Velm Post", "2031-04-10").says(
            "The Harbour Board would not sell the ferry at Velm.", polarity="negated", reality="planned", **said
        )
        b = desk.report("Tarn Echo", told).says("The Harbour Board has sold the ferry at Velm.", **said)
        story = desk.story()
        assert [conflict.relation for conflict in between(story, a, b)] == relations
        if relations:
            assert (claim_of(story, a).status, claim_of(story, b).status) == ("superseded", "single_origin")


def test_another_deed_of_the_same_place_is_no_outcome() -> None:
    """Repairs that were due on the estate are not made by families who live in hotels."""
    desk = _desk()
    desk.knows("place", "Marsh Lane")
    a = desk.report("Velm Post", "2031-04-10").says(
        "Three towers of the Marsh Lane estate in Velm will be repaired by June.",
        reality="planned",
        does="repair",
        patient="towers",
    )
    b = desk.report("Tarn Echo", "2031-04-12").says(
        "Families of the Marsh Lane estate in Velm were lodged in hotels.", does="lodge", patient="families"
    )
    assert not between(desk.story(), a, b)


def test_a_denial_does_not_reach_into_the_clause_that_says_which_thing() -> None:
    """Who denies that flames came out of the plane that landed at Velm denies no landing."""
    desk = _desk()
    a = desk.report("Velm Post", "2031-04-10").says(
        "A plane of the Rowing Club landed in the meadow at Velm.", does="land"
    )
    report = desk.report("Tarn Echo", "2031-04-10")
    b = report.says(
        "Flames came out of the plane that landed in the meadow at Velm.",
        by="Rowing Club",
        stance="deny",
        polarity="negated",
        does="come",
    )
    story = desk.story()
    assert not between(story, a, b)
    assert claim_of(story, a).denied_by == ()
