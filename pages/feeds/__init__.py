"""Feeds and data of what everybody may see: calendars, news, and files for other programs."""
