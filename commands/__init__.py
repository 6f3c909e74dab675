"""One module per command of `halfhour`: its arguments, and what it does with them."""
