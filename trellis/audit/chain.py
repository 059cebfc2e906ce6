"""Digests of append-only rows, shared by audit and evidence."""

import hashlib
import json
from datetime import date, datetime, timezone
from decimal import Decimal
from typing import Any


def canonical(value: Any) -> Any:
    """A value as it is digested: the same text whatever the database gave back."""
    if isinstance(value, datetime):
        return value.astimezone(timezone.utc).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return value


def digest_of(fields: dict[str, Any]) -> str:
    """SHA-256, in hexadecimal, of a row's fields in canonical JSON (keys sorted, no spaces, UTF-8)."""
    canonical_fields = {name: canonical(value) for name, value in fields.items()}
    text = json.dumps(canonical_fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
