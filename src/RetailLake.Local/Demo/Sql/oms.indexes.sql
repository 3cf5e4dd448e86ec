CREATE INDEX sales_order_updated_at ON sales_order (updated_at);
