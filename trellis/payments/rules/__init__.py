"""What is due, when, and who may say so, topic by topic. Pure: no database, no clock."""
