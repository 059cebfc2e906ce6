"""Lists of made-up organisations with their true ids, for what is measured and tested about linkage.

The mark: `mark(20_000)` has federated branches in neighbouring towns, trading arms, shared buildings, names that differ
by one word, initials, moved offices and typos. `fifteen(folder)` writes fifteen lists over 3,300 organisations, each
as another program would export it. Nothing here knows how linkage works.
"""

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

FIELDS = ("name", "other_names", "postcode", "address", "town", "phone", "email", "website", "charity_no", "company_no")
STARTS = "Ash Bram Chil Dun East Fen Gold Har King Lang Mar Nor Oak Pem Rad Sand Thorn Up Wal Wey".split()
ENDS = "bourne bury combe den field ford gate ham hurst ley minster mouth ness stead ton wick worth".split()
SURNAMES = (
    "Abbott Baines Carver Dempster Ellwood Farrow Garside Hollis Ibbotson Jessop Kettle Lomax Mather Nuttall Ogden "
    "Pickering Quayle Rowntree Sefton Tattersall Unsworth Varley Wardle Yates Hargreave Whitlock Penrose Tolliver"
).split()
CAUSES = (
    "Stroke|Youth|Carers|Dementia|Autism|Food Bank|Debt Advice|Community|Village Hall|Refugee Support|Wildlife|Heritage"
    "|Theatre|Music|Art|Football|Cricket|Allotment|Garden|Housing|Hospice|Mental Health|Bereavement|Disability|Deaf"
    "|Blind|Parents|Toddler|Playgroup|Pre-School|Sailing|Swimming|Bowls|Chess|Choral|Orchestra|Brass Band|History"
    "|Civic|Residents|Allotment Holders|Transport|Cycling|Walking|Photography|Credit Union|Recovery|Night Shelter"
).split("|")
FORMS = "Club|Group|Society|Association|Trust|Project|Centre|Network|Forum|Foundation|Fund|Charity|Partnership".split(
    "|"
)
FEDERATIONS = (
    ("Age Kind", "agekind.org.uk"), ("Citizens Help Bureau", "citizenshelp.org.uk"), ("Mindful", "mindful.org.uk"),
    ("Home Begin", "homebegin.org.uk"), ("Crossways Carers", "crossways.org.uk"), ("Samaria", "samaria.org"),
    ("Volunteer Centre", ""), ("Council for Voluntary Service", ""), ("Rural Action", ""), ("Street Pastors", ""),
    ("St Luke's Hospice", ""), ("Relatewell", "relatewell.org.uk"), ("Young Farmers Club", ""), ("Womens Guild", ""),
    ("Talking Newspaper for the Blind", ""), ("Toy Library", ""),
)  # fmt: skip
SISTERS = (
    ("Over 50s", "Over 60s"), ("Men's", "Women's"), ("Junior", "Senior"), ("Boys", "Girls"), ("Morning", "Evening"),
    ("1st", "2nd"), ("Beginners", "Advanced"), ("Under 5s", "Under 11s"), ("North", "South"), ("Tuesday", "Thursday"),
)  # fmt: skip
SAINTS = "St Mary's|St John's|St Peter's|All Saints|Holy Trinity|St Andrew's|Christ Church|St Michael's".split("|")
STREETS = "High Street|Station Road|Church Lane|Mill Road|London Road|Park Avenue|The Green|Victoria Street".split("|")
SHORT = {
    "Association": "Assoc", "Society": "Soc", "Centre": "Ctr", "Community": "Comm", "Group": "Grp", "Saint": "St",
    "Voluntary": "Vol", "Volunteer": "Vol", "Foundation": "Fdn", "Partnership": "Pship", "Committee": "Cttee",
    "Service": "Svc", "Council": "Cncl", "and": "&", "Limited": "Ltd", "Charity": "Char.",
}  # fmt: skip
PUBLIC_MAIL = "gmail.com hotmail.co.uk yahoo.co.uk btinternet.com outlook.com".split()


@dataclass(frozen=True)
class Row:
    """One row of a list, with the true id of its organisation."""

    true_id: str
    cells: dict[str, str] = field(default_factory=dict)


class Maker:
    """Makes organisations, and rows about them, by one stream of chance."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        towns = sorted({start + end for start in STARTS for end in ENDS})
        self.chance.shuffle(towns)
        self.towns = [(town, f"{town[:2].upper()}{number % 30 + 1}") for number, town in enumerate(towns[:60])]
        self.made = 0
        self.slugs: set[str] = set()

    def pick(self, choices):
        """One of them."""
        return self.chance.choice(choices)

    def often(self, part: float) -> bool:
        """True in that part of the cases."""
        return self.chance.random() < part

    def place(self, town: tuple[str, str]) -> dict[str, str]:
        """An address of its own in a town."""
        letters = "".join(self.chance.choices("ABDEFGHJLNPQRSTUWXYZ", k=2))
        postcode = f"{town[1]} {self.chance.randrange(1, 10)}{letters}"
        address = f"{self.chance.randrange(1, 160)} {self.pick(STREETS)}"
        return {"postcode": postcode, "address": address, "town": town[0]}

    def phone(self) -> str:
        """A telephone number of its own."""
        return f"01{self.chance.randrange(200, 999)} {self.chance.randrange(100_000, 999_999)}"

    def organisation(self, name: str, town: tuple[str, str], /, **cells: str) -> dict[str, str]:
        """All that is true of one organisation; `cells` overrides what would be made up."""
        self.made += 1
        registered = self.often(0.55)
        slug = "".join(letter for letter in name.lower() if letter.isalnum())[:24]
        slug += str(self.made) if slug in self.slugs else ""
        self.slugs.add(slug)
        mail = self.pick(PUBLIC_MAIL) if self.often(0.4) else f"{slug}.org.uk"
        row = dict.fromkeys(FIELDS, "") | {"id": f"T{self.made}", "name": name} | self.place(town)
        row["phone"] = self.phone()
        row["email"] = f"{slug[:12]}{self.made % 97}@{mail}" if mail in PUBLIC_MAIL else f"info@{mail}"
        row["website"] = "" if mail in PUBLIC_MAIL else f"https://www.{mail}/"
        row["charity_no"] = str(1_000_000 + self.made * 7) if registered else ""
        row["company_no"] = f"{2_000_000 + self.made * 13:08d}" if self.often(0.15) else ""
        return row | cells

    def plain_name(self, town: tuple[str, str]) -> str:
        """A name as most have: of a place, a cause and a form, or of a person or a saint."""
        cause, form, person = self.pick(CAUSES), self.pick(FORMS), self.pick(SURNAMES)
        shapes = (
            f"{town[0]} {cause} {form}", f"{town[0]} and District {cause} {form}", f"The {person} {form}",
            f"{person} {cause} {form}", f"Friends of {person} Park", f"{self.pick(SAINTS)} {cause} {form}",
            f"{town[0]} {cause} {form} Limited", f"{person} and {self.pick(SURNAMES)} {form}",
            f"{self.pick(SAINTS)} Church {town[0]}", f"{cause} for {town[0]}", f"The {town[0]} {cause} {form} CIO",
            f"{self.pick(STARTS)}{self.pick(ENDS)} House {cause} {form}",
        )  # fmt: skip
        return self.pick(shapes)

    def organisations(self, number: int) -> list[dict[str, str]]:
        """So many organisations, the hard kinds among them; no two in one town have names of the same words."""
        found: dict[tuple[frozenset[str], str], dict[str, str]] = {}
        kinds = (
            [self._plain] * 8
            + [self._federation] * 2
            + [self._arm, self._hub, self._secretary, self._sisters, self._sisters]
        )
        while len(found) < number:
            for row in self.pick(kinds)():
                words = set(row["name"].replace("'", "").split()) - {"The", "Limited", "CIO"}
                found.setdefault((frozenset(words), row["town"]), row)
        return list(found.values())[:number]

    def _plain(self) -> Iterator[dict[str, str]]:
        town = self.pick(self.towns)
        yield self.organisation(self.plain_name(town), town)

    def _federation(self) -> Iterator[dict[str, str]]:
        stem, domain = self.pick(FEDERATIONS)
        for town in self.chance.sample(self.towns, 4):
            name = self.pick((f"{stem} {town[0]}", f"{town[0]} {stem}"))
            local = {"website": f"https://www.{domain}/{town[0].lower()}"} if domain else {}
            if domain and self.often(0.7):
                local["email"] = f"{self.pick(('info.', 'office.', ''))}{town[0].lower()}@{domain}"
            yield self.organisation(name, town, **local)

    def _arm(self) -> Iterator[dict[str, str]]:
        town = self.pick(self.towns)
        parent = self.organisation(self.plain_name(town), town)
        yield parent
        name = parent["name"].removesuffix(" Limited").removesuffix(" CIO").removeprefix("The ")
        shared = {key: parent[key] for key in ("postcode", "address", "town", "phone", "email", "website")}
        number = f"{self.chance.randrange(3_000_000, 9_999_999):08d}"
        yield self.organisation(
            self.pick((f"{name} Trading Limited", f"{name} Trading Ltd", f"{name} Enterprises Ltd")), town,
            **shared, charity_no="", company_no=number,
        )  # fmt: skip

    def _hub(self) -> Iterator[dict[str, str]]:
        town = self.pick(self.towns)
        shared = self.place(town) | {"phone": self.phone()}
        shared["address"] = f"{self.pick(SURNAMES)} House, {shared['address']}"
        for _ in range(self.chance.randrange(6, 25)):
            row = self.organisation(self.plain_name(town), town, **shared)
            yield row if self.often(0.8) else row | {"phone": self.phone()}

    def _sisters(self) -> Iterator[dict[str, str]]:
        town, pair = self.pick(self.towns), self.pick(SISTERS)
        tail = f"{self.pick(CAUSES)} {self.pick(FORMS)}"
        shared = self.place(town) | ({"phone": self.phone()} if self.often(0.6) else {})
        for word in pair:
            yield self.organisation(f"{town[0]} {word} {tail}", town, **shared)

    def _secretary(self) -> Iterator[dict[str, str]]:
        """One person who answers for two or three groups, at home."""
        town = self.pick(self.towns)
        shared = self.place(town) | {"phone": self.phone(), "website": ""}
        shared["email"] = f"{self.pick(SURNAMES).lower()}{self.made}@{self.pick(PUBLIC_MAIL)}"
        for _ in range(self.chance.randrange(2, 4)):
            yield self.organisation(self.plain_name(town), town, **shared)

    def typo(self, text: str) -> str:
        """One slip of the fingers: a letter dropped, doubled, swapped or changed."""
        spots = [spot for spot in range(1, len(text) - 1) if text[spot].isalpha() and text[spot + 1].isalpha()]
        if not spots:
            return text
        at = self.pick(spots)
        return self.pick((
            text[:at] + text[at + 1 :], text[:at] + text[at] + text[at:],
            text[:at] + text[at + 1] + text[at] + text[at + 2 :],
            text[:at] + self.pick("abcdeilmnoprst") + text[at + 1 :],
        ))  # fmt: skip

    def written(self, name: str, town: str, hard: float) -> str:
        """A name as somebody else would write it."""
        words = name.split()
        if self.often(0.25 * hard):
            words = [SHORT.get(word, word) for word in words]
        if self.often(0.3 * hard):
            words = [word for word in words if word not in ("The", "Limited", "CIO", "and")] or words
        elif self.often(0.15 * hard):
            words = ["The", *words] if words[0] != "The" else words
        if self.often(0.12 * hard):
            words.append(self.pick(("Ltd", "Limited", "CIO", "(Charity)", "UK", "Registered Charity")))
        if self.often(0.08 * hard) and len(words) > 3 and town in words:
            words.remove(town)
        if self.often(0.06 * hard) and len(words) > 2:
            words = [f"{words[-1]},", *words[:-1]] if self.often(0.3) else [*words[1:], words[0]]
        if self.often(0.05 * hard) and len([word for word in words if word[0].isupper()]) > 2:
            return "".join(word[0] for word in words if word[0].isupper() and word not in ("Ltd", "Limited"))
        text = " ".join(words)
        for _ in range(2):
            text = self.typo(text) if self.often(0.13 * hard) else text
        return text.upper() if self.often(0.15) else text

    def row(self, true: dict[str, str], moved: dict[str, str], hard: float, missing: dict[str, float]) -> Row:
        """What one list holds of an organisation: some of it, in other words, and not all of it of this year."""
        cells = {key: true[key] for key in FIELDS}
        if self.often(0.1 * hard):
            cells |= moved
        cells["name"] = self.written(true["name"], true["town"], hard)
        for key, part in missing.items():
            cells[key] = "" if self.often(part) else cells[key]
        if cells["postcode"] and self.often(0.04 * hard):
            cells["postcode"] = self.typo(cells["postcode"].replace(" ", ""))
        if cells["postcode"] and self.often(0.2):
            cells["postcode"] = cells["postcode"].replace(" ", "").lower()
        if cells["phone"]:
            cells["phone"] = self.dialled(cells["phone"])
        if cells["address"] and self.often(0.15 * hard):
            cells["address"] = cells["address"].replace("Street", "St").replace("Road", "Rd")
        return Row(true["id"], cells)

    def dialled(self, phone: str) -> str:
        """A telephone number in one of the ways in which people write it."""
        plain = phone.replace(" ", "")
        return self.pick((phone, plain, f"+44 {plain[1:]}", f"({plain[:5]}) {plain[5:]}", f"{plain[:5]}-{plain[5:]}"))

    def moved(self, true: dict[str, str]) -> dict[str, str]:
        """Where an organisation was before: nearly always in the same town, often with another number."""
        town = next(place for place in self.towns if place[0] == true["town"])
        town = town if self.often(0.8) else self.pick(self.towns)
        return self.place(town) | ({"phone": self.phone()} if self.often(0.5) else {})


MISSING = {"postcode": 0.15, "address": 0.3, "town": 0.3, "phone": 0.4, "email": 0.5, "website": 0.6,
           "charity_no": 0.65, "company_no": 0.8}  # fmt: skip


def mark(rows: int, seed: int = 1, hard: float = 1.0) -> list[Row]:
    """So many rows about organisations that have from one to six each, in no order."""
    maker = Maker(seed)
    made: list[Row] = []
    for true in maker.organisations(round(rows / 2.4)):
        moved = maker.moved(true)
        for _ in range(maker.chance.choices((1, 2, 3, 4, 6), (30, 30, 20, 12, 8))[0]):
            made.append(maker.row(true, moved, hard, MISSING))
    while len(made) < rows:
        true = maker.organisation(maker.plain_name(maker.towns[0]), maker.towns[0])
        made.append(maker.row(true, maker.moved(true), hard, MISSING))
    maker.chance.shuffle(made)
    return made[:rows]


@dataclass(frozen=True)
class Style:
    """How one program exports: the heading of each field that it has, its encoding, delimiter and care."""

    headings: dict[str, str]
    encoding: str = "utf-8"
    delimiter: str = ","
    hard: float = 1.0
    part: float = 0.3


_PLAIN = {"name": "Name", "postcode": "Postcode", "address": "Address", "town": "Town", "phone": "Phone",
          "email": "Email", "website": "Website", "charity_no": "Charity No"}  # fmt: skip
_CRM = {"name": "Account Name", "address": "Billing Street", "town": "Billing City",
        "postcode": "Billing Zip/Postal Code", "phone": "Phone", "email": "Email",
        "website": "Website"}  # fmt: skip
_OLD = {"name": "ORGNAME", "address": "ADDR1", "town": "ADDR2", "postcode": "PCODE", "phone": "TEL"}
_REGISTER = {"name": "charity_name", "postcode": "charity_contact_postcode", "phone": "charity_contact_phone",
             "email": "charity_contact_email", "website": "charity_contact_web",
             "charity_no": "registered_charity_number",
             "company_no": "charity_company_registration_number"}  # fmt: skip
_GROUPS = {"name": "Name of group", "town": "Town/Village", "phone": "Telephone number", "email": "E-mail address"}
_GRANTS = {"name": "Recipient Org:Name", "postcode": "Recipient Org:Postal Code", "town": "Recipient Org:City",
           "charity_no": "Recipient Org:Charity Number", "company_no": "Recipient Org:Company Number"}  # fmt: skip
STYLES = (
    Style(_PLAIN, "utf-8-sig"), Style(_CRM, "cp1252", part=0.4), Style(_OLD, "cp1252", ";", 1.4),
    Style(_REGISTER, hard=0.2, part=0.5), Style(_GROUPS, delimiter="\t", hard=1.2), Style(_GRANTS, hard=0.7),
    Style({key.lower(): value for key, value in _PLAIN.items() if key != "website"}, "utf-16", "\t"),
    Style({"name": "Organisation", "postcode": "Post Code", "phone": "Tel. No."}, hard=1.3),
    Style({**_PLAIN, "name": "Organisation Name", "charity_no": "Registered charity number"}, delimiter="|"),
    Style({**_OLD, "name": "Group", "email": "EMAIL"}, "cp1252", hard=1.2), Style(_CRM, hard=0.8),
    Style({"name": "Club", "town": "Town", "email": "Contact email"}, hard=1.1, part=0.2),
    Style({**_PLAIN, "other_names": "Also known as"}, delimiter=";"), Style(_GROUPS, "cp1252"),
    Style({**_REGISTER, "name": "Organisation name"}, "utf-8-sig", hard=0.5, part=0.4),
)  # fmt: skip


def fifteen(folder: Path, organisations: int = 3_300, seed: int = 2) -> list[tuple[Path, list[str]]]:
    """Write fifteen lists; the path of each with the true id of each of its rows."""
    maker = Maker(seed)
    found = maker.organisations(organisations)
    moved = {true["id"]: maker.moved(true) for true in found}
    missing = {key: part / 2 for key, part in MISSING.items()}
    lists = []
    for number, style in enumerate(STYLES, 1):
        rows = [maker.row(true, moved[true["id"]], style.hard, missing) for true in found if maker.often(style.part)]
        rows += [replace(row) for row in rows if maker.often(0.02)]
        path = folder / f"list{number:02}.csv"
        with path.open("w", encoding=style.encoding, newline="", errors="replace") as file:
            writer = csv.writer(file, delimiter=style.delimiter)
            writer.writerow(["Ref", *style.headings.values()])
            writer.writerows([f"{number}-{at}", *map(row.cells.get, style.headings)] for at, row in enumerate(rows, 1))
        lists.append((path, [row.true_id for row in rows]))
    return lists
