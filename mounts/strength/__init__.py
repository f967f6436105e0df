"""How far a part bends under what it carries, when it would break, and what helps."""
