-- Remove the what imports changed of these keys.
DELETE FROM batch_item
WHERE (batch, number) IN (SELECT batch, number::INTEGER FROM incoming);
