"""What a host needs to switch the nodes of a managed board."""
