"""A table of a review as a file that leaves the portal."""

from geodata.report_files.formats import FORMATS, Format, file_name, offered

__all__ = ["FORMATS", "Format", "file_name", "offered"]
