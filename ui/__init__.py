"""The desk's screens: Qt, and the only place that knows it."""
