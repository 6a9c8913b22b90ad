"""Rules and engines without files, network or Qt."""
