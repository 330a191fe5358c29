-- What was archived stays on record.
CREATE TRIGGER outbox_archives_refuse_delete BEFORE DELETE ON outbox_archives FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'outbox_archives is append-only'
