"""Schedules at work: their dates, read from Japanese and shown in words."""
