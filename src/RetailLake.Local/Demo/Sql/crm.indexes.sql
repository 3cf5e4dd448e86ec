CREATE INDEX customer_updated_at ON customer (updated_at);
CREATE INDEX loyalty_account_updated_at ON loyalty_account (updated_at);
CREATE INDEX loyalty_txn_updated_at ON loyalty_txn (updated_at);
