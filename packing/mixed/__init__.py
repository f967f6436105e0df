"""Different boards in one module: question, shapes, the solver's model, the answer."""
