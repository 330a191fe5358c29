-- MySQL does not let a column be numbered while a foreign key refers to it; the key comes back in 012.
ALTER TABLE carts DROP FOREIGN KEY carts_member
