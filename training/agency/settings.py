"""Where and when, and what happens there."""

from __future__ import annotations

from training.agency.lexicon import Lexicon, and_, comma, prep
from training.agency.trees import Tree


class Settings(Lexicon):
    """Draws places, times, events and things."""

    def country(self, dep: str = "") -> Tree:
        """ "Turkey", "North Korea", "the United States"."""
        if self.chance(0.12):
            return self.name(self.word("the_countries"), dep).plus(
                before=[Tree("the", "DT", "det")]
            )
        return self.name(self.word("countries"), dep)

    def place(self, dep: str = "") -> Tree:
        """ "Kano", "the Syrian city of Homs", "northern Mali", "the capital, Lima"."""
        town = Tree(self.word("towns"), "NNP")
        match self.draw(town=5, country=3, city=2, region=2, capital=1, part=1):
            case "town":
                return town.as_(dep)
            case "country":
                return self.country(dep)
            case "city":
                kind = self.any_of("city", "town", "province", "village", "region")
                where = [Tree(self.word("regions_of"), "JJ", "amod")] if self.chance(0.4) else []
                where.append(Tree(self.word("nationalities"), "JJ", "amod"))
                return Tree(
                    kind, "NN", dep, (Tree("the", "DT", "det"), *where), (prep("of", town),)
                )
            case "region":
                part = Tree(self.word("regions_of"), "JJ", "amod")
                return self.name(self.word("countries"), dep).plus(before=[part])
            case "capital":
                close = comma() if self.chance(0.7) else None
                return self.the("capital", dep).plus(comma(), town.as_("appos"), close)
        return self.the(self.word("places"), dep).plus(prep("of", self.country()))

    def site(self, dep: str = "pobj") -> Tree:
        """ "a hotel in Mogadishu", "the airport", "the US embassy", "a road linking Kano to Zaria"."""
        noun = self.a(self.word("things"), dep)
        determiner, *inner = noun.left
        if determiner.word == "the" and self.chance(0.25):
            nation = Tree(self.word("nationalities"), "JJ", "amod")
            noun = Tree(noun.word, noun.tag, dep, (determiner, nation, *inner))
        match self.draw(nothing=5, place=3, doing=0.6, suffered=1.2, linking=0.5, used=0.5):
            case "place":
                return noun.plus(prep(self.any_of("in", "near", "in", "outside"), self.place()))
            case "doing":
                return noun.plus(self.doing())
            case "suffered":
                return noun.plus(self.suffered("thing"))
            case "linking":
                other = self.place("conj") if self.chance(0.5) else None
                first = self.place("dobj").plus(*((and_(), other) if other else ()))
                return noun.plus(
                    Tree(
                        self.any_of("linking", "leading", "connecting"), "VBG", "acl", (), (first,)
                    )
                )
            case "used":
                verb = Tree(self.any_of("used", "owned", "occupied", "run"), "VBN", "acl")
                return noun.plus(verb.plus(self.agent()))
        return noun

    def when(self) -> Tree:
        """ "on Monday", "Tuesday", "last week", "in 2015", "two years ago", "after three days"."""
        day = self.word("days")
        match self.draw(on=5, bare=3, last=2, month=1, year=1.5, ago=1, word=1.5, date=1, span=0.8):
            case "on":
                return prep("on", Tree(day, "NNP"))
            case "bare":
                return Tree(day, "NNP", "npadvmod")
            case "last":
                unit = self.any_of("week", "month", "year", "night", "weekend", day)
                return Tree(
                    unit, "NNP" if unit == day else "NN", "npadvmod", (Tree("last", "JJ", "amod"),)
                )
            case "month":
                return prep("in", Tree(self.word("months"), "NNP"))
            case "year":
                year = Tree(str(self._random.randint(1979, 2024)), "CD")
                return prep(self.any_of("in", "since", "in"), year)
            case "ago":
                span = Tree(
                    self.any_of("days", "weeks", "years", "months"),
                    "NNS",
                    "npadvmod",
                    (self._few(),),
                )
                return Tree("ago", "RB", "advmod", (span,))
            case "word":
                if self.chance(0.5):
                    return Tree(self.any_of("yesterday", "today"), "NN", "npadvmod")
                return Tree(
                    self.any_of("overnight", "again", "peacefully", "later"), "RB", "advmod"
                )
            case "date":
                date = Tree(str(self._random.randint(1, 31)), "CD", "nummod")
                return prep("on", Tree(self.word("months"), "NNP", "", (date,)))
        span = Tree(self.any_of("days", "weeks", "hours", "months"), "NNS", "", (self._few(),))
        return prep(self.any_of("after", "for", "within", "in"), span)

    def _few(self) -> Tree:
        word = self.any_of("two", "three", "four", "five", "ten", "48", "several")
        return Tree(word, "JJ", "amod") if word == "several" else Tree(word, "CD", "nummod")

    def where(self) -> Tree:
        """ "in Kano", "at a checkpoint near Aden", "across the country", "during the protests"."""
        match self.draw(place=4.5, site=2.7, across=0.8, event=1.9):
            case "place":
                return prep(self.any_of("in", "near", "in", "in", "outside"), self.place())
            case "site":
                return prep(self.any_of("at", "outside", "near", "in", "inside"), self.site())
            case "across":
                return prep(
                    "across", self.the(self.any_of("country", "region", "border", "capital"))
                )
        return prep(self.any_of("in", "during", "after", "over"), self.event())

    def goods(self, name: str) -> Tree:
        """Something of a list, with the article it has there."""
        text = self.word(name)
        first, _, rest = text.partition("~")
        if first not in ("a", "an", "the"):
            return self.noun(text, "NNS" if text.endswith("s") else "NN", "pobj")
        noun, of, genitive = rest.partition("~of~")
        tree = self.noun(noun, "NN", "pobj", Tree(first, "DT", "det"))
        return tree.plus(prep("of", Tree(genitive, "NNS"))) if of else tree

    def event(self, dep: str = "pobj") -> Tree:
        """ "the attack", "air strikes", "Sunday's election", "the killing of three soldiers", "clashes between …"."""
        match self.draw(
            one=5, many=2, day=1, of=1, document=1.5, between=0.8, suffered=0.8, against=4
        ):
            case "many":
                return self.noun(self.word("plural_events"), "NNS", dep)
            case "day":
                day = Tree(self.word("days"), "NNP", "poss", (), (Tree("'s", "POS", "case"),))
                return self.noun(self.word("events"), "NN", dep, day)
            case "of":
                noun = self.any_of(
                    "killing",
                    "arrest",
                    "release",
                    "death",
                    "murder",
                    "abduction",
                    "trial",
                    "shooting",
                )
                return self.the(noun, dep).plus(prep("of", self.doer("pobj", plain=True)))
            case "document":
                return self.a(self.word("documents"), dep)
            case "between":
                return self._between(dep)
            case "against":
                return self._against(dep)
            case "suffered":
                return self.a(self.word("documents"), dep).plus(self.suffered("event"))
        return self.a(self.word("events"), dep)

    def _against(self, dep: str) -> Tree:
        """ "an attack on the embassy", "a raid by rebels", "protests against the president", "talks with Iran"."""
        text, _, words = self.word("aimed").partition("/")
        noun = (
            self.noun(text, "NNS", dep)
            if text.endswith("s") and not text.endswith("ss")
            else self.a(text, dep)
        )
        words_of = words.split("/")
        for word in self._random.sample(
            words_of, 2 if len(words_of) > 1 and self.chance(0.15) else 1
        ):
            who = word in ("by", "with", "from") or self.chance(0.5)
            noun = noun.plus(prep(word, self.doer("pobj", plain=True) if who else self.site()))
        return noun

    def _between(self, dep: str) -> Tree:
        noun = Tree(self.any_of("clashes", "talks", "negotiations", "battles"), "NNS", dep)
        if self.chance(0.3):
            noun = Tree(self.any_of("fighting", "tension"), "NN", dep)
        sides = Tree("sides", "NNS", "", (Tree("the", "DT", "det"), Tree("two", "CD", "nummod")))
        if self.chance(0.7):
            sides = self.body().plus(and_(), self.body("conj"))
        return noun.plus(prep("between", sides))

    def harm(self, dep: str = "nsubj") -> Tree:
        """What harms people: "a car bomb", "floods triggered by heavy rain", "a series of blasts"."""
        match self.draw(one=5, many=3, series=1, event=1):
            case "one":
                noun = self.a(self.word("harms"), dep)
            case "many":
                noun = self.noun(self.word("plural_harms"), "NNS", dep)
            case "series":
                of = prep("of", self.noun(self.word("series"), "NNS"))
                noun = self.a(self.any_of("series", "wave", "string", "spate"), dep).plus(of)
            case _:
                return self.event(dep)
        match self.draw(nothing=6, by=1.2, place=1.5, that=1):
            case "by":
                word = self.any_of(
                    "triggered", "caused", "claimed", "planted", "fired", "sparked", "blamed"
                )
                if word == "blamed":
                    return noun.plus(
                        Tree(word, "VBN", "acl", (), (prep("on", self.doer("pobj", plain=True)),))
                    )
                by = self.agent()
                return noun.plus(Tree(word, "VBN", "acl", (), (by,)))
            case "place":
                return noun.plus(self.where())
            case "that":
                verb = self.form(
                    self.any_of("hit", "strike", "rock", "batter", "destroy", "devastate"),
                    "VBD",
                    "relcl",
                )
                what = self.place("dobj") if self.chance(0.5) else self.site("dobj")
                return noun.plus(verb.plus(what, before=[Tree("that", "WDT", "nsubj")]))
        return noun
