"""What words mean: a question in words, read by a lexicon that the catalog and the inventory give."""
