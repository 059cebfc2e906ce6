"""A second maker of lists with their true ids: other words, other habits and less care than `benchmarks/_lists.py`.

Here people change their mailbox and their telephone, lists leave whole columns out, add towns to names, and each has
its own short forms. What linkage begins with is estimated on lists of both makers; nothing here knows how it works.
"""

import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks._lists import FIELDS, Row

WORDS = tomllib.loads(Path(__file__).with_name("_west.toml").read_text(encoding="utf-8"))
LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
CONTACTS = ("postcode", "address", "town", "phone", "email", "website", "charity_no", "company_no")


@dataclass(frozen=True)
class Care:
    """How lists are written: each a part of 1. `copies`: how many organisations have one row, two and so on."""

    typo: float = 0.1
    short: float = 0.12
    initials: float = 0.04
    cut: float = 0.02
    reordered: float = 0.03
    town_added: float = 0.04
    moved: float = 0.06
    missing: float = 0.15
    columns: float = 1.0
    other_phone: float = 0.06
    other_mail: float = 0.1
    copies: tuple[float, ...] = (0.35, 0.3, 0.2, 0.1, 0.05)


CARELESS = Care(0.18, 0.25, 0.07, 0.06, 0.06, 0.12, 0.08, 0.35, 1.0, 0.15, 0.25)
RECKLESS = Care(0.3, 0.4, 0.12, 0.1, 0.06, 0.12, 0.15, 0.35, 1.0, 0.3, 0.4)
SPARSE = Care(0.18, 0.25, 0.07, 0.06, 0.06, 0.12, 0.08, 0.45, 0.7, 0.15, 0.25)


@dataclass(frozen=True)
class Source:
    """The habits of one list."""

    short: float
    typo: float
    missing: float
    legal: float
    capitals: bool
    columns: frozenset[str]


@dataclass
class Maker:
    """Makes organisations and rows about them, by one stream of chance."""

    seed: int
    care: Care = field(default_factory=Care)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.towns = list(WORDS["town"])
        self.hubs = {town: [self._home(town) for _ in range(2)] for town in self.towns}
        self.names: set[str] = set()

    def rows(self, number: int) -> list[Row]:
        """So many rows, in no order."""
        sources = [self._source() for _ in range(8)]
        made: list[Row] = []
        known = 0
        while len(made) < number:
            for true in self._organisations():
                known += 1
                before = self._home(true["town"])
                for _ in range(self.chance.choices(range(1, 1 + len(self.care.copies)), self.care.copies)[0]):
                    made.append(Row(f"W{known}", self._row(true, before, self._pick(sources))))
        self.chance.shuffle(made)
        return made[:number]

    def _pick(self, choices):
        return self.chance.choice(choices)

    def _often(self, part: float) -> bool:
        return self.chance.random() < part

    def _source(self) -> Source:
        some = frozenset(name for name in CONTACTS if self._often(self.care.columns))
        short, typo, missing = (
            self.chance.uniform(0, 2 * part) for part in (self.care.short, self.care.typo, self.care.missing)
        )
        return Source(short, typo, missing, self._pick((0, 0.5, 1)), self._often(0.25), some)

    # True organisations

    def _organisations(self) -> Iterator[dict[str, str]]:
        """One organisation, or a few that are hard to tell apart; none that has a name already taken."""
        kinds = [self._plain] * 8 + [self._branches] * 2 + [self._sisters, self._arm]
        for true in self._pick(kinds)():
            if true["name"] not in self.names:
                self.names.add(true["name"])
                yield true

    def _plain(self) -> Iterator[dict[str, str]]:
        town = self._pick(self.towns)
        yield self._organisation(self._name(self._pick(WORDS["shapes"]), town), town)

    def _branches(self) -> Iterator[dict[str, str]]:
        shape, at = self._pick(WORDS["federations"]), self.chance.randrange(len(self.towns))
        domain = "".join(letter for letter in shape.split("{")[0].lower() if letter.isalpha())[:14]
        for town in (self.towns * 2)[at : at + self.chance.randint(2, 4)]:
            true = self._organisation(shape.format(town=town), town)
            if domain and WORDS["federations"].index(shape) % 5 > 1:
                site = {
                    "website": f"www.{domain}.org.uk/{town.lower().replace(' ', '')}",
                    "email": f"help@{domain}.org.uk",
                }
                true |= site
            yield true

    def _sisters(self) -> Iterator[dict[str, str]]:
        town, shape, pair = self._pick(self.towns), self._pick(WORDS["sister_shapes"]), self._pick(WORDS["sisters"])
        shape = self._name(shape, town, who="{who}")
        one, other = (self._organisation(shape.format(who=who), town) for who in pair)
        same = (
            "postcode",
            "address",
            *(("phone",) if self._often(0.6) else ()),
            *(("email",) if self._often(0.25) else ()),
        )
        yield one
        yield other | {key: one[key] for key in same}

    def _arm(self) -> Iterator[dict[str, str]]:
        (owner,) = self._plain()
        arm = self._organisation(f"{owner['name']} {self._pick(WORDS['arms'])}", owner["town"])
        same = ("postcode", "address", "website", *(("phone",) if self._often(0.6) else ()))
        same = (*same, *(("email",) if self._often(0.4) else ()))
        number = f"{self.chance.randint(1_000_000, 12_999_999):08}"
        yield owner
        yield arm | {key: owner[key] for key in same} | {"charity_no": "", "company_no": number, "legal": "Ltd"}

    def _name(self, shape: str, town: str, **more: str) -> str:
        kinds = ("village", "local", "thing", "saint", "first", "second", "cause", "form", "person")
        return shape.format(town=town, **{kind: self._pick(WORDS[kind]) for kind in kinds}, **more)

    def _home(self, town: str) -> dict[str, str]:
        letters = "".join(self.chance.choices(LETTERS, k=2))
        street, number = self._pick(WORDS["street"]), self.chance.randint(1, 140)
        house = self._pick((f"{number} {street}", f"{number} {street}", f"{self._pick(WORDS['building'])}, {street}"))
        dialled = f"01{300 + 7 * self.towns.index(town)}" if self._often(0.75) else f"07{self.chance.randint(100, 999)}"
        return {
            "postcode": f"{WORDS['town'][town]} {self.chance.randint(0, 9)}{letters}", "address": house,
            "phone": f"{dialled}{self.chance.randint(100_000, 999_999)}",
        }  # fmt: skip

    def _organisation(self, name: str, town: str) -> dict[str, str]:
        home = self._home(town)
        if self._often(0.2):
            home |= self._pick(self.hubs[town]) | ({} if self._often(0.6) else {"phone": home["phone"]})
        slug = "".join(letter for letter in name.lower() if letter.isalnum())[: self.chance.randint(8, 18)]
        own = f"{slug}{self._pick(('.org.uk', '.co.uk', '.org', '.com'))}" if self._often(0.55) else ""
        office = self._pick(("info", "admin", "hello", "office", "secretary", "contact"))
        legal = self._pick(("", "", "", "", "", "Ltd", "Limited", "CIC", "CIO"))
        registered = legal in ("Ltd", "Limited", "CIC")
        return {
            "name": name, "town": town, "legal": legal, "website": f"www.{own}" if own else "",
            "email": f"{office}@{own}" if own else self._mailbox(), **home,
            "charity_no": str(self.chance.randint(200_000, 1_199_999)) if self._often(0.4) else "",
            "company_no": f"{self.chance.randint(1_000_000, 12_999_999):08}" if registered else "",
        }  # fmt: skip

    def _mailbox(self) -> str:
        person = f"{self._pick(WORDS['given'])}.{self._pick(WORDS['person']).lower()}{self.chance.randint(1, 99)}"
        return f"{person}@{self._pick(WORDS['mail'])}"

    # What lists say of them

    def _row(self, true: dict[str, str], before: dict[str, str], source: Source) -> dict[str, str]:
        cells = dict(true)
        if self._often(self.care.moved):
            cells |= before if self._often(0.5) else {key: before[key] for key in ("postcode", "address")}
        if self._often(self.care.other_phone):
            cells["phone"] = self._home(true["town"])["phone"]
        if self._often(self.care.other_mail):
            there = cells["email"].partition("@")[2]
            cells["email"] = self._mailbox() if self._often(0.6) else f"{self._pick(('info', 'chair'))}@{there}"
        for key in CONTACTS:
            if key not in source.columns or self._often(source.missing):
                cells[key] = ""
        written = {
            "name": self._named(true, source), "phone": self._dialled(cells["phone"]),
            "address": self._addressed(cells["address"], true["town"]),
            "postcode": self._coded(cells["postcode"]), "website": self._linked(cells["website"]),
        }  # fmt: skip
        return dict.fromkeys(FIELDS, "") | {key: (cells | written)[key] for key in ("name", *CONTACTS)}

    def _named(self, true: dict[str, str], source: Source) -> str:
        name, town = true["name"], true["town"]
        whole = name.split()
        capitals = "".join(word[0] for word in whole if word[0].isalpha() and word not in ("of", "and", "The", "for"))
        if len(capitals) > 2 and self._often(self.care.initials):
            return self._pick((capitals.upper(), f"{name} ({capitals.upper()})", ".".join(capitals.upper()) + "."))
        words = self._slipped(self._shortened(self._turned(whole, town), source), source)
        written = " ".join(words)
        if true["legal"] and self._often(source.legal):
            written += f" {true['legal']}"
        if self._often(0.08):
            written = written[4:] if written.startswith("The ") else f"The {written}"
        return written.upper() if source.capitals else written

    def _turned(self, words: list[str], town: str) -> list[str]:
        """The name cut short, or with its town elsewhere, or with the town that it had not."""
        if len(words) > 3 and self._often(self.care.cut):
            return words[: self.chance.randint(2, len(words) - 1)]
        name = " ".join(words)
        if name.startswith(town) and self._often(self.care.reordered):
            rest = name.removeprefix(town).strip()
            name = self._pick((f"{rest} of {town}", f"{rest} ({town})", f"{rest}, {town}", f"{rest} - {town}"))
        elif town not in name and self._often(self.care.town_added):
            name = self._pick((f"{name} {town}", f"{name} ({town})", f"{town} {name}"))
        return name.split()

    def _shortened(self, words: list[str], source: Source) -> list[str]:
        short = WORDS["short"]
        return [self._pick(short[word]) if word in short and self._often(source.short) else word for word in words]

    def _slipped(self, words: list[str], source: Source) -> list[str]:
        words = list(words)
        for part in (source.typo, source.typo / 5):
            if self._often(part):
                at = self.chance.randrange(len(words))
                words[at] = self._slip(words[at])
        return words

    def _slip(self, word: str) -> str:
        """One slip of the fingers."""
        if len(word) < 4:
            return word
        at = self.chance.randint(1, len(word) - 2)
        return self._pick((
            word[:at] + word[at + 1 :], word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + self._pick("abcdefghijklmnopqrstuvwxyz") + word[at + 1 :], word[:at] + word[at] + word[at:],
        ))  # fmt: skip

    def _dialled(self, phone: str) -> str:
        if not phone:
            return ""
        area, rest = phone[:5], phone[5:]
        return self._pick((
            phone, f"{area} {rest}", f"({area}) {rest}", f"+44 {area[1:]} {rest}", f"+44(0){phone[1:]}",
            f"{area}-{rest}", f"{area} {rest[:3]} {rest[3:]}", f"Tel: {area} {rest}", f"0044 {area[1:]} {rest}",
        ))  # fmt: skip

    def _coded(self, postcode: str) -> str:
        if postcode and self._often(0.04):
            postcode = postcode[:-1] + self._pick("ABDEFG")
        return self._pick(
            (postcode, postcode, postcode.replace(" ", ""), postcode.lower(), postcode.replace(" ", "  "))
        )

    def _addressed(self, address: str, town: str) -> str:
        if address and self._often(0.06):
            address = " ".join(self._slip(word) if self._often(0.3) else word for word in address.split())
        if self._often(0.3):
            address = address.replace("Street", "St").replace("Road", "Rd").replace("Lane", "Ln")
        return f"{address}, {town}" if address and self._often(0.15) else address

    def _linked(self, site: str) -> str:
        return site and self._pick(
            (site, f"http://{site}", f"https://{site}/", site.removeprefix("www."), site.upper())
        )
