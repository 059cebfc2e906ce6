"""A real mail server on loopback, and what it received."""

import email
import re
import socket
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller


class Inbox:
    """Keeps every message that arrives, with whom it was for."""

    def __init__(self):
        self.messages: list[tuple[str, EmailMessage]] = []

    async def handle_DATA(self, server, session, envelope) -> str:
        message = email.message_from_bytes(envelope.content, policy=default)
        self.messages += [(to, message) for to in envelope.rcpt_tos]
        return "250 OK"

    def last(self, to: str) -> EmailMessage:
        found = [message for rcpt, message in self.messages if rcpt == to]
        assert found, f"Nothing came for {to}: {[(rcpt, one['Subject']) for rcpt, one in self.messages]}"
        return found[-1]

    def link(self, to: str) -> str:
        """The path of the first link in the last message for somebody."""
        body = self.last(to).get_content()
        return re.search(r"https?://[^/\s]+(/\S+)", body)[1]


def start_server(inbox: Inbox) -> Controller:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(inbox, hostname="127.0.0.1", port=port)
    server.start()
    return server
