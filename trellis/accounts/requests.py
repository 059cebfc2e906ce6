"""What a view is given, as the type checker knows it."""

from django.http import HttpRequest

from trellis.accounts.models import User


class Request(HttpRequest):
    """A request that passed the gate (middleware.py) to a view that is not public: its user is somebody."""

    user: User
