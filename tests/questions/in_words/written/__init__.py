"""Questions that were written by hand, about the generated inventory, by what they are after."""
