CREATE SCHEMA IF NOT EXISTS "ops";

CREATE SCHEMA IF NOT EXISTS "crm";

CREATE SCHEMA IF NOT EXISTS "oms";

CREATE SCHEMA IF NOT EXISTS "erp";

CREATE SCHEMA IF NOT EXISTS "gp";

CREATE SCHEMA IF NOT EXISTS "crt";

CREATE SCHEMA IF NOT EXISTS "pos";

CREATE SCHEMA IF NOT EXISTS "loyalty";

CREATE SCHEMA IF NOT EXISTS "shop";

CREATE OR REPLACE PROCEDURE "ops"."assert_checks"(checks VARCHAR(65535)) AS $$
DECLARE
  broken BIGINT;
  message VARCHAR(1000);
BEGIN
  EXECUTE 'SELECT COUNT(*), MIN(''"'' || c.hop || ''": expected '' || COALESCE(CAST(c.expected AS VARCHAR(50)), ''null'') || '', found '' || COALESCE(CAST(c.found AS VARCHAR(50)), ''null'')) FROM ('
    || checks || ') c WHERE c.expected <> c.found OR c.expected IS NULL OR c.found IS NULL' INTO broken, message;
  IF broken > 0 THEN
    RAISE EXCEPTION 'RetailLake check %', message;
  END IF;
END;
$$ LANGUAGE plpgsql;

CREATE TABLE IF NOT EXISTS "ops"."load_ledger" (
  "work_id" VARCHAR(512) NOT NULL,
  "contract" VARCHAR(256) NOT NULL,
  "source_name" VARCHAR(128),
  "feed" VARCHAR(128),
  "execution" VARCHAR(256) NOT NULL,
  "ordinal" BIGINT NOT NULL,
  "contract_version" VARCHAR(64),
  "contract_sha256" VARCHAR(64),
  "mode" VARCHAR(16) NOT NULL,
  "window_lo" TIMESTAMP,
  "window_hi" TIMESTAMP,
  "window_proof" VARCHAR(64),
  "outcome" VARCHAR(16) NOT NULL,
  "source" BIGINT,
  "landed" BIGINT,
  "valid" BIGINT,
  "rejected" BIGINT,
  "staged" BIGINT,
  "inserted" BIGINT,
  "replaced" BIGINT,
  "superseded" BIGINT,
  "duplicate" BIGINT,
  "held" BIGINT,
  "deleted" BIGINT,
  "swept" BIGINT,
  "published" BIGINT,
  "export_sequence" BIGINT,
  "loaded_at" TIMESTAMP NOT NULL
);

CREATE TABLE IF NOT EXISTS "ops"."load_balance" (
  "work_id" VARCHAR(512) NOT NULL,
  "execution" VARCHAR(256) NOT NULL,
  "contract" VARCHAR(256) NOT NULL,
  "table_name" VARCHAR(128) NOT NULL,
  "measure" VARCHAR(128) NOT NULL,
  "source" DECIMAL(38,6),
  "landed" DECIMAL(38,6),
  "valid" DECIMAL(38,6),
  "rejected" DECIMAL(38,6),
  "staged" DECIMAL(38,6),
  "inserted" DECIMAL(38,6),
  "replaced" DECIMAL(38,6),
  "superseded" DECIMAL(38,6),
  "duplicate" DECIMAL(38,6),
  "held" DECIMAL(38,6),
  "deleted" DECIMAL(38,6),
  "swept" DECIMAL(38,6),
  "published" DECIMAL(38,6)
);

CREATE TABLE IF NOT EXISTS "ops"."export_ledger" (
  "contract" VARCHAR(256) NOT NULL,
  "subject" VARCHAR(128) NOT NULL,
  "sequence" BIGINT NOT NULL,
  "work_id" VARCHAR(512) NOT NULL,
  "execution" VARCHAR(256) NOT NULL,
  "state" VARCHAR(16) NOT NULL,
  "row_count" BIGINT,
  "deleted_count" BIGINT,
  "file" VARCHAR(256),
  "bytes" BIGINT,
  "sha256" VARCHAR(64),
  "built_at" TIMESTAMP,
  "target" VARCHAR(512),
  "delivered_by" VARCHAR(256),
  "delivered_at" TIMESTAMP,
  "deliveries" BIGINT
);

CREATE TABLE IF NOT EXISTS "ops"."curated_partition" (
  "contract" VARCHAR(256) NOT NULL,
  "source_name" VARCHAR(128) NOT NULL,
  "table_name" VARCHAR(128) NOT NULL,
  "execution" VARCHAR(256) NOT NULL,
  "location" VARCHAR(1024) NOT NULL,
  "files" VARCHAR(65535),
  "row_count" BIGINT,
  "registered_at" TIMESTAMP NOT NULL
);

CREATE TABLE IF NOT EXISTS "ops"."drop_ledger" (
  "contract" VARCHAR(256) NOT NULL,
  "work_id" VARCHAR(512) NOT NULL,
  "execution" VARCHAR(256),
  "loaded_at" TIMESTAMP NOT NULL,
  "drop_id" VARCHAR(64) NOT NULL,
  "name" VARCHAR(1024),
  "sha256" VARCHAR(64),
  "bytes" BIGINT,
  "file" BIGINT,
  "drop_number" BIGINT,
  "version" BIGINT,
  "modified_at" TIMESTAMP,
  "declared_rows" BIGINT,
  "outcome" VARCHAR(16),
  "refusal_code" VARCHAR(32),
  "refusal_message" VARCHAR(2048),
  "duplicate_of" VARCHAR(64),
  "landed_rows" BIGINT,
  "skipped_records" BIGINT,
  "release_number" BIGINT,
  "released_by" VARCHAR(256)
);

CREATE TABLE IF NOT EXISTS "ops"."stream_ledger" (
  "contract" VARCHAR(256) NOT NULL,
  "work_id" VARCHAR(512) NOT NULL,
  "execution" VARCHAR(256) NOT NULL,
  "topic" VARCHAR(249) NOT NULL,
  "partition" BIGINT NOT NULL,
  "from_offset" BIGINT,
  "first_offset" BIGINT NOT NULL,
  "last_offset" BIGINT NOT NULL,
  "next_offset" BIGINT NOT NULL,
  "records" BIGINT NOT NULL,
  "skipped_records" BIGINT NOT NULL,
  "gaps" BIGINT NOT NULL,
  "first_event_at" TIMESTAMP,
  "last_event_at" TIMESTAMP,
  "loaded_at" TIMESTAMP NOT NULL
);

CREATE TABLE IF NOT EXISTS "ops"."contract_lock" (
  "contract" VARCHAR(256) NOT NULL,
  "holder" VARCHAR(256),
  "taken" BIGINT NOT NULL
);

CREATE TABLE IF NOT EXISTS "crm"."customer" (
  "id" BIGINT NOT NULL,
  "mobile" VARCHAR(22),
  "points" INTEGER,
  "city" VARCHAR(160),
  "updated_at" TIMESTAMP,
  "deleted_at" TIMESTAMP,
  "_run" BIGINT NOT NULL,
  "_loaded_at" TIMESTAMP NOT NULL
) DISTSTYLE KEY DISTKEY("id") SORTKEY("updated_at");

CREATE TABLE IF NOT EXISTS "ops"."tombstone_crm_customer" (
  "id" BIGINT NOT NULL,
  "_run" BIGINT NOT NULL
);

CREATE TABLE IF NOT EXISTS "oms"."order" (
  "order_id" BIGINT NOT NULL,
  "business_date" DATE,
  "amount" DECIMAL(12,2),
  "updated_at" TIMESTAMP,
  "is_deleted" BOOLEAN,
  "_run" BIGINT NOT NULL,
  "_loaded_at" TIMESTAMP NOT NULL
) DISTSTYLE KEY DISTKEY("order_id") SORTKEY("business_date");

CREATE TABLE IF NOT EXISTS "oms"."order_line" (
  "line_id" BIGINT NOT NULL,
  "order_id" BIGINT,
  "item" VARCHAR(160),
  "quantity" DECIMAL(12,3),
  "net" DECIMAL(12,2),
  "_run" BIGINT NOT NULL,
  "_loaded_at" TIMESTAMP NOT NULL
) DISTSTYLE KEY DISTKEY("order_id");

CREATE TABLE IF NOT EXISTS "oms"."payment" (
  "order_id" BIGINT NOT NULL,
  "payment_no" INTEGER NOT NULL,
  "paid" DECIMAL(12,2),
  "_run" BIGINT NOT NULL,
  "_loaded_at" TIMESTAMP NOT NULL
) DISTSTYLE KEY DISTKEY("order_id");

CREATE TABLE IF NOT EXISTS "ops"."export_outbox_oms_order_line" (
  "_sequence" BIGINT NOT NULL,
  "_op" VARCHAR(1) NOT NULL,
  "order_id" BIGINT,
  "line_id" BIGINT,
  "item" VARCHAR(160),
  "quantity" DECIMAL(12,3),
  "net" DECIMAL(12,2)
);

CREATE TABLE IF NOT EXISTS "ops"."tombstone_oms_order" (
  "order_id" BIGINT NOT NULL,
  "_run" BIGINT NOT NULL
);

CREATE TABLE IF NOT EXISTS "erp"."store" (
  "store_code" VARCHAR(160) NOT NULL,
  "name" VARCHAR(160),
  "opened" DATE,
  "area" DOUBLE PRECISION,
  "tags" VARCHAR(160),
  "geo" VARCHAR(320),
  "opens" TIME,
  "_run" BIGINT NOT NULL,
  "_loaded_at" TIMESTAMP NOT NULL
) DISTSTYLE AUTO;

CREATE TABLE IF NOT EXISTS "gp"."price" (
  "sku" INTEGER NOT NULL,
  "amount" DECIMAL(12,2),
  "gone" BOOLEAN,
  "_run" BIGINT NOT NULL,
  "_loaded_at" TIMESTAMP NOT NULL,
  "_file" BIGINT NOT NULL,
  "_drop" BIGINT NOT NULL,
  "_version" BIGINT NOT NULL
) DISTSTYLE AUTO;

CREATE TABLE IF NOT EXISTS "ops"."tombstone_gp_price" (
  "sku" INTEGER NOT NULL,
  "_run" BIGINT NOT NULL,
  "_file" BIGINT NOT NULL,
  "_drop" BIGINT NOT NULL,
  "_version" BIGINT NOT NULL
);

CREATE TABLE IF NOT EXISTS "crt"."bill" (
  "no" INTEGER NOT NULL,
  "store" VARCHAR(160),
  "day" DATE,
  "amount" DECIMAL(12,2),
  "_run" BIGINT NOT NULL,
  "_loaded_at" TIMESTAMP NOT NULL,
  "_file" BIGINT NOT NULL,
  "_drop" BIGINT NOT NULL,
  "_version" BIGINT NOT NULL
) DISTSTYLE AUTO;

CREATE TABLE IF NOT EXISTS "crt"."line" (
  "no" INTEGER NOT NULL,
  "line" INTEGER NOT NULL,
  "store" VARCHAR(160),
  "day" DATE,
  "net" DECIMAL(12,2),
  "_run" BIGINT NOT NULL,
  "_loaded_at" TIMESTAMP NOT NULL,
  "_file" BIGINT NOT NULL,
  "_drop" BIGINT NOT NULL,
  "_version" BIGINT NOT NULL
) DISTSTYLE AUTO;

CREATE TABLE IF NOT EXISTS "crt"."tender" (
  "tender" INTEGER NOT NULL,
  "no" INTEGER,
  "store" VARCHAR(160),
  "day" DATE,
  "paid" DECIMAL(12,2),
  "_run" BIGINT NOT NULL,
  "_loaded_at" TIMESTAMP NOT NULL,
  "_file" BIGINT NOT NULL,
  "_drop" BIGINT NOT NULL,
  "_version" BIGINT NOT NULL
) DISTSTYLE AUTO;

CREATE TABLE IF NOT EXISTS "ops"."export_outbox_crt_line" (
  "_sequence" BIGINT NOT NULL,
  "_op" VARCHAR(1) NOT NULL,
  "no" INTEGER,
  "line" INTEGER,
  "net" DECIMAL(12,2)
);

CREATE TABLE IF NOT EXISTS "ops"."floor_crt_bill" (
  "store" VARCHAR(160) NOT NULL,
  "day" DATE NOT NULL,
  "_version" BIGINT NOT NULL,
  "_drop" BIGINT NOT NULL
);

CREATE TABLE IF NOT EXISTS "pos"."bill" (
  "no" BIGINT NOT NULL,
  "note" VARCHAR(160),
  "amount" DECIMAL(12,2),
  "_run" BIGINT NOT NULL,
  "_loaded_at" TIMESTAMP NOT NULL,
  "_file" BIGINT NOT NULL,
  "_drop" BIGINT NOT NULL,
  "_version" BIGINT NOT NULL,
  "_event_at" TIMESTAMP
) DISTSTYLE AUTO;

CREATE TABLE IF NOT EXISTS "pos"."line" (
  "no" BIGINT NOT NULL,
  "line" BIGINT NOT NULL,
  "note" VARCHAR(160),
  "amount" DECIMAL(12,2),
  "_run" BIGINT NOT NULL,
  "_loaded_at" TIMESTAMP NOT NULL,
  "_file" BIGINT NOT NULL,
  "_drop" BIGINT NOT NULL,
  "_version" BIGINT NOT NULL,
  "_event_at" TIMESTAMP
) DISTSTYLE AUTO;

CREATE TABLE IF NOT EXISTS "pos"."tender" (
  "no" BIGINT NOT NULL,
  "tender" BIGINT NOT NULL,
  "note" VARCHAR(160),
  "amount" DECIMAL(12,2),
  "_run" BIGINT NOT NULL,
  "_loaded_at" TIMESTAMP NOT NULL,
  "_file" BIGINT NOT NULL,
  "_drop" BIGINT NOT NULL,
  "_version" BIGINT NOT NULL,
  "_event_at" TIMESTAMP
) DISTSTYLE AUTO;

CREATE TABLE IF NOT EXISTS "ops"."export_outbox_pos_line" (
  "_sequence" BIGINT NOT NULL,
  "_op" VARCHAR(1) NOT NULL,
  "no" BIGINT,
  "line" BIGINT,
  "amount" DECIMAL(12,2)
);

CREATE TABLE IF NOT EXISTS "ops"."tombstone_pos_bill_bill" (
  "no" BIGINT,
  "_file" BIGINT NOT NULL,
  "_drop" BIGINT NOT NULL,
  "_version" BIGINT NOT NULL,
  "_run" BIGINT NOT NULL
);

CREATE TABLE IF NOT EXISTS "loyalty"."points" (
  "no" BIGINT NOT NULL,
  "note" VARCHAR(160),
  "amount" DECIMAL(12,2),
  "_run" BIGINT NOT NULL,
  "_loaded_at" TIMESTAMP NOT NULL,
  "_file" BIGINT NOT NULL,
  "_drop" BIGINT NOT NULL,
  "_version" BIGINT NOT NULL,
  "_event_at" TIMESTAMP
) DISTSTYLE AUTO;

CREATE TABLE IF NOT EXISTS "ops"."tombstone_loyalty_points_points" (
  "no" BIGINT,
  "_file" BIGINT NOT NULL,
  "_drop" BIGINT NOT NULL,
  "_version" BIGINT NOT NULL,
  "_run" BIGINT NOT NULL
);

CREATE TABLE IF NOT EXISTS "shop"."sale" (
  "no" BIGINT NOT NULL,
  "note" VARCHAR(160),
  "amount" DECIMAL(12,2),
  "items" BIGINT,
  "payments" BIGINT,
  "_run" BIGINT NOT NULL,
  "_loaded_at" TIMESTAMP NOT NULL,
  "_file" BIGINT NOT NULL,
  "_drop" BIGINT NOT NULL,
  "_version" BIGINT NOT NULL,
  "_event_at" TIMESTAMP
) DISTSTYLE AUTO;

CREATE TABLE IF NOT EXISTS "shop"."item" (
  "no" BIGINT NOT NULL,
  "item" BIGINT NOT NULL,
  "note" VARCHAR(160),
  "amount" DECIMAL(12,2),
  "_run" BIGINT NOT NULL,
  "_loaded_at" TIMESTAMP NOT NULL,
  "_file" BIGINT NOT NULL,
  "_drop" BIGINT NOT NULL,
  "_version" BIGINT NOT NULL,
  "_event_at" TIMESTAMP
) DISTSTYLE AUTO;

CREATE TABLE IF NOT EXISTS "shop"."payment" (
  "no" BIGINT NOT NULL,
  "payment" BIGINT NOT NULL,
  "note" VARCHAR(160),
  "amount" DECIMAL(12,2),
  "_run" BIGINT NOT NULL,
  "_loaded_at" TIMESTAMP NOT NULL,
  "_file" BIGINT NOT NULL,
  "_drop" BIGINT NOT NULL,
  "_version" BIGINT NOT NULL,
  "_event_at" TIMESTAMP
) DISTSTYLE AUTO;

CREATE TABLE IF NOT EXISTS "ops"."tombstone_shop_sale_sale" (
  "no" BIGINT,
  "_file" BIGINT NOT NULL,
  "_drop" BIGINT NOT NULL,
  "_version" BIGINT NOT NULL,
  "_run" BIGINT NOT NULL
);

CREATE TABLE IF NOT EXISTS "ops"."tombstone_shop_sale_item" (
  "no" BIGINT,
  "item" BIGINT,
  "_file" BIGINT NOT NULL,
  "_drop" BIGINT NOT NULL,
  "_version" BIGINT NOT NULL,
  "_run" BIGINT NOT NULL
);

CREATE TABLE IF NOT EXISTS "ops"."tombstone_shop_sale_payment" (
  "no" BIGINT,
  "payment" BIGINT,
  "_file" BIGINT NOT NULL,
  "_drop" BIGINT NOT NULL,
  "_version" BIGINT NOT NULL,
  "_run" BIGINT NOT NULL
);

CREATE TABLE IF NOT EXISTS "ops"."held_shop_sale_sale" (
  "no" BIGINT,
  "note" VARCHAR(160),
  "amount" DECIMAL(12,2),
  "items" BIGINT,
  "payments" BIGINT,
  "_file" BIGINT,
  "_drop" BIGINT,
  "_version" BIGINT,
  "_change" BIGINT,
  "_event_at" TIMESTAMP,
  "_held_at" TIMESTAMP NOT NULL,
  "_expired_at" TIMESTAMP
);

CREATE TABLE IF NOT EXISTS "ops"."held_shop_sale_item" (
  "no" BIGINT,
  "item" BIGINT,
  "note" VARCHAR(160),
  "amount" DECIMAL(12,2),
  "_file" BIGINT,
  "_drop" BIGINT,
  "_version" BIGINT,
  "_change" BIGINT,
  "_event_at" TIMESTAMP,
  "_held_at" TIMESTAMP NOT NULL,
  "_expired_at" TIMESTAMP
);

CREATE TABLE IF NOT EXISTS "ops"."held_shop_sale_payment" (
  "no" BIGINT,
  "payment" BIGINT,
  "note" VARCHAR(160),
  "amount" DECIMAL(12,2),
  "_file" BIGINT,
  "_drop" BIGINT,
  "_version" BIGINT,
  "_change" BIGINT,
  "_event_at" TIMESTAMP,
  "_held_at" TIMESTAMP NOT NULL,
  "_expired_at" TIMESTAMP
);

CREATE TABLE IF NOT EXISTS "ops"."lock_crm_customer" ("contract" VARCHAR(256));

CREATE TABLE IF NOT EXISTS "ops"."lock_oms_order" ("contract" VARCHAR(256));

CREATE TABLE IF NOT EXISTS "ops"."lock_erp_store" ("contract" VARCHAR(256));

CREATE TABLE IF NOT EXISTS "ops"."lock_gp_price" ("contract" VARCHAR(256));

CREATE TABLE IF NOT EXISTS "ops"."lock_crt_bill" ("contract" VARCHAR(256));

CREATE TABLE IF NOT EXISTS "ops"."lock_pos_bill" ("contract" VARCHAR(256));

CREATE TABLE IF NOT EXISTS "ops"."lock_loyalty_points" ("contract" VARCHAR(256));

CREATE TABLE IF NOT EXISTS "ops"."lock_shop_sale" ("contract" VARCHAR(256));

CREATE OR REPLACE VIEW "ops"."stream_position" AS
SELECT contract, topic, "partition", MAX(next_offset) AS next_offset, SUM(records) AS records, SUM(gaps) AS gaps, MAX(last_event_at) AS last_event_at, MAX(loaded_at) AS loaded_at
FROM "ops"."stream_ledger" GROUP BY contract, topic, "partition";

CREATE ROLE "retaillake_loader";

CREATE ROLE "retaillake_reader_crm";

CREATE ROLE "retaillake_reader_oms";

CREATE ROLE "retaillake_reader_erp";

CREATE ROLE "retaillake_reader_gp";

CREATE ROLE "retaillake_reader_crt";

CREATE ROLE "retaillake_reader_pos";

CREATE ROLE "retaillake_reader_loyalty";

CREATE ROLE "retaillake_reader_shop";

CREATE MASKING POLICY IF NOT EXISTS "retaillake_shown_22" WITH (token VARCHAR(22)) USING (token);

CREATE MASKING POLICY IF NOT EXISTS "retaillake_hidden_22" WITH (token VARCHAR(22)) USING (CAST(NULL AS VARCHAR(22)));

ATTACH MASKING POLICY "retaillake_shown_22" ON "crm"."customer" ("mobile") TO ROLE "retaillake_loader" PRIORITY 20;

ATTACH MASKING POLICY "retaillake_hidden_22" ON "crm"."customer" ("mobile") TO PUBLIC PRIORITY 10;

GRANT USAGE ON SCHEMA "ops" TO ROLE "retaillake_loader";

GRANT USAGE ON SCHEMA "crm" TO ROLE "retaillake_loader";

GRANT USAGE ON SCHEMA "oms" TO ROLE "retaillake_loader";

GRANT USAGE ON SCHEMA "erp" TO ROLE "retaillake_loader";

GRANT USAGE ON SCHEMA "gp" TO ROLE "retaillake_loader";

GRANT USAGE ON SCHEMA "crt" TO ROLE "retaillake_loader";

GRANT USAGE ON SCHEMA "pos" TO ROLE "retaillake_loader";

GRANT USAGE ON SCHEMA "loyalty" TO ROLE "retaillake_loader";

GRANT USAGE ON SCHEMA "shop" TO ROLE "retaillake_loader";

GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE "ops"."load_ledger", "ops"."load_balance", "ops"."export_ledger", "ops"."curated_partition", "ops"."drop_ledger", "ops"."stream_ledger", "ops"."contract_lock", "ops"."tombstone_crm_customer", "ops"."export_outbox_oms_order_line", "ops"."tombstone_oms_order", "ops"."tombstone_gp_price", "ops"."export_outbox_crt_line", "ops"."floor_crt_bill", "ops"."export_outbox_pos_line", "ops"."tombstone_pos_bill_bill", "ops"."tombstone_loyalty_points_points", "ops"."tombstone_shop_sale_sale", "ops"."tombstone_shop_sale_item", "ops"."tombstone_shop_sale_payment", "ops"."held_shop_sale_sale", "ops"."held_shop_sale_item", "ops"."held_shop_sale_payment", "ops"."lock_crm_customer", "ops"."lock_oms_order", "ops"."lock_erp_store", "ops"."lock_gp_price", "ops"."lock_crt_bill", "ops"."lock_pos_bill", "ops"."lock_loyalty_points", "ops"."lock_shop_sale", "crm"."customer", "oms"."order", "oms"."order_line", "oms"."payment", "erp"."store", "gp"."price", "crt"."bill", "crt"."line", "crt"."tender", "pos"."bill", "pos"."line", "pos"."tender", "loyalty"."points", "shop"."sale", "shop"."item", "shop"."payment" TO ROLE "retaillake_loader";

GRANT SELECT ON TABLE "ops"."stream_position" TO ROLE "retaillake_loader";

GRANT EXECUTE ON PROCEDURE "ops"."assert_checks"(VARCHAR) TO ROLE "retaillake_loader";

GRANT USAGE ON SCHEMA "crm" TO ROLE "retaillake_reader_crm";

GRANT USAGE ON SCHEMA "oms" TO ROLE "retaillake_reader_oms";

GRANT USAGE ON SCHEMA "erp" TO ROLE "retaillake_reader_erp";

GRANT USAGE ON SCHEMA "gp" TO ROLE "retaillake_reader_gp";

GRANT USAGE ON SCHEMA "crt" TO ROLE "retaillake_reader_crt";

GRANT USAGE ON SCHEMA "pos" TO ROLE "retaillake_reader_pos";

GRANT USAGE ON SCHEMA "loyalty" TO ROLE "retaillake_reader_loyalty";

GRANT USAGE ON SCHEMA "shop" TO ROLE "retaillake_reader_shop";

GRANT SELECT ON TABLE "crm"."customer" TO ROLE "retaillake_reader_crm";

GRANT SELECT ON TABLE "oms"."order", "oms"."order_line", "oms"."payment" TO ROLE "retaillake_reader_oms";

GRANT SELECT ON TABLE "erp"."store" TO ROLE "retaillake_reader_erp";

GRANT SELECT ON TABLE "gp"."price" TO ROLE "retaillake_reader_gp";

GRANT SELECT ON TABLE "crt"."bill", "crt"."line", "crt"."tender" TO ROLE "retaillake_reader_crt";

GRANT SELECT ON TABLE "pos"."bill", "pos"."line", "pos"."tender" TO ROLE "retaillake_reader_pos";

GRANT SELECT ON TABLE "loyalty"."points" TO ROLE "retaillake_reader_loyalty";

GRANT SELECT ON TABLE "shop"."sale", "shop"."item", "shop"."payment" TO ROLE "retaillake_reader_shop";

