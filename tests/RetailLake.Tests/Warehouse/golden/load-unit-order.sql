LOCK "ops"."lock_oms_order";

CALL "ops"."assert_checks"('SELECT CAST(''work not loaded yet'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "ops"."load_ledger" WHERE work_id = ''oms.order/42'') AS found
UNION ALL SELECT CAST(''not overtaken by a later load'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "ops"."load_ledger" WHERE contract = ''oms.order'' AND ordinal > 42 AND (window_lo IS NULL OR window_lo <= TIMESTAMP ''2026-11-21 06:00:00.000000'') AND window_hi >= TIMESTAMP ''2026-11-21 16:00:00.000000'') AS found');

CREATE TEMP TABLE "stage_order" (
  "order_id" BIGINT,
  "business_date" DATE,
  "amount" DECIMAL(12,2),
  "updated_at" TIMESTAMP,
  "is_deleted" BOOLEAN
) DISTSTYLE KEY DISTKEY("order_id") SORTKEY("business_date");

COPY "stage_order" FROM 's3://lake/runs/oms.order/order-42/copy/order.manifest' IAM_ROLE 'arn:aws:iam::123456789012:role/retaillake-copy' FORMAT AS PARQUET MANIFEST;

CREATE TEMP TABLE "stage_order_line" (
  "line_id" BIGINT,
  "order_id" BIGINT,
  "item" VARCHAR(160),
  "quantity" DECIMAL(12,3),
  "net" DECIMAL(12,2)
) DISTSTYLE KEY DISTKEY("order_id");

COPY "stage_order_line" FROM 's3://lake/runs/oms.order/order-42/copy/order_line.manifest' IAM_ROLE 'arn:aws:iam::123456789012:role/retaillake-copy' FORMAT AS PARQUET MANIFEST;

CREATE TEMP TABLE "stage_payment" (
  "order_id" BIGINT,
  "payment_no" INTEGER,
  "paid" DECIMAL(12,2)
) DISTSTYLE KEY DISTKEY("order_id");

COPY "stage_payment" FROM 's3://lake/runs/oms.order/order-42/copy/payment.manifest' IAM_ROLE 'arn:aws:iam::123456789012:role/retaillake-copy' FORMAT AS PARQUET MANIFEST;

CREATE TEMP TABLE "sweep_keys" (
  "order_id" BIGINT
);

COPY "sweep_keys" FROM 's3://lake/runs/oms.order/order-42/copy/order.keys.manifest' IAM_ROLE 'arn:aws:iam::123456789012:role/retaillake-copy' FORMAT AS PARQUET MANIFEST;

CALL "ops"."assert_checks"('SELECT CAST(''staged order.rows'' AS VARCHAR(500)) AS hop, CAST(7 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_order" s) AS found
UNION ALL SELECT CAST(''staged order.amount'' AS VARCHAR(500)) AS hop, CAST(12.5 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COALESCE(SUM(s."amount"), 0) AS DECIMAL(38,6)) FROM "stage_order" s) AS found
UNION ALL SELECT CAST(''staged order_line.rows'' AS VARCHAR(500)) AS hop, CAST(7 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_order_line" s) AS found
UNION ALL SELECT CAST(''staged order_line.quantity'' AS VARCHAR(500)) AS hop, CAST(12.5 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COALESCE(SUM(s."quantity"), 0) AS DECIMAL(38,6)) FROM "stage_order_line" s) AS found
UNION ALL SELECT CAST(''staged order_line.net'' AS VARCHAR(500)) AS hop, CAST(12.5 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COALESCE(SUM(s."net"), 0) AS DECIMAL(38,6)) FROM "stage_order_line" s) AS found
UNION ALL SELECT CAST(''staged payment.rows'' AS VARCHAR(500)) AS hop, CAST(7 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_payment" s) AS found
UNION ALL SELECT CAST(''staged payment.paid'' AS VARCHAR(500)) AS hop, CAST(12.5 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COALESCE(SUM(s."paid"), 0) AS DECIMAL(38,6)) FROM "stage_payment" s) AS found
UNION ALL SELECT CAST(''key without value in order'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_order" s WHERE s."order_id" IS NULL) AS found
UNION ALL SELECT CAST(''key without value in order_line'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_order_line" s WHERE s."line_id" IS NULL) AS found
UNION ALL SELECT CAST(''key without value in payment'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_payment" s WHERE s."order_id" IS NULL OR s."payment_no" IS NULL) AS found
UNION ALL SELECT CAST(''staged keys'' AS VARCHAR(500)) AS hop, CAST(7 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "sweep_keys") AS found');

CREATE TEMP TABLE "odd_order" AS
SELECT s."order_id", s."business_date", s."amount", s."updated_at", s."is_deleted",
  CAST(CASE WHEN f.newer = 1 THEN 'superseded' WHEN f.dead = 1 THEN 'deleted' ELSE 'kept' END AS VARCHAR(10)) AS "_fate",
  ROW_NUMBER() OVER (PARTITION BY s."order_id" ORDER BY s."updated_at" DESC NULLS LAST, s."business_date" DESC NULLS LAST, s."amount" DESC NULLS LAST, s."is_deleted" DESC NULLS LAST) AS "_copy"
FROM "stage_order" s JOIN (
  SELECT "order_id", MAX(newer) AS newer, MAX(dead) AS dead FROM (
    SELECT "order_id", 0 AS newer, 0 AS dead FROM "stage_order" GROUP BY "order_id" HAVING COUNT(*) > 1
    UNION ALL SELECT "order_id", 1 AS newer, 0 AS dead FROM "oms"."order" WHERE "_run" > 42
    UNION ALL SELECT "order_id", 1 AS newer, 0 AS dead FROM "ops"."tombstone_oms_order" WHERE "_run" > 42
  ) x GROUP BY "order_id"
) f ON f."order_id" = s."order_id";

CREATE TEMP TABLE "odd_order_line" AS
SELECT s."line_id", s."order_id", s."item", s."quantity", s."net",
  CAST(CASE WHEN f.newer = 1 THEN 'superseded' WHEN f.dead = 1 THEN 'deleted' ELSE 'kept' END AS VARCHAR(10)) AS "_fate",
  ROW_NUMBER() OVER (PARTITION BY s."line_id" ORDER BY s."order_id" DESC NULLS LAST, s."item" DESC NULLS LAST, s."quantity" DESC NULLS LAST, s."net" DESC NULLS LAST) AS "_copy"
FROM "stage_order_line" s JOIN (
  SELECT "line_id", MAX(newer) AS newer, MAX(dead) AS dead FROM (
    SELECT "line_id", 0 AS newer, 0 AS dead FROM "stage_order_line" GROUP BY "line_id" HAVING COUNT(*) > 1
    UNION ALL SELECT "line_id", 1 AS newer, 0 AS dead FROM "oms"."order_line" WHERE "_run" > 42
    UNION ALL SELECT s."line_id", 1 AS newer, 0 AS dead FROM "stage_order_line" s JOIN "oms"."order" p ON s."order_id" = p."order_id" WHERE p."_run" > 42
    UNION ALL SELECT s."line_id", 1 AS newer, 0 AS dead FROM "stage_order_line" s JOIN "ops"."tombstone_oms_order" p ON s."order_id" = p."order_id" WHERE p."_run" > 42
  ) x GROUP BY "line_id"
) f ON f."line_id" = s."line_id";

CREATE TEMP TABLE "odd_payment" AS
SELECT s."order_id", s."payment_no", s."paid",
  CAST(CASE WHEN f.newer = 1 THEN 'superseded' WHEN f.dead = 1 THEN 'deleted' ELSE 'kept' END AS VARCHAR(10)) AS "_fate",
  ROW_NUMBER() OVER (PARTITION BY s."order_id", s."payment_no" ORDER BY s."paid" DESC NULLS LAST) AS "_copy"
FROM "stage_payment" s JOIN (
  SELECT "order_id", "payment_no", MAX(newer) AS newer, MAX(dead) AS dead FROM (
    SELECT "order_id", "payment_no", 0 AS newer, 0 AS dead FROM "stage_payment" GROUP BY "order_id", "payment_no" HAVING COUNT(*) > 1
    UNION ALL SELECT "order_id", "payment_no", 1 AS newer, 0 AS dead FROM "oms"."payment" WHERE "_run" > 42
    UNION ALL SELECT s."order_id", s."payment_no", 1 AS newer, 0 AS dead FROM "stage_payment" s JOIN "oms"."order" p ON s."order_id" = p."order_id" WHERE p."_run" > 42
    UNION ALL SELECT s."order_id", s."payment_no", 1 AS newer, 0 AS dead FROM "stage_payment" s JOIN "ops"."tombstone_oms_order" p ON s."order_id" = p."order_id" WHERE p."_run" > 42
  ) x GROUP BY "order_id", "payment_no"
) f ON f."order_id" = s."order_id" AND f."payment_no" = s."payment_no";

CREATE TEMP TABLE "leaving_order" AS
SELECT k."order_id", CAST('replaced' AS VARCHAR(10)) AS "_why", k."amount"
FROM "oms"."order" t JOIN (SELECT s."order_id", s."amount" FROM "stage_order" s LEFT JOIN "odd_order" o ON o."order_id" = s."order_id" WHERE o."order_id" IS NULL
  UNION ALL SELECT o."order_id", o."amount" FROM "odd_order" o WHERE o."_copy" = 1 AND o."_fate" = 'kept') k ON k."order_id" = t."order_id"
UNION ALL
SELECT t."order_id", CAST('swept' AS VARCHAR(10)) AS "_why", t."amount"
FROM "oms"."order" t
WHERE t."_run" <= 42 AND NOT EXISTS (SELECT 1 FROM "stage_order" s WHERE s."order_id" = t."order_id")
  AND NOT EXISTS (SELECT 1 FROM "sweep_keys" s WHERE s."order_id" = t."order_id");

CREATE TEMP TABLE "leaving_order_line" AS
SELECT k."line_id", CAST('replaced' AS VARCHAR(10)) AS "_why", CAST(NULL AS BIGINT) AS "order_id", CAST(NULL AS VARCHAR(160)) AS "item", k."quantity", k."net"
FROM "oms"."order_line" t JOIN (SELECT s."line_id", s."quantity", s."net" FROM "stage_order_line" s LEFT JOIN "odd_order_line" o ON o."line_id" = s."line_id" WHERE o."line_id" IS NULL
  UNION ALL SELECT o."line_id", o."quantity", o."net" FROM "odd_order_line" o WHERE o."_copy" = 1 AND o."_fate" = 'kept') k ON k."line_id" = t."line_id"
UNION ALL
SELECT t."line_id", CAST('swept' AS VARCHAR(10)) AS "_why", t."order_id", t."item", t."quantity", t."net"
FROM "oms"."order_line" t
WHERE t."_run" <= 42 AND NOT EXISTS (SELECT 1 FROM "stage_order_line" s WHERE s."line_id" = t."line_id")
  AND EXISTS (SELECT 1 FROM (
    SELECT k."order_id" FROM (SELECT s."order_id" FROM "stage_order" s LEFT JOIN "odd_order" o ON o."order_id" = s."order_id" WHERE o."order_id" IS NULL
  UNION ALL SELECT o."order_id" FROM "odd_order" o WHERE o."_copy" = 1 AND o."_fate" = 'kept') k
    UNION ALL SELECT l."order_id" FROM "leaving_order" l WHERE l."_why" <> 'replaced'
  ) u WHERE u."order_id" = t."order_id");

CREATE TEMP TABLE "leaving_payment" AS
SELECT k."order_id", k."payment_no", CAST('replaced' AS VARCHAR(10)) AS "_why", k."paid"
FROM "oms"."payment" t JOIN (SELECT s."order_id", s."payment_no", s."paid" FROM "stage_payment" s LEFT JOIN "odd_payment" o ON o."order_id" = s."order_id" AND o."payment_no" = s."payment_no" WHERE o."order_id" IS NULL
  UNION ALL SELECT o."order_id", o."payment_no", o."paid" FROM "odd_payment" o WHERE o."_copy" = 1 AND o."_fate" = 'kept') k ON k."order_id" = t."order_id" AND k."payment_no" = t."payment_no"
UNION ALL
SELECT t."order_id", t."payment_no", CAST('swept' AS VARCHAR(10)) AS "_why", t."paid"
FROM "oms"."payment" t
WHERE t."_run" <= 42 AND NOT EXISTS (SELECT 1 FROM "stage_payment" s WHERE s."order_id" = t."order_id" AND s."payment_no" = t."payment_no")
  AND EXISTS (SELECT 1 FROM (
    SELECT k."order_id" FROM (SELECT s."order_id" FROM "stage_order" s LEFT JOIN "odd_order" o ON o."order_id" = s."order_id" WHERE o."order_id" IS NULL
  UNION ALL SELECT o."order_id" FROM "odd_order" o WHERE o."_copy" = 1 AND o."_fate" = 'kept') k
    UNION ALL SELECT l."order_id" FROM "leaving_order" l WHERE l."_why" <> 'replaced'
  ) u WHERE u."order_id" = t."order_id");

CREATE TEMP TABLE "load_moves" AS
SELECT CAST('order' AS VARCHAR(128)) AS table_name, CAST('rows' AS VARCHAR(128)) AS measure, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_order" o WHERE o."_copy" > 1) AS duplicate,
  (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_order" o WHERE o."_copy" = 1 AND o."_fate" = 'superseded') AS superseded, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_order" o WHERE o."_copy" = 1 AND o."_fate" = 'deleted') AS deleted,
  (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "leaving_order" l WHERE l."_why" = 'replaced') AS replaced, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "leaving_order" l WHERE l."_why" = 'swept') AS swept,
  CAST((SELECT COUNT(*) FROM "oms"."order") - (SELECT COUNT(*) FROM "leaving_order") AS DECIMAL(38,6)) AS staying
UNION ALL SELECT CAST('order' AS VARCHAR(128)) AS table_name, CAST('amount' AS VARCHAR(128)) AS measure, (SELECT CAST(COALESCE(SUM(o."amount"), 0) AS DECIMAL(38,6)) FROM "odd_order" o WHERE o."_copy" > 1) AS duplicate,
  (SELECT CAST(COALESCE(SUM(o."amount"), 0) AS DECIMAL(38,6)) FROM "odd_order" o WHERE o."_copy" = 1 AND o."_fate" = 'superseded') AS superseded, (SELECT CAST(COALESCE(SUM(o."amount"), 0) AS DECIMAL(38,6)) FROM "odd_order" o WHERE o."_copy" = 1 AND o."_fate" = 'deleted') AS deleted,
  (SELECT CAST(COALESCE(SUM(l."amount"), 0) AS DECIMAL(38,6)) FROM "leaving_order" l WHERE l."_why" = 'replaced') AS replaced, (SELECT CAST(COALESCE(SUM(l."amount"), 0) AS DECIMAL(38,6)) FROM "leaving_order" l WHERE l."_why" = 'swept') AS swept,
  CAST((SELECT COUNT(*) FROM "oms"."order") - (SELECT COUNT(*) FROM "leaving_order") AS DECIMAL(38,6)) AS staying
UNION ALL SELECT CAST('order_line' AS VARCHAR(128)) AS table_name, CAST('rows' AS VARCHAR(128)) AS measure, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_order_line" o WHERE o."_copy" > 1) AS duplicate,
  (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_order_line" o WHERE o."_copy" = 1 AND o."_fate" = 'superseded') AS superseded, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_order_line" o WHERE o."_copy" = 1 AND o."_fate" = 'deleted') AS deleted,
  (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "leaving_order_line" l WHERE l."_why" = 'replaced') AS replaced, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "leaving_order_line" l WHERE l."_why" = 'swept') AS swept,
  CAST((SELECT COUNT(*) FROM "oms"."order_line") - (SELECT COUNT(*) FROM "leaving_order_line") AS DECIMAL(38,6)) AS staying
UNION ALL SELECT CAST('order_line' AS VARCHAR(128)) AS table_name, CAST('quantity' AS VARCHAR(128)) AS measure, (SELECT CAST(COALESCE(SUM(o."quantity"), 0) AS DECIMAL(38,6)) FROM "odd_order_line" o WHERE o."_copy" > 1) AS duplicate,
  (SELECT CAST(COALESCE(SUM(o."quantity"), 0) AS DECIMAL(38,6)) FROM "odd_order_line" o WHERE o."_copy" = 1 AND o."_fate" = 'superseded') AS superseded, (SELECT CAST(COALESCE(SUM(o."quantity"), 0) AS DECIMAL(38,6)) FROM "odd_order_line" o WHERE o."_copy" = 1 AND o."_fate" = 'deleted') AS deleted,
  (SELECT CAST(COALESCE(SUM(l."quantity"), 0) AS DECIMAL(38,6)) FROM "leaving_order_line" l WHERE l."_why" = 'replaced') AS replaced, (SELECT CAST(COALESCE(SUM(l."quantity"), 0) AS DECIMAL(38,6)) FROM "leaving_order_line" l WHERE l."_why" = 'swept') AS swept,
  CAST((SELECT COUNT(*) FROM "oms"."order_line") - (SELECT COUNT(*) FROM "leaving_order_line") AS DECIMAL(38,6)) AS staying
UNION ALL SELECT CAST('order_line' AS VARCHAR(128)) AS table_name, CAST('net' AS VARCHAR(128)) AS measure, (SELECT CAST(COALESCE(SUM(o."net"), 0) AS DECIMAL(38,6)) FROM "odd_order_line" o WHERE o."_copy" > 1) AS duplicate,
  (SELECT CAST(COALESCE(SUM(o."net"), 0) AS DECIMAL(38,6)) FROM "odd_order_line" o WHERE o."_copy" = 1 AND o."_fate" = 'superseded') AS superseded, (SELECT CAST(COALESCE(SUM(o."net"), 0) AS DECIMAL(38,6)) FROM "odd_order_line" o WHERE o."_copy" = 1 AND o."_fate" = 'deleted') AS deleted,
  (SELECT CAST(COALESCE(SUM(l."net"), 0) AS DECIMAL(38,6)) FROM "leaving_order_line" l WHERE l."_why" = 'replaced') AS replaced, (SELECT CAST(COALESCE(SUM(l."net"), 0) AS DECIMAL(38,6)) FROM "leaving_order_line" l WHERE l."_why" = 'swept') AS swept,
  CAST((SELECT COUNT(*) FROM "oms"."order_line") - (SELECT COUNT(*) FROM "leaving_order_line") AS DECIMAL(38,6)) AS staying
UNION ALL SELECT CAST('payment' AS VARCHAR(128)) AS table_name, CAST('rows' AS VARCHAR(128)) AS measure, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_payment" o WHERE o."_copy" > 1) AS duplicate,
  (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_payment" o WHERE o."_copy" = 1 AND o."_fate" = 'superseded') AS superseded, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_payment" o WHERE o."_copy" = 1 AND o."_fate" = 'deleted') AS deleted,
  (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "leaving_payment" l WHERE l."_why" = 'replaced') AS replaced, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "leaving_payment" l WHERE l."_why" = 'swept') AS swept,
  CAST((SELECT COUNT(*) FROM "oms"."payment") - (SELECT COUNT(*) FROM "leaving_payment") AS DECIMAL(38,6)) AS staying
UNION ALL SELECT CAST('payment' AS VARCHAR(128)) AS table_name, CAST('paid' AS VARCHAR(128)) AS measure, (SELECT CAST(COALESCE(SUM(o."paid"), 0) AS DECIMAL(38,6)) FROM "odd_payment" o WHERE o."_copy" > 1) AS duplicate,
  (SELECT CAST(COALESCE(SUM(o."paid"), 0) AS DECIMAL(38,6)) FROM "odd_payment" o WHERE o."_copy" = 1 AND o."_fate" = 'superseded') AS superseded, (SELECT CAST(COALESCE(SUM(o."paid"), 0) AS DECIMAL(38,6)) FROM "odd_payment" o WHERE o."_copy" = 1 AND o."_fate" = 'deleted') AS deleted,
  (SELECT CAST(COALESCE(SUM(l."paid"), 0) AS DECIMAL(38,6)) FROM "leaving_payment" l WHERE l."_why" = 'replaced') AS replaced, (SELECT CAST(COALESCE(SUM(l."paid"), 0) AS DECIMAL(38,6)) FROM "leaving_payment" l WHERE l."_why" = 'swept') AS swept,
  CAST((SELECT COUNT(*) FROM "oms"."payment") - (SELECT COUNT(*) FROM "leaving_payment") AS DECIMAL(38,6)) AS staying;

DELETE FROM "oms"."order" USING "leaving_order" l WHERE "order"."order_id" = l."order_id";

DELETE FROM "oms"."order_line" USING "leaving_order_line" l WHERE "order_line"."line_id" = l."line_id";

DELETE FROM "oms"."payment" USING "leaving_payment" l WHERE "payment"."order_id" = l."order_id" AND "payment"."payment_no" = l."payment_no";

INSERT INTO "oms"."order" ("order_id", "business_date", "amount", "updated_at", "is_deleted", "_run", "_loaded_at")
SELECT k."order_id", k."business_date", k."amount", k."updated_at", k."is_deleted", 42, TIMESTAMP '2026-11-21 06:00:00.000000' FROM (SELECT s."order_id", s."business_date", s."amount", s."updated_at", s."is_deleted" FROM "stage_order" s LEFT JOIN "odd_order" o ON o."order_id" = s."order_id" WHERE o."order_id" IS NULL
  UNION ALL SELECT o."order_id", o."business_date", o."amount", o."updated_at", o."is_deleted" FROM "odd_order" o WHERE o."_copy" = 1 AND o."_fate" = 'kept') k;

INSERT INTO "oms"."order_line" ("line_id", "order_id", "item", "quantity", "net", "_run", "_loaded_at")
SELECT k."line_id", k."order_id", k."item", k."quantity", k."net", 42, TIMESTAMP '2026-11-21 06:00:00.000000' FROM (SELECT s."line_id", s."order_id", s."item", s."quantity", s."net" FROM "stage_order_line" s LEFT JOIN "odd_order_line" o ON o."line_id" = s."line_id" WHERE o."line_id" IS NULL
  UNION ALL SELECT o."line_id", o."order_id", o."item", o."quantity", o."net" FROM "odd_order_line" o WHERE o."_copy" = 1 AND o."_fate" = 'kept') k;

INSERT INTO "oms"."payment" ("order_id", "payment_no", "paid", "_run", "_loaded_at")
SELECT k."order_id", k."payment_no", k."paid", 42, TIMESTAMP '2026-11-21 06:00:00.000000' FROM (SELECT s."order_id", s."payment_no", s."paid" FROM "stage_payment" s LEFT JOIN "odd_payment" o ON o."order_id" = s."order_id" AND o."payment_no" = s."payment_no" WHERE o."order_id" IS NULL
  UNION ALL SELECT o."order_id", o."payment_no", o."paid" FROM "odd_payment" o WHERE o."_copy" = 1 AND o."_fate" = 'kept') k;

INSERT INTO "ops"."tombstone_oms_order" ("order_id", "_run")
SELECT o."order_id", 42 FROM "odd_order" o WHERE o."_copy" = 1 AND o."_fate" = 'deleted'
UNION ALL SELECT l."order_id", 42 FROM "leaving_order" l WHERE l."_why" = 'swept';

INSERT INTO "ops"."export_outbox_oms_order_line" ("_sequence", "_op", "order_id", "line_id", "item", "quantity", "net")
SELECT (SELECT COALESCE(MAX(e.export_sequence), 0) + 1 FROM "ops"."load_ledger" e WHERE e.contract = 'oms.order'), 'U', k."order_id", k."line_id", k."item", k."quantity", k."net" FROM (SELECT s."order_id", s."line_id", s."item", s."quantity", s."net" FROM "stage_order_line" s LEFT JOIN "odd_order_line" o ON o."line_id" = s."line_id" WHERE o."line_id" IS NULL
  UNION ALL SELECT o."order_id", o."line_id", o."item", o."quantity", o."net" FROM "odd_order_line" o WHERE o."_copy" = 1 AND o."_fate" = 'kept') k
UNION ALL SELECT (SELECT COALESCE(MAX(e.export_sequence), 0) + 1 FROM "ops"."load_ledger" e WHERE e.contract = 'oms.order'), 'D', l."order_id", l."line_id", l."item", l."quantity", l."net" FROM "leaving_order_line" l WHERE l."_why" <> 'replaced';

INSERT INTO "ops"."export_ledger" (contract, subject, sequence, work_id, execution, state, row_count, deleted_count, deliveries)
SELECT 'oms.order', 'SALES', (SELECT COALESCE(MAX(e.export_sequence), 0) + 1 FROM "ops"."load_ledger" e WHERE e.contract = 'oms.order'), 'oms.order/42', 'order-42', 'pending',
  COALESCE(SUM(CASE WHEN o."_op" = 'U' THEN o.n ELSE 0 END), 0), COALESCE(SUM(CASE WHEN o."_op" = 'D' THEN o.n ELSE 0 END), 0), 0
FROM (SELECT "_sequence", "_op", COUNT(*) AS n FROM "ops"."export_outbox_oms_order_line" GROUP BY "_sequence", "_op") o
WHERE o."_sequence" = (SELECT COALESCE(MAX(e.export_sequence), 0) + 1 FROM "ops"."load_ledger" e WHERE e.contract = 'oms.order');

INSERT INTO "ops"."load_balance" ("work_id", "execution", "contract", "table_name", "measure", "source", "landed", "valid", "rejected", "staged", "inserted", "replaced", "superseded", "duplicate", "held", "deleted", "swept", "published")
SELECT 'oms.order/42', 'order-42', 'oms.order', m.table_name, m.measure,
  p.source_total, p.landed, p.valid, p.rejected, p.staged, p.published - m.replaced, m.replaced, m.superseded, m.duplicate, 0, m.deleted, m.swept, p.published
FROM "load_moves" m JOIN (
  SELECT CAST('order' AS VARCHAR(128)) AS table_name, CAST('rows' AS VARCHAR(128)) AS measure, CAST(7 AS DECIMAL(38,6)) AS source_total, CAST(7 AS DECIMAL(38,6)) AS landed, CAST(7 AS DECIMAL(38,6)) AS valid, CAST(0 AS DECIMAL(38,6)) AS rejected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_order" s) AS staged, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "oms"."order" t WHERE t."_run" = 42) AS published
  UNION ALL SELECT CAST('order' AS VARCHAR(128)) AS table_name, CAST('amount' AS VARCHAR(128)) AS measure, CAST(12.5 AS DECIMAL(38,6)) AS source_total, CAST(12.5 AS DECIMAL(38,6)) AS landed, CAST(12.5 AS DECIMAL(38,6)) AS valid, CAST(0 AS DECIMAL(38,6)) AS rejected, (SELECT CAST(COALESCE(SUM(s."amount"), 0) AS DECIMAL(38,6)) FROM "stage_order" s) AS staged, (SELECT CAST(COALESCE(SUM(t."amount"), 0) AS DECIMAL(38,6)) FROM "oms"."order" t WHERE t."_run" = 42) AS published
  UNION ALL SELECT CAST('order_line' AS VARCHAR(128)) AS table_name, CAST('rows' AS VARCHAR(128)) AS measure, CAST(7 AS DECIMAL(38,6)) AS source_total, CAST(7 AS DECIMAL(38,6)) AS landed, CAST(7 AS DECIMAL(38,6)) AS valid, CAST(0 AS DECIMAL(38,6)) AS rejected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_order_line" s) AS staged, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "oms"."order_line" t WHERE t."_run" = 42) AS published
  UNION ALL SELECT CAST('order_line' AS VARCHAR(128)) AS table_name, CAST('quantity' AS VARCHAR(128)) AS measure, CAST(12.5 AS DECIMAL(38,6)) AS source_total, CAST(12.5 AS DECIMAL(38,6)) AS landed, CAST(12.5 AS DECIMAL(38,6)) AS valid, CAST(0 AS DECIMAL(38,6)) AS rejected, (SELECT CAST(COALESCE(SUM(s."quantity"), 0) AS DECIMAL(38,6)) FROM "stage_order_line" s) AS staged, (SELECT CAST(COALESCE(SUM(t."quantity"), 0) AS DECIMAL(38,6)) FROM "oms"."order_line" t WHERE t."_run" = 42) AS published
  UNION ALL SELECT CAST('order_line' AS VARCHAR(128)) AS table_name, CAST('net' AS VARCHAR(128)) AS measure, CAST(12.5 AS DECIMAL(38,6)) AS source_total, CAST(12.5 AS DECIMAL(38,6)) AS landed, CAST(12.5 AS DECIMAL(38,6)) AS valid, CAST(0 AS DECIMAL(38,6)) AS rejected, (SELECT CAST(COALESCE(SUM(s."net"), 0) AS DECIMAL(38,6)) FROM "stage_order_line" s) AS staged, (SELECT CAST(COALESCE(SUM(t."net"), 0) AS DECIMAL(38,6)) FROM "oms"."order_line" t WHERE t."_run" = 42) AS published
  UNION ALL SELECT CAST('payment' AS VARCHAR(128)) AS table_name, CAST('rows' AS VARCHAR(128)) AS measure, CAST(7 AS DECIMAL(38,6)) AS source_total, CAST(7 AS DECIMAL(38,6)) AS landed, CAST(7 AS DECIMAL(38,6)) AS valid, CAST(0 AS DECIMAL(38,6)) AS rejected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_payment" s) AS staged, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "oms"."payment" t WHERE t."_run" = 42) AS published
  UNION ALL SELECT CAST('payment' AS VARCHAR(128)) AS table_name, CAST('paid' AS VARCHAR(128)) AS measure, CAST(12.5 AS DECIMAL(38,6)) AS source_total, CAST(12.5 AS DECIMAL(38,6)) AS landed, CAST(12.5 AS DECIMAL(38,6)) AS valid, CAST(0 AS DECIMAL(38,6)) AS rejected, (SELECT CAST(COALESCE(SUM(s."paid"), 0) AS DECIMAL(38,6)) FROM "stage_payment" s) AS staged, (SELECT CAST(COALESCE(SUM(t."paid"), 0) AS DECIMAL(38,6)) FROM "oms"."payment" t WHERE t."_run" = 42) AS published
) p ON p.table_name = m.table_name AND p.measure = m.measure;

CALL "ops"."assert_checks"('SELECT CAST(''staged = inserted + replaced + superseded + duplicate + held + deleted of '' || table_name || ''.'' || measure AS VARCHAR(500)) AS hop, staged AS expected, inserted + replaced + superseded + duplicate + held + deleted AS found FROM "ops"."load_balance" WHERE work_id = ''oms.order/42''
UNION ALL SELECT CAST(''rows of order after the load'' AS VARCHAR(500)) AS hop, (SELECT m.staying FROM "load_moves" m WHERE m.table_name = ''order'' AND m.measure = ''rows'') + (SELECT b.published FROM "ops"."load_balance" b WHERE b.work_id = ''oms.order/42'' AND b.table_name = ''order'' AND b.measure = ''rows'') AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "oms"."order") AS found
UNION ALL SELECT CAST(''rows of order_line after the load'' AS VARCHAR(500)) AS hop, (SELECT m.staying FROM "load_moves" m WHERE m.table_name = ''order_line'' AND m.measure = ''rows'') + (SELECT b.published FROM "ops"."load_balance" b WHERE b.work_id = ''oms.order/42'' AND b.table_name = ''order_line'' AND b.measure = ''rows'') AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "oms"."order_line") AS found
UNION ALL SELECT CAST(''rows of payment after the load'' AS VARCHAR(500)) AS hop, (SELECT m.staying FROM "load_moves" m WHERE m.table_name = ''payment'' AND m.measure = ''rows'') + (SELECT b.published FROM "ops"."load_balance" b WHERE b.work_id = ''oms.order/42'' AND b.table_name = ''payment'' AND b.measure = ''rows'') AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "oms"."payment") AS found
UNION ALL SELECT CAST(''one row per key in order'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM (SELECT 1 AS twice FROM "leaving_order" GROUP BY "order_id" HAVING COUNT(*) > 1) d) AS found
UNION ALL SELECT CAST(''one row per key in order_line'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM (SELECT 1 AS twice FROM "leaving_order_line" GROUP BY "line_id" HAVING COUNT(*) > 1) d) AS found
UNION ALL SELECT CAST(''one row per key in payment'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM (SELECT 1 AS twice FROM "leaving_payment" GROUP BY "order_id", "payment_no" HAVING COUNT(*) > 1) d) AS found');

INSERT INTO "ops"."load_ledger" ("work_id", "contract", "source_name", "feed", "execution", "ordinal", "contract_version", "contract_sha256", "mode", "window_lo", "window_hi", "window_proof", "outcome", "export_sequence", "loaded_at", "source", "landed", "valid", "rejected", "staged", "inserted", "replaced", "superseded", "duplicate", "held", "deleted", "swept", "published")
SELECT 'oms.order/42', 'oms.order', 'oms', 'order', 'order-42', 42, '1.0.0', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'window', TIMESTAMP '2026-11-21 06:00:00.000000', TIMESTAMP '2026-11-21 16:00:00.000000', 'innodb_trx', 'loaded', (SELECT COALESCE(MAX(e.export_sequence), 0) + 1 FROM "ops"."load_ledger" e WHERE e.contract = 'oms.order'), TIMESTAMP '2026-11-21 06:00:00.000000', CAST(COALESCE(SUM(b."source"), 0) AS BIGINT), CAST(COALESCE(SUM(b."landed"), 0) AS BIGINT), CAST(COALESCE(SUM(b."valid"), 0) AS BIGINT), CAST(COALESCE(SUM(b."rejected"), 0) AS BIGINT), CAST(COALESCE(SUM(b."staged"), 0) AS BIGINT), CAST(COALESCE(SUM(b."inserted"), 0) AS BIGINT), CAST(COALESCE(SUM(b."replaced"), 0) AS BIGINT), CAST(COALESCE(SUM(b."superseded"), 0) AS BIGINT), CAST(COALESCE(SUM(b."duplicate"), 0) AS BIGINT), CAST(COALESCE(SUM(b."held"), 0) AS BIGINT), CAST(COALESCE(SUM(b."deleted"), 0) AS BIGINT), CAST(COALESCE(SUM(b."swept"), 0) AS BIGINT), CAST(COALESCE(SUM(b."published"), 0) AS BIGINT)
FROM "ops"."load_balance" b WHERE b.work_id = 'oms.order/42' AND b.measure = 'rows';

