LOCK "ops"."lock_pos_bill";

CREATE TEMP TABLE "stage_bill" (
  "no" BIGINT,
  "note" VARCHAR(160),
  "amount" DECIMAL(12,2),
  "_file" BIGINT,
  "_drop" BIGINT,
  "_version" BIGINT,
  "_change" BIGINT,
  "_event_at" TIMESTAMP
) DISTSTYLE AUTO;

COPY "stage_bill" FROM 's3://lake/runs/pos.bill/bill-42/copy/bill.manifest' IAM_ROLE 'arn:aws:iam::123456789012:role/retaillake-copy' FORMAT AS PARQUET MANIFEST;

CREATE TEMP TABLE "stage_line" (
  "no" BIGINT,
  "line" BIGINT,
  "note" VARCHAR(160),
  "amount" DECIMAL(12,2),
  "_file" BIGINT,
  "_drop" BIGINT,
  "_version" BIGINT,
  "_change" BIGINT,
  "_event_at" TIMESTAMP
) DISTSTYLE AUTO;

COPY "stage_line" FROM 's3://lake/runs/pos.bill/bill-42/copy/line.manifest' IAM_ROLE 'arn:aws:iam::123456789012:role/retaillake-copy' FORMAT AS PARQUET MANIFEST;

CREATE TEMP TABLE "stage_tender" (
  "no" BIGINT,
  "tender" BIGINT,
  "note" VARCHAR(160),
  "amount" DECIMAL(12,2),
  "_file" BIGINT,
  "_drop" BIGINT,
  "_version" BIGINT,
  "_change" BIGINT,
  "_event_at" TIMESTAMP
) DISTSTYLE AUTO;

COPY "stage_tender" FROM 's3://lake/runs/pos.bill/bill-42/copy/tender.manifest' IAM_ROLE 'arn:aws:iam::123456789012:role/retaillake-copy' FORMAT AS PARQUET MANIFEST;

CALL "ops"."assert_checks"('SELECT CAST(''work not loaded yet'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "ops"."load_ledger" WHERE work_id = ''pos.bill/42'') AS found
UNION ALL SELECT CAST(''not overtaken by a later load'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM (SELECT CAST(''pos.bill'' AS VARCHAR(249)) AS topic, 0 AS "partition", -1 AS from_offset
  UNION ALL SELECT CAST(''pos.bill'' AS VARCHAR(249)), 1, 40) p LEFT JOIN (
  SELECT topic, "partition", MAX(next_offset) AS next_offset FROM "ops"."stream_ledger" WHERE contract = ''pos.bill'' GROUP BY topic, "partition"
) l ON l.topic = p.topic AND l."partition" = p."partition" WHERE COALESCE(l.next_offset, -1) <> p.from_offset) AS found
UNION ALL SELECT CAST(''staged bill.rows'' AS VARCHAR(500)) AS hop, CAST(7 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_bill" s) AS found
UNION ALL SELECT CAST(''staged bill.amount'' AS VARCHAR(500)) AS hop, CAST(12.5 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COALESCE(SUM(s."amount"), 0) AS DECIMAL(38,6)) FROM "stage_bill" s) AS found
UNION ALL SELECT CAST(''staged line.rows'' AS VARCHAR(500)) AS hop, CAST(7 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_line" s) AS found
UNION ALL SELECT CAST(''staged line.amount'' AS VARCHAR(500)) AS hop, CAST(12.5 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COALESCE(SUM(s."amount"), 0) AS DECIMAL(38,6)) FROM "stage_line" s) AS found
UNION ALL SELECT CAST(''staged tender.rows'' AS VARCHAR(500)) AS hop, CAST(7 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_tender" s) AS found
UNION ALL SELECT CAST(''staged tender.amount'' AS VARCHAR(500)) AS hop, CAST(12.5 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COALESCE(SUM(s."amount"), 0) AS DECIMAL(38,6)) FROM "stage_tender" s) AS found
UNION ALL SELECT CAST(''key without value in bill'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_bill" s WHERE s."_change" <> 2 AND (s."no" IS NULL)) AS found
UNION ALL SELECT CAST(''key without value in line'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_line" s WHERE s."_change" <> 2 AND (s."no" IS NULL OR s."line" IS NULL)) AS found
UNION ALL SELECT CAST(''key without value in tender'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_tender" s WHERE s."_change" <> 2 AND (s."no" IS NULL OR s."tender" IS NULL)) AS found
UNION ALL SELECT CAST(''changes of single rows in line'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_line" s WHERE s."_change" <> 0) AS found
UNION ALL SELECT CAST(''changes of single rows in tender'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_tender" s WHERE s."_change" <> 0) AS found');

CREATE TEMP TABLE "odd_bill" AS
SELECT s."no", s."note", s."amount", s."_file", s."_drop", s."_version", s."_change", s."_event_at",
  CAST(CASE WHEN s."_change" = 2 THEN 'deleted' WHEN f."no" IS NOT NULL THEN 'superseded' WHEN s."_change" = 1 THEN 'deleted' ELSE 'kept' END AS VARCHAR(10)) AS "_fate",
  CASE WHEN s."_change" = 2 THEN 1 ELSE s."_copy" END AS "_copy"
FROM (
  SELECT s."no", s."note", s."amount", s."_file", s."_drop", s."_version", s."_change", s."_event_at", 1 AS "_copy" FROM "stage_bill" s LEFT JOIN (SELECT "no" FROM "stage_bill" i GROUP BY "no" HAVING COUNT(*) > 1) d ON d."no" = s."no" WHERE d."no" IS NULL
  UNION ALL SELECT s."no", s."note", s."amount", s."_file", s."_drop", s."_version", s."_change", s."_event_at", ROW_NUMBER() OVER (PARTITION BY s."no" ORDER BY s."_version" DESC NULLS LAST, s."_drop" DESC NULLS LAST, s."_file" DESC NULLS LAST, s."_change" DESC NULLS LAST, s."note" DESC NULLS LAST, s."amount" DESC NULLS LAST, s."_event_at" DESC NULLS LAST) FROM "stage_bill" s JOIN (SELECT "no" FROM "stage_bill" i GROUP BY "no" HAVING COUNT(*) > 1) d ON d."no" = s."no"
) s LEFT JOIN (
  SELECT DISTINCT "no", "_file", "_drop", "_version" FROM (
    SELECT s."no", s."_file", s."_drop", s."_version" FROM "stage_bill" s JOIN "pos"."bill" t ON t."no" = s."no" WHERE (t."_version" > s."_version" OR (t."_version" = s."_version" AND (t."_drop" > s."_drop" OR (t."_drop" = s."_drop" AND t."_file" > s."_file"))))
    UNION ALL SELECT s."no", s."_file", s."_drop", s."_version" FROM "stage_bill" s JOIN "ops"."tombstone_pos_bill_bill" t ON t."no" = s."no" WHERE (t."_version" > s."_version" OR (t."_version" = s."_version" AND (t."_drop" > s."_drop" OR (t."_drop" = s."_drop" AND t."_file" > s."_file"))))
    UNION ALL SELECT s."no", s."_file", s."_drop", s."_version" FROM "stage_bill" s JOIN (SELECT q."_file", q."_drop", q."_version" FROM (SELECT "_file", "_drop", "_version" FROM "stage_bill" WHERE "_change" = 2 UNION ALL SELECT "_file", "_drop", "_version" FROM "ops"."tombstone_pos_bill_bill" WHERE "no" IS NULL) q ORDER BY q."_version" DESC, q."_drop" DESC, q."_file" DESC LIMIT 1) t ON (t."_version" > s."_version" OR (t."_version" = s."_version" AND (t."_drop" > s."_drop" OR (t."_drop" = s."_drop" AND t."_file" > s."_file"))))
  ) x
) f ON f."no" = s."no" AND f."_file" = s."_file" AND f."_drop" = s."_drop" AND f."_version" = s."_version";

CREATE TEMP TABLE "odd_line" AS
SELECT s."no", s."line", s."note", s."amount", s."_file", s."_drop", s."_version", s."_change", s."_event_at",
  CAST(CASE WHEN p."no" IS NULL THEN 'superseded' ELSE 'kept' END AS VARCHAR(10)) AS "_fate",
  s."_copy"
FROM (
  SELECT s."no", s."line", s."note", s."amount", s."_file", s."_drop", s."_version", s."_change", s."_event_at", 1 AS "_copy" FROM "stage_line" s LEFT JOIN (SELECT "no", "line", "_file", "_drop", "_version" FROM "stage_line" i GROUP BY "no", "line", "_file", "_drop", "_version" HAVING COUNT(*) > 1) d ON d."no" = s."no" AND d."line" = s."line" AND d."_file" = s."_file" AND d."_drop" = s."_drop" AND d."_version" = s."_version" WHERE d."no" IS NULL
  UNION ALL SELECT s."no", s."line", s."note", s."amount", s."_file", s."_drop", s."_version", s."_change", s."_event_at", ROW_NUMBER() OVER (PARTITION BY s."no", s."line", s."_file", s."_drop", s."_version" ORDER BY s."note" DESC NULLS LAST, s."amount" DESC NULLS LAST, s."_change" DESC NULLS LAST, s."_event_at" DESC NULLS LAST) FROM "stage_line" s JOIN (SELECT "no", "line", "_file", "_drop", "_version" FROM "stage_line" i GROUP BY "no", "line", "_file", "_drop", "_version" HAVING COUNT(*) > 1) d ON d."no" = s."no" AND d."line" = s."line" AND d."_file" = s."_file" AND d."_drop" = s."_drop" AND d."_version" = s."_version"
) s LEFT JOIN (SELECT o."no", o."_file", o."_drop", o."_version" FROM "odd_bill" o WHERE o."_copy" = 1 AND o."_fate" = 'kept') p ON s."no" = p."no" AND p."_file" = s."_file" AND p."_drop" = s."_drop" AND p."_version" = s."_version";

CREATE TEMP TABLE "odd_tender" AS
SELECT s."no", s."tender", s."note", s."amount", s."_file", s."_drop", s."_version", s."_change", s."_event_at",
  CAST(CASE WHEN p."no" IS NULL THEN 'superseded' ELSE 'kept' END AS VARCHAR(10)) AS "_fate",
  s."_copy"
FROM (
  SELECT s."no", s."tender", s."note", s."amount", s."_file", s."_drop", s."_version", s."_change", s."_event_at", 1 AS "_copy" FROM "stage_tender" s LEFT JOIN (SELECT "no", "tender", "_file", "_drop", "_version" FROM "stage_tender" i GROUP BY "no", "tender", "_file", "_drop", "_version" HAVING COUNT(*) > 1) d ON d."no" = s."no" AND d."tender" = s."tender" AND d."_file" = s."_file" AND d."_drop" = s."_drop" AND d."_version" = s."_version" WHERE d."no" IS NULL
  UNION ALL SELECT s."no", s."tender", s."note", s."amount", s."_file", s."_drop", s."_version", s."_change", s."_event_at", ROW_NUMBER() OVER (PARTITION BY s."no", s."tender", s."_file", s."_drop", s."_version" ORDER BY s."note" DESC NULLS LAST, s."amount" DESC NULLS LAST, s."_change" DESC NULLS LAST, s."_event_at" DESC NULLS LAST) FROM "stage_tender" s JOIN (SELECT "no", "tender", "_file", "_drop", "_version" FROM "stage_tender" i GROUP BY "no", "tender", "_file", "_drop", "_version" HAVING COUNT(*) > 1) d ON d."no" = s."no" AND d."tender" = s."tender" AND d."_file" = s."_file" AND d."_drop" = s."_drop" AND d."_version" = s."_version"
) s LEFT JOIN (SELECT o."no", o."_file", o."_drop", o."_version" FROM "odd_bill" o WHERE o."_copy" = 1 AND o."_fate" = 'kept') p ON s."no" = p."no" AND p."_file" = s."_file" AND p."_drop" = s."_drop" AND p."_version" = s."_version";

CREATE TEMP TABLE "leaving_bill" AS
SELECT k."no", CAST('replaced' AS VARCHAR(10)) AS "_why", k."amount", t."_run"
FROM "pos"."bill" t JOIN (SELECT o."no", o."amount" FROM "odd_bill" o WHERE o."_copy" = 1 AND o."_fate" = 'kept') k ON k."no" = t."no"
UNION ALL
SELECT t."no", CAST('deleted' AS VARCHAR(10)) AS "_why", t."amount", t."_run"
FROM "pos"."bill" t JOIN "odd_bill" o ON o."no" = t."no"
WHERE o."_copy" = 1 AND o."_fate" = 'deleted'
UNION ALL
SELECT t."no", CAST('swept' AS VARCHAR(10)) AS "_why", t."amount", t."_run"
FROM "pos"."bill" t JOIN (SELECT q."_file", q."_drop", q."_version" FROM (SELECT "_file", "_drop", "_version" FROM "stage_bill" WHERE "_change" = 2) q ORDER BY q."_version" DESC, q."_drop" DESC, q."_file" DESC LIMIT 1) c ON (c."_version" > t."_version" OR (c."_version" = t."_version" AND (c."_drop" > t."_drop" OR (c."_drop" = t."_drop" AND c."_file" > t."_file"))))
LEFT JOIN (SELECT o."no" FROM "odd_bill" o WHERE o."_copy" = 1 AND o."_fate" IN ('kept', 'deleted')) k ON k."no" = t."no"
WHERE k."no" IS NULL;

CREATE TEMP TABLE "leaving_line" AS
SELECT k."no", k."line", CAST('replaced' AS VARCHAR(10)) AS "_why", k."amount", t."_run"
FROM "pos"."line" t JOIN (SELECT k.*, u."_run" FROM (SELECT o."no", o."line", o."amount" FROM "odd_line" o WHERE o."_copy" = 1 AND o."_fate" = 'kept') k JOIN "leaving_bill" u ON u."no" = k."no") k ON k."no" = t."no" AND k."line" = t."line" AND t."_run" = k."_run"
UNION ALL
SELECT t."no", t."line", CAST('swept' AS VARCHAR(10)) AS "_why", t."amount", t."_run"
FROM "pos"."line" t JOIN "leaving_bill" u ON u."no" = t."no" AND u."_run" = t."_run"
LEFT JOIN (SELECT o."no", o."line" FROM "odd_line" o WHERE o."_copy" = 1 AND o."_fate" IN ('kept', 'deleted')) k ON k."no" = t."no" AND k."line" = t."line"
WHERE k."no" IS NULL;

CREATE TEMP TABLE "leaving_tender" AS
SELECT k."no", k."tender", CAST('replaced' AS VARCHAR(10)) AS "_why", k."amount", t."_run"
FROM "pos"."tender" t JOIN (SELECT k.*, u."_run" FROM (SELECT o."no", o."tender", o."amount" FROM "odd_tender" o WHERE o."_copy" = 1 AND o."_fate" = 'kept') k JOIN "leaving_bill" u ON u."no" = k."no") k ON k."no" = t."no" AND k."tender" = t."tender" AND t."_run" = k."_run"
UNION ALL
SELECT t."no", t."tender", CAST('swept' AS VARCHAR(10)) AS "_why", t."amount", t."_run"
FROM "pos"."tender" t JOIN "leaving_bill" u ON u."no" = t."no" AND u."_run" = t."_run"
LEFT JOIN (SELECT o."no", o."tender" FROM "odd_tender" o WHERE o."_copy" = 1 AND o."_fate" IN ('kept', 'deleted')) k ON k."no" = t."no" AND k."tender" = t."tender"
WHERE k."no" IS NULL;

CREATE TEMP TABLE "load_moves" AS
SELECT CAST('bill' AS VARCHAR(128)) AS table_name, CAST('rows' AS VARCHAR(128)) AS measure, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_bill" o WHERE o."_copy" > 1) AS duplicate,
  (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_bill" o WHERE o."_copy" = 1 AND o."_fate" = 'superseded') AS superseded, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_bill" o WHERE o."_copy" = 1 AND o."_fate" = 'deleted') AS deleted,
  (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "leaving_bill" l WHERE l."_why" = 'replaced') AS replaced, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "leaving_bill" l WHERE l."_why" = 'swept') AS swept,
  CAST((SELECT COUNT(*) FROM "pos"."bill") - (SELECT COUNT(*) FROM "leaving_bill") AS DECIMAL(38,6)) AS staying
UNION ALL SELECT CAST('bill' AS VARCHAR(128)) AS table_name, CAST('amount' AS VARCHAR(128)) AS measure, (SELECT CAST(COALESCE(SUM(o."amount"), 0) AS DECIMAL(38,6)) FROM "odd_bill" o WHERE o."_copy" > 1) AS duplicate,
  (SELECT CAST(COALESCE(SUM(o."amount"), 0) AS DECIMAL(38,6)) FROM "odd_bill" o WHERE o."_copy" = 1 AND o."_fate" = 'superseded') AS superseded, (SELECT CAST(COALESCE(SUM(o."amount"), 0) AS DECIMAL(38,6)) FROM "odd_bill" o WHERE o."_copy" = 1 AND o."_fate" = 'deleted') AS deleted,
  (SELECT CAST(COALESCE(SUM(l."amount"), 0) AS DECIMAL(38,6)) FROM "leaving_bill" l WHERE l."_why" = 'replaced') AS replaced, (SELECT CAST(COALESCE(SUM(l."amount"), 0) AS DECIMAL(38,6)) FROM "leaving_bill" l WHERE l."_why" = 'swept') AS swept,
  CAST((SELECT COUNT(*) FROM "pos"."bill") - (SELECT COUNT(*) FROM "leaving_bill") AS DECIMAL(38,6)) AS staying
UNION ALL SELECT CAST('line' AS VARCHAR(128)) AS table_name, CAST('rows' AS VARCHAR(128)) AS measure, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_line" o WHERE o."_copy" > 1) AS duplicate,
  (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_line" o WHERE o."_copy" = 1 AND o."_fate" = 'superseded') AS superseded, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_line" o WHERE o."_copy" = 1 AND o."_fate" = 'deleted') AS deleted,
  (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "leaving_line" l WHERE l."_why" = 'replaced') AS replaced, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "leaving_line" l WHERE l."_why" = 'swept') AS swept,
  CAST((SELECT COUNT(*) FROM "pos"."line") - (SELECT COUNT(*) FROM "leaving_line") AS DECIMAL(38,6)) AS staying
UNION ALL SELECT CAST('line' AS VARCHAR(128)) AS table_name, CAST('amount' AS VARCHAR(128)) AS measure, (SELECT CAST(COALESCE(SUM(o."amount"), 0) AS DECIMAL(38,6)) FROM "odd_line" o WHERE o."_copy" > 1) AS duplicate,
  (SELECT CAST(COALESCE(SUM(o."amount"), 0) AS DECIMAL(38,6)) FROM "odd_line" o WHERE o."_copy" = 1 AND o."_fate" = 'superseded') AS superseded, (SELECT CAST(COALESCE(SUM(o."amount"), 0) AS DECIMAL(38,6)) FROM "odd_line" o WHERE o."_copy" = 1 AND o."_fate" = 'deleted') AS deleted,
  (SELECT CAST(COALESCE(SUM(l."amount"), 0) AS DECIMAL(38,6)) FROM "leaving_line" l WHERE l."_why" = 'replaced') AS replaced, (SELECT CAST(COALESCE(SUM(l."amount"), 0) AS DECIMAL(38,6)) FROM "leaving_line" l WHERE l."_why" = 'swept') AS swept,
  CAST((SELECT COUNT(*) FROM "pos"."line") - (SELECT COUNT(*) FROM "leaving_line") AS DECIMAL(38,6)) AS staying
UNION ALL SELECT CAST('tender' AS VARCHAR(128)) AS table_name, CAST('rows' AS VARCHAR(128)) AS measure, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_tender" o WHERE o."_copy" > 1) AS duplicate,
  (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_tender" o WHERE o."_copy" = 1 AND o."_fate" = 'superseded') AS superseded, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_tender" o WHERE o."_copy" = 1 AND o."_fate" = 'deleted') AS deleted,
  (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "leaving_tender" l WHERE l."_why" = 'replaced') AS replaced, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "leaving_tender" l WHERE l."_why" = 'swept') AS swept,
  CAST((SELECT COUNT(*) FROM "pos"."tender") - (SELECT COUNT(*) FROM "leaving_tender") AS DECIMAL(38,6)) AS staying
UNION ALL SELECT CAST('tender' AS VARCHAR(128)) AS table_name, CAST('amount' AS VARCHAR(128)) AS measure, (SELECT CAST(COALESCE(SUM(o."amount"), 0) AS DECIMAL(38,6)) FROM "odd_tender" o WHERE o."_copy" > 1) AS duplicate,
  (SELECT CAST(COALESCE(SUM(o."amount"), 0) AS DECIMAL(38,6)) FROM "odd_tender" o WHERE o."_copy" = 1 AND o."_fate" = 'superseded') AS superseded, (SELECT CAST(COALESCE(SUM(o."amount"), 0) AS DECIMAL(38,6)) FROM "odd_tender" o WHERE o."_copy" = 1 AND o."_fate" = 'deleted') AS deleted,
  (SELECT CAST(COALESCE(SUM(l."amount"), 0) AS DECIMAL(38,6)) FROM "leaving_tender" l WHERE l."_why" = 'replaced') AS replaced, (SELECT CAST(COALESCE(SUM(l."amount"), 0) AS DECIMAL(38,6)) FROM "leaving_tender" l WHERE l."_why" = 'swept') AS swept,
  CAST((SELECT COUNT(*) FROM "pos"."tender") - (SELECT COUNT(*) FROM "leaving_tender") AS DECIMAL(38,6)) AS staying;

DELETE FROM "pos"."bill" USING "leaving_bill" l WHERE "bill"."no" = l."no" AND "bill"."_run" = l."_run";

DELETE FROM "pos"."line" USING "leaving_line" l WHERE "line"."no" = l."no" AND "line"."line" = l."line" AND "line"."_run" = l."_run";

DELETE FROM "pos"."tender" USING "leaving_tender" l WHERE "tender"."no" = l."no" AND "tender"."tender" = l."tender" AND "tender"."_run" = l."_run";

INSERT INTO "pos"."bill" ("no", "note", "amount", "_file", "_drop", "_version", "_event_at", "_run", "_loaded_at")
SELECT k."no", k."note", k."amount", k."_file", k."_drop", k."_version", k."_event_at", 42, TIMESTAMP '2026-11-21 06:00:00.000000' FROM (SELECT o."no", o."note", o."amount", o."_file", o."_drop", o."_version", o."_event_at" FROM "odd_bill" o WHERE o."_copy" = 1 AND o."_fate" = 'kept') k;

INSERT INTO "pos"."line" ("no", "line", "note", "amount", "_file", "_drop", "_version", "_event_at", "_run", "_loaded_at")
SELECT k."no", k."line", k."note", k."amount", k."_file", k."_drop", k."_version", k."_event_at", 42, TIMESTAMP '2026-11-21 06:00:00.000000' FROM (SELECT o."no", o."line", o."note", o."amount", o."_file", o."_drop", o."_version", o."_event_at" FROM "odd_line" o WHERE o."_copy" = 1 AND o."_fate" = 'kept') k;

INSERT INTO "pos"."tender" ("no", "tender", "note", "amount", "_file", "_drop", "_version", "_event_at", "_run", "_loaded_at")
SELECT k."no", k."tender", k."note", k."amount", k."_file", k."_drop", k."_version", k."_event_at", 42, TIMESTAMP '2026-11-21 06:00:00.000000' FROM (SELECT o."no", o."tender", o."note", o."amount", o."_file", o."_drop", o."_version", o."_event_at" FROM "odd_tender" o WHERE o."_copy" = 1 AND o."_fate" = 'kept') k;

INSERT INTO "ops"."tombstone_pos_bill_bill" ("no", "_file", "_drop", "_version", "_run")
SELECT o."no", o."_file", o."_drop", o."_version", 42 FROM "odd_bill" o WHERE o."_copy" = 1 AND o."_fate" = 'deleted';

INSERT INTO "ops"."export_outbox_pos_line" ("_sequence", "_op", "no", "line", "amount")
SELECT (SELECT COALESCE(MAX(e.export_sequence), 0) + 1 FROM "ops"."load_ledger" e WHERE e.contract = 'pos.bill'), 'U', k."no", k."line", k."amount" FROM (SELECT o."no", o."line", o."amount" FROM "odd_line" o WHERE o."_copy" = 1 AND o."_fate" = 'kept') k
UNION ALL SELECT (SELECT COALESCE(MAX(e.export_sequence), 0) + 1 FROM "ops"."load_ledger" e WHERE e.contract = 'pos.bill'), 'D', l."no", l."line", l."amount" FROM "leaving_line" l WHERE l."_why" <> 'replaced';

INSERT INTO "ops"."export_ledger" (contract, subject, sequence, work_id, execution, state, row_count, deleted_count, deliveries)
SELECT 'pos.bill', 'SALES', (SELECT COALESCE(MAX(e.export_sequence), 0) + 1 FROM "ops"."load_ledger" e WHERE e.contract = 'pos.bill'), 'pos.bill/42', 'bill-42', 'pending',
  COALESCE(SUM(CASE WHEN o."_op" = 'U' THEN o.n ELSE 0 END), 0), COALESCE(SUM(CASE WHEN o."_op" = 'D' THEN o.n ELSE 0 END), 0), 0
FROM (SELECT "_sequence", "_op", COUNT(*) AS n FROM "ops"."export_outbox_pos_line" GROUP BY "_sequence", "_op") o
WHERE o."_sequence" = (SELECT COALESCE(MAX(e.export_sequence), 0) + 1 FROM "ops"."load_ledger" e WHERE e.contract = 'pos.bill');

INSERT INTO "ops"."stream_ledger" (contract, work_id, execution, loaded_at, topic, "partition", from_offset, first_offset, last_offset, next_offset, records, skipped_records, gaps, first_event_at, last_event_at)
SELECT 'pos.bill', 'pos.bill/42', 'bill-42', TIMESTAMP '2026-11-21 06:00:00.000000', topic, "partition", from_offset, first_offset, last_offset, next_offset, records, skipped_records, gaps, first_event_at, last_event_at FROM (
  SELECT CAST('pos.bill' AS VARCHAR(249)) AS topic, 0 AS "partition", CAST(NULL AS BIGINT) AS from_offset, 5 AS first_offset, 104 AS last_offset, 105 AS next_offset, 100 AS records, 2 AS skipped_records, 0 AS gaps, TIMESTAMP '2026-11-22 19:40:05.120000' AS first_event_at, TIMESTAMP '2026-11-22 19:40:09.000000' AS last_event_at
  UNION ALL SELECT CAST('pos.bill' AS VARCHAR(249)), 1, 40, 42, 50, 51, 8, 0, 3, CAST(NULL AS TIMESTAMP), CAST(NULL AS TIMESTAMP)
) p;

INSERT INTO "ops"."load_balance" ("work_id", "execution", "contract", "table_name", "measure", "source", "landed", "valid", "rejected", "staged", "inserted", "replaced", "superseded", "duplicate", "held", "deleted", "swept", "published")
SELECT 'pos.bill/42', 'bill-42', 'pos.bill', m.table_name, m.measure,
  p.source_total, p.landed, p.valid, p.rejected, p.staged, p.published - m.replaced, m.replaced, m.superseded, m.duplicate, 0, m.deleted, m.swept, p.published
FROM "load_moves" m JOIN (
  SELECT CAST('bill' AS VARCHAR(128)) AS table_name, CAST('rows' AS VARCHAR(128)) AS measure, CAST(7 AS DECIMAL(38,6)) AS source_total, CAST(7 AS DECIMAL(38,6)) AS landed, CAST(7 AS DECIMAL(38,6)) AS valid, CAST(0 AS DECIMAL(38,6)) AS rejected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_bill" s) AS staged, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "pos"."bill" t WHERE t."_run" = 42) AS published
  UNION ALL SELECT CAST('bill' AS VARCHAR(128)) AS table_name, CAST('amount' AS VARCHAR(128)) AS measure, CAST(12.5 AS DECIMAL(38,6)) AS source_total, CAST(12.5 AS DECIMAL(38,6)) AS landed, CAST(12.5 AS DECIMAL(38,6)) AS valid, CAST(0 AS DECIMAL(38,6)) AS rejected, (SELECT CAST(COALESCE(SUM(s."amount"), 0) AS DECIMAL(38,6)) FROM "stage_bill" s) AS staged, (SELECT CAST(COALESCE(SUM(t."amount"), 0) AS DECIMAL(38,6)) FROM "pos"."bill" t WHERE t."_run" = 42) AS published
  UNION ALL SELECT CAST('line' AS VARCHAR(128)) AS table_name, CAST('rows' AS VARCHAR(128)) AS measure, CAST(7 AS DECIMAL(38,6)) AS source_total, CAST(7 AS DECIMAL(38,6)) AS landed, CAST(7 AS DECIMAL(38,6)) AS valid, CAST(0 AS DECIMAL(38,6)) AS rejected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_line" s) AS staged, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "pos"."line" t WHERE t."_run" = 42) AS published
  UNION ALL SELECT CAST('line' AS VARCHAR(128)) AS table_name, CAST('amount' AS VARCHAR(128)) AS measure, CAST(12.5 AS DECIMAL(38,6)) AS source_total, CAST(12.5 AS DECIMAL(38,6)) AS landed, CAST(12.5 AS DECIMAL(38,6)) AS valid, CAST(0 AS DECIMAL(38,6)) AS rejected, (SELECT CAST(COALESCE(SUM(s."amount"), 0) AS DECIMAL(38,6)) FROM "stage_line" s) AS staged, (SELECT CAST(COALESCE(SUM(t."amount"), 0) AS DECIMAL(38,6)) FROM "pos"."line" t WHERE t."_run" = 42) AS published
  UNION ALL SELECT CAST('tender' AS VARCHAR(128)) AS table_name, CAST('rows' AS VARCHAR(128)) AS measure, CAST(7 AS DECIMAL(38,6)) AS source_total, CAST(7 AS DECIMAL(38,6)) AS landed, CAST(7 AS DECIMAL(38,6)) AS valid, CAST(0 AS DECIMAL(38,6)) AS rejected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_tender" s) AS staged, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "pos"."tender" t WHERE t."_run" = 42) AS published
  UNION ALL SELECT CAST('tender' AS VARCHAR(128)) AS table_name, CAST('amount' AS VARCHAR(128)) AS measure, CAST(12.5 AS DECIMAL(38,6)) AS source_total, CAST(12.5 AS DECIMAL(38,6)) AS landed, CAST(12.5 AS DECIMAL(38,6)) AS valid, CAST(0 AS DECIMAL(38,6)) AS rejected, (SELECT CAST(COALESCE(SUM(s."amount"), 0) AS DECIMAL(38,6)) FROM "stage_tender" s) AS staged, (SELECT CAST(COALESCE(SUM(t."amount"), 0) AS DECIMAL(38,6)) FROM "pos"."tender" t WHERE t."_run" = 42) AS published
) p ON p.table_name = m.table_name AND p.measure = m.measure;

CALL "ops"."assert_checks"('SELECT CAST(''staged = inserted + replaced + superseded + duplicate + held + deleted of '' || table_name || ''.'' || measure AS VARCHAR(500)) AS hop, staged AS expected, inserted + replaced + superseded + duplicate + held + deleted AS found FROM "ops"."load_balance" WHERE work_id = ''pos.bill/42''
UNION ALL SELECT CAST(''rows of bill after the load'' AS VARCHAR(500)) AS hop, (SELECT m.staying FROM "load_moves" m WHERE m.table_name = ''bill'' AND m.measure = ''rows'') + (SELECT b.published FROM "ops"."load_balance" b WHERE b.work_id = ''pos.bill/42'' AND b.table_name = ''bill'' AND b.measure = ''rows'') AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "pos"."bill") AS found
UNION ALL SELECT CAST(''rows of line after the load'' AS VARCHAR(500)) AS hop, (SELECT m.staying FROM "load_moves" m WHERE m.table_name = ''line'' AND m.measure = ''rows'') + (SELECT b.published FROM "ops"."load_balance" b WHERE b.work_id = ''pos.bill/42'' AND b.table_name = ''line'' AND b.measure = ''rows'') AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "pos"."line") AS found
UNION ALL SELECT CAST(''rows of tender after the load'' AS VARCHAR(500)) AS hop, (SELECT m.staying FROM "load_moves" m WHERE m.table_name = ''tender'' AND m.measure = ''rows'') + (SELECT b.published FROM "ops"."load_balance" b WHERE b.work_id = ''pos.bill/42'' AND b.table_name = ''tender'' AND b.measure = ''rows'') AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "pos"."tender") AS found
UNION ALL SELECT CAST(''one row per key in bill'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM (SELECT 1 AS twice FROM "leaving_bill" GROUP BY "no" HAVING COUNT(*) > 1) d) AS found
UNION ALL SELECT CAST(''one row per key in line'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM (SELECT 1 AS twice FROM "leaving_line" GROUP BY "no", "line" HAVING COUNT(*) > 1) d) AS found
UNION ALL SELECT CAST(''one row per key in tender'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM (SELECT 1 AS twice FROM "leaving_tender" GROUP BY "no", "tender" HAVING COUNT(*) > 1) d) AS found');

INSERT INTO "ops"."load_ledger" ("work_id", "contract", "source_name", "feed", "execution", "ordinal", "contract_version", "contract_sha256", "mode", "window_lo", "window_hi", "window_proof", "outcome", "export_sequence", "loaded_at", "source", "landed", "valid", "rejected", "staged", "inserted", "replaced", "superseded", "duplicate", "held", "deleted", "swept", "published")
SELECT 'pos.bill/42', 'pos.bill', 'pos', 'bill', 'bill-42', 42, '1.0.0', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'stream', CAST(NULL AS TIMESTAMP), CAST(NULL AS TIMESTAMP), NULL, 'loaded', (SELECT COALESCE(MAX(e.export_sequence), 0) + 1 FROM "ops"."load_ledger" e WHERE e.contract = 'pos.bill'), TIMESTAMP '2026-11-21 06:00:00.000000', CAST(COALESCE(SUM(b."source"), 0) AS BIGINT), CAST(COALESCE(SUM(b."landed"), 0) AS BIGINT), CAST(COALESCE(SUM(b."valid"), 0) AS BIGINT), CAST(COALESCE(SUM(b."rejected"), 0) AS BIGINT), CAST(COALESCE(SUM(b."staged"), 0) AS BIGINT), CAST(COALESCE(SUM(b."inserted"), 0) AS BIGINT), CAST(COALESCE(SUM(b."replaced"), 0) AS BIGINT), CAST(COALESCE(SUM(b."superseded"), 0) AS BIGINT), CAST(COALESCE(SUM(b."duplicate"), 0) AS BIGINT), CAST(COALESCE(SUM(b."held"), 0) AS BIGINT), CAST(COALESCE(SUM(b."deleted"), 0) AS BIGINT), CAST(COALESCE(SUM(b."swept"), 0) AS BIGINT), CAST(COALESCE(SUM(b."published"), 0) AS BIGINT)
FROM "ops"."load_balance" b WHERE b.work_id = 'pos.bill/42' AND b.measure = 'rows';

