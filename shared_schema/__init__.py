"""The contract between extension and companion: one JSON Schema a concept, with examples."""
