-- The lines that a span sums never change, so neither does the span.
CREATE TRIGGER line_spans_refuse_delete BEFORE DELETE ON line_spans FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'line_spans is immutable: it sums lines that never change'
