LOCK "ops"."lock_crt_bill";

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
  "release_number" BIGINT,
  "scope_1" VARCHAR(160),
  "scope_2" VARCHAR(32)
);

COPY "load_drops" FROM 's3://lake/runs/crt.bill/bill-42/copy/ops.drops.manifest' IAM_ROLE 'arn:aws:iam::123456789012:role/retaillake-copy' FORMAT AS PARQUET MANIFEST;

CREATE TEMP TABLE "stage_bill" (
  "no" INTEGER,
  "store" VARCHAR(160),
  "day" DATE,
  "amount" DECIMAL(12,2),
  "_file" BIGINT,
  "_drop" BIGINT,
  "_version" BIGINT
) DISTSTYLE AUTO;

COPY "stage_bill" FROM 's3://lake/runs/crt.bill/bill-42/copy/bill.manifest' IAM_ROLE 'arn:aws:iam::123456789012:role/retaillake-copy' FORMAT AS PARQUET MANIFEST;

CREATE TEMP TABLE "stage_line" (
  "no" INTEGER,
  "line" INTEGER,
  "store" VARCHAR(160),
  "day" DATE,
  "net" DECIMAL(12,2),
  "_file" BIGINT,
  "_drop" BIGINT,
  "_version" BIGINT
) DISTSTYLE AUTO;

COPY "stage_line" FROM 's3://lake/runs/crt.bill/bill-42/copy/line.manifest' IAM_ROLE 'arn:aws:iam::123456789012:role/retaillake-copy' FORMAT AS PARQUET MANIFEST;

CREATE TEMP TABLE "stage_tender" (
  "tender" INTEGER,
  "no" INTEGER,
  "store" VARCHAR(160),
  "day" DATE,
  "paid" DECIMAL(12,2),
  "_file" BIGINT,
  "_drop" BIGINT,
  "_version" BIGINT
) DISTSTYLE AUTO;

COPY "stage_tender" FROM 's3://lake/runs/crt.bill/bill-42/copy/tender.manifest' IAM_ROLE 'arn:aws:iam::123456789012:role/retaillake-copy' FORMAT AS PARQUET MANIFEST;

CREATE TEMP TABLE "load_scopes" AS
SELECT r."store", r."day", r."_version", r."_drop" FROM (
  SELECT v."store", v."day", v."_version", v."_drop", ROW_NUMBER() OVER (PARTITION BY v."store", v."day" ORDER BY v."_version" DESC, v."_drop" DESC) AS n
  FROM (
    SELECT s."store", s."day", s."_version", s."_drop" FROM "stage_bill" s GROUP BY s."store", s."day", s."_version", s."_drop"
    UNION SELECT s."store", s."day", s."_version", s."_drop" FROM "stage_line" s GROUP BY s."store", s."day", s."_version", s."_drop"
    UNION SELECT s."store", s."day", s."_version", s."_drop" FROM "stage_tender" s GROUP BY s."store", s."day", s."_version", s."_drop"
    UNION SELECT CAST(d.scope_1 AS VARCHAR(160)) AS "store", CAST(d.scope_2 AS DATE) AS "day", d.version, d.drop_number FROM "load_drops" d WHERE d.outcome = 'scope'
    UNION ALL SELECT f."store", f."day", f."_version", f."_drop" FROM "ops"."floor_crt_bill" f JOIN (SELECT s."store", s."day" FROM "stage_bill" s GROUP BY s."store", s."day" UNION SELECT s."store", s."day" FROM "stage_line" s GROUP BY s."store", s."day" UNION SELECT s."store", s."day" FROM "stage_tender" s GROUP BY s."store", s."day" UNION SELECT CAST(d.scope_1 AS VARCHAR(160)) AS "store", CAST(d.scope_2 AS DATE) AS "day" FROM "load_drops" d WHERE d.outcome = 'scope') m ON m."store" = f."store" AND m."day" = f."day"
  ) v
) r WHERE r.n = 1;

CALL "ops"."assert_checks"('SELECT CAST(''work not loaded yet'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "ops"."load_ledger" WHERE work_id = ''crt.bill/42'') AS found
UNION ALL SELECT CAST(''not overtaken by a later load'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(CASE WHEN COUNT(*) = 0 THEN 1 ELSE 0 END AS DECIMAL(38,6)) FROM "load_drops" d LEFT JOIN "ops"."drop_ledger" l ON l.drop_id = d.drop_id AND COALESCE(l.release_number, 0) = d.release_number AND COALESCE(l.outcome, '''') <> ''released'' AND l.contract = ''crt.bill'' WHERE l.drop_id IS NULL AND d.outcome <> ''scope'') AS found
UNION ALL SELECT CAST(''staged bill.rows'' AS VARCHAR(500)) AS hop, CAST(7 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_bill" s) AS found
UNION ALL SELECT CAST(''staged bill.amount'' AS VARCHAR(500)) AS hop, CAST(12.5 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COALESCE(SUM(s."amount"), 0) AS DECIMAL(38,6)) FROM "stage_bill" s) AS found
UNION ALL SELECT CAST(''staged line.rows'' AS VARCHAR(500)) AS hop, CAST(7 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_line" s) AS found
UNION ALL SELECT CAST(''staged line.net'' AS VARCHAR(500)) AS hop, CAST(12.5 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COALESCE(SUM(s."net"), 0) AS DECIMAL(38,6)) FROM "stage_line" s) AS found
UNION ALL SELECT CAST(''staged tender.rows'' AS VARCHAR(500)) AS hop, CAST(7 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_tender" s) AS found
UNION ALL SELECT CAST(''staged tender.paid'' AS VARCHAR(500)) AS hop, CAST(12.5 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COALESCE(SUM(s."paid"), 0) AS DECIMAL(38,6)) FROM "stage_tender" s) AS found
UNION ALL SELECT CAST(''key without value in bill'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_bill" s WHERE s."no" IS NULL) AS found
UNION ALL SELECT CAST(''key without value in line'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_line" s WHERE s."no" IS NULL OR s."line" IS NULL) AS found
UNION ALL SELECT CAST(''key without value in tender'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_tender" s WHERE s."tender" IS NULL) AS found
UNION ALL SELECT CAST(''staged drops'' AS VARCHAR(500)) AS hop, CAST(5 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "load_drops") AS found
UNION ALL SELECT CAST(''rows of no drop in bill'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM (SELECT "_file", "_drop", "_version" FROM "stage_bill" GROUP BY "_file", "_drop", "_version") s LEFT JOIN "load_drops" d ON d.file = s."_file" AND d.drop_number = s."_drop" AND d.version = s."_version" AND d.outcome = ''loaded'' WHERE d.drop_id IS NULL) AS found
UNION ALL SELECT CAST(''scope without value in bill'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_bill" s WHERE s."store" IS NULL OR s."day" IS NULL) AS found
UNION ALL SELECT CAST(''rows of no drop in line'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM (SELECT "_file", "_drop", "_version" FROM "stage_line" GROUP BY "_file", "_drop", "_version") s LEFT JOIN "load_drops" d ON d.file = s."_file" AND d.drop_number = s."_drop" AND d.version = s."_version" AND d.outcome = ''loaded'' WHERE d.drop_id IS NULL) AS found
UNION ALL SELECT CAST(''scope without value in line'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_line" s WHERE s."store" IS NULL OR s."day" IS NULL) AS found
UNION ALL SELECT CAST(''rows of no drop in tender'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM (SELECT "_file", "_drop", "_version" FROM "stage_tender" GROUP BY "_file", "_drop", "_version") s LEFT JOIN "load_drops" d ON d.file = s."_file" AND d.drop_number = s."_drop" AND d.version = s."_version" AND d.outcome = ''loaded'' WHERE d.drop_id IS NULL) AS found
UNION ALL SELECT CAST(''scope without value in tender'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_tender" s WHERE s."store" IS NULL OR s."day" IS NULL) AS found');

INSERT INTO "ops"."drop_ledger" (contract, work_id, execution, loaded_at, outcome, duplicate_of, drop_id, name, sha256, bytes, file, drop_number, version, modified_at, declared_rows, refusal_code, refusal_message, landed_rows, skipped_records, release_number)
SELECT 'crt.bill', 'crt.bill/42', 'bill-42', TIMESTAMP '2026-11-21 06:00:00.000000', d.outcome, COALESCE(d.duplicate_of, e.original), d.drop_id, d.name, d.sha256, d.bytes, d.file, d.drop_number, d.version, d.modified_at, d.declared_rows, d.refusal_code, d.refusal_message, d.landed_rows, d.skipped_records, d.release_number
FROM "load_drops" d LEFT JOIN "ops"."drop_ledger" l ON l.drop_id = d.drop_id AND COALESCE(l.release_number, 0) = d.release_number AND COALESCE(l.outcome, '') <> 'released' AND l.contract = 'crt.bill'
LEFT JOIN (
  SELECT d.drop_id, MIN(o.drop_id) AS original FROM "load_drops" d JOIN (
    SELECT drop_id, sha256, file, version FROM "load_drops" WHERE outcome = 'loaded'
    UNION ALL SELECT drop_id, sha256, file, version FROM "ops"."drop_ledger" WHERE contract = 'crt.bill' AND outcome IN ('loaded', 'superseded')
  ) o ON o.sha256 = d.sha256 AND o.file <> d.file AND (o.version < d.version OR (o.version = d.version AND o.file < d.file))
  WHERE d.outcome = 'loaded' GROUP BY d.drop_id
) e ON e.drop_id = d.drop_id
WHERE l.drop_id IS NULL AND d.outcome <> 'scope';

CREATE TEMP TABLE "odd_bill" AS
WITH x AS (
  SELECT s."no", s."_file", s."_drop", s."_version", 1 AS gone, 0 AS older, 0 AS dead FROM "stage_bill" s JOIN (SELECT d.file, d.drop_number, d.version FROM "load_drops" d JOIN "ops"."drop_ledger" l ON l.drop_id = d.drop_id AND COALESCE(l.release_number, 0) = d.release_number AND COALESCE(l.outcome, '') <> 'released' WHERE l.contract = 'crt.bill' AND l.execution <> 'bill-42') d ON d.file = s."_file" AND d.drop_number = s."_drop" AND d.version = s."_version"
  UNION ALL SELECT s."no", s."_file", s."_drop", s."_version", 1 AS gone, 0 AS older, 0 AS dead FROM "stage_bill" s JOIN "load_scopes" c ON c."store" = s."store" AND c."day" = s."day" WHERE (s."_version" < c."_version" OR (s."_version" = c."_version" AND s."_drop" < c."_drop"))
  UNION ALL SELECT s."no", s."_file", s."_drop", s."_version", 0 AS gone, 1 AS older, 0 AS dead FROM "stage_bill" s JOIN "crt"."bill" t ON t."no" = s."no" WHERE t."_version" >= 1764000000000000 AND (t."_version" > s."_version" OR (t."_version" = s."_version" AND (t."_drop" > s."_drop" OR (t."_drop" = s."_drop" AND t."_file" > s."_file"))))
)
SELECT s."no", s."store", s."day", s."amount", s."_file", s."_drop", s."_version",
  CAST(CASE WHEN COALESCE(f.gone, 0) = 1 OR COALESCE(f.older, 0) = 1 THEN 'superseded' WHEN COALESCE(f.dead, 0) = 1 THEN 'deleted' ELSE 'kept' END AS VARCHAR(10)) AS "_fate",
  CASE WHEN COALESCE(f.gone, 0) = 1 THEN 1 ELSE ROW_NUMBER() OVER (PARTITION BY s."no", COALESCE(f.gone, 0) ORDER BY s."_version" DESC NULLS LAST, s."_drop" DESC NULLS LAST, s."_file" DESC NULLS LAST, s."store" DESC NULLS LAST, s."day" DESC NULLS LAST, s."amount" DESC NULLS LAST) END AS "_copy"
FROM "stage_bill" s JOIN (
  SELECT "no" FROM x UNION SELECT "no" FROM "stage_bill" GROUP BY "no" HAVING COUNT(*) > 1
) k ON k."no" = s."no"
LEFT JOIN (SELECT "no", "_file", "_drop", "_version", MAX(gone) AS gone, MAX(older) AS older, MAX(dead) AS dead FROM x GROUP BY "no", "_file", "_drop", "_version") f ON f."no" = s."no" AND f."_file" = s."_file" AND f."_drop" = s."_drop" AND f."_version" = s."_version";

CREATE TEMP TABLE "odd_line" AS
WITH x AS (
  SELECT s."no", s."line", s."_file", s."_drop", s."_version", 1 AS gone, 0 AS older, 0 AS dead FROM "stage_line" s JOIN (SELECT d.file, d.drop_number, d.version FROM "load_drops" d JOIN "ops"."drop_ledger" l ON l.drop_id = d.drop_id AND COALESCE(l.release_number, 0) = d.release_number AND COALESCE(l.outcome, '') <> 'released' WHERE l.contract = 'crt.bill' AND l.execution <> 'bill-42') d ON d.file = s."_file" AND d.drop_number = s."_drop" AND d.version = s."_version"
  UNION ALL SELECT s."no", s."line", s."_file", s."_drop", s."_version", 1 AS gone, 0 AS older, 0 AS dead FROM "stage_line" s JOIN "load_scopes" c ON c."store" = s."store" AND c."day" = s."day" WHERE (s."_version" < c."_version" OR (s."_version" = c."_version" AND s."_drop" < c."_drop"))
  UNION ALL SELECT s."no", s."line", s."_file", s."_drop", s."_version", 0 AS gone, 1 AS older, 0 AS dead FROM "stage_line" s JOIN "crt"."line" t ON t."no" = s."no" AND t."line" = s."line" WHERE t."_version" >= 1764000000000000 AND (t."_version" > s."_version" OR (t."_version" = s."_version" AND (t."_drop" > s."_drop" OR (t."_drop" = s."_drop" AND t."_file" > s."_file"))))
  UNION ALL SELECT s."no", s."line", s."_file", s."_drop", s."_version", 1 AS gone, 0 AS older, 0 AS dead FROM "stage_line" s JOIN (SELECT o."no", o."_file", o."_drop", o."_version" FROM "odd_bill" o GROUP BY o."no", o."_file", o."_drop", o."_version" HAVING MAX(CASE WHEN o."_copy" = 1 AND o."_fate" <> 'superseded' THEN 1 ELSE 0 END) = 0) p ON s."no" = p."no" AND p."_file" = s."_file" AND p."_drop" = s."_drop" AND p."_version" = s."_version"
  UNION ALL SELECT s."no", s."line", s."_file", s."_drop", s."_version", 0 AS gone, 0 AS older, 1 AS dead FROM "stage_line" s JOIN "odd_bill" p ON s."no" = p."no" AND p."_file" = s."_file" AND p."_drop" = s."_drop" AND p."_version" = s."_version" WHERE p."_copy" = 1 AND p."_fate" = 'deleted'
  UNION ALL SELECT s."no", s."line", s."_file", s."_drop", s."_version", 1 AS gone, 0 AS older, 0 AS dead FROM "stage_line" s JOIN (SELECT s."no", s."_file", s."_drop", s."_version" FROM "stage_bill" s LEFT JOIN "odd_bill" o ON o."no" = s."no" WHERE o."no" IS NULL
  UNION ALL SELECT o."no", o."_file", o."_drop", o."_version" FROM "odd_bill" o WHERE o."_copy" = 1 AND o."_fate" = 'kept'
  UNION ALL SELECT o."no", o."_file", o."_drop", o."_version" FROM "odd_bill" o WHERE o."_copy" = 1 AND o."_fate" = 'deleted') p ON s."no" = p."no" WHERE (p."_version" > s."_version" OR (p."_version" = s."_version" AND (p."_drop" > s."_drop" OR (p."_drop" = s."_drop" AND p."_file" > s."_file"))))
  UNION ALL SELECT s."no", s."line", s."_file", s."_drop", s."_version", 1 AS gone, 0 AS older, 0 AS dead FROM "stage_line" s JOIN "crt"."bill" p ON s."no" = p."no" WHERE p."_version" >= 1764000000000000 AND (p."_version" > s."_version" OR (p."_version" = s."_version" AND (p."_drop" > s."_drop" OR (p."_drop" = s."_drop" AND p."_file" > s."_file"))))
)
SELECT s."no", s."line", s."store", s."day", s."net", s."_file", s."_drop", s."_version",
  CAST(CASE WHEN COALESCE(f.gone, 0) = 1 OR COALESCE(f.older, 0) = 1 THEN 'superseded' WHEN COALESCE(f.dead, 0) = 1 THEN 'deleted' ELSE 'kept' END AS VARCHAR(10)) AS "_fate",
  CASE WHEN COALESCE(f.gone, 0) = 1 THEN 1 ELSE ROW_NUMBER() OVER (PARTITION BY s."no", s."line", COALESCE(f.gone, 0) ORDER BY s."_version" DESC NULLS LAST, s."_drop" DESC NULLS LAST, s."_file" DESC NULLS LAST, s."store" DESC NULLS LAST, s."day" DESC NULLS LAST, s."net" DESC NULLS LAST) END AS "_copy"
FROM "stage_line" s JOIN (
  SELECT "no", "line" FROM x UNION SELECT "no", "line" FROM "stage_line" GROUP BY "no", "line" HAVING COUNT(*) > 1
) k ON k."no" = s."no" AND k."line" = s."line"
LEFT JOIN (SELECT "no", "line", "_file", "_drop", "_version", MAX(gone) AS gone, MAX(older) AS older, MAX(dead) AS dead FROM x GROUP BY "no", "line", "_file", "_drop", "_version") f ON f."no" = s."no" AND f."line" = s."line" AND f."_file" = s."_file" AND f."_drop" = s."_drop" AND f."_version" = s."_version";

CREATE TEMP TABLE "odd_tender" AS
WITH x AS (
  SELECT s."tender", s."_file", s."_drop", s."_version", 1 AS gone, 0 AS older, 0 AS dead FROM "stage_tender" s JOIN (SELECT d.file, d.drop_number, d.version FROM "load_drops" d JOIN "ops"."drop_ledger" l ON l.drop_id = d.drop_id AND COALESCE(l.release_number, 0) = d.release_number AND COALESCE(l.outcome, '') <> 'released' WHERE l.contract = 'crt.bill' AND l.execution <> 'bill-42') d ON d.file = s."_file" AND d.drop_number = s."_drop" AND d.version = s."_version"
  UNION ALL SELECT s."tender", s."_file", s."_drop", s."_version", 1 AS gone, 0 AS older, 0 AS dead FROM "stage_tender" s JOIN "load_scopes" c ON c."store" = s."store" AND c."day" = s."day" WHERE (s."_version" < c."_version" OR (s."_version" = c."_version" AND s."_drop" < c."_drop"))
  UNION ALL SELECT s."tender", s."_file", s."_drop", s."_version", 0 AS gone, 1 AS older, 0 AS dead FROM "stage_tender" s JOIN "crt"."tender" t ON t."tender" = s."tender" WHERE t."_version" >= 1764000000000000 AND (t."_version" > s."_version" OR (t."_version" = s."_version" AND (t."_drop" > s."_drop" OR (t."_drop" = s."_drop" AND t."_file" > s."_file"))))
  UNION ALL SELECT s."tender", s."_file", s."_drop", s."_version", 1 AS gone, 0 AS older, 0 AS dead FROM "stage_tender" s JOIN (SELECT o."no", o."_file", o."_drop", o."_version" FROM "odd_bill" o GROUP BY o."no", o."_file", o."_drop", o."_version" HAVING MAX(CASE WHEN o."_copy" = 1 AND o."_fate" <> 'superseded' THEN 1 ELSE 0 END) = 0) p ON s."no" = p."no" AND p."_file" = s."_file" AND p."_drop" = s."_drop" AND p."_version" = s."_version"
  UNION ALL SELECT s."tender", s."_file", s."_drop", s."_version", 0 AS gone, 0 AS older, 1 AS dead FROM "stage_tender" s JOIN "odd_bill" p ON s."no" = p."no" AND p."_file" = s."_file" AND p."_drop" = s."_drop" AND p."_version" = s."_version" WHERE p."_copy" = 1 AND p."_fate" = 'deleted'
  UNION ALL SELECT s."tender", s."_file", s."_drop", s."_version", 1 AS gone, 0 AS older, 0 AS dead FROM "stage_tender" s JOIN (SELECT s."no", s."_file", s."_drop", s."_version" FROM "stage_bill" s LEFT JOIN "odd_bill" o ON o."no" = s."no" WHERE o."no" IS NULL
  UNION ALL SELECT o."no", o."_file", o."_drop", o."_version" FROM "odd_bill" o WHERE o."_copy" = 1 AND o."_fate" = 'kept'
  UNION ALL SELECT o."no", o."_file", o."_drop", o."_version" FROM "odd_bill" o WHERE o."_copy" = 1 AND o."_fate" = 'deleted') p ON s."no" = p."no" WHERE (p."_version" > s."_version" OR (p."_version" = s."_version" AND (p."_drop" > s."_drop" OR (p."_drop" = s."_drop" AND p."_file" > s."_file"))))
  UNION ALL SELECT s."tender", s."_file", s."_drop", s."_version", 1 AS gone, 0 AS older, 0 AS dead FROM "stage_tender" s JOIN "crt"."bill" p ON s."no" = p."no" WHERE p."_version" >= 1764000000000000 AND (p."_version" > s."_version" OR (p."_version" = s."_version" AND (p."_drop" > s."_drop" OR (p."_drop" = s."_drop" AND p."_file" > s."_file"))))
)
SELECT s."tender", s."no", s."store", s."day", s."paid", s."_file", s."_drop", s."_version",
  CAST(CASE WHEN COALESCE(f.gone, 0) = 1 OR COALESCE(f.older, 0) = 1 THEN 'superseded' WHEN COALESCE(f.dead, 0) = 1 THEN 'deleted' ELSE 'kept' END AS VARCHAR(10)) AS "_fate",
  CASE WHEN COALESCE(f.gone, 0) = 1 THEN 1 ELSE ROW_NUMBER() OVER (PARTITION BY s."tender", COALESCE(f.gone, 0) ORDER BY s."_version" DESC NULLS LAST, s."_drop" DESC NULLS LAST, s."_file" DESC NULLS LAST, s."no" DESC NULLS LAST, s."store" DESC NULLS LAST, s."day" DESC NULLS LAST, s."paid" DESC NULLS LAST) END AS "_copy"
FROM "stage_tender" s JOIN (
  SELECT "tender" FROM x UNION SELECT "tender" FROM "stage_tender" GROUP BY "tender" HAVING COUNT(*) > 1
) k ON k."tender" = s."tender"
LEFT JOIN (SELECT "tender", "_file", "_drop", "_version", MAX(gone) AS gone, MAX(older) AS older, MAX(dead) AS dead FROM x GROUP BY "tender", "_file", "_drop", "_version") f ON f."tender" = s."tender" AND f."_file" = s."_file" AND f."_drop" = s."_drop" AND f."_version" = s."_version";

CREATE TEMP TABLE "leaving_bill" AS
SELECT k."no", CAST('replaced' AS VARCHAR(10)) AS "_why", k."amount", k."_file", k."_drop", k."_version"
FROM "crt"."bill" t JOIN (SELECT s."no", s."amount", s."_file", s."_drop", s."_version" FROM "stage_bill" s LEFT JOIN "odd_bill" o ON o."no" = s."no" WHERE o."no" IS NULL
  UNION ALL SELECT o."no", o."amount", o."_file", o."_drop", o."_version" FROM "odd_bill" o WHERE o."_copy" = 1 AND o."_fate" = 'kept') k ON k."no" = t."no"
UNION ALL
SELECT t."no", CAST('swept' AS VARCHAR(10)) AS "_why", t."amount", t."_file", t."_drop", t."_version"
FROM "crt"."bill" t JOIN "load_scopes" c ON c."store" = t."store" AND c."day" = t."day" AND (t."_version" < c."_version" OR (t."_version" = c."_version" AND t."_drop" < c."_drop"))
WHERE NOT EXISTS (SELECT 1 FROM (SELECT s."no" FROM "stage_bill" s LEFT JOIN "odd_bill" o ON o."no" = s."no" WHERE o."no" IS NULL
  UNION ALL SELECT o."no" FROM "odd_bill" o WHERE o."_copy" = 1 AND o."_fate" = 'kept'
  UNION ALL SELECT o."no" FROM "odd_bill" o WHERE o."_copy" = 1 AND o."_fate" = 'deleted') s WHERE s."no" = t."no");

CREATE TEMP TABLE "leaving_line" AS
SELECT k."no", k."line", CAST('replaced' AS VARCHAR(10)) AS "_why", k."net", k."_file", k."_drop", k."_version"
FROM "crt"."line" t JOIN (SELECT s."no", s."line", s."net", s."_file", s."_drop", s."_version" FROM "stage_line" s LEFT JOIN "odd_line" o ON o."no" = s."no" AND o."line" = s."line" WHERE o."no" IS NULL
  UNION ALL SELECT o."no", o."line", o."net", o."_file", o."_drop", o."_version" FROM "odd_line" o WHERE o."_copy" = 1 AND o."_fate" = 'kept') k ON k."no" = t."no" AND k."line" = t."line"
UNION ALL
SELECT t."no", t."line", CAST('swept' AS VARCHAR(10)) AS "_why", t."net", t."_file", t."_drop", t."_version"
FROM "crt"."line" t JOIN "load_scopes" c ON c."store" = t."store" AND c."day" = t."day" AND (t."_version" < c."_version" OR (t."_version" = c."_version" AND t."_drop" < c."_drop"))
WHERE NOT EXISTS (SELECT 1 FROM (SELECT s."no", s."line" FROM "stage_line" s LEFT JOIN "odd_line" o ON o."no" = s."no" AND o."line" = s."line" WHERE o."no" IS NULL
  UNION ALL SELECT o."no", o."line" FROM "odd_line" o WHERE o."_copy" = 1 AND o."_fate" = 'kept'
  UNION ALL SELECT o."no", o."line" FROM "odd_line" o WHERE o."_copy" = 1 AND o."_fate" = 'deleted') s WHERE s."no" = t."no" AND s."line" = t."line")
UNION ALL
SELECT t."no", t."line", CAST('swept' AS VARCHAR(10)) AS "_why", t."net", t."_file", t."_drop", t."_version"
FROM "crt"."line" t JOIN (
  SELECT z."no", z."_file", z."_drop", z."_version" FROM (SELECT s."no", s."_file", s."_drop", s."_version" FROM "stage_bill" s LEFT JOIN "odd_bill" o ON o."no" = s."no" WHERE o."no" IS NULL
  UNION ALL SELECT o."no", o."_file", o."_drop", o."_version" FROM "odd_bill" o WHERE o."_copy" = 1 AND o."_fate" = 'kept'
  UNION ALL SELECT o."no", o."_file", o."_drop", o."_version" FROM "odd_bill" o WHERE o."_copy" = 1 AND o."_fate" = 'deleted') z
  UNION ALL SELECT l."no", l."_file", l."_drop", l."_version" FROM "leaving_bill" l WHERE l."_why" = 'swept'
) u ON u."no" = t."no"
LEFT JOIN "load_scopes" c ON c."store" = t."store" AND c."day" = t."day" AND (t."_version" < c."_version" OR (t."_version" = c."_version" AND t."_drop" < c."_drop"))
WHERE NOT (t."_version" > u."_version" OR (t."_version" = u."_version" AND (t."_drop" > u."_drop" OR (t."_drop" = u."_drop" AND t."_file" > u."_file")))) AND c."_version" IS NULL AND NOT EXISTS (SELECT 1 FROM (SELECT s."no", s."line" FROM "stage_line" s LEFT JOIN "odd_line" o ON o."no" = s."no" AND o."line" = s."line" WHERE o."no" IS NULL
  UNION ALL SELECT o."no", o."line" FROM "odd_line" o WHERE o."_copy" = 1 AND o."_fate" = 'kept'
  UNION ALL SELECT o."no", o."line" FROM "odd_line" o WHERE o."_copy" = 1 AND o."_fate" = 'deleted') s WHERE s."no" = t."no" AND s."line" = t."line");

CREATE TEMP TABLE "leaving_tender" AS
SELECT k."tender", CAST('replaced' AS VARCHAR(10)) AS "_why", k."paid", k."_file", k."_drop", k."_version"
FROM "crt"."tender" t JOIN (SELECT s."tender", s."paid", s."_file", s."_drop", s."_version" FROM "stage_tender" s LEFT JOIN "odd_tender" o ON o."tender" = s."tender" WHERE o."tender" IS NULL
  UNION ALL SELECT o."tender", o."paid", o."_file", o."_drop", o."_version" FROM "odd_tender" o WHERE o."_copy" = 1 AND o."_fate" = 'kept') k ON k."tender" = t."tender"
UNION ALL
SELECT t."tender", CAST('swept' AS VARCHAR(10)) AS "_why", t."paid", t."_file", t."_drop", t."_version"
FROM "crt"."tender" t JOIN "load_scopes" c ON c."store" = t."store" AND c."day" = t."day" AND (t."_version" < c."_version" OR (t."_version" = c."_version" AND t."_drop" < c."_drop"))
WHERE NOT EXISTS (SELECT 1 FROM (SELECT s."tender" FROM "stage_tender" s LEFT JOIN "odd_tender" o ON o."tender" = s."tender" WHERE o."tender" IS NULL
  UNION ALL SELECT o."tender" FROM "odd_tender" o WHERE o."_copy" = 1 AND o."_fate" = 'kept'
  UNION ALL SELECT o."tender" FROM "odd_tender" o WHERE o."_copy" = 1 AND o."_fate" = 'deleted') s WHERE s."tender" = t."tender")
UNION ALL
SELECT t."tender", CAST('swept' AS VARCHAR(10)) AS "_why", t."paid", t."_file", t."_drop", t."_version"
FROM "crt"."tender" t JOIN (
  SELECT z."no", z."_file", z."_drop", z."_version" FROM (SELECT s."no", s."_file", s."_drop", s."_version" FROM "stage_bill" s LEFT JOIN "odd_bill" o ON o."no" = s."no" WHERE o."no" IS NULL
  UNION ALL SELECT o."no", o."_file", o."_drop", o."_version" FROM "odd_bill" o WHERE o."_copy" = 1 AND o."_fate" = 'kept'
  UNION ALL SELECT o."no", o."_file", o."_drop", o."_version" FROM "odd_bill" o WHERE o."_copy" = 1 AND o."_fate" = 'deleted') z
  UNION ALL SELECT l."no", l."_file", l."_drop", l."_version" FROM "leaving_bill" l WHERE l."_why" = 'swept'
) u ON u."no" = t."no"
LEFT JOIN "load_scopes" c ON c."store" = t."store" AND c."day" = t."day" AND (t."_version" < c."_version" OR (t."_version" = c."_version" AND t."_drop" < c."_drop"))
WHERE NOT (t."_version" > u."_version" OR (t."_version" = u."_version" AND (t."_drop" > u."_drop" OR (t."_drop" = u."_drop" AND t."_file" > u."_file")))) AND c."_version" IS NULL AND NOT EXISTS (SELECT 1 FROM (SELECT s."tender" FROM "stage_tender" s LEFT JOIN "odd_tender" o ON o."tender" = s."tender" WHERE o."tender" IS NULL
  UNION ALL SELECT o."tender" FROM "odd_tender" o WHERE o."_copy" = 1 AND o."_fate" = 'kept'
  UNION ALL SELECT o."tender" FROM "odd_tender" o WHERE o."_copy" = 1 AND o."_fate" = 'deleted') s WHERE s."tender" = t."tender");

CREATE TEMP TABLE "load_moves" AS
SELECT CAST('bill' AS VARCHAR(128)) AS table_name, CAST('rows' AS VARCHAR(128)) AS measure, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_bill" o WHERE o."_copy" > 1) AS duplicate,
  (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_bill" o WHERE o."_copy" = 1 AND o."_fate" = 'superseded') AS superseded, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_bill" o WHERE o."_copy" = 1 AND o."_fate" = 'deleted') AS deleted,
  (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "leaving_bill" l WHERE l."_why" = 'replaced') AS replaced, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "leaving_bill" l WHERE l."_why" = 'swept') AS swept,
  CAST((SELECT COUNT(*) FROM "crt"."bill") - (SELECT COUNT(*) FROM "leaving_bill") AS DECIMAL(38,6)) AS staying
UNION ALL SELECT CAST('bill' AS VARCHAR(128)) AS table_name, CAST('amount' AS VARCHAR(128)) AS measure, (SELECT CAST(COALESCE(SUM(o."amount"), 0) AS DECIMAL(38,6)) FROM "odd_bill" o WHERE o."_copy" > 1) AS duplicate,
  (SELECT CAST(COALESCE(SUM(o."amount"), 0) AS DECIMAL(38,6)) FROM "odd_bill" o WHERE o."_copy" = 1 AND o."_fate" = 'superseded') AS superseded, (SELECT CAST(COALESCE(SUM(o."amount"), 0) AS DECIMAL(38,6)) FROM "odd_bill" o WHERE o."_copy" = 1 AND o."_fate" = 'deleted') AS deleted,
  (SELECT CAST(COALESCE(SUM(l."amount"), 0) AS DECIMAL(38,6)) FROM "leaving_bill" l WHERE l."_why" = 'replaced') AS replaced, (SELECT CAST(COALESCE(SUM(l."amount"), 0) AS DECIMAL(38,6)) FROM "leaving_bill" l WHERE l."_why" = 'swept') AS swept,
  CAST((SELECT COUNT(*) FROM "crt"."bill") - (SELECT COUNT(*) FROM "leaving_bill") AS DECIMAL(38,6)) AS staying
UNION ALL SELECT CAST('line' AS VARCHAR(128)) AS table_name, CAST('rows' AS VARCHAR(128)) AS measure, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_line" o WHERE o."_copy" > 1) AS duplicate,
  (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_line" o WHERE o."_copy" = 1 AND o."_fate" = 'superseded') AS superseded, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_line" o WHERE o."_copy" = 1 AND o."_fate" = 'deleted') AS deleted,
  (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "leaving_line" l WHERE l."_why" = 'replaced') AS replaced, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "leaving_line" l WHERE l."_why" = 'swept') AS swept,
  CAST((SELECT COUNT(*) FROM "crt"."line") - (SELECT COUNT(*) FROM "leaving_line") AS DECIMAL(38,6)) AS staying
UNION ALL SELECT CAST('line' AS VARCHAR(128)) AS table_name, CAST('net' AS VARCHAR(128)) AS measure, (SELECT CAST(COALESCE(SUM(o."net"), 0) AS DECIMAL(38,6)) FROM "odd_line" o WHERE o."_copy" > 1) AS duplicate,
  (SELECT CAST(COALESCE(SUM(o."net"), 0) AS DECIMAL(38,6)) FROM "odd_line" o WHERE o."_copy" = 1 AND o."_fate" = 'superseded') AS superseded, (SELECT CAST(COALESCE(SUM(o."net"), 0) AS DECIMAL(38,6)) FROM "odd_line" o WHERE o."_copy" = 1 AND o."_fate" = 'deleted') AS deleted,
  (SELECT CAST(COALESCE(SUM(l."net"), 0) AS DECIMAL(38,6)) FROM "leaving_line" l WHERE l."_why" = 'replaced') AS replaced, (SELECT CAST(COALESCE(SUM(l."net"), 0) AS DECIMAL(38,6)) FROM "leaving_line" l WHERE l."_why" = 'swept') AS swept,
  CAST((SELECT COUNT(*) FROM "crt"."line") - (SELECT COUNT(*) FROM "leaving_line") AS DECIMAL(38,6)) AS staying
UNION ALL SELECT CAST('tender' AS VARCHAR(128)) AS table_name, CAST('rows' AS VARCHAR(128)) AS measure, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_tender" o WHERE o."_copy" > 1) AS duplicate,
  (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_tender" o WHERE o."_copy" = 1 AND o."_fate" = 'superseded') AS superseded, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_tender" o WHERE o."_copy" = 1 AND o."_fate" = 'deleted') AS deleted,
  (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "leaving_tender" l WHERE l."_why" = 'replaced') AS replaced, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "leaving_tender" l WHERE l."_why" = 'swept') AS swept,
  CAST((SELECT COUNT(*) FROM "crt"."tender") - (SELECT COUNT(*) FROM "leaving_tender") AS DECIMAL(38,6)) AS staying
UNION ALL SELECT CAST('tender' AS VARCHAR(128)) AS table_name, CAST('paid' AS VARCHAR(128)) AS measure, (SELECT CAST(COALESCE(SUM(o."paid"), 0) AS DECIMAL(38,6)) FROM "odd_tender" o WHERE o."_copy" > 1) AS duplicate,
  (SELECT CAST(COALESCE(SUM(o."paid"), 0) AS DECIMAL(38,6)) FROM "odd_tender" o WHERE o."_copy" = 1 AND o."_fate" = 'superseded') AS superseded, (SELECT CAST(COALESCE(SUM(o."paid"), 0) AS DECIMAL(38,6)) FROM "odd_tender" o WHERE o."_copy" = 1 AND o."_fate" = 'deleted') AS deleted,
  (SELECT CAST(COALESCE(SUM(l."paid"), 0) AS DECIMAL(38,6)) FROM "leaving_tender" l WHERE l."_why" = 'replaced') AS replaced, (SELECT CAST(COALESCE(SUM(l."paid"), 0) AS DECIMAL(38,6)) FROM "leaving_tender" l WHERE l."_why" = 'swept') AS swept,
  CAST((SELECT COUNT(*) FROM "crt"."tender") - (SELECT COUNT(*) FROM "leaving_tender") AS DECIMAL(38,6)) AS staying;

DELETE FROM "crt"."bill" USING "leaving_bill" l WHERE "bill"."no" = l."no";

DELETE FROM "crt"."line" USING "leaving_line" l WHERE "line"."no" = l."no" AND "line"."line" = l."line";

DELETE FROM "crt"."tender" USING "leaving_tender" l WHERE "tender"."tender" = l."tender";

INSERT INTO "crt"."bill" ("no", "store", "day", "amount", "_file", "_drop", "_version", "_run", "_loaded_at")
SELECT k."no", k."store", k."day", k."amount", k."_file", k."_drop", k."_version", 42, TIMESTAMP '2026-11-21 06:00:00.000000' FROM (SELECT s."no", s."store", s."day", s."amount", s."_file", s."_drop", s."_version" FROM "stage_bill" s LEFT JOIN "odd_bill" o ON o."no" = s."no" WHERE o."no" IS NULL
  UNION ALL SELECT o."no", o."store", o."day", o."amount", o."_file", o."_drop", o."_version" FROM "odd_bill" o WHERE o."_copy" = 1 AND o."_fate" = 'kept') k;

INSERT INTO "crt"."line" ("no", "line", "store", "day", "net", "_file", "_drop", "_version", "_run", "_loaded_at")
SELECT k."no", k."line", k."store", k."day", k."net", k."_file", k."_drop", k."_version", 42, TIMESTAMP '2026-11-21 06:00:00.000000' FROM (SELECT s."no", s."line", s."store", s."day", s."net", s."_file", s."_drop", s."_version" FROM "stage_line" s LEFT JOIN "odd_line" o ON o."no" = s."no" AND o."line" = s."line" WHERE o."no" IS NULL
  UNION ALL SELECT o."no", o."line", o."store", o."day", o."net", o."_file", o."_drop", o."_version" FROM "odd_line" o WHERE o."_copy" = 1 AND o."_fate" = 'kept') k;

INSERT INTO "crt"."tender" ("tender", "no", "store", "day", "paid", "_file", "_drop", "_version", "_run", "_loaded_at")
SELECT k."tender", k."no", k."store", k."day", k."paid", k."_file", k."_drop", k."_version", 42, TIMESTAMP '2026-11-21 06:00:00.000000' FROM (SELECT s."tender", s."no", s."store", s."day", s."paid", s."_file", s."_drop", s."_version" FROM "stage_tender" s LEFT JOIN "odd_tender" o ON o."tender" = s."tender" WHERE o."tender" IS NULL
  UNION ALL SELECT o."tender", o."no", o."store", o."day", o."paid", o."_file", o."_drop", o."_version" FROM "odd_tender" o WHERE o."_copy" = 1 AND o."_fate" = 'kept') k;

INSERT INTO "ops"."floor_crt_bill" ("store", "day", "_version", "_drop")
SELECT c."store", c."day", c."_version", c."_drop"
FROM "load_scopes" c LEFT JOIN "ops"."floor_crt_bill" f ON f."store" = c."store" AND f."day" = c."day" AND f."_version" = c."_version" AND f."_drop" = c."_drop"
WHERE f."_version" IS NULL;

INSERT INTO "ops"."export_outbox_crt_line" ("_sequence", "_op", "no", "line", "net")
SELECT (SELECT COALESCE(MAX(e.export_sequence), 0) + 1 FROM "ops"."load_ledger" e WHERE e.contract = 'crt.bill'), 'U', k."no", k."line", k."net" FROM (SELECT s."no", s."line", s."net" FROM "stage_line" s LEFT JOIN "odd_line" o ON o."no" = s."no" AND o."line" = s."line" WHERE o."no" IS NULL
  UNION ALL SELECT o."no", o."line", o."net" FROM "odd_line" o WHERE o."_copy" = 1 AND o."_fate" = 'kept') k
UNION ALL SELECT (SELECT COALESCE(MAX(e.export_sequence), 0) + 1 FROM "ops"."load_ledger" e WHERE e.contract = 'crt.bill'), 'D', l."no", l."line", l."net" FROM "leaving_line" l WHERE l."_why" <> 'replaced';

INSERT INTO "ops"."export_ledger" (contract, subject, sequence, work_id, execution, state, row_count, deleted_count, deliveries)
SELECT 'crt.bill', 'SALES', (SELECT COALESCE(MAX(e.export_sequence), 0) + 1 FROM "ops"."load_ledger" e WHERE e.contract = 'crt.bill'), 'crt.bill/42', 'bill-42', 'pending',
  COALESCE(SUM(CASE WHEN o."_op" = 'U' THEN o.n ELSE 0 END), 0), COALESCE(SUM(CASE WHEN o."_op" = 'D' THEN o.n ELSE 0 END), 0), 0
FROM (SELECT "_sequence", "_op", COUNT(*) AS n FROM "ops"."export_outbox_crt_line" GROUP BY "_sequence", "_op") o
WHERE o."_sequence" = (SELECT COALESCE(MAX(e.export_sequence), 0) + 1 FROM "ops"."load_ledger" e WHERE e.contract = 'crt.bill');

INSERT INTO "ops"."load_balance" ("work_id", "execution", "contract", "table_name", "measure", "source", "landed", "valid", "rejected", "staged", "inserted", "replaced", "superseded", "duplicate", "held", "deleted", "swept", "published")
SELECT 'crt.bill/42', 'bill-42', 'crt.bill', m.table_name, m.measure,
  p.source_total, p.landed, p.valid, p.rejected, p.staged, p.published - m.replaced, m.replaced, m.superseded, m.duplicate, 0, m.deleted, m.swept, p.published
FROM "load_moves" m JOIN (
  SELECT CAST('bill' AS VARCHAR(128)) AS table_name, CAST('rows' AS VARCHAR(128)) AS measure, CAST(7 AS DECIMAL(38,6)) AS source_total, CAST(7 AS DECIMAL(38,6)) AS landed, CAST(7 AS DECIMAL(38,6)) AS valid, CAST(0 AS DECIMAL(38,6)) AS rejected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_bill" s) AS staged, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "crt"."bill" t WHERE t."_run" = 42) AS published
  UNION ALL SELECT CAST('bill' AS VARCHAR(128)) AS table_name, CAST('amount' AS VARCHAR(128)) AS measure, CAST(12.5 AS DECIMAL(38,6)) AS source_total, CAST(12.5 AS DECIMAL(38,6)) AS landed, CAST(12.5 AS DECIMAL(38,6)) AS valid, CAST(0 AS DECIMAL(38,6)) AS rejected, (SELECT CAST(COALESCE(SUM(s."amount"), 0) AS DECIMAL(38,6)) FROM "stage_bill" s) AS staged, (SELECT CAST(COALESCE(SUM(t."amount"), 0) AS DECIMAL(38,6)) FROM "crt"."bill" t WHERE t."_run" = 42) AS published
  UNION ALL SELECT CAST('line' AS VARCHAR(128)) AS table_name, CAST('rows' AS VARCHAR(128)) AS measure, CAST(7 AS DECIMAL(38,6)) AS source_total, CAST(7 AS DECIMAL(38,6)) AS landed, CAST(7 AS DECIMAL(38,6)) AS valid, CAST(0 AS DECIMAL(38,6)) AS rejected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_line" s) AS staged, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "crt"."line" t WHERE t."_run" = 42) AS published
  UNION ALL SELECT CAST('line' AS VARCHAR(128)) AS table_name, CAST('net' AS VARCHAR(128)) AS measure, CAST(12.5 AS DECIMAL(38,6)) AS source_total, CAST(12.5 AS DECIMAL(38,6)) AS landed, CAST(12.5 AS DECIMAL(38,6)) AS valid, CAST(0 AS DECIMAL(38,6)) AS rejected, (SELECT CAST(COALESCE(SUM(s."net"), 0) AS DECIMAL(38,6)) FROM "stage_line" s) AS staged, (SELECT CAST(COALESCE(SUM(t."net"), 0) AS DECIMAL(38,6)) FROM "crt"."line" t WHERE t."_run" = 42) AS published
  UNION ALL SELECT CAST('tender' AS VARCHAR(128)) AS table_name, CAST('rows' AS VARCHAR(128)) AS measure, CAST(7 AS DECIMAL(38,6)) AS source_total, CAST(7 AS DECIMAL(38,6)) AS landed, CAST(7 AS DECIMAL(38,6)) AS valid, CAST(0 AS DECIMAL(38,6)) AS rejected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_tender" s) AS staged, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "crt"."tender" t WHERE t."_run" = 42) AS published
  UNION ALL SELECT CAST('tender' AS VARCHAR(128)) AS table_name, CAST('paid' AS VARCHAR(128)) AS measure, CAST(12.5 AS DECIMAL(38,6)) AS source_total, CAST(12.5 AS DECIMAL(38,6)) AS landed, CAST(12.5 AS DECIMAL(38,6)) AS valid, CAST(0 AS DECIMAL(38,6)) AS rejected, (SELECT CAST(COALESCE(SUM(s."paid"), 0) AS DECIMAL(38,6)) FROM "stage_tender" s) AS staged, (SELECT CAST(COALESCE(SUM(t."paid"), 0) AS DECIMAL(38,6)) FROM "crt"."tender" t WHERE t."_run" = 42) AS published
) p ON p.table_name = m.table_name AND p.measure = m.measure;

CALL "ops"."assert_checks"('SELECT CAST(''staged = inserted + replaced + superseded + duplicate + held + deleted of '' || table_name || ''.'' || measure AS VARCHAR(500)) AS hop, staged AS expected, inserted + replaced + superseded + duplicate + held + deleted AS found FROM "ops"."load_balance" WHERE work_id = ''crt.bill/42''
UNION ALL SELECT CAST(''rows of bill after the load'' AS VARCHAR(500)) AS hop, (SELECT m.staying FROM "load_moves" m WHERE m.table_name = ''bill'' AND m.measure = ''rows'') + (SELECT b.published FROM "ops"."load_balance" b WHERE b.work_id = ''crt.bill/42'' AND b.table_name = ''bill'' AND b.measure = ''rows'') AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "crt"."bill") AS found
UNION ALL SELECT CAST(''rows of line after the load'' AS VARCHAR(500)) AS hop, (SELECT m.staying FROM "load_moves" m WHERE m.table_name = ''line'' AND m.measure = ''rows'') + (SELECT b.published FROM "ops"."load_balance" b WHERE b.work_id = ''crt.bill/42'' AND b.table_name = ''line'' AND b.measure = ''rows'') AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "crt"."line") AS found
UNION ALL SELECT CAST(''rows of tender after the load'' AS VARCHAR(500)) AS hop, (SELECT m.staying FROM "load_moves" m WHERE m.table_name = ''tender'' AND m.measure = ''rows'') + (SELECT b.published FROM "ops"."load_balance" b WHERE b.work_id = ''crt.bill/42'' AND b.table_name = ''tender'' AND b.measure = ''rows'') AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "crt"."tender") AS found
UNION ALL SELECT CAST(''one row per key in bill'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM (SELECT 1 AS twice FROM "leaving_bill" GROUP BY "no" HAVING COUNT(*) > 1) d) AS found
UNION ALL SELECT CAST(''one row per key in line'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM (SELECT 1 AS twice FROM "leaving_line" GROUP BY "no", "line" HAVING COUNT(*) > 1) d) AS found
UNION ALL SELECT CAST(''one row per key in tender'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM (SELECT 1 AS twice FROM "leaving_tender" GROUP BY "tender" HAVING COUNT(*) > 1) d) AS found');

INSERT INTO "ops"."load_ledger" ("work_id", "contract", "source_name", "feed", "execution", "ordinal", "contract_version", "contract_sha256", "mode", "window_lo", "window_hi", "window_proof", "outcome", "export_sequence", "loaded_at", "source", "landed", "valid", "rejected", "staged", "inserted", "replaced", "superseded", "duplicate", "held", "deleted", "swept", "published")
SELECT 'crt.bill/42', 'crt.bill', 'crt', 'bill', 'bill-42', 42, '1.0.0', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'drops', CAST(NULL AS TIMESTAMP), CAST(NULL AS TIMESTAMP), NULL, 'loaded', (SELECT COALESCE(MAX(e.export_sequence), 0) + 1 FROM "ops"."load_ledger" e WHERE e.contract = 'crt.bill'), TIMESTAMP '2026-11-21 06:00:00.000000', CAST(COALESCE(SUM(b."source"), 0) AS BIGINT), CAST(COALESCE(SUM(b."landed"), 0) AS BIGINT), CAST(COALESCE(SUM(b."valid"), 0) AS BIGINT), CAST(COALESCE(SUM(b."rejected"), 0) AS BIGINT), CAST(COALESCE(SUM(b."staged"), 0) AS BIGINT), CAST(COALESCE(SUM(b."inserted"), 0) AS BIGINT), CAST(COALESCE(SUM(b."replaced"), 0) AS BIGINT), CAST(COALESCE(SUM(b."superseded"), 0) AS BIGINT), CAST(COALESCE(SUM(b."duplicate"), 0) AS BIGINT), CAST(COALESCE(SUM(b."held"), 0) AS BIGINT), CAST(COALESCE(SUM(b."deleted"), 0) AS BIGINT), CAST(COALESCE(SUM(b."swept"), 0) AS BIGINT), CAST(COALESCE(SUM(b."published"), 0) AS BIGINT)
FROM "ops"."load_balance" b WHERE b.work_id = 'crt.bill/42' AND b.measure = 'rows';

