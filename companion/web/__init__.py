"""The companion on 127.0.0.1: the API for the extension and programs, and the local pages."""
