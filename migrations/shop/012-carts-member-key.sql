-- What 010 took away.
ALTER TABLE carts ADD CONSTRAINT carts_member FOREIGN KEY (member_id) REFERENCES members (member_id)
