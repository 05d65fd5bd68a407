"""Who acts and who suffers."""

from __future__ import annotations

from training.agency.lexicon import and_, comma, modifier, prep
from training.agency.settings import Settings
from training.agency.trees import Tree

_FIGURES = (
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "11", "13", "17", "20", "26", "39", "58", "100",
    "120", "300", "450", "1,200", "5,000", "20,000", "700,000",
)  # fmt: skip


class People(Settings):
    """Draws people, states and bodies, and what is told of them behind their names."""

    def counted(self, noun: Tree) -> Tree:
        """ "at least 39 people", "some 300 rebels", "40 to 60 fighters"."""
        figure = Tree(self.any_of(*_FIGURES), "CD", "nummod")
        match self.draw(plain=6, least=2, more=1, about=1, range=0.5):
            case "least":
                least = Tree("at", "IN", "prep", (), (Tree("least", "JJS", "pobj"),))
                figure = figure.plus(before=[least])
            case "more":
                than = Tree(
                    self.any_of("more", "fewer"), "JJR", "advmod", (), (Tree("than", "IN", "prep"),)
                )
                figure = figure.plus(before=[than])
            case "about":
                word = self.any_of("about", "around", "nearly", "almost", "some")
                figure = figure.plus(
                    before=[Tree(word, "DT" if word == "some" else "RB", "advmod")]
                )
            case "range":
                upper = Tree(self.any_of(*_FIGURES), "CD", "pobj")
                figure = figure.plus(Tree("to", "IN", "prep", (), (upper,)))
        return noun.plus(before=[figure])

    def many(self, dep: str = "") -> Tree:
        """ "gunmen", "armed rebels", "at least 39 people", "hundreds of students", "a convoy of Turkish troops"."""
        noun = self.noun(self.word("people"), "NNS", dep)
        match self.draw(
            bare=6, counted=4, people=3, hundreds=1.5, national=2.5, the=1.5, group=1.2, moving=0.7
        ):
            case "counted":
                return self.counted(
                    noun.plus(before=[self._adjective()]) if self.chance(0.2) else noun
                )
            case "people":
                return self.counted(Tree("people", "NNS", dep))
            case "hundreds":
                word = self.any_of("hundreds", "dozens", "thousands", "scores")
                return Tree(word, "NNS", dep).plus(prep("of", noun))
            case "national":
                return noun.plus(before=[Tree(self.word("nationalities"), "JJ", "amod")])
            case "the":
                return noun.plus(before=[Tree("the", "DT", "det")])
            case "group":
                return self.a(self.word("groups"), dep).plus(prep("of", noun))
            case "moving":
                return noun.plus(before=[Tree(self.word("moving"), "VBG", "amod")])
        return noun.plus(before=[self._adjective()] if self.chance(0.4) else [])

    def _adjective(self) -> Tree:
        return modifier(self.word("adjectives"))

    def one(self, dep: str = "") -> Tree:
        """ "a former minister", "another gunman", "a Turkish lawyer"."""
        noun = self.a(self.word("person"), dep)
        if not self.chance(0.3):
            return noun
        nation = Tree(self.word("nationalities"), "JJ", "amod")
        adjective = self._adjective() if self.chance(0.5) else nation
        determiner, *inner = noun.left
        if determiner.word in ("a", "an"):
            first = adjective.left[0].word if adjective.left else adjective.word
            determiner = Tree("an" if first[0].lower() in "aeiou" else "a", "DT", "det")
        return Tree(noun.word, noun.tag, dep, (determiner, adjective, *inner))

    def somebody(self, dep: str = "") -> Tree:
        """A person by name: "President Uhuru Kenyatta", "Kenyatta", "the rebel leader Ali Haddad"."""
        surname = Tree(self.word("surnames"), "NNP", dep)
        first = Tree(self.word("first_names"), "NNP", "compound")
        match self.draw(full=3, surname=4, title=3, calling=2):
            case "full":
                return surname.plus(before=[first])
            case "surname":
                return surname
            case "title":
                title = self.name(self.word("titles"), "compound")
                return surname.plus(before=[title, first] if self.chance(0.7) else [title])
        calling = self.noun(self.word("callings"), "NN", "compound")
        article = [Tree("the", "DT", "det")] if self.chance(0.3) else []
        return surname.plus(before=[*article, calling, first])

    def body(self, dep: str = "") -> Tree:
        """ "the army", "Zimbabwe's ruling party", "a court in Cairo", "NATO", "police", "Turkey"."""
        match self.draw(
            the=3, states=4, court=1, name=2, police=1.5, national=1.5, state=4, office=1
        ):
            case "the":
                return self.the(self.word("bodies"), dep)
            case "states":
                owner = self.country("poss")
                mark = Tree("'" if owner.word.endswith("s") else "'s", "POS", "case")
                return self.noun(self.word("offices"), "NN", dep, owner.plus(mark))
            case "court":
                kind = self.any_of("court", "judge", "tribunal", "prosecutor", "company")
                return self.a(kind, dep).plus(prep("in", self.place()))
            case "name":
                return self.name(self.word("organisations"), dep)
            case "police":
                return Tree("police", "NNS" if self.chance(0.4) else "NN", dep)
            case "national":
                nation = Tree(self.word("nationalities"), "JJ", "amod")
                return self.noun(self.word("offices"), "NN", dep, Tree("the", "DT", "det"), nation)
            case "state":
                return self.country(dep)
        return self.the(self.word("offices"), dep).plus(prep("of", self.country()))

    def doer(self, dep: str = "nsubj", *, plain: bool = False) -> Tree:
        """Whoever acts or suffers, with or without (`plain`) what tells more about them."""
        match self.draw(many=5, one=2.5, somebody=2.5, body=5, pronoun=1, pair=1):
            case "many":
                noun = self.many(dep)
            case "one":
                noun = self.one(dep)
            case "somebody":
                return self.somebody(dep) if plain else self._with_apposition(self.somebody(dep))
            case "body":
                noun = self.body(dep)
            case "pronoun":
                words = (
                    ("he", "she", "they", "it")
                    if dep.startswith("nsubj")
                    else ("him", "her", "them", "it")
                )
                return Tree(self.any_of(*words), "PRP", dep)
            case _:
                return self._pair(dep)
        return noun if plain or noun.tag == "NNP" else self.with_more(noun)

    def _pair(self, dep: str) -> Tree:
        """ "Turkey and Libya", "the unions and the government"."""
        if self.chance(0.5):
            return self.country(dep).plus(and_(), self.country("conj"))
        return self.the(self.word("bodies"), dep).plus(
            and_(), self.the(self.word("people"), "conj", "NNS")
        )

    def _with_apposition(self, name: Tree) -> Tree:
        match self.draw(nothing=7.5, office=1, relative=1, age=0.5):
            case "office":
                return name.plus(comma(), self.the(self.word("bodies"), "appos"), comma())
            case "relative":
                return name.plus(comma(), self.relative("who"), comma())
            case "age":
                return name.plus(
                    comma(), Tree(str(self._random.randint(19, 81)), "CD", "appos"), comma()
                )
        return name

    def with_more(self, noun: Tree) -> Tree:
        """With a participle, a relative clause or a place behind the noun, or nothing."""
        match self.draw(
            nothing=6, by=1.6, past=2, doing=1.6, relative=1.6, place=1.6, loyal=0.7, aside=0.7
        ):
            case "by":
                return noun.plus(self.backed())
            case "past":
                return noun.plus(self.suffered())
            case "doing":
                return noun.plus(self.doing())
            case "relative":
                definite = noun.tag == "NN" and bool(noun.left) and noun.left[0].word == "the"
                pronoun = "which" if definite else self.any_of("who", "that", "who")
                clause = self.relative(pronoun)
                loose = pronoun != "that" and self.chance(0.5)
                return noun.plus(comma(), clause, comma()) if loose else noun.plus(clause)
            case "place":
                word = self.any_of("in", "in", "in", "from", "near", "at", "outside")
                return noun.plus(
                    prep(word, self.place() if word in ("in", "from", "near") else self.site())
                )
            case "loyal":
                word = self.any_of("loyal", "opposed", "close", "allied")
                tag, dep = ("VBN", "acl") if word in ("opposed", "allied") else ("JJ", "amod")
                return noun.plus(
                    Tree(word, tag, dep, (), (prep("to", self.doer("pobj", plain=True)),))
                )
            case "aside":
                return noun.plus(
                    comma(), self.backed() if self.chance(0.5) else self.suffered(), comma()
                )
        return noun

    def backed(self) -> Tree:
        """ "backed by Rwanda", "angered by the rise", "armed with rifles"."""
        if self.chance(0.15):
            return Tree("armed", "VBN", "acl", (), (prep("with", self.goods("wielded")),))
        word = self.any_of("backed", "led", "supported", "armed", "angered", "trained", "owned", "run", "funded", "triggered",
                           "organised", "besieged", "attacked", "hired", "accompanied", "caused", "called", "held")  # fmt: skip
        cause = self.event() if self.chance(0.3) else self.doer("pobj", plain=True)
        return Tree(word, "VBN", "acl", (), (Tree("by", "IN", "agent", (), (cause,)),))

    def suffered(self, kind: str = "person") -> Tree:
        """ "abducted last month", "accused of corruption", "dressed as policemen", "(a deal) signed in Rome"."""
        if kind == "person" and self.chance(0.35):
            name, _, word = self.verb("accusing").partition("/")
            return self.form(name, "VBN", "acl").plus(prep(word, self.matter(word)))
        verb = self.form(self.verb(kind), "VBN", "acl")
        match self.draw(when=4, where=4, agent=3, dressed=0.5 * (kind == "person"), aim=1.5):
            case "when":
                return verb.plus(self.when())
            case "where":
                return verb.plus(self.where(), self.when() if self.chance(0.25) else None)
            case "agent":
                return verb.plus(self.agent())
            case "aim":
                sent = self.form(
                    self.any_of("send", "deploy", "use", "hire", "force", "train"), "VBN", "acl"
                )
                to = self.predicate("VB", 3).plus(before=[Tree("to", "TO", "aux")])
                return sent.plus(to.as_("xcomp"))
        disguise = prep("as", self.noun(self.word("people"), "NNS"))
        return Tree(self.any_of("dressed", "disguised"), "VBN", "acl", (), (disguise,))

    def doing(self) -> Tree:
        """ "carrying aid", "wearing masks", "demanding reforms", "fleeing the fighting"."""
        match self.draw(goods=2, worn=1, demand=2, verb=4):
            case "goods":
                word, what = (
                    self.any_of("carrying", "transporting", "delivering", "smuggling"),
                    "goods",
                )
            case "worn":
                word, what = "wearing", "worn"
            case "demand":
                word, what = self.any_of("demanding", "seeking"), "demands"
            case _:
                return self.predicate("VBG", 3).as_("acl")
        return Tree(word, "VBG", "acl", (), (self.goods(what).as_("dobj"),))

    def undergoer(self, kind: str, dep: str = "dobj") -> Tree:
        """Whom or what the verbs of a kind are done to."""
        if kind == "event":
            return self.event(dep)
        if kind == "thing":
            return self.place(dep) if self.chance(0.3) else self.site(dep)
        match self.draw(many=4, one=3, somebody=2, body=2, pronoun=0.7):
            case "many":
                noun = self.many(dep)
            case "one":
                noun = self.one(dep)
            case "somebody":
                return self.somebody(dep)
            case "body":
                return self.body(dep)
            case _:
                return Tree(self.any_of("him", "them", "her"), "PRP", dep)
        return self.with_more(noun) if self.chance(0.25) else noun

    def matter(self, word: str) -> Tree:
        """What somebody is accused *of*, arrested *for*, sentenced *to*."""
        if word == "to":
            if self.chance(0.4):
                return Tree("death", "NN")
            few = Tree(self.any_of("five", "ten", "20", "three"), "CD", "nummod")
            return Tree("years", "NNS", "", (few,), (prep("in", Tree("prison", "NN")),))
        if word in ("of", "with", "for", "from") and self.chance(0.55):
            return self.predicate("VBG", 3).as_("pcomp")
        if word == "from":
            return self.site()
        return self.goods("crimes") if word in ("of", "with", "for") else self.event()
