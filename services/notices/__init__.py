"""What people are told about their sessions: whether it is still true, in which words, by which mail."""
