"""Reading pages that nobody vouches for: fetched and parsed in a process of its own, within limits."""
