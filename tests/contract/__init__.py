"""What every side of the wire must do."""
