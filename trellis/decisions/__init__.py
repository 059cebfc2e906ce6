"""How the authority decides: pathway, forward plan, record, call-in; and every deadline with its working."""
