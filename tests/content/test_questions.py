"""The questions of the atlas say nothing that the records they name do not."""

from __future__ import annotations

import re

import pytest

from borderviz.competing import compare

NUMBER = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)( million| m\b)?")
RANGE = re.compile(r"(\d[\d.]*)[-–](\d[\d.]*)( million)")
FACTORS = {" million": 1e6, " m": 1e-3}


def numbers_in(text):
    """
    Every number that words give: 1,292 and 2.3, 1.3 million, 700 m as 0.7 km.

    >>> sorted(numbers_in("1-1.3 million of 1,292, 700 m"))
    [0.7, 1292.0, 1000000.0, 1300000.0]
    """
    found = set()
    text = RANGE.sub(r"\1\3 to \2\3", text)
    for digits, unit in NUMBER.findall(text):
        number = float(digits.replace(",", ""))
        found.add(round(number * FACTORS.get(unit, 1), 6))
    return found


def told(record):
    """Every number that a record gives, as a value or in words."""
    texts = [part.text["en"] for part in (*record.statements, *record.conflicts)]
    texts += [record.title["en"], (record.gist or {}).get("en", "")]
    found = {float(record.value)} if record.value is not None else set()
    found |= {float(stated.km) for stated in record.stated}
    for other in record.competing:
        texts.append(other.who["en"])
        if isinstance(other.value, dict):
            texts.append(other.value["en"])
        else:
            found.add(float(other.value))
    return found | {number for text in texts for number in numbers_in(text)}


def test_numbers_are_found_in_words():
    assert {1.3e6, 1e6} <= numbers_in("put 1-1.3 million mines on the southern side")
    assert {1292.0, 200.0} <= numbers_in("only about 200 of the 1,292 markers")
    assert 0.7 in numbers_in("about 700 m apart; 866 m at Dorasan")
    assert numbers_in("hundreds of thousands") == set()


def test_there_are_seven_to_nine_questions_and_the_lengths_come_first(atlas):
    assert 7 <= len(atlas.questions) <= 9
    first, second = atlas.questions[:2]
    assert (first.line, second.line) == ("mdl", "china-border")


def claims(atlas):
    return [(q.id, claim) for q in atlas.questions for claim in q.claims]


def test_each_number_is_in_the_record_that_a_claim_names(atlas):
    missing = [
        (question, claim.record, number)
        for question, claim in claims(atlas)
        for number in (claim.value, claim.low, claim.high)
        if number is not None and float(number) not in told(atlas.records[claim.record])
    ]
    assert missing == []
    assert sum(c.words is None for _, c in claims(atlas)) > 30


def test_words_in_place_of_a_number_are_the_record_s_own(atlas):
    for _, claim in claims(atlas):
        if claim.words:
            said = " ".join(
                s.text["en"] for s in atlas.records[claim.record].statements
            )
            start = " ".join(claim.words["en"].split()[:3])
            assert start in said


def test_every_text_is_in_both_languages(atlas):
    for question in atlas.questions:
        texts = [question.title, question.intro, question.unit]
        texts += [claim.who for claim in question.claims]
        texts += [reason.text for reason in question.reasons]
        texts += [scope.name for scope in question.scopes]
        assert all(set(text) == {"en", "ko"} for text in texts)


def test_guesses_are_not_drawn(atlas):
    assert [q.id for q in atlas.questions if not q.charted] == ["mines"]


def test_no_claim_repeats_what_the_line_states(atlas):
    for question in atlas.questions:
        if question.line:
            stated = atlas.records[question.line].stated
            for claim in question.claims:
                assert not [
                    s for s in stated if (s.km, s.who) == (claim.value, claim.who)
                ]


def test_the_reasons_that_are_measured_here_are_true(atlas):
    """Our land line without its bends is as short as 238 km, the study's length."""
    first, second = (compare(question, atlas) for question in atlas.questions[:2])
    reached = dict(first.profile.reached)
    assert 0 < reached[238] < 1000
    assert reached[248] == reached[250] == 0
    assert first.profile.files == second.profile.files == ("lines.geojson",)
    assert [record.id for record, _ in second.beside] == ["china-sea-line"]
    assert second.beside[0][1] == pytest.approx(35.5, abs=0.1)


def test_the_parts_of_the_river_border_add_up_to_it(atlas):
    found = compare(atlas.questions[1], atlas)
    whole = found.panels[0][0].measured
    assert [part.name["en"] for part in found.parts] == [
        *("Tumen River border", "Land border at Mount Paektu", "Yalu River border")
    ]
    assert sum(part.measured for part in found.parts) == pytest.approx(whole)
    assert all(part.stated.claims == 2 for part in found.parts)
