-- A visitor's cart ends when its cookie does, some time after something was last put in; a member's has no end.
ALTER TABLE carts
  ADD COLUMN expires_at DATETIME(6) NULL,
  -- Serves: which visitors' carts have ended? The sweep deletes them.
  ADD KEY carts_expiry (expires_at)
