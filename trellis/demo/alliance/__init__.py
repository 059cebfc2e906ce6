"""How the alliance of the demo works together, topic by topic, through the commands that people use."""
