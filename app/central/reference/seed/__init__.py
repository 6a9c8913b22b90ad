"""Demo data: invented people, devices and calls, coherent and the same for the same seed."""
