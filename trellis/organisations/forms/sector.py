"""What the pictures of the sector are narrowed to."""

from trellis.places import queries as places
from trellis.web import fields
from trellis.web.forms import Form

KINDS = [("causes", "What they are for")]


class SectorForm(Form):
    """A district, and what gaps are looked for by. Whatever cannot be read is left out."""

    says_optional = False
    district = fields.Select(label="District", required=False, blank="All districts")
    gaps = fields.Select(label="Look for gaps by", required=False, choices=KINDS, blank="What they do")

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["district"].choices = [(one.code, one.name) for one in places.districts_served()]

    def wanted(self) -> tuple[str, str]:
        """The district's code or nothing, and the kind: services or causes."""
        self.is_valid()
        return self.cleaned_data.get("district", ""), self.cleaned_data.get("gaps") or "services"
