"""The plan: slots, what stands in them, what is suggested for them, and when it is prepared."""
