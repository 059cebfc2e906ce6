"""What a report is made of. Frozen: a version keeps exactly these, and every form of it is made from them."""

from dataclasses import dataclass, field

Text = tuple["str | Figure", ...]


@dataclass(frozen=True)
class Figure:
    """One fact that text can name: a number, a date, a name or a statement.

    `name` is what text calls it, `label` what people do; `value` is compared to tell whether it moved, `words` is how
    it is printed; `source` says what data it comes from and `address` where in Trellis they are. `is_illustrative`:
    nobody has measured it, it shows how the thing is done.
    """

    name: str
    label: str
    value: str
    words: str
    unit: str = ""
    source: str = ""
    address: str = ""
    is_illustrative: bool = False


@dataclass(frozen=True)
class Paragraph:
    """Text that names figures as {name}. `generated` is the report's own, `written` what somebody made of it."""

    key: str
    generated: str
    written: str | None = None
    is_numbered: bool = False

    @property
    def template(self) -> str:
        """What is printed once its figures are filled in."""
        return self.generated if self.written is None else self.written

    @property
    def is_by_hand(self) -> bool:
        """Whether somebody changed what was generated."""
        return self.written is not None


@dataclass(frozen=True)
class Heading:
    """A column of a table."""

    words: str
    is_numeric: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of data, the first cell of each naming it. `last_is_total`: the last row sums the others."""

    name: str
    caption: str
    headings: tuple[Heading, ...]
    rows: tuple[tuple[str, ...], ...]
    source: str
    address: str = ""
    last_is_total: bool = False
    is_illustrative: bool = False


@dataclass(frozen=True)
class Listing:
    """Statements of the data, in their own words: (name, statement); the name may be empty."""

    name: str
    caption: str
    items: tuple[tuple[str, str], ...]
    source: str
    address: str = ""
    is_illustrative: bool = False


@dataclass(frozen=True)
class Chart:
    """Bars from nought: (label, value, words). Where no picture can be drawn it is printed as a table."""

    name: str
    title: str
    description: str
    label_heading: str
    value_heading: str
    bars: tuple[tuple[str, str, str], ...]
    source: str
    address: str = ""
    is_illustrative: bool = False


Shown = Table | Listing | Chart
Block = Paragraph | Shown


@dataclass(frozen=True)
class Section:
    """A part of the paper. `missing` says, in sentences, what it cannot say yet."""

    code: str
    title: str
    blocks: tuple[Block, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Heads:
    """What stands above a report: whose it is, to whom, about what, and the way it goes."""

    authority: str
    title: str
    reference: str
    lines: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Paper:
    """A whole report, with the figures that its text names."""

    heads: Heads
    sections: tuple[Section, ...]
    figures: dict[str, Figure] = field(default_factory=dict)

    @property
    def missing(self) -> tuple[str, ...]:
        """Everything that is missing, each once, in the order of the paper."""
        return tuple(dict.fromkeys(words for section in self.sections for words in section.missing))

    def paragraphs(self) -> dict[str, Paragraph]:
        """Its paragraphs by key."""
        blocks = (block for section in self.sections for block in section.blocks)
        return {block.key: block for block in blocks if isinstance(block, Paragraph)}

    def shown(self) -> dict[str, Shown]:
        """Its tables, lists and charts by name."""
        blocks = (block for section in self.sections for block in section.blocks)
        return {block.name: block for block in blocks if not isinstance(block, Paragraph)}
