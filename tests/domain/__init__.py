"""What the things themselves guarantee."""
