-- What was trimmed is only in its file: what is known of that file does not change any more.
CREATE TRIGGER outbox_archives_refuse_change BEFORE UPDATE ON outbox_archives FOR EACH ROW
  IF OLD.trimmed_at IS NOT NULL OR NEW.from_seq <> OLD.from_seq OR NEW.to_seq <> OLD.to_seq THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'what is known of trimmed events does not change';
  END IF
