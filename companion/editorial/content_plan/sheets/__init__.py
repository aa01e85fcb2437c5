"""The content plan as a sheet: what goes out in its cells, and the way back of what is changed there."""
