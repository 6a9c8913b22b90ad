"""The rules of the helpdesk; standard library only."""
