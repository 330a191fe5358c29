-- Whoever signs up gets the next number.
ALTER TABLE members MODIFY member_id INT UNSIGNED NOT NULL AUTO_INCREMENT
