"""What the alliance agreement says, topic by topic. Pure: no database, no clock."""
