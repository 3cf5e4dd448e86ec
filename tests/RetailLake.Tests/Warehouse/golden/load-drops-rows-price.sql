LOCK "ops"."lock_gp_price";

CREATE TEMP TABLE "load_drops" (
  "drop_id" VARCHAR(64),
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
  "release_number" BIGINT
);

COPY "load_drops" FROM 's3://lake/runs/gp.price/price-42/copy/ops.drops.manifest' IAM_ROLE 'arn:aws:iam::123456789012:role/retaillake-copy' FORMAT AS PARQUET MANIFEST;

CREATE TEMP TABLE "stage_price" (
  "sku" INTEGER,
  "amount" DECIMAL(12,2),
  "gone" BOOLEAN,
  "_file" BIGINT,
  "_drop" BIGINT,
  "_version" BIGINT
) DISTSTYLE AUTO;

COPY "stage_price" FROM 's3://lake/runs/gp.price/price-42/copy/price.manifest' IAM_ROLE 'arn:aws:iam::123456789012:role/retaillake-copy' FORMAT AS PARQUET MANIFEST;

CALL "ops"."assert_checks"('SELECT CAST(''work not loaded yet'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "ops"."load_ledger" WHERE work_id = ''gp.price/42'') AS found
UNION ALL SELECT CAST(''not overtaken by a later load'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(CASE WHEN COUNT(*) = 0 THEN 1 ELSE 0 END AS DECIMAL(38,6)) FROM "load_drops" d LEFT JOIN "ops"."drop_ledger" l ON l.drop_id = d.drop_id AND COALESCE(l.release_number, 0) = d.release_number AND COALESCE(l.outcome, '''') <> ''released'' AND l.contract = ''gp.price'' WHERE l.drop_id IS NULL) AS found
UNION ALL SELECT CAST(''staged price.rows'' AS VARCHAR(500)) AS hop, CAST(7 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_price" s) AS found
UNION ALL SELECT CAST(''staged price.amount'' AS VARCHAR(500)) AS hop, CAST(12.5 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COALESCE(SUM(s."amount"), 0) AS DECIMAL(38,6)) FROM "stage_price" s) AS found
UNION ALL SELECT CAST(''key without value in price'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_price" s WHERE s."sku" IS NULL) AS found
UNION ALL SELECT CAST(''staged drops'' AS VARCHAR(500)) AS hop, CAST(5 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "load_drops") AS found
UNION ALL SELECT CAST(''rows of no drop in price'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM (SELECT "_file", "_drop", "_version" FROM "stage_price" GROUP BY "_file", "_drop", "_version") s LEFT JOIN "load_drops" d ON d.file = s."_file" AND d.drop_number = s."_drop" AND d.version = s."_version" AND d.outcome = ''loaded'' WHERE d.drop_id IS NULL) AS found');

INSERT INTO "ops"."drop_ledger" (contract, work_id, execution, loaded_at, outcome, duplicate_of, drop_id, name, sha256, bytes, file, drop_number, version, modified_at, declared_rows, refusal_code, refusal_message, landed_rows, skipped_records, release_number)
SELECT 'gp.price', 'gp.price/42', 'price-42', TIMESTAMP '2026-11-21 06:00:00.000000', d.outcome, COALESCE(d.duplicate_of, e.original), d.drop_id, d.name, d.sha256, d.bytes, d.file, d.drop_number, d.version, d.modified_at, d.declared_rows, d.refusal_code, d.refusal_message, d.landed_rows, d.skipped_records, d.release_number
FROM "load_drops" d LEFT JOIN "ops"."drop_ledger" l ON l.drop_id = d.drop_id AND COALESCE(l.release_number, 0) = d.release_number AND COALESCE(l.outcome, '') <> 'released' AND l.contract = 'gp.price'
LEFT JOIN (
  SELECT d.drop_id, MIN(o.drop_id) AS original FROM "load_drops" d JOIN (
    SELECT drop_id, sha256, file, version FROM "load_drops" WHERE outcome = 'loaded'
    UNION ALL SELECT drop_id, sha256, file, version FROM "ops"."drop_ledger" WHERE contract = 'gp.price' AND outcome IN ('loaded', 'superseded')
  ) o ON o.sha256 = d.sha256 AND o.file <> d.file AND (o.version < d.version OR (o.version = d.version AND o.file < d.file))
  WHERE d.outcome = 'loaded' GROUP BY d.drop_id
) e ON e.drop_id = d.drop_id
WHERE l.drop_id IS NULL;

CREATE TEMP TABLE "odd_price" AS
WITH x AS (
  SELECT s."sku", s."_file", s."_drop", s."_version", 1 AS gone, 0 AS older, 0 AS dead FROM "stage_price" s JOIN (SELECT d.file, d.drop_number, d.version FROM "load_drops" d JOIN "ops"."drop_ledger" l ON l.drop_id = d.drop_id AND COALESCE(l.release_number, 0) = d.release_number AND COALESCE(l.outcome, '') <> 'released' WHERE l.contract = 'gp.price' AND l.execution <> 'price-42') d ON d.file = s."_file" AND d.drop_number = s."_drop" AND d.version = s."_version"
  UNION ALL SELECT s."sku", s."_file", s."_drop", s."_version", 0 AS gone, 0 AS older, 0 AS dead FROM "stage_price" s WHERE COALESCE(s."gone", FALSE)
  UNION ALL SELECT s."sku", s."_file", s."_drop", s."_version", 0 AS gone, 1 AS older, 0 AS dead FROM "stage_price" s JOIN "gp"."price" t ON t."sku" = s."sku" WHERE t."_version" >= 1764000000000000 AND (t."_version" > s."_version" OR (t."_version" = s."_version" AND (t."_drop" > s."_drop" OR (t."_drop" = s."_drop" AND t."_file" > s."_file"))))
  UNION ALL SELECT s."sku", s."_file", s."_drop", s."_version", 0 AS gone, 1 AS older, 0 AS dead FROM "stage_price" s JOIN "ops"."tombstone_gp_price" t ON t."sku" = s."sku" WHERE t."_version" >= 1764000000000000 AND (t."_version" > s."_version" OR (t."_version" = s."_version" AND (t."_drop" > s."_drop" OR (t."_drop" = s."_drop" AND t."_file" > s."_file"))))
)
SELECT s."sku", s."amount", s."gone", s."_file", s."_drop", s."_version",
  CAST(CASE WHEN COALESCE(f.gone, 0) = 1 OR COALESCE(f.older, 0) = 1 THEN 'superseded' WHEN COALESCE(f.dead, 0) = 1 OR COALESCE(s."gone", FALSE) THEN 'deleted' ELSE 'kept' END AS VARCHAR(10)) AS "_fate",
  CASE WHEN COALESCE(f.gone, 0) = 1 THEN 1 ELSE ROW_NUMBER() OVER (PARTITION BY s."sku", COALESCE(f.gone, 0) ORDER BY s."_version" DESC NULLS LAST, s."_drop" DESC NULLS LAST, s."_file" DESC NULLS LAST, s."amount" DESC NULLS LAST, s."gone" DESC NULLS LAST) END AS "_copy"
FROM "stage_price" s JOIN (
  SELECT "sku" FROM x UNION SELECT "sku" FROM "stage_price" GROUP BY "sku" HAVING COUNT(*) > 1
) k ON k."sku" = s."sku"
LEFT JOIN (SELECT "sku", "_file", "_drop", "_version", MAX(gone) AS gone, MAX(older) AS older, MAX(dead) AS dead FROM x GROUP BY "sku", "_file", "_drop", "_version") f ON f."sku" = s."sku" AND f."_file" = s."_file" AND f."_drop" = s."_drop" AND f."_version" = s."_version";

CREATE TEMP TABLE "leaving_price" AS
SELECT k."sku", CAST('replaced' AS VARCHAR(10)) AS "_why", k."amount", k."_file", k."_drop", k."_version"
FROM "gp"."price" t JOIN (SELECT s."sku", s."amount", s."_file", s."_drop", s."_version" FROM "stage_price" s LEFT JOIN "odd_price" o ON o."sku" = s."sku" WHERE o."sku" IS NULL
  UNION ALL SELECT o."sku", o."amount", o."_file", o."_drop", o."_version" FROM "odd_price" o WHERE o."_copy" = 1 AND o."_fate" = 'kept') k ON k."sku" = t."sku"
UNION ALL
SELECT t."sku", CAST('deleted' AS VARCHAR(10)) AS "_why", t."amount", t."_file", t."_drop", t."_version"
FROM "gp"."price" t JOIN "odd_price" o ON o."sku" = t."sku"
WHERE o."_copy" = 1 AND o."_fate" = 'deleted';

CREATE TEMP TABLE "load_moves" AS
SELECT CAST('price' AS VARCHAR(128)) AS table_name, CAST('rows' AS VARCHAR(128)) AS measure, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_price" o WHERE o."_copy" > 1) AS duplicate,
  (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_price" o WHERE o."_copy" = 1 AND o."_fate" = 'superseded') AS superseded, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_price" o WHERE o."_copy" = 1 AND o."_fate" = 'deleted') AS deleted,
  (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "leaving_price" l WHERE l."_why" = 'replaced') AS replaced, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "leaving_price" l WHERE l."_why" = 'swept') AS swept,
  CAST((SELECT COUNT(*) FROM "gp"."price") - (SELECT COUNT(*) FROM "leaving_price") AS DECIMAL(38,6)) AS staying
UNION ALL SELECT CAST('price' AS VARCHAR(128)) AS table_name, CAST('amount' AS VARCHAR(128)) AS measure, (SELECT CAST(COALESCE(SUM(o."amount"), 0) AS DECIMAL(38,6)) FROM "odd_price" o WHERE o."_copy" > 1) AS duplicate,
  (SELECT CAST(COALESCE(SUM(o."amount"), 0) AS DECIMAL(38,6)) FROM "odd_price" o WHERE o."_copy" = 1 AND o."_fate" = 'superseded') AS superseded, (SELECT CAST(COALESCE(SUM(o."amount"), 0) AS DECIMAL(38,6)) FROM "odd_price" o WHERE o."_copy" = 1 AND o."_fate" = 'deleted') AS deleted,
  (SELECT CAST(COALESCE(SUM(l."amount"), 0) AS DECIMAL(38,6)) FROM "leaving_price" l WHERE l."_why" = 'replaced') AS replaced, (SELECT CAST(COALESCE(SUM(l."amount"), 0) AS DECIMAL(38,6)) FROM "leaving_price" l WHERE l."_why" = 'swept') AS swept,
  CAST((SELECT COUNT(*) FROM "gp"."price") - (SELECT COUNT(*) FROM "leaving_price") AS DECIMAL(38,6)) AS staying;

DELETE FROM "gp"."price" USING "leaving_price" l WHERE "price"."sku" = l."sku";

INSERT INTO "gp"."price" ("sku", "amount", "gone", "_file", "_drop", "_version", "_run", "_loaded_at")
SELECT k."sku", k."amount", k."gone", k."_file", k."_drop", k."_version", 42, TIMESTAMP '2026-11-21 06:00:00.000000' FROM (SELECT s."sku", s."amount", s."gone", s."_file", s."_drop", s."_version" FROM "stage_price" s LEFT JOIN "odd_price" o ON o."sku" = s."sku" WHERE o."sku" IS NULL
  UNION ALL SELECT o."sku", o."amount", o."gone", o."_file", o."_drop", o."_version" FROM "odd_price" o WHERE o."_copy" = 1 AND o."_fate" = 'kept') k;

INSERT INTO "ops"."tombstone_gp_price" ("sku", "_file", "_drop", "_version", "_run")
SELECT o."sku", o."_file", o."_drop", o."_version", 42 FROM "odd_price" o WHERE o."_copy" = 1 AND o."_fate" = 'deleted';

INSERT INTO "ops"."load_balance" ("work_id", "execution", "contract", "table_name", "measure", "source", "landed", "valid", "rejected", "staged", "inserted", "replaced", "superseded", "duplicate", "held", "deleted", "swept", "published")
SELECT 'gp.price/42', 'price-42', 'gp.price', m.table_name, m.measure,
  p.source_total, p.landed, p.valid, p.rejected, p.staged, p.published - m.replaced, m.replaced, m.superseded, m.duplicate, 0, m.deleted, m.swept, p.published
FROM "load_moves" m JOIN (
  SELECT CAST('price' AS VARCHAR(128)) AS table_name, CAST('rows' AS VARCHAR(128)) AS measure, CAST(7 AS DECIMAL(38,6)) AS source_total, CAST(7 AS DECIMAL(38,6)) AS landed, CAST(7 AS DECIMAL(38,6)) AS valid, CAST(0 AS DECIMAL(38,6)) AS rejected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_price" s) AS staged, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "gp"."price" t WHERE t."_run" = 42) AS published
  UNION ALL SELECT CAST('price' AS VARCHAR(128)) AS table_name, CAST('amount' AS VARCHAR(128)) AS measure, CAST(12.5 AS DECIMAL(38,6)) AS source_total, CAST(12.5 AS DECIMAL(38,6)) AS landed, CAST(12.5 AS DECIMAL(38,6)) AS valid, CAST(0 AS DECIMAL(38,6)) AS rejected, (SELECT CAST(COALESCE(SUM(s."amount"), 0) AS DECIMAL(38,6)) FROM "stage_price" s) AS staged, (SELECT CAST(COALESCE(SUM(t."amount"), 0) AS DECIMAL(38,6)) FROM "gp"."price" t WHERE t."_run" = 42) AS published
) p ON p.table_name = m.table_name AND p.measure = m.measure;

CALL "ops"."assert_checks"('SELECT CAST(''staged = inserted + replaced + superseded + duplicate + held + deleted of '' || table_name || ''.'' || measure AS VARCHAR(500)) AS hop, staged AS expected, inserted + replaced + superseded + duplicate + held + deleted AS found FROM "ops"."load_balance" WHERE work_id = ''gp.price/42''
UNION ALL SELECT CAST(''rows of price after the load'' AS VARCHAR(500)) AS hop, (SELECT m.staying FROM "load_moves" m WHERE m.table_name = ''price'' AND m.measure = ''rows'') + (SELECT b.published FROM "ops"."load_balance" b WHERE b.work_id = ''gp.price/42'' AND b.table_name = ''price'' AND b.measure = ''rows'') AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "gp"."price") AS found
UNION ALL SELECT CAST(''one row per key in price'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM (SELECT 1 AS twice FROM "leaving_price" GROUP BY "sku" HAVING COUNT(*) > 1) d) AS found');

INSERT INTO "ops"."load_ledger" ("work_id", "contract", "source_name", "feed", "execution", "ordinal", "contract_version", "contract_sha256", "mode", "window_lo", "window_hi", "window_proof", "outcome", "export_sequence", "loaded_at", "source", "landed", "valid", "rejected", "staged", "inserted", "replaced", "superseded", "duplicate", "held", "deleted", "swept", "published")
SELECT 'gp.price/42', 'gp.price', 'gp', 'price', 'price-42', 42, '1.0.0', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'drops', CAST(NULL AS TIMESTAMP), CAST(NULL AS TIMESTAMP), NULL, 'loaded', CAST(NULL AS BIGINT), TIMESTAMP '2026-11-21 06:00:00.000000', CAST(COALESCE(SUM(b."source"), 0) AS BIGINT), CAST(COALESCE(SUM(b."landed"), 0) AS BIGINT), CAST(COALESCE(SUM(b."valid"), 0) AS BIGINT), CAST(COALESCE(SUM(b."rejected"), 0) AS BIGINT), CAST(COALESCE(SUM(b."staged"), 0) AS BIGINT), CAST(COALESCE(SUM(b."inserted"), 0) AS BIGINT), CAST(COALESCE(SUM(b."replaced"), 0) AS BIGINT), CAST(COALESCE(SUM(b."superseded"), 0) AS BIGINT), CAST(COALESCE(SUM(b."duplicate"), 0) AS BIGINT), CAST(COALESCE(SUM(b."held"), 0) AS BIGINT), CAST(COALESCE(SUM(b."deleted"), 0) AS BIGINT), CAST(COALESCE(SUM(b."swept"), 0) AS BIGINT), CAST(COALESCE(SUM(b."published"), 0) AS BIGINT)
FROM "ops"."load_balance" b WHERE b.work_id = 'gp.price/42' AND b.measure = 'rows';

