"""Which slot suits an item, and why."""

from companion.editorial.planning.suggestions.proposals import propose
from companion.editorial.planning.suggestions.reasons import Reason, Suggested
from companion.editorial.planning.suggestions.rules import is_bare, opens_at
from companion.editorial.planning.suggestions.single import suggest_slots

__all__ = ["Reason", "Suggested", "is_bare", "opens_at", "propose", "suggest_slots"]
