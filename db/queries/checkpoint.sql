-- Write the log into the file; the first statement after opening and the last before closing.
CHECKPOINT;
