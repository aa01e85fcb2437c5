"""Kwartier's companion: the service on the user's own machine that keeps, plans and exports."""

__version__ = "0.2.0"
