"""What the gallery shows: every component in every state, with invented figures."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from trellis.core.money import whole_pounds
from trellis.web import fields
from trellis.web.charts import (
    Area,
    Bar,
    BarChart,
    LineChart,
    Meeting,
    OutlineMap,
    Series,
    Stack,
    StackChart,
    Sweep,
    SweepChart,
    Tile,
    TileMap,
    WaterfallChart,
)
from trellis.web.charts.chains import ChainChart, Link
from trellis.web.charts.spans import Lane, Mark, Span, SpanChart
from trellis.web.forms import Form
from trellis.web.pieces import Event, Step, Task
from trellis.web.table import Column

LONG = "The Association of Friends of Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch Community Hall"
COLOURS = ("grey", "green", "teal", "blue", "purple", "magenta", "red", "orange", "yellow")
QUARTERS = ("July to September 2017", "October to December 2017", "January to March 2018", "April to June 2018")


@dataclass(frozen=True)
class Group:
    """A row of the sample table."""

    name: str
    district: str
    income: Decimal | None
    status: str
    joined: date


def groups() -> list[Group]:
    """Sixty rows, one with a long name, some without an income."""
    first = [
        Group("Mill Lane Pantry", "North", Decimal(24_000), "Open", date(2017, 3, 4)),
        Group(LONG, "South", Decimal(1_250_000), "Waiting", date(2018, 6, 30)),
        Group("Southdown Community Choir", "South", None, "Closed", date(2016, 11, 30)),
    ]
    return first + [
        Group(f"Allotment Society {number}", "East", Decimal(number * 731), "Open", date(2017, 1, number % 28 + 1))
        for number in range(1, 58)
    ]


STATUS_COLOURS = {"Open": "green", "Waiting": "yellow", "Closed": "grey"}
COLUMNS = (
    Column("name", "Name", sort="name", link=lambda row: "#table"),
    Column("district", "District", sort="district"),
    Column("status", "Status", sort="status", tag=lambda row: (row.status, STATUS_COLOURS[row.status])),
    Column("joined", "Joined", sort="joined"),
    Column(
        "income",
        "Latest income",
        sort="income",
        numeric=True,
        value=lambda row: None if row.income is None else whole_pounds(row.income),
        absent="Not known",
    ),
)


class Example(Form):
    """One question of each kind."""

    name = fields.Text(label="Your name", autocomplete="name", width=20)
    email = fields.Email(label="Email address", hint="We write to you here, and nowhere else.")
    password = fields.Password(label="Password", autocomplete="new-password")
    note = fields.TextArea(label="What do you need help with?", max_length=500, hint="A few sentences will do.")
    minutes = fields.Number(label="Time spent", unit="minutes", min_value=5, max_value=1_440)
    income = fields.Pounds(label="Latest yearly income", required=False)
    happened_on = fields.Date(label="Date of the visit", hint="For example, 27 6 2018")
    began = fields.Time(label="Time it began", hint="For example, 9.30am", required=False)
    topic = fields.Radios(
        label="Topic",
        choices=[
            ("funding", "Finding and bidding for funding"),
            ("trustees", "Finding trustees"),
            ("plan", "Planning"),
        ],
        choice_hints={"plan": "How you will keep going for the next three years."},
    )
    agreed = fields.Radios(label="Did they agree?", choices=[("yes", "Yes"), ("no", "No")])
    days = fields.Checkboxes(
        label="Days that suit you", choices=[("mon", "Monday"), ("tue", "Tuesday")], required=False
    )
    district = fields.Select(label="District", choices=[("north", "North"), ("south", "South")])
    paper = fields.Upload(label="Your accounts", accept=".pdf", required=False, hint="A PDF.")
    lists = fields.Uploads(label="Your lists", accept=".csv", required=False, hint="One CSV or more.")
    sure = fields.Tick(label="I may speak for this organisation")


class Filters(Form):
    """What narrows a list."""

    says_optional = False
    q = fields.Text(label="Name", required=False)
    district = fields.Select(label="District", required=False, blank="Any", choices=[("n", "North"), ("s", "South")])


WRONG = {
    "name": "",
    "email": "mill lane",
    "note": "We" + " really" * 90,
    "minutes": "an hour",
    "income": "12.345",
    "happened_on-day": "31",
    "happened_on-month": "June",
    "happened_on-year": "18",
    "began": "7.30",
    "topic": "",
    "district": "",
}
TASKS = (
    Task("Tell us about your organisation", "Done", "#task-list"),
    Task("Check its health", "Half done", "#task-list", "12 questions, about 20 minutes", "blue"),
    Task("Ask for support", "Not started", "#task-list", colour="grey"),
    Task("Read your plan", "Cannot start yet", hint="Your adviser writes it after the first visit"),
)
EVENTS = (
    Event("Completed", datetime(2018, 6, 29, 15, 5, tzinfo=UTC), "Alice, Ash Vale CVS", "They won the grant."),
    Event("First contact", datetime(2018, 5, 3, 9, 30, tzinfo=UTC), "Alice, Ash Vale CVS"),
    Event("Support asked for", date(2018, 5, 1), "Mill Lane Pantry"),
)
STEPS = ("Read the file", "Check each line", "Save the organisations", "Write the report")
NOTES = ("3,300 lines", "3,298 good, 2 refused", "1,250 of 3,298", "")


def work(state: str) -> dict:
    """The context of a progress page: while it runs, when it is done, or when it failed."""
    at_third = {"running": "now", "failed": "failed"}.get(state, "done")
    states = ("done", "done", at_third, "done" if at_third == "done" else "next")
    steps = [Step(*parts) for parts in zip(STEPS, states, NOTES, strict=True)]
    return {"steps": steps, "done": 3298 if at_third == "done" else 1250, "total": 3298, "unit": "organisations"} | {
        "refresh": 5 if state == "running" else 0
    }


BAR_CHARTS = (
    BarChart(
        "Ash Vale has completed most cases this quarter",
        "Cases completed from April to June 2018, by partner.",
        [Bar("Ash Vale CVS", 42), Bar("Bramble Volunteering", 31), Bar(LONG, 8), Bar("Copper Beech Advice", 0)],
        value_heading="Cases",
        label_heading="Partner",
    ),
    BarChart(
        "Two partners spent less than they planned",
        "Spending against plan, in pounds. Bars to the left are underspends. One return is not in yet.",
        [
            Bar("Ash Vale CVS", -12_500, "−£12,500"),
            Bar("Bramble Volunteering", 3_400, "£3,400"),
            Bar("Copper Beech Advice", None),
        ],
        value_heading="Difference",
        label_heading="Partner",
    ),
    BarChart(
        "Very large and very small stand together",
        "Figures of very different size.",
        [Bar("Whole", 2_267_710_360_000), Bar("Part", 3)],
    ),
    WaterfallChart(
        "The names outweigh the telephone",
        "Each bar begins where the one before it ended; to the right speaks for, to the left against.",
        [
            Bar("Any two", -6.6, "100 times likelier different"),
            Bar("Names are alike", 9, "500 times likelier the same"),
            Bar("Telephones differ", -1, "2 times likelier different"),
        ],
        total="These two",
        total_words="73 in 100",
    ),  # fmt: skip
    BarChart("Nothing has been counted so far", "An empty chart.", []),
)
LINE_CHARTS = (
    LineChart(
        "First contact has come within five days since January",
        "Working days from request to first contact, by quarter; the target is five or fewer.",
        QUARTERS,
        [Series("All partners", [8.2, 6.4, 4.9, 4.1])],
        target=5,
        value_heading="Working days",
        label_heading="Quarter",
    ),
    LineChart(
        "The three partners have drawn closer",
        "Working days to first contact, by partner and month. Bramble made no contact in two months.",
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct"),
        [
            Series("Ash Vale CVS", [9, 8, 7, 7, 6, 5, 5, 4, 4, 4]),
            Series("Bramble Volunteering", [3, 4, None, None, 4, 5, 4, 4, 5, 4.5]),
            Series("Copper Beech Advice", [12, 12, 10, 9, 7, 7, 6, 6, 5, 5]),
        ],
        value_heading="Working days",
        label_heading="Month",
    ),
    LineChart("One reading is in", "A single point.", ["April to June 2018"], [Series("Reach", [412])], target=500),
    LineChart(
        "Savings fell below nought in spring",
        "Values on both sides of nought.",
        ["Q1", "Q2", "Q3"],
        [Series("Saving", [1.5e6, -4e5, 7e5])],
    ),
    LineChart("No quarter has closed so far", "An empty chart.", [], []),
)
DISTRICTS = (
    ("Ashdown", 0, 1, 3.2), ("Bridgeham", 1, 0, 4.0), ("Castleford and Weir", 2, 0, 4.4), ("Dunmouth", 3, 0, 5.9),
    ("Eastry", 4, 1, 6.1), ("Folkham and Hythebridge", 3, 1, 8.7), ("Greenhithe", 1, 1, None), ("Holmwood", 2, 1, 3.9),
    ("Isle Royal", 4, 0, 9.4), ("Kingsbridge", 2, 2, 4.8), ("Littlewold", 1, 2, 0.0), ("Marshborough", 3, 2, 5.0),
)  # fmt: skip
TILE_MAPS = (
    TileMap(
        "The east waits longest for a first contact",
        "Working days to first contact by district, April to June 2018.",
        [Tile(name, column, row, value) for name, column, row, value in DISTRICTS],
        value_heading="Working days",
        label_heading="District",
    ),
)
OUTLINE_MAPS = (
    OutlineMap(
        "The coast waits longer than the hills",
        "The same figures on a true map, where outlines are loaded.",
        [
            Area("Hills", [[[0, 0], [5, 0], [6, 3], [2, 4], [0, 0]]], 3.2),
            Area("Coast and Weir", [[[5, 0], [9, 1], [9, 4], [6, 3], [5, 0]]], 8.7),
            Area("Marsh", [[[2, 4], [6, 3], [9, 4], [4, 5], [2, 4]]], None),
        ],
        value_heading="Working days",
        label_heading="District",
    ),
)
STACK_CHARTS = (
    StackChart(
        "A shared fund brings most",
        "Each bar is worth up to 100. Its parts are what each criterion brings to it.",
        ("Reach", "Cost", "How long it lasts"),
        [
            Stack("A shared fund", [38.5, 20, 12], "70.5"),
            Stack(LONG, [30, 24.5, 2.5], "57.0"),
            Stack("As now", [0, 9, 0]),
        ],
        whole=100,
        label_heading="Option",
    ),
    StackChart("Nothing has been weighed so far", "An empty chart.", [], [], whole=100),
)
SPAN_CHARTS = (
    SpanChart(
        "Year 2 of 3 has begun",
        "A full dot is done, an empty one is to come, a diamond is late. The last year is an option.",
        [
            Lane(
                "Term",
                [
                    Span(date(2017, 1, 1), date(2017, 12, 31), "Year 1"),
                    Span(date(2018, 1, 1), date(2018, 12, 31), "Year 2"),
                    Span(date(2019, 1, 1), date(2019, 12, 31), "Extension 1", "open"),
                ],
            ),
            Lane("Reports", marks=[Mark(date(2017, 6, 30), "done"), Mark(date(2018, 6, 30), "late")]),
            Lane(LONG, marks=[Mark(date(2018, 9, 30))]),
        ],
        today=date(2018, 7, 2),
    ),
)
SWEEP_CHARTS = (
    SweepChart(
        "A shared fund leads until cost is more than half of the weight",
        "Each option’s value as the weight of cost goes from nothing to all. The upright line is its weight now.",
        [Sweep("A shared fund", 82, 30), Sweep("One body", 44, 68), Sweep("As now", 20, 20)],
        now=0.25,
        meetings=[Meeting(0.5, 56, "Above 50%, One body leads")],
        weight_name="Weight of cost",
    ),
    SweepChart("There is nothing to compare so far", "An empty chart.", [], now=0, meetings=[]),
)
CHAIN_CHARTS = (
    ChainChart(
        "Two outcomes, and how we tell",
        "From each outcome to the indicators that show it, and to what is measured.",
        ("Outcome", "Indicator", "Measure"),
        [
            Link(
                "Groups grow and develop",
                follows=[
                    Link("Smaller groups reached", "organisations", [Link("From 68 to 165 a quarter", "at least 110")]),
                    Link("Days to first contact"),
                ],
            ),
            Link("Volunteering is open to all, whatever their skills and however little time they have"),
        ],
    ),
    ChainChart("No outcome has been agreed so far", "An empty chart.", ("Outcome", "Indicator"), []),
)
