"""Offhook: a helpdesk desk that keeps taking calls when the central services do not."""
