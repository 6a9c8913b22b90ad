"""Central: the contract, the desk's client, the reference central."""
