"""How warm, how loud and how heavy a rack gets."""
