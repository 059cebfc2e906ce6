import pytest

from trellis.accounts.tests import post


@pytest.fixture
def inbox(settings):
    """A mail server that really listens, to which everything goes that is sent in the test."""
    received = post.Inbox()
    server = post.start_server(received)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", server.port, False
    yield received
    server.stop()
