"""The report: one page that needs nothing else, on a phone, on a desk and on paper."""
