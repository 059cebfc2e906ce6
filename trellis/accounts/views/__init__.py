"""Pages: sign_in holds allauth's, where they must write to the audit; the others are ours."""
