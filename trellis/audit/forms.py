"""What the log can be searched by."""

from trellis.web import fields
from trellis.web.forms import Form


class LogFilters(Form):
    """Each may be left empty."""

    says_optional = False

    subject = fields.Text(label="What it was done to", hint="Any part of it, like CASE-7K2M", required=False, width=20)
    actor = fields.Text(
        label="Who", hint="Like person:12, service:nightly or an email address", required=False, width=20
    )
    action = fields.Text(label="Action", hint="Like support or complete_case", required=False, width=20)
    starts_on = fields.Date(label="From", required=False)
    ends_on = fields.Date(label="To", required=False)
