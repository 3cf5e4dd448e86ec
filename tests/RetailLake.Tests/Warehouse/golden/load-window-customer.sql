LOCK "ops"."lock_crm_customer";

CALL "ops"."assert_checks"('SELECT CAST(''work not loaded yet'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "ops"."load_ledger" WHERE work_id = ''crm.customer/42'') AS found
UNION ALL SELECT CAST(''not overtaken by a later load'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "ops"."load_ledger" WHERE contract = ''crm.customer'' AND ordinal > 42 AND (window_lo IS NULL OR window_lo <= TIMESTAMP ''2026-11-21 06:00:00.000000'') AND window_hi >= TIMESTAMP ''2026-11-21 16:00:00.000000'') AS found');

CREATE TEMP TABLE "stage_customer" (
  "id" BIGINT,
  "mobile" VARCHAR(22),
  "points" INTEGER,
  "city" VARCHAR(160),
  "updated_at" TIMESTAMP,
  "deleted_at" TIMESTAMP
) DISTSTYLE KEY DISTKEY("id") SORTKEY("updated_at");

COPY "stage_customer" FROM 's3://lake/runs/crm.customer/customer-42/copy/customer.manifest' IAM_ROLE 'arn:aws:iam::123456789012:role/retaillake-copy' FORMAT AS PARQUET MANIFEST;

CALL "ops"."assert_checks"('SELECT CAST(''staged customer.rows'' AS VARCHAR(500)) AS hop, CAST(7 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_customer" s) AS found
UNION ALL SELECT CAST(''staged customer.points'' AS VARCHAR(500)) AS hop, CAST(12.5 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COALESCE(SUM(s."points"), 0) AS DECIMAL(38,6)) FROM "stage_customer" s) AS found
UNION ALL SELECT CAST(''key without value in customer'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_customer" s WHERE s."id" IS NULL) AS found');

CREATE TEMP TABLE "odd_customer" AS
SELECT s."id", s."mobile", s."points", s."city", s."updated_at", s."deleted_at",
  CAST(CASE WHEN f.newer = 1 THEN 'superseded' WHEN f.dead = 1 OR s."deleted_at" IS NOT NULL THEN 'deleted' ELSE 'kept' END AS VARCHAR(10)) AS "_fate",
  ROW_NUMBER() OVER (PARTITION BY s."id" ORDER BY s."updated_at" DESC NULLS LAST, s."mobile" DESC NULLS LAST, s."points" DESC NULLS LAST, s."city" DESC NULLS LAST, s."deleted_at" DESC NULLS LAST) AS "_copy"
FROM "stage_customer" s JOIN (
  SELECT "id", MAX(newer) AS newer, MAX(dead) AS dead FROM (
    SELECT "id", 0 AS newer, 0 AS dead FROM "stage_customer" GROUP BY "id" HAVING COUNT(*) > 1
    UNION ALL SELECT s."id", 0 AS newer, 0 AS dead FROM "stage_customer" s WHERE s."deleted_at" IS NOT NULL
    UNION ALL SELECT "id", 1 AS newer, 0 AS dead FROM "crm"."customer" WHERE "_run" > 42
    UNION ALL SELECT "id", 1 AS newer, 0 AS dead FROM "ops"."tombstone_crm_customer" WHERE "_run" > 42
  ) x GROUP BY "id"
) f ON f."id" = s."id";

CREATE TEMP TABLE "leaving_customer" AS
SELECT k."id", CAST('replaced' AS VARCHAR(10)) AS "_why", k."points"
FROM "crm"."customer" t JOIN (SELECT s."id", s."points" FROM "stage_customer" s LEFT JOIN "odd_customer" o ON o."id" = s."id" WHERE o."id" IS NULL
  UNION ALL SELECT o."id", o."points" FROM "odd_customer" o WHERE o."_copy" = 1 AND o."_fate" = 'kept') k ON k."id" = t."id"
UNION ALL
SELECT t."id", CAST('deleted' AS VARCHAR(10)) AS "_why", t."points"
FROM "crm"."customer" t JOIN "odd_customer" o ON o."id" = t."id"
WHERE o."_copy" = 1 AND o."_fate" = 'deleted' AND t."_run" <= 42;

CREATE TEMP TABLE "load_moves" AS
SELECT CAST('customer' AS VARCHAR(128)) AS table_name, CAST('rows' AS VARCHAR(128)) AS measure, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_customer" o WHERE o."_copy" > 1) AS duplicate,
  (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_customer" o WHERE o."_copy" = 1 AND o."_fate" = 'superseded') AS superseded, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_customer" o WHERE o."_copy" = 1 AND o."_fate" = 'deleted') AS deleted,
  (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "leaving_customer" l WHERE l."_why" = 'replaced') AS replaced, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "leaving_customer" l WHERE l."_why" = 'swept') AS swept,
  CAST((SELECT COUNT(*) FROM "crm"."customer") - (SELECT COUNT(*) FROM "leaving_customer") AS DECIMAL(38,6)) AS staying
UNION ALL SELECT CAST('customer' AS VARCHAR(128)) AS table_name, CAST('points' AS VARCHAR(128)) AS measure, (SELECT CAST(COALESCE(SUM(o."points"), 0) AS DECIMAL(38,6)) FROM "odd_customer" o WHERE o."_copy" > 1) AS duplicate,
  (SELECT CAST(COALESCE(SUM(o."points"), 0) AS DECIMAL(38,6)) FROM "odd_customer" o WHERE o."_copy" = 1 AND o."_fate" = 'superseded') AS superseded, (SELECT CAST(COALESCE(SUM(o."points"), 0) AS DECIMAL(38,6)) FROM "odd_customer" o WHERE o."_copy" = 1 AND o."_fate" = 'deleted') AS deleted,
  (SELECT CAST(COALESCE(SUM(l."points"), 0) AS DECIMAL(38,6)) FROM "leaving_customer" l WHERE l."_why" = 'replaced') AS replaced, (SELECT CAST(COALESCE(SUM(l."points"), 0) AS DECIMAL(38,6)) FROM "leaving_customer" l WHERE l."_why" = 'swept') AS swept,
  CAST((SELECT COUNT(*) FROM "crm"."customer") - (SELECT COUNT(*) FROM "leaving_customer") AS DECIMAL(38,6)) AS staying;

DELETE FROM "crm"."customer" USING "leaving_customer" l WHERE "customer"."id" = l."id";

INSERT INTO "crm"."customer" ("id", "mobile", "points", "city", "updated_at", "deleted_at", "_run", "_loaded_at")
SELECT k."id", k."mobile", k."points", k."city", k."updated_at", k."deleted_at", 42, TIMESTAMP '2026-11-21 06:00:00.000000' FROM (SELECT s."id", s."mobile", s."points", s."city", s."updated_at", s."deleted_at" FROM "stage_customer" s LEFT JOIN "odd_customer" o ON o."id" = s."id" WHERE o."id" IS NULL
  UNION ALL SELECT o."id", o."mobile", o."points", o."city", o."updated_at", o."deleted_at" FROM "odd_customer" o WHERE o."_copy" = 1 AND o."_fate" = 'kept') k;

INSERT INTO "ops"."tombstone_crm_customer" ("id", "_run")
SELECT o."id", 42 FROM "odd_customer" o WHERE o."_copy" = 1 AND o."_fate" = 'deleted'
UNION ALL SELECT l."id", 42 FROM "leaving_customer" l WHERE l."_why" = 'swept';

INSERT INTO "ops"."load_balance" ("work_id", "execution", "contract", "table_name", "measure", "source", "landed", "valid", "rejected", "staged", "inserted", "replaced", "superseded", "duplicate", "held", "deleted", "swept", "published")
SELECT 'crm.customer/42', 'customer-42', 'crm.customer', m.table_name, m.measure,
  p.source_total, p.landed, p.valid, p.rejected, p.staged, p.published - m.replaced, m.replaced, m.superseded, m.duplicate, 0, m.deleted, m.swept, p.published
FROM "load_moves" m JOIN (
  SELECT CAST('customer' AS VARCHAR(128)) AS table_name, CAST('rows' AS VARCHAR(128)) AS measure, CAST(7 AS DECIMAL(38,6)) AS source_total, CAST(7 AS DECIMAL(38,6)) AS landed, CAST(7 AS DECIMAL(38,6)) AS valid, CAST(0 AS DECIMAL(38,6)) AS rejected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_customer" s) AS staged, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "crm"."customer" t WHERE t."_run" = 42) AS published
  UNION ALL SELECT CAST('customer' AS VARCHAR(128)) AS table_name, CAST('points' AS VARCHAR(128)) AS measure, CAST(12.5 AS DECIMAL(38,6)) AS source_total, CAST(12.5 AS DECIMAL(38,6)) AS landed, CAST(12.5 AS DECIMAL(38,6)) AS valid, CAST(0 AS DECIMAL(38,6)) AS rejected, (SELECT CAST(COALESCE(SUM(s."points"), 0) AS DECIMAL(38,6)) FROM "stage_customer" s) AS staged, (SELECT CAST(COALESCE(SUM(t."points"), 0) AS DECIMAL(38,6)) FROM "crm"."customer" t WHERE t."_run" = 42) AS published
) p ON p.table_name = m.table_name AND p.measure = m.measure;

CALL "ops"."assert_checks"('SELECT CAST(''staged = inserted + replaced + superseded + duplicate + held + deleted of '' || table_name || ''.'' || measure AS VARCHAR(500)) AS hop, staged AS expected, inserted + replaced + superseded + duplicate + held + deleted AS found FROM "ops"."load_balance" WHERE work_id = ''crm.customer/42''
UNION ALL SELECT CAST(''rows of customer after the load'' AS VARCHAR(500)) AS hop, (SELECT m.staying FROM "load_moves" m WHERE m.table_name = ''customer'' AND m.measure = ''rows'') + (SELECT b.published FROM "ops"."load_balance" b WHERE b.work_id = ''crm.customer/42'' AND b.table_name = ''customer'' AND b.measure = ''rows'') AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "crm"."customer") AS found
UNION ALL SELECT CAST(''one row per key in customer'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM (SELECT 1 AS twice FROM "leaving_customer" GROUP BY "id" HAVING COUNT(*) > 1) d) AS found');

INSERT INTO "ops"."load_ledger" ("work_id", "contract", "source_name", "feed", "execution", "ordinal", "contract_version", "contract_sha256", "mode", "window_lo", "window_hi", "window_proof", "outcome", "export_sequence", "loaded_at", "source", "landed", "valid", "rejected", "staged", "inserted", "replaced", "superseded", "duplicate", "held", "deleted", "swept", "published")
SELECT 'crm.customer/42', 'crm.customer', 'crm', 'customer', 'customer-42', 42, '1.0.0', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'window', TIMESTAMP '2026-11-21 06:00:00.000000', TIMESTAMP '2026-11-21 16:00:00.000000', 'innodb_trx', 'loaded', CAST(NULL AS BIGINT), TIMESTAMP '2026-11-21 06:00:00.000000', CAST(COALESCE(SUM(b."source"), 0) AS BIGINT), CAST(COALESCE(SUM(b."landed"), 0) AS BIGINT), CAST(COALESCE(SUM(b."valid"), 0) AS BIGINT), CAST(COALESCE(SUM(b."rejected"), 0) AS BIGINT), CAST(COALESCE(SUM(b."staged"), 0) AS BIGINT), CAST(COALESCE(SUM(b."inserted"), 0) AS BIGINT), CAST(COALESCE(SUM(b."replaced"), 0) AS BIGINT), CAST(COALESCE(SUM(b."superseded"), 0) AS BIGINT), CAST(COALESCE(SUM(b."duplicate"), 0) AS BIGINT), CAST(COALESCE(SUM(b."held"), 0) AS BIGINT), CAST(COALESCE(SUM(b."deleted"), 0) AS BIGINT), CAST(COALESCE(SUM(b."swept"), 0) AS BIGINT), CAST(COALESCE(SUM(b."published"), 0) AS BIGINT)
FROM "ops"."load_balance" b WHERE b.work_id = 'crm.customer/42' AND b.measure = 'rows';

