"""How municipal files are written, undone: encodings, widths, dates, times, positions, codes and flags.

The one name under which readers of formats find them; each has its own small file in ``geodata/cells``.
"""

from __future__ import annotations

from geodata.cells.codes import read_code
from geodata.cells.coordinates import Position, read_coordinate, read_position
from geodata.cells.dates import read_date
from geodata.cells.encoding import Decoded, decode_bytes
from geodata.cells.text import clean, fold_header
from geodata.cells.times import read_time
from geodata.cells.values import read_flag, read_int

__all__ = [
    "Decoded",
    "Position",
    "clean",
    "decode_bytes",
    "fold_header",
    "read_code",
    "read_coordinate",
    "read_date",
    "read_flag",
    "read_int",
    "read_position",
    "read_time",
]
