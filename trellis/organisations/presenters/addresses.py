"""Addresses that organisations gave, as links."""


def web_link(website: str) -> str:
    """An address to follow: only the web's own schemes, whatever a list contains."""
    if website.lower().startswith(("http://", "https://")):
        return website
    return f"https://{website}" if website and ":" not in website and " " not in website else ""
