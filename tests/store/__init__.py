"""The encrypted store on real files."""
