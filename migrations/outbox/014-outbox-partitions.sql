-- Old events leave by DROP PARTITION, never by DELETE. Parted by seq, so that the primary key stays what it is and a look-up by seq asks
-- one partition. All rows are in the tail until `jangbu outbox partition`, or a relay with MAINTENANCE_DATABASE_URL, splits it.
ALTER TABLE outbox PARTITION BY RANGE (seq) (PARTITION tail VALUES LESS THAN MAXVALUE)
