"""The promises of Halfhour, proved over real processes and real HTTP; run by `make prove`."""
