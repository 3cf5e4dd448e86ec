CREATE INDEX category_updated_at ON category (updated_at);
CREATE INDEX product_updated_at ON product (updated_at);
CREATE INDEX price_updated_at ON price (updated_at);
CREATE INDEX store_updated_at ON store (updated_at);
