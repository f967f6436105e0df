"""Rectangles in one rectangle, the most value of them: question, bounds, search, the answer."""
