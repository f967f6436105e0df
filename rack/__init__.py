"""The whole: `rack.toml`, the plan made from it, and the build that writes the files."""
