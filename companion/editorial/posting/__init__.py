"""A post that the user sends out: its text for a channel, how long it is there, and where it is posted."""
