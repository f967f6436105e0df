"""What a rack draws, from which supply, and how long a battery holds it."""
