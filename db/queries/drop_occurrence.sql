-- Remove every laid-out occurrence.
DELETE FROM occurrence;
