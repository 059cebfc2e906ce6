"""Which ids have been met, a bit for each: 400,000 of them in 50 kilobytes."""


class Seen:
    """A set of small whole numbers."""

    def __init__(self):
        self._bits = bytearray()

    def add(self, number: int) -> None:
        """Note one."""
        place = number >> 3
        if place >= len(self._bits):
            self._bits.extend(bytes(place + 1 - len(self._bits)))
        self._bits[place] |= 1 << (number & 7)

    def __contains__(self, number: int) -> bool:
        place = number >> 3
        return place < len(self._bits) and bool(self._bits[place] >> (number & 7) & 1)
