-- What closed days came to is held against what they come to now.
CREATE TRIGGER period_totals_refuse_delete BEFORE DELETE ON period_totals FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'period_totals is immutable'
