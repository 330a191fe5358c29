-- A member has one cart. A visitor who has not logged in has one as well: it belongs to whoever bears its token, of which only
-- the digest is kept, and becomes part of the member's at log-in.
ALTER TABLE carts
  MODIFY COLUMN cart_id INT UNSIGNED NOT NULL AUTO_INCREMENT,
  MODIFY COLUMN member_id INT UNSIGNED NULL,
  ADD COLUMN token_digest BINARY(32) NULL,
  -- Serves: a member's cart, and that there is one only.
  ADD UNIQUE KEY carts_member_one (member_id),
  -- Serves: the cart of a token.
  ADD UNIQUE KEY carts_token (token_digest),
  ADD CONSTRAINT carts_owned CHECK ((member_id IS NULL) <> (token_digest IS NULL))
