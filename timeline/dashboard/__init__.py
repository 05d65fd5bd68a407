"""The dashboard. Its address holds all that is chosen; the page is a function of that address and of the snapshot."""
