-- What was replayed stays on record.
CREATE TRIGGER replay_runs_refuse_delete BEFORE DELETE ON replay_runs FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'replay_runs is append-only'
