"""Backups of everything, made and put back, and a look at whether all of it can be read."""
