LOCK "ops"."lock_erp_store";

CALL "ops"."assert_checks"('SELECT CAST(''work not loaded yet'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "ops"."load_ledger" WHERE work_id = ''erp.store/42'') AS found
UNION ALL SELECT CAST(''not overtaken by a later load'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "ops"."load_ledger" WHERE contract = ''erp.store'' AND ordinal > 42 AND mode = ''snapshot'') AS found');

CREATE TEMP TABLE "stage_store" (
  "store_code" VARCHAR(160),
  "name" VARCHAR(160),
  "opened" DATE,
  "area" DOUBLE PRECISION,
  "tags" VARCHAR(160),
  "geo" VARCHAR(320),
  "opens" TIME
) DISTSTYLE AUTO;

COPY "stage_store" FROM 's3://lake/runs/erp.store/store-42/copy/store.manifest' IAM_ROLE 'arn:aws:iam::123456789012:role/retaillake-copy' FORMAT AS PARQUET MANIFEST;

CALL "ops"."assert_checks"('SELECT CAST(''staged store.rows'' AS VARCHAR(500)) AS hop, CAST(7 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_store" s) AS found
UNION ALL SELECT CAST(''key without value in store'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_store" s WHERE s."store_code" IS NULL) AS found');

CREATE TEMP TABLE "odd_store" AS
SELECT s."store_code", s."name", s."opened", s."area", s."tags", s."geo", s."opens",
  CAST(CASE WHEN f.newer = 1 THEN 'superseded' WHEN f.dead = 1 THEN 'deleted' ELSE 'kept' END AS VARCHAR(10)) AS "_fate",
  ROW_NUMBER() OVER (PARTITION BY s."store_code" ORDER BY s."name" DESC NULLS LAST, s."opened" DESC NULLS LAST, s."area" DESC NULLS LAST, s."tags" DESC NULLS LAST, s."geo" DESC NULLS LAST, s."opens" DESC NULLS LAST) AS "_copy"
FROM "stage_store" s JOIN (
  SELECT "store_code", MAX(newer) AS newer, MAX(dead) AS dead FROM (
    SELECT "store_code", 0 AS newer, 0 AS dead FROM "stage_store" GROUP BY "store_code" HAVING COUNT(*) > 1
    UNION ALL SELECT "store_code", 1 AS newer, 0 AS dead FROM "erp"."store" WHERE "_run" > 42
  ) x GROUP BY "store_code"
) f ON f."store_code" = s."store_code";

CREATE TEMP TABLE "leaving_store" AS
SELECT k."store_code", CAST('replaced' AS VARCHAR(10)) AS "_why"
FROM "erp"."store" t JOIN (SELECT s."store_code" FROM "stage_store" s LEFT JOIN "odd_store" o ON o."store_code" = s."store_code" WHERE o."store_code" IS NULL
  UNION ALL SELECT o."store_code" FROM "odd_store" o WHERE o."_copy" = 1 AND o."_fate" = 'kept') k ON k."store_code" = t."store_code"
UNION ALL
SELECT t."store_code", CAST('swept' AS VARCHAR(10)) AS "_why"
FROM "erp"."store" t
WHERE t."_run" <= 42 AND NOT EXISTS (SELECT 1 FROM "stage_store" s WHERE s."store_code" = t."store_code");

CREATE TEMP TABLE "load_moves" AS
SELECT CAST('store' AS VARCHAR(128)) AS table_name, CAST('rows' AS VARCHAR(128)) AS measure, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_store" o WHERE o."_copy" > 1) AS duplicate,
  (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_store" o WHERE o."_copy" = 1 AND o."_fate" = 'superseded') AS superseded, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_store" o WHERE o."_copy" = 1 AND o."_fate" = 'deleted') AS deleted,
  (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "leaving_store" l WHERE l."_why" = 'replaced') AS replaced, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "leaving_store" l WHERE l."_why" = 'swept') AS swept,
  CAST((SELECT COUNT(*) FROM "erp"."store") - (SELECT COUNT(*) FROM "leaving_store") AS DECIMAL(38,6)) AS staying;

DELETE FROM "erp"."store" USING "leaving_store" l WHERE "store"."store_code" = l."store_code";

INSERT INTO "erp"."store" ("store_code", "name", "opened", "area", "tags", "geo", "opens", "_run", "_loaded_at")
SELECT k."store_code", k."name", k."opened", k."area", k."tags", k."geo", k."opens", 42, TIMESTAMP '2026-11-21 06:00:00.000000' FROM (SELECT s."store_code", s."name", s."opened", s."area", s."tags", s."geo", s."opens" FROM "stage_store" s LEFT JOIN "odd_store" o ON o."store_code" = s."store_code" WHERE o."store_code" IS NULL
  UNION ALL SELECT o."store_code", o."name", o."opened", o."area", o."tags", o."geo", o."opens" FROM "odd_store" o WHERE o."_copy" = 1 AND o."_fate" = 'kept') k;

INSERT INTO "ops"."load_balance" ("work_id", "execution", "contract", "table_name", "measure", "source", "landed", "valid", "rejected", "staged", "inserted", "replaced", "superseded", "duplicate", "held", "deleted", "swept", "published")
SELECT 'erp.store/42', 'store-42', 'erp.store', m.table_name, m.measure,
  p.source_total, p.landed, p.valid, p.rejected, p.staged, p.published - m.replaced, m.replaced, m.superseded, m.duplicate, 0, m.deleted, m.swept, p.published
FROM "load_moves" m JOIN (
  SELECT CAST('store' AS VARCHAR(128)) AS table_name, CAST('rows' AS VARCHAR(128)) AS measure, CAST(7 AS DECIMAL(38,6)) AS source_total, CAST(7 AS DECIMAL(38,6)) AS landed, CAST(7 AS DECIMAL(38,6)) AS valid, CAST(0 AS DECIMAL(38,6)) AS rejected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_store" s) AS staged, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "erp"."store" t WHERE t."_run" = 42) AS published
) p ON p.table_name = m.table_name AND p.measure = m.measure;

CALL "ops"."assert_checks"('SELECT CAST(''staged = inserted + replaced + superseded + duplicate + held + deleted of '' || table_name || ''.'' || measure AS VARCHAR(500)) AS hop, staged AS expected, inserted + replaced + superseded + duplicate + held + deleted AS found FROM "ops"."load_balance" WHERE work_id = ''erp.store/42''
UNION ALL SELECT CAST(''rows of store after the load'' AS VARCHAR(500)) AS hop, (SELECT m.staying FROM "load_moves" m WHERE m.table_name = ''store'' AND m.measure = ''rows'') + (SELECT b.published FROM "ops"."load_balance" b WHERE b.work_id = ''erp.store/42'' AND b.table_name = ''store'' AND b.measure = ''rows'') AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "erp"."store") AS found
UNION ALL SELECT CAST(''one row per key in store'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM (SELECT 1 AS twice FROM "leaving_store" GROUP BY "store_code" HAVING COUNT(*) > 1) d) AS found');

INSERT INTO "ops"."load_ledger" ("work_id", "contract", "source_name", "feed", "execution", "ordinal", "contract_version", "contract_sha256", "mode", "window_lo", "window_hi", "window_proof", "outcome", "export_sequence", "loaded_at", "source", "landed", "valid", "rejected", "staged", "inserted", "replaced", "superseded", "duplicate", "held", "deleted", "swept", "published")
SELECT 'erp.store/42', 'erp.store', 'erp', 'store', 'store-42', 42, '1.0.0', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'snapshot', CAST(NULL AS TIMESTAMP), CAST(NULL AS TIMESTAMP), NULL, 'loaded', CAST(NULL AS BIGINT), TIMESTAMP '2026-11-21 06:00:00.000000', CAST(COALESCE(SUM(b."source"), 0) AS BIGINT), CAST(COALESCE(SUM(b."landed"), 0) AS BIGINT), CAST(COALESCE(SUM(b."valid"), 0) AS BIGINT), CAST(COALESCE(SUM(b."rejected"), 0) AS BIGINT), CAST(COALESCE(SUM(b."staged"), 0) AS BIGINT), CAST(COALESCE(SUM(b."inserted"), 0) AS BIGINT), CAST(COALESCE(SUM(b."replaced"), 0) AS BIGINT), CAST(COALESCE(SUM(b."superseded"), 0) AS BIGINT), CAST(COALESCE(SUM(b."duplicate"), 0) AS BIGINT), CAST(COALESCE(SUM(b."held"), 0) AS BIGINT), CAST(COALESCE(SUM(b."deleted"), 0) AS BIGINT), CAST(COALESCE(SUM(b."swept"), 0) AS BIGINT), CAST(COALESCE(SUM(b."published"), 0) AS BIGINT)
FROM "ops"."load_balance" b WHERE b.work_id = 'erp.store/42' AND b.measure = 'rows';

