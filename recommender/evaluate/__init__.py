"""Rankings of public benchmark tasks: texts and vectors in, scores and metrics out; no files, no clock."""
