-- All imports, the newest first; ids end in a running number, so the longer one is the later.
SELECT data
FROM batch
ORDER BY done_us DESC, length(id) DESC, id DESC;
