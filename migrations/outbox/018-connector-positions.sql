-- How far a connector has read the binlog, as it said itself, and whether MySQL has purged what it had not read: by the GTIDs that
-- were purged against those that it had. It then reads the outbox anew, and healed_at says since when it has.
CREATE TABLE connector_positions (
  connector VARCHAR(191) CHARACTER SET ascii NOT NULL,
  gtids TEXT CHARACTER SET ascii NOT NULL,
  seen_at DATETIME(6) NOT NULL,
  purged_at DATETIME(6) NULL,
  healed_at DATETIME(6) NULL,
  PRIMARY KEY (connector)
) ENGINE = InnoDB
