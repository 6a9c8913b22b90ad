"""The contract spoken over an existing helpdesk system."""
