"""Names find their actor: spellings meet, namesakes stay apart, descriptions say who acts."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from factories import make_argument, make_document, make_mention, span_of
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.actors import find_names, resolve_actors
from timeline.gazetteer import load_gazetteer
from timeline.model import ActorKind, Analysis, Argument, EventType, Name, Role
from timeline.nlp import annotate, load_pipeline
from timeline.pipeline import analyse
from timeline.sources import document_from_text

GAZETTEER = load_gazetteer()


def analysis(
    text: str, *names: str, actor: str = "", doc: str = "story", **given_: str
) -> Analysis:
    """An article whose names are given as ``label:text`` and whose only mention has the actor named."""
    document = make_document(text, doc=doc)
    found = []
    for spec in names:
        label, name = spec.split(":", 1)
        start = -1
        while (start := text.find(name, start + 1)) >= 0:
            found.append(Name(start=start, end=start + len(name), text=name, label=label))
    longest = [
        n
        for n in found
        if not any(o is not n and o.start <= n.start and n.end <= o.end for o in found)
    ]
    argument = make_argument(document, actor or names[0].split(":", 1)[1])
    mention = make_mention(document, given_.get("trigger", "acted"), arguments=(argument,))
    return Analysis(
        document=document,
        names=tuple(sorted(longest, key=lambda name: name.start)),
        mentions=(mention,),
    )


def actor_of(analysed: Analysis) -> str | None:
    (resolved,), _ = resolve_actors([analysed], GAZETTEER)
    return resolved.mentions[0].arguments[0].actor_id


PAIRS = [
    # one person, body or group under two spellings
    ("PERSON:Qassem Soleimani", "PERSON:Qasem Soleimani", True),
    ("PERSON:Qassem Soleimani", "PERSON:Qassim Suleimani", True),
    ("PERSON:Qasim Soleimani", "PERSON:Ghasem Soleimani", True),
    ("PERSON:Moqtada Sadr", "PERSON:Muqtada al-Sadr", True),
    ("PERSON:Moqtada al-Sadr", "PERSON:Moktada al-Sadr", True),
    ("PERSON:Adel Abdul Mahdi", "PERSON:Adil Abdul-Mahdi", True),
    ("PERSON:Adel Abdul Mahdi", "PERSON:Adel Abdel Mahdi", True),
    ("PERSON:Abu Mahdi al-Muhandis", "PERSON:Abu Mahdi Mohandis", True),
    ("PERSON:Barham Salih", "PERSON:Barham Saleh", True),
    ("PERSON:Haider al-Abadi", "PERSON:Haidar Abadi", True),
    ("PERSON:Nouri al-Maliki", "PERSON:Nuri Maliki", True),
    ("PERSON:Hadi al-Amiri", "PERSON:Hadi al-Ameri", True),
    ("PERSON:Vladimir Putin", "PERSON:Putin", True),
    ("PERSON:Muammar Gaddafi", "PERSON:Moammar Gadhafi", True),
    ("PERSON:Mohammed Morsi", "PERSON:Mohamed Mursi", True),
    ("PERSON:Volodymyr Zelensky", "PERSON:Volodymyr Zelenskiy", True),
    ("PERSON:Sergei Lavrov", "PERSON:Sergey Lavrov", True),
    ("PERSON:Abdullah Gul", "PERSON:Abdullah Gül", True),
    ("PERSON:Mahmoud Sarkhi", "PERSON:Mahmud Sarkhi", True),
    ("PERSON:Yusuf Karimov", "PERSON:Youssef Karimov", True),
    ("PERSON:Ahmed Al-Asadi", "PERSON:Ahmad al-Asadi", True),
    ("PERSON:J. Corvin", "PERSON:James Corvin", True),
    ("PERSON:Sylvia Marten", "PERSON:Sylvia B. Marten", True),
    ("ORG:Kataeb Hezbollah", "ORG:Kata’ib Hezbollah", True),
    ("ORG:Kataib Hezbollah", "ORG:Kata'ib Hizbollah", True),
    ("ORG:Hezbollah", "ORG:Hizbullah", True),
    ("ORG:Popular Mobilization Units", "ORG:Hashd al-Shaabi", True),
    ("ORG:Popular Mobilisation Forces", "ORG:PMU", True),
    ("ORG:Islamic State", "ORG:Isis", True),
    ("ORG:ISIS", "ORG:IS", True),
    ("ORG:Badr Organization", "ORG:Badr Organisation", True),
    ("ORG:Al Qaeda", "ORG:al-Qaida", True),
    ("ORG:Iranian Revolutionary Guard Corps", "ORG:IRGC", True),
    ("ORG:Pentagon", "ORG:US Department of Defense", True),
    ("ORG:State Department", "ORG:US State Department", True),
    ("ORG:UN", "ORG:United Nations", True),
    ("ORG:Iraqi Interior Ministry", "ORG:Iraq Ministry of Interior", True),
    ("LOC:US", "LOC:United States", True),
    ("LOC:U.S.", "LOC:America", True),
    ("LOC:Britain", "LOC:UK", True),
    ("LOC:Tehran", "LOC:Iran", True),
    ("LOC:Burma", "LOC:Myanmar", True),
    ("ORG:Varna Dockers Union", "ORG:Varna Dockers’ Union", True),
    # near-namesakes
    ("ORG:Kataib Hezbollah", "ORG:Hezbollah", False),
    ("PERSON:Adel Abdul Mahdi", "PERSON:Abu Mahdi al-Muhandis", False),
    ("PERSON:Adel Abdul Mahdi", "ORG:Mahdi Army", False),
    ("PERSON:Abu Mahdi al-Muhandis", "ORG:Mahdi Army", False),
    ("PERSON:Moqtada al-Sadr", "ORG:Sadr City", False),
    ("PERSON:Ali Khamenei", "PERSON:Ruhollah Khomeini", False),
    ("PERSON:George W. Bush", "PERSON:George H. W. Bush", False),
    ("PERSON:Bill Clinton", "PERSON:Hillary Clinton", False),
    ("PERSON:Bashar al-Assad", "PERSON:Hafez al-Assad", False),
    ("PERSON:Rafik Hariri", "PERSON:Saad Hariri", False),
    ("PERSON:Raul Castro", "PERSON:Fidel Castro", False),
    ("PERSON:Masoud Barzani", "PERSON:Nechirvan Barzani", False),
    ("PERSON:Hassan Nasrallah", "PERSON:Hussein Nasrallah", False),
    ("PERSON:Mohammed bin Salman", "PERSON:King Salman", False),
    ("PERSON:Sylvia Marten", "PERSON:Oskar Marten", False),
    ("PERSON:Sylvia B. Marten", "PERSON:Sylvia C. Marten", False),
    ("ORG:Islamic State", "ORG:Islamic Jihad", False),
    ("ORG:Al-Qaeda", "ORG:Al-Qaeda in Iraq", False),
    ("ORG:Taliban", "ORG:Pakistani Taliban", False),
    ("ORG:US Navy", "ORG:US Air Force", False),
    ("ORG:European Union", "ORG:African Union", False),
    ("LOC:North Korea", "LOC:South Korea", False),
    ("LOC:Niger", "LOC:Nigeria", False),
    ("LOC:Sudan", "LOC:South Sudan", False),
    ("LOC:Guinea", "LOC:Equatorial Guinea", False),
    ("LOC:Republic of the Congo", "LOC:Democratic Republic of the Congo", False),
    ("ORG:Kurdistan Democratic Party", "ORG:Kurdistan Workers' Party", False),
]


@pytest.mark.parametrize(("one", "other", "same"), PAIRS)
def test_two_articles_name_one_actor_or_two(one: str, other: str, same: bool) -> None:
    first = analysis(f"On Monday {one.split(':')[1]} acted.", one, doc="first")
    second = analysis(f"On Friday {other.split(':')[1]} acted.", other, doc="second")
    resolved, actors = resolve_actors([first, second], GAZETTEER)
    ids = [document.mentions[0].arguments[0].actor_id for document in resolved]
    assert None not in ids
    assert (ids[0] == ids[1]) is same
    assert set(ids) <= {actor.actor_id for actor in actors}


def test_there_are_pairs_enough() -> None:
    assert len(PAIRS) >= 60


@pytest.mark.parametrize(
    ("text", "names", "actor", "expected"),
    [
        (
            "Prime Minister Adel Abdul Mahdi spoke. Later Mahdi acted.",
            ("PERSON:Adel Abdul Mahdi", "PERSON:Mahdi"),
            "Mahdi acted",
            "adel-abdul-mahdi",
        ),
        (
            "Abu Mahdi al-Muhandis spoke. Later Muhandis acted.",
            ("PERSON:Abu Mahdi al-Muhandis", "PERSON:Muhandis"),
            "Muhandis acted",
            "abu-mahdi-al-muhandis",
        ),
        (
            "Qassem Soleimani was there. Later Solemani acted.",
            ("PERSON:Qassem Soleimani", "PERSON:Solemani"),
            "Solemani acted",
            "qasem-soleimani",
        ),
        (
            "Oskar Marten met Sylvia Marten. Later Marten acted.",
            ("PERSON:Oskar Marten", "PERSON:Sylvia Marten", "PERSON:Marten"),
            "Marten acted",
            None,
        ),
        (
            "Heiko Wimmen, the project director for Iraq at the International Crisis Group, acted.",
            ("PERSON:Heiko Wimmen", "LOC:Iraq", "ORG:International Crisis Group"),
            "Heiko Wimmen",
            "heiko-wimmen",
        ),
    ],
)
def test_a_bare_surname_is_whom_the_article_named(
    text: str, names: tuple[str, ...], actor: str, expected: str | None
) -> None:
    document = make_document(text)
    start = text.index(actor)
    name = next(n for n in analysis(text, *names).names if n.start == start)
    argument = Argument(
        role=Role.ACTOR, start=name.start, end=name.end, text=name.text, head=(name.start, name.end)
    )
    mention = make_mention(document, text.rstrip(".").split()[-1], arguments=(argument,))
    analysed = Analysis(document=document, names=analysis(text, *names).names, mentions=(mention,))
    assert actor_of(analysed) == expected


DESCRIPTIONS = [
    ("US troops", ("LOC:US",), "us-armed-forces"),
    ("American forces", ("NORP:American",), "us-armed-forces"),
    ("the Iraqi parliament", ("NORP:Iraqi",), "iraqi-council-of-representatives"),
    ("Iraq's parliament", ("LOC:Iraq",), "iraqi-council-of-representatives"),
    ("the Iraqi government", ("NORP:Iraqi",), "iraq-government"),
    ("Kenyan police", ("NORP:Kenyan",), "kenya-police"),
    ("the Kenyan foreign ministry", ("NORP:Kenyan",), "kenya-foreign-ministry"),
    ("the French foreign ministry", ("NORP:French",), "quai-dorsay"),
    ("the US embassy", ("LOC:US",), "united-states-embassy"),
    ("US officials", ("LOC:US",), "united-states-officials"),
    ("a US drone", ("LOC:US",), "us-armed-forces"),
    ("a drone", (), None),
    ("protesters", (), "protesters"),
    ("demonstrators", (), "protesters"),
    ("Iraqi protesters", ("NORP:Iraqi",), "iraq-protesters"),
    ("hundreds of protesters", (), "protesters"),
    ("thousands of Iranians", ("NORP:Iranians",), "iranians"),
    ("Kurdish lawmakers", ("NORP:Kurdish",), "kurds-lawmakers"),
    ("Iran-backed militias", ("LOC:Iran",), "pro-iran-militia"),
    ("pro-Iranian militias", ("NORP:Iranian",), "pro-iran-militia"),
    ("pro-Iran militia fighters", ("LOC:Iran",), "pro-iran-militia"),
    ("Hamas officials", ("ORG:Hamas",), "hamas"),
    ("Hamas supporters", ("ORG:Hamas",), "hamas-supporters"),
    ("Taliban fighters", ("ORG:Taliban",), "taliban"),
    ("UN peacekeepers", ("ORG:UN",), "united-nations"),
    (
        "25 militia fighters of the Iran-backed Kataeb Hezbollah",
        ("ORG:Kataeb Hezbollah",),
        "kataib-hezbollah",
    ),
    ("the US-led coalition", ("LOC:US",), "coalition-against-the-islamic-state"),
    ("a gunman", (), "gunman"),
    ("the decision", (), None),
    ("the report", (), None),
    ("escalating tensions", (), None),
    ("the convoy", (), None),
    ("former officials", (), None),
]


@pytest.mark.parametrize(("phrase", "names", "expected"), DESCRIPTIONS)
def test_a_description_says_who_acts(
    phrase: str, names: tuple[str, ...], expected: str | None
) -> None:
    text = f"On Monday {phrase} acted."
    document = make_document(text)
    start, end = span_of(document, phrase)
    noun = (
        phrase.split(" of ", maxsplit=1)[0]
        if phrase.startswith(("25", "hundreds", "thousands"))
        else phrase
    )
    head = start + len(noun) - len(noun.rsplit(maxsplit=1)[-1]), start + len(noun)
    argument = Argument(role=Role.ACTOR, start=start, end=end, text=phrase, head=head)
    mention = make_mention(document, "acted", arguments=(argument,))
    plain = analysis(text, *names, actor=phrase) if names else None
    analysed = Analysis(document=document, names=plain.names if plain else (), mentions=(mention,))
    assert actor_of(analysed) == expected


@pytest.mark.parametrize(
    ("text", "argument", "role", "event_type", "expected"),
    [
        ("Washington acted on it.", "Washington", Role.ACTOR, EventType.REJECT, "united-states"),
        (
            "The minister acted in Washington.",
            "Washington",
            Role.RECIPIENT,
            EventType.CONSULT,
            None,
        ),
        ("Jets acted against Tehran.", "Tehran", Role.RECIPIENT, EventType.ASSAULT, None),
        ("The council acted against Tehran.", "Tehran", Role.RECIPIENT, EventType.ACCUSE, "iran"),
    ],
)
def test_a_capital_is_its_state_when_it_acts(
    text: str, argument: str, role: Role, event_type: EventType, expected: str | None
) -> None:
    document = make_document(text)
    start, end = span_of(document, argument)
    name = Name(start=start, end=end, text=argument, label="LOC")
    mention = make_mention(
        document,
        "acted",
        event_type=event_type,
        arguments=(make_argument(document, argument, role),),
    )
    assert actor_of(Analysis(document=document, names=(name,), mentions=(mention,))) == expected


@pytest.mark.parametrize(
    ("text", "name", "country", "member_of"),
    [
        ("German Foreign Minister Greta Holm acted.", "Greta Holm", "DEU", ("germany",)),
        (
            "Greta Holm, the head of the Badr Organization, acted.",
            "Greta Holm",
            "IRQ",
            ("badr-organization",),
        ),
        ("Greta Holm, a Kenyan lawyer, acted.", "Greta Holm", "KEN", ("kenya",)),
        ("Greta Holm, president of Peru, acted.", "Greta Holm", "PER", ("peru",)),
        ("Yesterday Greta Holm acted.", "Greta Holm", "", ()),
    ],
)
def test_titles_and_appositions_tell_what_a_person_belongs_to(
    text: str, name: str, country: str, member_of: tuple[str, ...]
) -> None:
    others = ["ORG:Badr Organization"] if "Badr" in text else ["LOC:Peru"] if "Peru" in text else []
    analysed = analysis(text, f"PERSON:{name}", *others)
    _, actors = resolve_actors([analysed], GAZETTEER)
    actor = next(actor for actor in actors if actor.actor_id == "greta-holm")
    assert actor.kind is ActorKind.PERSON
    assert actor.country == country
    assert actor.member_of[: len(member_of)] == member_of


def test_the_whole_is_among_the_actors_where_a_part_acts() -> None:
    _, actors = resolve_actors([analysis("The Quds Force acted.", "ORG:Quds Force")], GAZETTEER)
    assert {"quds-force", "islamic-revolutionary-guard-corps", "iran"} == {
        a.actor_id for a in actors
    }


ARTICLES = [
    analysis("On Monday Qassem Soleimani acted.", "PERSON:Qassem Soleimani", doc="a"),
    analysis("On Monday Soleimani acted.", "PERSON:Soleimani", doc="b"),
    analysis("On Monday Ahmad al-Asadi acted.", "PERSON:Ahmad al-Asadi", doc="c"),
    analysis("On Monday Ahmed Al-Asadi acted.", "PERSON:Ahmed Al-Asadi", doc="d"),
    analysis("On Monday Asadi acted.", "PERSON:Asadi", doc="e"),
    analysis("On Monday Oskar Marten acted.", "PERSON:Oskar Marten", doc="f"),
    analysis("On Monday O. Marten acted.", "PERSON:O. Marten", doc="g"),
    analysis("On Monday Olga Marten acted.", "PERSON:Olga Marten", doc="h"),
    analysis("On Monday the River Front acted.", "ORG:River Front", doc="i"),
]


@settings(max_examples=40, deadline=None)
@given(st.permutations(ARTICLES))
def test_the_order_of_the_articles_does_not_matter(articles: list[Analysis]) -> None:
    def by_document(analyses: list[Analysis]) -> dict[str, str | None]:
        resolved, _ = resolve_actors(analyses, GAZETTEER)
        return {a.document.doc: a.mentions[0].arguments[0].actor_id for a in resolved}

    assert by_document(articles) == by_document(ARTICLES)
    assert resolve_actors(articles, GAZETTEER)[1] == resolve_actors(ARTICLES, GAZETTEER)[1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "US Secretary of State Mike Pompeo met Barham Salih.",
            {"Mike Pompeo": "PERSON", "Barham Salih": "PERSON"},
        ),
        ("Fighters of Kata’ib Hezbollah left Kirkuk.", {"Kata’ib Hezbollah": "ORG"}),
        ("Isis captured the town, and the U.S. sent troops.", {"Isis": "ORG", "U.S.": "LOC"}),
        ("They told us that it is over, and who did it.", {}),
        (
            "Moqtada al-Sadr called for calm. Supporters of Sadr went home.",
            {"Moqtada al-Sadr": "PERSON", "Sadr": "PERSON"},
        ),
        ("Protests and rallies were held.", {}),
        (
            "The Mahdi Army and Adel Abdul Mahdi are two.",
            {"Mahdi Army": "ORG", "Adel Abdul Mahdi": "PERSON"},
        ),
    ],
)
def test_names_in_a_text(text: str, expected: dict[str, str]) -> None:
    (annotated,) = annotate(load_pipeline(), [make_document(text)])
    names = find_names(annotated, GAZETTEER)
    found = {name.text: name.label for name in names}
    assert expected.items() <= found.items()
    assert all(text[name.start : name.end] == name.text for name in names)
    assert all(one.end <= two.start for one, two in pairwise(names))
    if not expected:
        assert not found


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        (
            "Peru's Congress met. In 2020 Congress acted alone.",
            ["LOC:Peru", "ORG:Congress"],
            "peru-parliament",
        ),
        ("US troops left. Congress acted.", ["LOC:US", "ORG:Congress"], "us-congress"),
        ("The vote in Chile was close. Congress acted.", ["LOC:Chile", "ORG:Congress"], None),
        ("Congress acted.", ["ORG:Congress"], "us-congress"),
    ],
)
def test_a_body_of_many_states_is_that_of_the_article(
    text: str, names: list[str], expected: str | None
) -> None:
    document = make_document(text, doc="story")
    places = {
        (match.start(), match.end(), *name.split(":"))
        for name in names
        for match in re.finditer(name.split(":")[1], text)
    }
    found = tuple(Name(start=a, end=b, label=label, text=word) for a, b, label, word in places)
    argument = make_argument(document, "Congress", after=text.rfind("Congress"))
    analysed = Analysis(
        document=document,
        names=tuple(sorted(found, key=lambda name: name.start)),
        mentions=(make_mention(document, "acted", arguments=(argument,)),),
    )
    assert actor_of(analysed) == expected


@pytest.mark.parametrize(
    ("text", "short", "expected"),
    [
        (
            "The Rapid Support Forces (RSF) took a bridge. The RSF fled.",
            "RSF",
            "rapid-support-forces",
        ),
        (
            "The Rapid Support Forces took a bridge. Later the RSF fled.",
            "RSF",
            "rapid-support-forces",
        ),
        ("Reporters Without Borders protested. The RSF sued.", "RSF", "reporters-without-borders"),
        (
            "The National Front of Borduria (FNB) won. The FNB cheered.",
            "FNB",
            "national-front-of-borduria",
        ),
        ("The Free Officers League met. The FOL marched.", "FOL", "free-officers-league"),
        ("The Free Officers League and the Front of Labour met. The FOL marched.", "FOL", "fol"),
        ("The Free Officers League (AP) met. The AP reported it.", "AP", "associated-press"),
    ],
)
def test_short_forms_are_what_the_article_makes_them(text: str, short: str, expected: str) -> None:
    names = [
        f"ORG:{name}"
        for name in (
            "Rapid Support Forces", "Reporters Without Borders", "National Front of Borduria",
            "Free Officers League", "Front of Labour", short,
        )
        if name in text
    ]  # fmt: skip
    document = make_document(text)
    analysed = analysis(text, *names, actor=short, trigger=text.split()[-2])
    argument = make_argument(document, short)
    start = text.rindex(short)
    moved = replace(argument, start=start, end=start + len(short), head=(start, start + len(short)))
    mention = replace(analysed.mentions[0], arguments=(moved,))
    assert actor_of(replace(analysed, mentions=(mention,))) == expected


def test_a_short_form_means_elsewhere_what_the_other_articles_say() -> None:
    told = analysis(
        "The Rapid Support Forces (RSF) fled.",
        "ORG:Rapid Support Forces",
        "ORG:RSF",
        trigger="fled",
    )
    bare = analysis("The RSF fled.", "ORG:RSF", doc="other", trigger="fled")
    for order in ([told, bare], [bare, told]):
        _, actors = resolve_actors(order, GAZETTEER)
        assert {actor.actor_id for actor in actors} == {"rapid-support-forces"}


@pytest.mark.parametrize(
    ("text", "victim"),
    [
        ("Sudan's army shelled a village. The army killed five soldiers.", "soldiers"),
        ("Sudan's army shelled a village. The army killed five civilians.", "civilians"),
        ("France withdrew its soldiers.", "france-armed-forces"),
        ("Rebels met the Chinese ambassador.", "china-ambassador"),
        ("The military detained Aung San Suu Kyi on 1 February.", "aung-san-suu-kyi"),
        ("Shells hit hundreds of homes.", None),
        ("Hamas fired rockets at Tel Aviv.", None),
    ],
)
def test_who_it_is_done_to(text: str, victim: str | None) -> None:
    (analysed,) = analyse([make_document(text)], load_pipeline())
    (resolved,), _ = resolve_actors([analysed], GAZETTEER)
    found = [a for m in resolved.mentions for a in m.arguments if a.role is Role.RECIPIENT]
    assert found[-1].actor_id == victim


@pytest.mark.parametrize(
    ("text", "acting"),
    [
        (
            "Fighting between Sudan's army and the paramilitary Rapid Support Forces entered a fourth day.",
            {"sudan-armed-forces", "rapid-support-forces"},
        ),
        ('The G9 gang, led by Jimmy "Barbecue" Cherizier, fled.', {"jimmy-cherizier", "g9"}),
        ("Russian fighters of the Wagner Group seized the town.", {"wagner-group"}),
        ("On Friday, an attorney for Acme, Oskar Marten, sued the bank.", {"oskar-marten"}),
    ],
)
def test_who_does_it(text: str, acting: set[str]) -> None:
    (analysed,) = analyse([make_document(text)], load_pipeline())
    (resolved,), _ = resolve_actors([analysed], GAZETTEER)
    found = {a.actor_id for m in resolved.mentions for a in m.arguments if a.role is Role.ACTOR}
    assert acting <= found


def test_credits_in_the_last_paragraph_are_nobody() -> None:
    text = "Rebels shelled the port on Monday. (Reporting by Jane Doe in Oslo; editing by Tom Holm)"
    document = document_from_text(text, doc="story")
    (analysed,) = analyse([document], load_pipeline())
    _, actors = resolve_actors([analysed], GAZETTEER)
    assert {actor.name for actor in actors} == {"rebels"}
