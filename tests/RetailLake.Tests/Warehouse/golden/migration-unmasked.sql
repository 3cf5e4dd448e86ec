CREATE SCHEMA IF NOT EXISTS "ops";

CREATE SCHEMA IF NOT EXISTS "crm";

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

DETACH MASKING POLICY "retaillake_hidden_22" ON "crm"."customer" ("mobile") FROM PUBLIC;

DETACH MASKING POLICY "retaillake_shown_22" ON "crm"."customer" ("mobile") FROM ROLE "retaillake_loader";

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
  "mobile" VARCHAR(160),
  "points" INTEGER,
  "city" VARCHAR(160),
  "updated_at" TIMESTAMP,
  "deleted_at" TIMESTAMP,
  "_run" BIGINT NOT NULL,
  "_loaded_at" TIMESTAMP NOT NULL
) DISTSTYLE KEY DISTKEY("id") SORTKEY("updated_at");

ALTER TABLE "crm"."customer" ADD COLUMN "id" BIGINT;

ALTER TABLE "crm"."customer" ALTER COLUMN "mobile" TYPE VARCHAR(160);

ALTER TABLE "crm"."customer" ADD COLUMN "points" INTEGER;

ALTER TABLE "crm"."customer" ADD COLUMN "city" VARCHAR(160);

ALTER TABLE "crm"."customer" ADD COLUMN "updated_at" TIMESTAMP;

ALTER TABLE "crm"."customer" ADD COLUMN "deleted_at" TIMESTAMP;

ALTER TABLE "crm"."customer" ADD COLUMN "_run" BIGINT;

ALTER TABLE "crm"."customer" ADD COLUMN "_loaded_at" TIMESTAMP;

CREATE TABLE IF NOT EXISTS "ops"."tombstone_crm_customer" (
  "id" BIGINT NOT NULL,
  "_run" BIGINT NOT NULL
);

CREATE TABLE IF NOT EXISTS "ops"."lock_crm_customer" ("contract" VARCHAR(256));

CREATE OR REPLACE VIEW "ops"."stream_position" AS
SELECT contract, topic, "partition", MAX(next_offset) AS next_offset, SUM(records) AS records, SUM(gaps) AS gaps, MAX(last_event_at) AS last_event_at, MAX(loaded_at) AS loaded_at
FROM "ops"."stream_ledger" GROUP BY contract, topic, "partition";

GRANT USAGE ON SCHEMA "ops" TO ROLE "retaillake_loader";

GRANT USAGE ON SCHEMA "crm" TO ROLE "retaillake_loader";

GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE "ops"."load_ledger", "ops"."load_balance", "ops"."export_ledger", "ops"."curated_partition", "ops"."drop_ledger", "ops"."stream_ledger", "ops"."contract_lock", "ops"."tombstone_crm_customer", "ops"."lock_crm_customer", "crm"."customer" TO ROLE "retaillake_loader";

GRANT SELECT ON TABLE "ops"."stream_position" TO ROLE "retaillake_loader";

GRANT EXECUTE ON PROCEDURE "ops"."assert_checks"(VARCHAR) TO ROLE "retaillake_loader";

GRANT USAGE ON SCHEMA "crm" TO ROLE "retaillake_reader_crm";

GRANT SELECT ON TABLE "crm"."customer" TO ROLE "retaillake_reader_crm";

