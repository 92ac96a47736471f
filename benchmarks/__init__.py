"""Benchmarks: what is promised in calls, tokens and ratios, measured side by side in one run."""
