"""The content plan: its table, the file that comes back, and the subscription."""

from companion.web.pages.plan_pages import bringing_back, calendar_feed, page

__all__ = ["bringing_back", "calendar_feed", "page"]
