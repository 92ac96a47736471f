"""Questions in words, with the calls that answer them rightly: how well words are read is judged by these."""
