"""Pages of what everybody may see, as HTML of the server: found, previewed, printed and read without scripts."""
