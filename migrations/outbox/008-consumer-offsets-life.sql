-- life names the process that took the partition last and has not ended cleanly. Whoever takes the partition next sees by it
-- that a process died with events in hand, one of which may be to blame.
ALTER TABLE consumer_offsets ADD COLUMN life CHAR(36) CHARACTER SET ascii NULL
