"""The sharing again, penny by penny and in fractions alone: the slow, obvious twin."""

from fractions import Fraction


def quality(document):
    total = Fraction(0)
    for one in document["measures"]:
        actual, floor, target = (Fraction(str(one[key])) for key in ("actual", "floor", "target"))
        way = (actual - floor) / (target - floor)
        most = 1 + Fraction(str(document.get("overshoot", 0)))
        if way < 0:
            way = Fraction(0)
        if way > most:
            way = most
        total += Fraction(str(one["weight"])) * way
    return total


def pool_in_pence(document):
    """Signed; half a penny counts as a whole one, away from nought."""
    difference = Fraction(str(document["target_cost"])) - Fraction(str(document["actual_cost"]))
    score = quality(document)
    if difference > 0 and score < Fraction(str(document["gate"])):
        return 0
    if difference > 0:
        exact = Fraction(str(document["gain_ratio"])) * difference * min(score, 1)
    else:
        exact = Fraction(str(document["pain_ratio"])) * difference
    pence = 0
    while abs(exact) * 100 - pence >= Fraction(1, 2):
        pence += 1
    return -pence if exact < 0 else pence


def amounts_in_pence(document):
    """Hand the pence out one at a time, each to whoever lacks most of what is theirs, the first by name if equal."""
    pool = pool_in_pence(document)
    theirs = {one["name"]: Fraction(str(one["share"])) * abs(pool) for one in document["partners"]}
    has = {name: int(part) for name, part in theirs.items()}
    while sum(has.values()) < abs(pool):
        furthest = sorted(has, key=lambda name: (-(theirs[name] - has[name]), name))[0]
        has[furthest] += 1
    caps = {one["name"]: int(Fraction(str(one["pain_cap"])) * 100) for one in document["partners"]}
    if pool >= 0:
        return has
    return {name: -min(part, caps[name]) for name, part in has.items()}
