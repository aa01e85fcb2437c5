"""The content plan: the calendar as the marketer reads it, and the way back of what the marketer changes in it."""
