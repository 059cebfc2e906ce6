"""Extension and succession: the dossier of an optional year, its application, and a leaving partner’s handover."""
