-- An event that was written has happened. Retention drops whole partitions and never deletes rows.
CREATE TRIGGER outbox_refuse_update BEFORE UPDATE ON outbox FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'outbox is append-only'
