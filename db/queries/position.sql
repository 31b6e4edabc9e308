-- Where does the store stand in the journal?
SELECT name, value
FROM derived
WHERE name IN ('journal_seq', 'journal_head', 'journal_checkpoint');
