LOCK "ops"."lock_loyalty_points";

CREATE TEMP TABLE "stage_points" (
  "no" BIGINT,
  "note" VARCHAR(160),
  "amount" DECIMAL(12,2),
  "_file" BIGINT,
  "_drop" BIGINT,
  "_version" BIGINT,
  "_change" BIGINT,
  "_event_at" TIMESTAMP
) DISTSTYLE AUTO;

COPY "stage_points" FROM 's3://lake/runs/loyalty.points/points-42/copy/points.manifest' IAM_ROLE 'arn:aws:iam::123456789012:role/retaillake-copy' FORMAT AS PARQUET MANIFEST;

CALL "ops"."assert_checks"('SELECT CAST(''work not loaded yet'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "ops"."load_ledger" WHERE work_id = ''loyalty.points/42'') AS found
UNION ALL SELECT CAST(''not overtaken by a later load'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM (SELECT CAST(''pos.bill'' AS VARCHAR(249)) AS topic, 0 AS "partition", -1 AS from_offset
  UNION ALL SELECT CAST(''pos.bill'' AS VARCHAR(249)), 1, 40) p LEFT JOIN (
  SELECT topic, "partition", MAX(next_offset) AS next_offset FROM "ops"."stream_ledger" WHERE contract = ''loyalty.points'' GROUP BY topic, "partition"
) l ON l.topic = p.topic AND l."partition" = p."partition" WHERE COALESCE(l.next_offset, -1) <> p.from_offset) AS found
UNION ALL SELECT CAST(''staged points.rows'' AS VARCHAR(500)) AS hop, CAST(7 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_points" s) AS found
UNION ALL SELECT CAST(''staged points.amount'' AS VARCHAR(500)) AS hop, CAST(12.5 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COALESCE(SUM(s."amount"), 0) AS DECIMAL(38,6)) FROM "stage_points" s) AS found
UNION ALL SELECT CAST(''key without value in points'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_points" s WHERE s."_change" <> 2 AND (s."no" IS NULL)) AS found');

CREATE TEMP TABLE "odd_points" AS
SELECT s."no", s."note", s."amount", s."_file", s."_drop", s."_version", s."_change", s."_event_at",
  CAST(CASE WHEN s."_change" = 2 THEN 'deleted' WHEN f."no" IS NOT NULL THEN 'superseded' WHEN s."_change" = 1 THEN 'deleted' ELSE 'kept' END AS VARCHAR(10)) AS "_fate",
  CASE WHEN s."_change" = 2 THEN 1 ELSE s."_copy" END AS "_copy"
FROM (
  SELECT s."no", s."note", s."amount", s."_file", s."_drop", s."_version", s."_change", s."_event_at", 1 AS "_copy" FROM "stage_points" s LEFT JOIN (SELECT "no" FROM "stage_points" i GROUP BY "no" HAVING COUNT(*) > 1) d ON d."no" = s."no" WHERE d."no" IS NULL
  UNION ALL SELECT s."no", s."note", s."amount", s."_file", s."_drop", s."_version", s."_change", s."_event_at", ROW_NUMBER() OVER (PARTITION BY s."no" ORDER BY s."_version" DESC NULLS LAST, s."_drop" DESC NULLS LAST, s."_file" DESC NULLS LAST, s."_change" DESC NULLS LAST, s."note" DESC NULLS LAST, s."amount" DESC NULLS LAST, s."_event_at" DESC NULLS LAST) FROM "stage_points" s JOIN (SELECT "no" FROM "stage_points" i GROUP BY "no" HAVING COUNT(*) > 1) d ON d."no" = s."no"
) s LEFT JOIN (
  SELECT DISTINCT "no", "_file", "_drop", "_version" FROM (
    SELECT s."no", s."_file", s."_drop", s."_version" FROM "stage_points" s JOIN "loyalty"."points" t ON t."no" = s."no" WHERE (t."_version" > s."_version" OR (t."_version" = s."_version" AND (t."_drop" > s."_drop" OR (t."_drop" = s."_drop" AND t."_file" > s."_file"))))
    UNION ALL SELECT s."no", s."_file", s."_drop", s."_version" FROM "stage_points" s JOIN "ops"."tombstone_loyalty_points_points" t ON t."no" = s."no" WHERE (t."_version" > s."_version" OR (t."_version" = s."_version" AND (t."_drop" > s."_drop" OR (t."_drop" = s."_drop" AND t."_file" > s."_file"))))
    UNION ALL SELECT s."no", s."_file", s."_drop", s."_version" FROM "stage_points" s JOIN (SELECT q."_file", q."_drop", q."_version" FROM (SELECT "_file", "_drop", "_version" FROM "stage_points" WHERE "_change" = 2 UNION ALL SELECT "_file", "_drop", "_version" FROM "ops"."tombstone_loyalty_points_points" WHERE "no" IS NULL) q ORDER BY q."_version" DESC, q."_drop" DESC, q."_file" DESC LIMIT 1) t ON (t."_version" > s."_version" OR (t."_version" = s."_version" AND (t."_drop" > s."_drop" OR (t."_drop" = s."_drop" AND t."_file" > s."_file"))))
  ) x
) f ON f."no" = s."no" AND f."_file" = s."_file" AND f."_drop" = s."_drop" AND f."_version" = s."_version";

CREATE TEMP TABLE "leaving_points" AS
SELECT k."no", CAST('replaced' AS VARCHAR(10)) AS "_why", k."amount", t."_run"
FROM "loyalty"."points" t JOIN (SELECT o."no", o."amount" FROM "odd_points" o WHERE o."_copy" = 1 AND o."_fate" = 'kept') k ON k."no" = t."no"
UNION ALL
SELECT t."no", CAST('deleted' AS VARCHAR(10)) AS "_why", t."amount", t."_run"
FROM "loyalty"."points" t JOIN "odd_points" o ON o."no" = t."no"
WHERE o."_copy" = 1 AND o."_fate" = 'deleted'
UNION ALL
SELECT t."no", CAST('swept' AS VARCHAR(10)) AS "_why", t."amount", t."_run"
FROM "loyalty"."points" t JOIN (SELECT q."_file", q."_drop", q."_version" FROM (SELECT "_file", "_drop", "_version" FROM "stage_points" WHERE "_change" = 2) q ORDER BY q."_version" DESC, q."_drop" DESC, q."_file" DESC LIMIT 1) c ON (c."_version" > t."_version" OR (c."_version" = t."_version" AND (c."_drop" > t."_drop" OR (c."_drop" = t."_drop" AND c."_file" > t."_file"))))
LEFT JOIN (SELECT o."no" FROM "odd_points" o WHERE o."_copy" = 1 AND o."_fate" IN ('kept', 'deleted')) k ON k."no" = t."no"
WHERE k."no" IS NULL;

CREATE TEMP TABLE "load_moves" AS
SELECT CAST('points' AS VARCHAR(128)) AS table_name, CAST('rows' AS VARCHAR(128)) AS measure, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_points" o WHERE o."_copy" > 1) AS duplicate,
  (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_points" o WHERE o."_copy" = 1 AND o."_fate" = 'superseded') AS superseded, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_points" o WHERE o."_copy" = 1 AND o."_fate" = 'deleted') AS deleted,
  (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "leaving_points" l WHERE l."_why" = 'replaced') AS replaced, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "leaving_points" l WHERE l."_why" = 'swept') AS swept,
  CAST((SELECT COUNT(*) FROM "loyalty"."points") - (SELECT COUNT(*) FROM "leaving_points") AS DECIMAL(38,6)) AS staying
UNION ALL SELECT CAST('points' AS VARCHAR(128)) AS table_name, CAST('amount' AS VARCHAR(128)) AS measure, (SELECT CAST(COALESCE(SUM(o."amount"), 0) AS DECIMAL(38,6)) FROM "odd_points" o WHERE o."_copy" > 1) AS duplicate,
  (SELECT CAST(COALESCE(SUM(o."amount"), 0) AS DECIMAL(38,6)) FROM "odd_points" o WHERE o."_copy" = 1 AND o."_fate" = 'superseded') AS superseded, (SELECT CAST(COALESCE(SUM(o."amount"), 0) AS DECIMAL(38,6)) FROM "odd_points" o WHERE o."_copy" = 1 AND o."_fate" = 'deleted') AS deleted,
  (SELECT CAST(COALESCE(SUM(l."amount"), 0) AS DECIMAL(38,6)) FROM "leaving_points" l WHERE l."_why" = 'replaced') AS replaced, (SELECT CAST(COALESCE(SUM(l."amount"), 0) AS DECIMAL(38,6)) FROM "leaving_points" l WHERE l."_why" = 'swept') AS swept,
  CAST((SELECT COUNT(*) FROM "loyalty"."points") - (SELECT COUNT(*) FROM "leaving_points") AS DECIMAL(38,6)) AS staying;

DELETE FROM "loyalty"."points" USING "leaving_points" l WHERE "points"."no" = l."no" AND "points"."_run" = l."_run";

INSERT INTO "loyalty"."points" ("no", "note", "amount", "_file", "_drop", "_version", "_event_at", "_run", "_loaded_at")
SELECT k."no", k."note", k."amount", k."_file", k."_drop", k."_version", k."_event_at", 42, TIMESTAMP '2026-11-21 06:00:00.000000' FROM (SELECT o."no", o."note", o."amount", o."_file", o."_drop", o."_version", o."_event_at" FROM "odd_points" o WHERE o."_copy" = 1 AND o."_fate" = 'kept') k;

INSERT INTO "ops"."tombstone_loyalty_points_points" ("no", "_file", "_drop", "_version", "_run")
SELECT o."no", o."_file", o."_drop", o."_version", 42 FROM "odd_points" o WHERE o."_copy" = 1 AND o."_fate" = 'deleted';

INSERT INTO "ops"."stream_ledger" (contract, work_id, execution, loaded_at, topic, "partition", from_offset, first_offset, last_offset, next_offset, records, skipped_records, gaps, first_event_at, last_event_at)
SELECT 'loyalty.points', 'loyalty.points/42', 'points-42', TIMESTAMP '2026-11-21 06:00:00.000000', topic, "partition", from_offset, first_offset, last_offset, next_offset, records, skipped_records, gaps, first_event_at, last_event_at FROM (
  SELECT CAST('pos.bill' AS VARCHAR(249)) AS topic, 0 AS "partition", CAST(NULL AS BIGINT) AS from_offset, 5 AS first_offset, 104 AS last_offset, 105 AS next_offset, 100 AS records, 2 AS skipped_records, 0 AS gaps, TIMESTAMP '2026-11-22 19:40:05.120000' AS first_event_at, TIMESTAMP '2026-11-22 19:40:09.000000' AS last_event_at
  UNION ALL SELECT CAST('pos.bill' AS VARCHAR(249)), 1, 40, 42, 50, 51, 8, 0, 3, CAST(NULL AS TIMESTAMP), CAST(NULL AS TIMESTAMP)
) p;

INSERT INTO "ops"."load_balance" ("work_id", "execution", "contract", "table_name", "measure", "source", "landed", "valid", "rejected", "staged", "inserted", "replaced", "superseded", "duplicate", "held", "deleted", "swept", "published")
SELECT 'loyalty.points/42', 'points-42', 'loyalty.points', m.table_name, m.measure,
  p.source_total, p.landed, p.valid, p.rejected, p.staged, p.published - m.replaced, m.replaced, m.superseded, m.duplicate, 0, m.deleted, m.swept, p.published
FROM "load_moves" m JOIN (
  SELECT CAST('points' AS VARCHAR(128)) AS table_name, CAST('rows' AS VARCHAR(128)) AS measure, CAST(7 AS DECIMAL(38,6)) AS source_total, CAST(7 AS DECIMAL(38,6)) AS landed, CAST(7 AS DECIMAL(38,6)) AS valid, CAST(0 AS DECIMAL(38,6)) AS rejected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_points" s) AS staged, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "loyalty"."points" t WHERE t."_run" = 42) AS published
  UNION ALL SELECT CAST('points' AS VARCHAR(128)) AS table_name, CAST('amount' AS VARCHAR(128)) AS measure, CAST(12.5 AS DECIMAL(38,6)) AS source_total, CAST(12.5 AS DECIMAL(38,6)) AS landed, CAST(12.5 AS DECIMAL(38,6)) AS valid, CAST(0 AS DECIMAL(38,6)) AS rejected, (SELECT CAST(COALESCE(SUM(s."amount"), 0) AS DECIMAL(38,6)) FROM "stage_points" s) AS staged, (SELECT CAST(COALESCE(SUM(t."amount"), 0) AS DECIMAL(38,6)) FROM "loyalty"."points" t WHERE t."_run" = 42) AS published
) p ON p.table_name = m.table_name AND p.measure = m.measure;

CALL "ops"."assert_checks"('SELECT CAST(''staged = inserted + replaced + superseded + duplicate + held + deleted of '' || table_name || ''.'' || measure AS VARCHAR(500)) AS hop, staged AS expected, inserted + replaced + superseded + duplicate + held + deleted AS found FROM "ops"."load_balance" WHERE work_id = ''loyalty.points/42''
UNION ALL SELECT CAST(''rows of points after the load'' AS VARCHAR(500)) AS hop, (SELECT m.staying FROM "load_moves" m WHERE m.table_name = ''points'' AND m.measure = ''rows'') + (SELECT b.published FROM "ops"."load_balance" b WHERE b.work_id = ''loyalty.points/42'' AND b.table_name = ''points'' AND b.measure = ''rows'') AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "loyalty"."points") AS found
UNION ALL SELECT CAST(''one row per key in points'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM (SELECT 1 AS twice FROM "leaving_points" GROUP BY "no" HAVING COUNT(*) > 1) d) AS found');

INSERT INTO "ops"."load_ledger" ("work_id", "contract", "source_name", "feed", "execution", "ordinal", "contract_version", "contract_sha256", "mode", "window_lo", "window_hi", "window_proof", "outcome", "export_sequence", "loaded_at", "source", "landed", "valid", "rejected", "staged", "inserted", "replaced", "superseded", "duplicate", "held", "deleted", "swept", "published")
SELECT 'loyalty.points/42', 'loyalty.points', 'loyalty', 'points', 'points-42', 42, '1.0.0', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'stream', CAST(NULL AS TIMESTAMP), CAST(NULL AS TIMESTAMP), NULL, 'loaded', CAST(NULL AS BIGINT), TIMESTAMP '2026-11-21 06:00:00.000000', CAST(COALESCE(SUM(b."source"), 0) AS BIGINT), CAST(COALESCE(SUM(b."landed"), 0) AS BIGINT), CAST(COALESCE(SUM(b."valid"), 0) AS BIGINT), CAST(COALESCE(SUM(b."rejected"), 0) AS BIGINT), CAST(COALESCE(SUM(b."staged"), 0) AS BIGINT), CAST(COALESCE(SUM(b."inserted"), 0) AS BIGINT), CAST(COALESCE(SUM(b."replaced"), 0) AS BIGINT), CAST(COALESCE(SUM(b."superseded"), 0) AS BIGINT), CAST(COALESCE(SUM(b."duplicate"), 0) AS BIGINT), CAST(COALESCE(SUM(b."held"), 0) AS BIGINT), CAST(COALESCE(SUM(b."deleted"), 0) AS BIGINT), CAST(COALESCE(SUM(b."swept"), 0) AS BIGINT), CAST(COALESCE(SUM(b."published"), 0) AS BIGINT)
FROM "ops"."load_balance" b WHERE b.work_id = 'loyalty.points/42' AND b.measure = 'rows';

