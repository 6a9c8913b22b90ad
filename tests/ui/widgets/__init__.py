"""The parts of the screens, one by one."""
