"""Ways out of the house: each a port, a null counterpart, and the real one. Nothing here decides what to say."""
