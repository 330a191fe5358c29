-- The journal is corrected by reversing, never by changing what was posted.
CREATE TRIGGER journal_lines_refuse_update BEFORE UPDATE ON journal_lines FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'journal_lines is immutable: post a reversing entry instead'
