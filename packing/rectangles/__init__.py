"""Rectangles in one rectangle, the most value of them: question, bounds, search, the answer.

What a tray, a shelf or a bed holds of flat things that are worth differently, with the proof. No
command asks that yet: `rackpress pack` and `fit` have narrower questions with solvers of their own.
It is the measure of how good our methods are on instances that others solve too
(docs/benchmarks.md), and ready for who has such a question:

    fill(Sheet(wide=450, high=260, pieces=(Piece(85, 56, value=3, copies=9), ...), turn=True))
"""
