"""How a single cell of a municipal table is written: text, dates, times, positions, codes, flags."""
