-- What kind of kimchi a name is of: without the weight, the number of packs, what stands in brackets, and blanks. `포기김치 1kg` and
-- `[특가] 포기 김치 3kg` are one kind. Prices are compared within a kind.
ALTER TABLE products
  ADD COLUMN kind VARCHAR(100) AS (LOWER(REGEXP_REPLACE(
    name,
    '\\([^)]*\\)|\\[[^]]*\\]|[0-9]+([.][0-9]+)*[[:space:]]*(kg|g)|[x×*][[:space:]]*[0-9]+|[0-9]+[[:space:]]*(개|봉|팩|통)|[[:space:]]+',
    ''
  ))) VIRTUAL NOT NULL,
  -- Serves: what is on sale of this kind, the cheapest first?
  ADD KEY products_kind (kind, status, price, product_id)
