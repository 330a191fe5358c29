-- What was reversed stays reversed; a reversal is itself corrected by posting anew.
CREATE TRIGGER entry_reversals_refuse_update BEFORE UPDATE ON entry_reversals FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'entry_reversals is immutable'
