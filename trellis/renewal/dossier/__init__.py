"""The dossier on an optional year: what the data say on five subjects, and the paper made of them and of words."""
