"""The desk's side of the contract: transport, endpoints, breakers."""
