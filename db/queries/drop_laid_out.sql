-- Forget until when occurrences are laid out, so that all are laid out anew.
DELETE FROM derived
WHERE name IN ('occurrences_from', 'occurrences_until');
