"""The real server killed under writers that send real forms, and what is kept compared with what was acknowledged."""
