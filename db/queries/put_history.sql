-- Keep these versions of records.
INSERT INTO history (record, key, seq, at_us, who, action, reason, data)
SELECT record, key, seq, at_us, who, action, reason, data
FROM incoming;
