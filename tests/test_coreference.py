"""Pronouns and descriptions find their antecedent, or nobody."""

from __future__ import annotations

from factories import make_document

from timeline.actors import find_names
from timeline.coreference import resolve_antecedents
from timeline.gazetteer import load_gazetteer
from timeline.nlp import annotate, load_pipeline

CASES = [
    # he, she
    ("Angela Merkel arrived on Monday. [She] met reporters.", "Angela Merkel"),
    ("President Vladimir Putin spoke on Tuesday. [He] blamed the rebels.", "Vladimir Putin"),
    ("Theresa May lost the vote. Members of the party urged [her] to resign.", "Theresa May"),
    ("Nelson Mandela was freed. Crowds greeted [him] in Cape Town.", "Nelson Mandela"),
    ("Oskar Marten resigned on Friday, saying [he] was tired.", "Oskar Marten"),
    ("Oskar Marten resigned. In a letter, [he] thanked voters.", "Oskar Marten"),
    ("Sylvia Marten criticised the law. [Her] party left the coalition.", "Sylvia Marten"),
    ("John Kerry met Angela Merkel in Berlin. [She] welcomed the plan.", "Angela Merkel"),
    ("John Kerry met Angela Merkel in Berlin. [He] welcomed the plan.", "John Kerry"),
    ("“The talks failed,” said Oskar Marten. “We will try again,” [he] added.", "Oskar Marten"),
    ("Mr Corvin was arrested on Sunday. Police said [he] had a gun.", "Corvin"),
    ("Hassan Rouhani said that [his] government would respond.", "Hassan Rouhani"),
    ("The court sentenced Oskar Marten to five years. [He] will appeal.", "Oskar Marten"),
    ("Raila Odinga lost the election.\nOn Friday [he] called for protests.", "Raila Odinga"),
    # descriptions
    (
        "Influential cleric Moqtada al-Sadr called a march. On Friday [the cleric] praised it.",
        "Moqtada al-Sadr",
    ),
    (
        "Prime Minister Oskar Marten resigned. Parliament asked [the prime minister] to stay.",
        "Oskar Marten",
    ),
    ("President Barham Salih travelled to Davos. [The president] met bankers.", "Barham Salih"),
    ("General Greta Holm took command. On Sunday [the general] ordered a retreat.", "Greta Holm"),
    (
        "Oskar Marten, the governor of the province, fled. Troops captured [the governor] later.",
        "Oskar Marten",
    ),
    ("Boko Haram raided a village on Monday. [The group] has killed thousands.", "Boko Haram"),
    ("Kataib Hezbollah fired rockets. The army said [the militia] had fled.", "Kataib Hezbollah"),
    ("Boeing delayed the plane. [The company] cut jobs.", "Boeing"),
    # they
    ("Protesters stormed the building. [They] burned flags.", "Protesters"),
    ("Gunmen attacked a bus on Monday. [They] killed six people.", "Gunmen"),
    ("Villagers fled to the hills. Aid workers brought [them] food.", "Villagers"),
    ("Hundreds of refugees reached the border. Police beat [them] back.", "refugees"),
    # it, its, the rebels
    ("The RSF said [it] had taken the airport.", "RSF"),
    ("The government said [it] would appeal.", "government"),
    ("Hamas denied that [it] had fired rockets.", "Hamas"),
    ("Russia claimed [it] had shot down drones.", "Russia"),
    ("France withdrew [its] troops from Gao.", "France"),
    ("The ministry said on Monday. [It] blamed the rebels.", "ministry"),
    ("The foreign ministry summoned the envoy. [It] accused Russia of lying.", "ministry"),
    ("The African Union met on Friday. [It] condemned the coup.", "African Union"),
    ("It is clear that [it] rained.", None),
    ("Officials said [it] was clear that the talks had failed.", None),
    ("The strike hit a bridge. [It] collapsed.", None),
    ("The army fired a missile. [It] hit a house.", None),
    ("The storm killed ten people, and [it] moved north.", None),
    ("Turkey moved [its] tanks to the border.", "Turkey"),
    ("The group moved hostages from [its] base.", None),
    ("Boko Haram raided a village. The army chased [the militants] into the bush.", "Boko Haram"),
    ("Al-Shabaab attacked a hotel. [The militants] killed ten people.", "Al-Shabaab"),
    ("Boko Haram and Al-Shabaab were banned. [The militants] fled.", None),
    ("Protesters marched in Lagos. [The militants] fled.", None),
    ("The Taliban seized Kunduz. [The insurgents] freed prisoners.", "Taliban"),
    ("M23 took Goma. Congo's army said [the rebels] had killed civilians.", "M23"),
    (
        "Doctors Without Borders left the city. [The organisation] blamed the army.",
        "Doctors Without Borders",
    ),
    ("Greta Holm, the UN envoy, arrived. On Monday [the envoy] met the president.", "Greta Holm"),
    ("Defence Minister Oskar Marten resigned. [He] was replaced.", "Oskar Marten"),
    ("Oskar Marten shot Peter Holm. [He] died in hospital.", "Peter Holm"),
    ("Greta Holm told Oskar Marten that [he] was free.", "Oskar Marten"),
    ("Police arrested Oskar Marten. [His] lawyer protested.", "Oskar Marten"),
    ("Police arrested Greta Holm after [she] refused to leave.", "Greta Holm"),
    # of all kinds
    ("The junta said [it] had freed the hostages.", "junta"),
    ("Iran warned that [it] would respond.", "Iran"),
    ("Hezbollah announced that [it] had lost two fighters.", "Hezbollah"),
    ("The European Union urged restraint. [It] called for talks.", "European Union"),
    ("The court ruled on Monday. [It] rejected the appeal.", "court"),
    ("Ukraine reinforced [its] defences.", "Ukraine"),
    ("The president said [it] was raining.", None),
    ("The plane left Kyiv. [It] crashed near Lviv.", None),
    ("The ceasefire began on Friday. [It] collapsed.", None),
    ("Sudan and Chad closed the border. [It] blamed the rebels.", None),
    ("Reporters said [it] took hours to clear the road.", None),
    ("Rebels burned a bus after [it] stopped.", None),
    ("China sent [its] envoy to Kyiv.", "China"),
    ("The Houthis fired a missile. [The rebels] said it hit a ship.", "Houthis"),
    ("Hamas killed two men. [The militants] then fled.", "Hamas"),
    ("FARC freed a soldier. [The guerrillas] said they wanted peace.", "FARC"),
    ("Hamas met Fatah. [The militants] shook hands.", None),
    ("Residents saw smoke. [The rebels] had left.", None),
    (
        "Amnesty International published a report. [The group] said thousands had died.",
        "Amnesty International",
    ),
    ("Police detained Maria Kolesnikova. [She] tore up her passport.", "Maria Kolesnikova"),
    ("Joe Biden spoke to Vladimir Putin. [He] promised help.", None),
    ("Joe Biden called Angela Merkel. [She] promised help.", "Angela Merkel"),
    ("President Joe Biden said [he] would go to Kyiv.", "Joe Biden"),
    ("Prime Minister Greta Holm resigned. [The prime minister] cited her health.", "Greta Holm"),
    ("Cleric Oskar Marten was freed. Crowds cheered [the cleric].", "Oskar Marten"),
    ("General Oskar Marten seized power. [The general] closed the borders.", "Oskar Marten"),
    ("Protesters blocked roads. Police fired at [them].", "Protesters"),
    ("Soldiers entered the town. [They] burned houses.", "Soldiers"),
    ("Prices rose. [They] doubled in a month.", None),
    ("Refugees crossed the river. Villagers gave [them] bread.", "Refugees"),
    # nobody
    ("Oskar Marten and Peter Holm met. [He] signed the letter.", None),
    (
        "Oskar Marten met Peter Holm. Later Peter Holm met Oskar Marten. The press photographed [him].",
        None,
    ),
    ("Angela Merkel arrived on Monday. [He] met reporters.", None),
    ("Oskar Marten praised [him].", None),
    ("The city was quiet. [They] said nothing.", None),
    ("Rockets hit two houses. [They] were fired from the hills.", None),
    ("The storm grew. [The president] spoke.", None),
    ("It rained in Berlin. [She] stayed at home.", None),
    ("President Oskar Marten met President Greta Holm. [The president] smiled.", None),
]


def antecedent(marked: str) -> str | None:
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    (annotated,) = annotate(load_pipeline(), [make_document(text)])
    gazetteer = load_gazetteer()
    pairs = resolve_antecedents(annotated, find_names(annotated, gazetteer), gazetteer)
    for head, span in pairs:
        if start <= head[0] and head[1] <= end:
            return text[slice(*span)]
    return None


def is_right(marked: str, expected: str | None) -> bool:
    found = antecedent(marked)
    return found == expected if expected is None else found is not None and expected in found


def test_antecedents() -> None:
    """A floor, for the parser errs: to be raised with each gain."""
    wrong = [marked for marked, expected in CASES if not is_right(marked, expected)]
    assert len(wrong) <= 2, wrong


def test_there_are_cases_enough() -> None:
    assert len(CASES) >= 90
