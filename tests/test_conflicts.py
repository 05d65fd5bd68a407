"""The world's conflicts, each as a table: names of one actor, namesakes of another, what belongs to what."""

from __future__ import annotations

import pytest

from timeline.gazetteer import load_gazetteer
from timeline.model import ActorKind

GAZETTEER = load_gazetteer()

ALIASES = [
    # Sudan
    ("Hemedti", "mohamed-hamdan-dagalo"),
    ("Abdel Fattah Burhan", "abdel-fattah-al-burhan"),
    ("Sovereign Council", "transitional-sovereignty-council"),
    ("SPLM-N", "sudan-peoples-liberation-movement-north"),
    # Russia and Ukraine
    ("SBU", "security-service-of-ukraine"),
    ("Valeriy Zaluzhnyi", "valerii-zaluzhnyi"),
    ("Volodymyr Zelenskyy", "volodymyr-zelensky"),
    ("FSB", "federal-security-service"),
    # Israel, Palestine, Lebanon
    ("IDF", "israel-defense-forces"),
    ("Itamar Ben Gvir", "itamar-ben-gvir"),
    ("Phalange", "kataeb-party"),
    ("UNRWA", "unrwa"),
    # Yemen, Syria
    ("Ansar Allah", "houthis"),
    ("Abu Mohammed al-Golani", "ahmed-al-sharaa"),
    ("SDF", "syrian-democratic-forces"),
    ("YPJ", "womens-protection-units"),
    # Myanmar
    ("KNU", "karen-national-union"),
    ("People's Defense Forces", "peoples-defence-force"),
    ("AAPP", "assistance-association-for-political-prisoners"),
    # Ethiopia, Eritrea
    ("TPLF", "tigray-peoples-liberation-front"),
    ("Isaias Afewerki", "isaias-afwerki"),
    ("Tigray Defense Forces", "tigray-defence-forces"),
    # DR Congo
    ("Félix Tshisekedi", "felix-tshisekedi"),
    ("Alliance Fleuve Congo", "congo-river-alliance"),
    # Sahel, Nigeria
    ("Assimi Goïta", "assimi-goita"),
    ("Jama'at Nusrat al-Islam wal-Muslimin", "jnim"),
    ("ISWAP", "islamic-state-west-africa-province"),
    ("Abdourahamane Tiani", "abdourahamane-tchiani"),
    # Haiti
    ("Jovenel Moïse", "jovenel-moise"),
    ("G9 Family and Allies", "g9"),
    # Venezuela, Colombia
    ("PSUV", "united-socialist-party-of-venezuela"),
    ("Vladimir Padrino", "vladimir-padrino-lopez"),
    ("Gulf Clan", "clan-del-golfo"),
    ("Timochenko", "rodrigo-londono"),
    # Caucasus
    ("Nikol Pashinian", "nikol-pashinyan"),
    ("Artsakh Defense Army", "artsakh-defence-army"),
    # Afghanistan, Pakistan, India
    ("ISIS-K", "islamic-state-khorasan-province"),
    ("Haibatullah Akhundzada", "hibatullah-akhundzada"),
    ("BSF", "border-security-force"),
    ("S. Jaishankar", "subrahmanyam-jaishankar"),
    # Belarus
    ("Svetlana Tikhanovskaya", "sviatlana-tsikhanouskaya"),
    ("Raman Pratasevich", "roman-protasevich"),
    # Libya, Somalia
    ("Abdulhamid Dbeibah", "abdul-hamid-dbeibah"),
    ("Farmajo", "mohamed-abdullahi-mohamed"),
    # Philippines, Korea, Taiwan
    ("MNLF", "moro-national-liberation-front"),
    ("Yoon Suk Yeol", "yoon-suk-yeol"),
    ("William Lai", "lai-ching-te"),
]


@pytest.mark.parametrize(("name", "actor_id"), ALIASES)
def test_a_name_finds_its_actor(name: str, actor_id: str) -> None:
    actor = GAZETTEER.actor(name)
    assert actor is not None
    assert actor.actor_id == actor_id


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kataeb Party", "Kataeb Hezbollah"),
        ("Lebanese Forces", "Lebanese Armed Forces"),
        ("Arakan Army", "Arakan Rohingya Salvation Army"),
        ("Oromo Liberation Army", "Oromo Liberation Front"),
        ("Syrian National Army", "Syrian Arab Army"),
        ("Islamic State", "Islamic State West Africa Province"),
        ("Ahmad Massoud", "Ahmad Shah Massoud"),
        ("Ilham Aliyev", "Heydar Aliyev"),
        ("Shehbaz Sharif", "Nawaz Sharif"),
        ("Ferdinand Marcos", "Bongbong Marcos"),
        ("Sudan Liberation Army", "Sudan People's Liberation Army"),
        ("Moro National Liberation Front", "Moro Islamic Liberation Front"),
        ("Ali Khamenei", "Mojtaba Khamenei"),
        ("Idriss Deby", "Mahamat Idriss Deby"),
        ("Jovenel Moise", "Martine Moise"),
        ("Government of National Unity", "Government of National Accord"),
    ],
)
def test_near_namesakes_stay_apart(one: str, other: str) -> None:
    left, right = GAZETTEER.actor(one), GAZETTEER.actor(other)
    assert left is not None
    assert left != right


@pytest.mark.parametrize(
    ("name", "kind", "country", "parent"),
    [
        ("Rapid Support Forces", ActorKind.ARMED_GROUP, "SDN", None),
        ("Black Sea Fleet", ActorKind.GOVERNMENT, "RUS", "russia"),
        ("Syrian Arab Army", ActorKind.GOVERNMENT, "SYR", "syria"),
        ("FARDC", ActorKind.GOVERNMENT, "COD", "democratic-republic-of-the-congo"),
        ("Macina Liberation Front", ActorKind.ARMED_GROUP, "MLI", "jnim"),
        ("Haitian National Police", ActorKind.GOVERNMENT, "HTI", "haiti"),
        ("Kim Yo-jong", ActorKind.PERSON, "PRK", "north-korea"),
        ("Taiwan Affairs Office", ActorKind.GOVERNMENT, "CHN", "china"),
        ("CARICOM", ActorKind.ORGANISATION, "", None),
        ("Pheu Thai", ActorKind.PARTY, "THA", None),
    ],
)
def test_kind_country_and_what_it_belongs_to(
    name: str, kind: ActorKind, country: str, parent: str | None
) -> None:
    actor = GAZETTEER.actor(name)
    assert actor is not None
    assert (actor.kind, actor.country) == (kind, country)
    assert (parent in actor.member_of) if parent else not actor.member_of


def test_whatever_an_actor_belongs_to_is_known() -> None:
    parents = {parent for actor in GAZETTEER.actors.values() for parent in actor.member_of}
    assert parents <= GAZETTEER.actors.keys()
