-- What of a cancel bears no VAT, as far as the order says; NULL where there is nothing to say of it.
ALTER TABLE cancels
  ADD COLUMN tax_free_amount BIGINT NULL,
  ADD CONSTRAINT cancels_tax_free_amount CHECK (tax_free_amount BETWEEN 0 AND amount)
