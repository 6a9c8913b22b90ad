"""The proofs, in the shape of the tree they prove."""
