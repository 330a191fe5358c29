-- What was decided about an account stays on record; another decision is another row.
CREATE TRIGGER account_changes_refuse_delete BEFORE DELETE ON account_changes FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'account_changes is immutable: make another change instead'
