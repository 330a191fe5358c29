-- The journal is corrected by reversing, never by changing what was posted.
CREATE TRIGGER journal_entries_refuse_delete BEFORE DELETE ON journal_entries FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'journal_entries is immutable: post a reversing entry instead'
