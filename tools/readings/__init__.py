"""How each tool is asked for in words: a question in, the calls that it may mean out."""
