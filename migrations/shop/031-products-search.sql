-- Serves: which products have this in their name or description? Korean is written without reliable spaces, and words take
-- endings, so the index is of pairs of characters and not of words.
CREATE FULLTEXT INDEX products_search ON products (name, description) WITH PARSER ngram
