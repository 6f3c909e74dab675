"""The use cases: one file each, between the store and the pages."""
