"""Which rule, from which day; kept in the address."""

from trellis.decisions.rules.deadlines import RULES
from trellis.web import fields
from trellis.web.forms import Form


class DeadlineForm(Form):
    """One rule of time and the day that starts it."""

    rule = fields.Select(label="Rule", choices=[(code, rule.name) for code, rule in RULES.items()])
    start = fields.Date(label="Day on which it starts", hint="When the notice, the agenda or the record is published.")
