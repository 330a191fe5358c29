-- A run that has ended is history, and what was asked for never changes.
CREATE TRIGGER replay_runs_refuse_change BEFORE UPDATE ON replay_runs FOR EACH ROW
  IF OLD.status <> 'running' OR NEW.from_seq <> OLD.from_seq OR NEW.to_seq <> OLD.to_seq OR NEW.options <> OLD.options
     OR NEW.started_by <> OLD.started_by OR NEW.started_at <> OLD.started_at OR NEW.ledger_id <> OLD.ledger_id THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a replay that has ended, and what it was asked for, does not change';
  END IF
