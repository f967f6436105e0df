"""Every check that a build makes: what was held to what, with figure, limit and source."""
