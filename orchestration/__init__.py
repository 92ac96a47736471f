"""The LangGraph that runs any tool, from its request to an answer within a token budget."""
