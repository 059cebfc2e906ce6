"""A register as slow and obvious as can be: what the real one must come to after any sequence of deeds."""

RANKS = {"ccew": 10, "list": 50, "gazette": 50, "organisation": 0}
FIELDS = ("name", "phone", "website")
TODAY = "2018-07-02"


class Refused(Exception):
    """The deed may not be done."""


class SlowRegister:
    """Organisations are numbers from 0. Everything that is shown is worked out anew each time it is asked for."""

    def __init__(self, names):
        self.own = [{"name": (name, "list", "2018-01-01"), "phone": None, "website": None} for name in names]
        self.numbers = [set() for _ in names]
        self.merges = []  # (merged, into), the oldest first
        self.apart = set()
        self.choices = {}

    def root(self, one):
        into = dict(self.merges)
        while one in into:
            one = into[one]
        return one

    def family(self, one):
        root = self.root(one)
        return [root, *(each for each in range(len(self.own)) if self.root(each) == root and each != root)]

    def merge(self, one, other):
        one, other = self.root(one), self.root(other)
        mine, theirs = (set().union(*(self.numbers[each] for each in self.family(root))) for root in (one, other))
        crossed = {frozenset((a, b)) for a in self.family(one) for b in self.family(other)}
        if one == other or (mine and theirs and mine != theirs) or crossed & self.apart:
            raise Refused
        stands, merged = sorted((one, other), key=lambda root: (not (mine if root == one else theirs), root))
        self.merges.append((merged, stands))

    def undo(self, merge):
        whole = set(self.family(merge[0]))
        self.merges.remove(merge)
        gone = set(self.family(merge[0]))
        self.apart |= {frozenset((a, b)) for a in gone for b in whole - gone}

    def say(self, one, field, value, source, day):
        held = self.own[one][field]
        if held and source != held[1] and (not value or RANKS[held[1]] < RANKS[source]):
            return
        if (held or ("",))[0] != value:
            self.own[one][field] = (value, source, day) if value else None

    def edit(self, one, field, value):
        root = self.root(one)
        if self.shown(root)[field] != value:
            self.own[root][field] = (value, "organisation", TODAY)

    def choose(self, one, field, of):
        if of not in self.family(one):
            raise Refused
        self.choices[self.root(one), field] = of

    def number(self, one, number):
        if any(number in held for held in self.numbers):
            return
        self.numbers[one].add(number)
        while merge := self._contradicted(one):
            self.undo(merge)

    def _contradicted(self, one):
        numbered = sorted(each for each in self.family(one) if self.numbers[each])
        if len(set().union(*(self.numbers[each] for each in numbered))) < 2:
            return None
        on_the_way = [
            {(child, into) for child, into in self.merges if self._comes_by(each, child)}
            for each in (numbered[0], numbered[-1])
        ]
        between = on_the_way[0] ^ on_the_way[1]
        return max(between, key=self.merges.index) if between else None

    def _comes_by(self, one, place):
        into = dict(self.merges)
        while one != place and one in into:
            one = into[one]
        return one == place

    def shown(self, one):
        family = self.family(one) if self.root(one) == one else [one]
        return {field: self._shown(family, field) for field in FIELDS}

    def _shown(self, family, field):
        chosen = self.choices.get((family[0], field))
        if chosen in family and len(family) > 1:
            return (self.own[chosen][field] or ("",))[0]
        said = [self.own[each][field] for each in family if self.own[each][field]]
        best = sorted(said, key=lambda each: each[2], reverse=True)
        return min(best, key=lambda each: RANKS[each[1]])[0] if best else ""
