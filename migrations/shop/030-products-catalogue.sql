-- What sellers say of their products. Nothing is deleted: what is no longer sold is ended, so that orders and carts can name it.
-- version counts the seller's changes (optimistic concurrency); a sale is none. is_stocked says whether check-out reserves:
-- product_stocks has the figures. What is not stocked is sold without limit, and a crowd that buys it locks no row of it.
ALTER TABLE products
  MODIFY COLUMN product_id INT UNSIGNED NOT NULL AUTO_INCREMENT,
  ADD COLUMN description VARCHAR(2000) NOT NULL DEFAULT '',
  ADD COLUMN category VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'other',
  ADD COLUMN status ENUM('on_sale', 'hidden', 'ended') NOT NULL DEFAULT 'on_sale',
  ADD COLUMN is_stocked BOOLEAN NOT NULL DEFAULT FALSE,
  ADD COLUMN version INT UNSIGNED NOT NULL DEFAULT 1,
  ADD COLUMN created_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  ADD COLUMN changed_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  -- Serves: what is on sale, newest first.
  ADD KEY products_newest (status, product_id),
  -- Serves: what is on sale, by price.
  ADD KEY products_price (status, price, product_id),
  -- Serves: what is on sale in a category, newest first.
  ADD KEY products_category_newest (status, category, product_id),
  -- Serves: what is on sale in a category, by price.
  ADD KEY products_category_price (status, category, price, product_id),
  -- Serves: a seller's own products, newest first.
  ADD KEY products_of_seller (seller_id, product_id)
