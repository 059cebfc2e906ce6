"""What the demo's alliance does around its table, topic by topic, as stories beside those of the cases."""
