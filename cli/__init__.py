"""The `rackpress` command: one file per sub-command, thin, loaded only when called."""
