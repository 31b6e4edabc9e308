"""Tables as municipalities publish them: delimited text and workbooks, read row by row."""
