-- What was decided about a period stays on record; another decision is another row.
CREATE TRIGGER period_changes_refuse_delete BEFORE DELETE ON period_changes FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'period_changes is immutable: make another change instead'
