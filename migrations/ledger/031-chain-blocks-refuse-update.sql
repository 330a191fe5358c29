-- A sealed block stays as it is: that is what a seal is.
CREATE TRIGGER chain_blocks_refuse_update BEFORE UPDATE ON chain_blocks FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'chain_blocks is immutable'
