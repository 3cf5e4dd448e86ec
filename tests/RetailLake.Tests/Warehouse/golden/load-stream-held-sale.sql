LOCK "ops"."lock_shop_sale";

CREATE TEMP TABLE "stage_sale" (
  "no" BIGINT,
  "note" VARCHAR(160),
  "amount" DECIMAL(12,2),
  "items" BIGINT,
  "payments" BIGINT,
  "_file" BIGINT,
  "_drop" BIGINT,
  "_version" BIGINT,
  "_change" BIGINT,
  "_event_at" TIMESTAMP
) DISTSTYLE AUTO;

COPY "stage_sale" FROM 's3://lake/runs/shop.sale/sale-42/copy/sale.manifest' IAM_ROLE 'arn:aws:iam::123456789012:role/retaillake-copy' FORMAT AS PARQUET MANIFEST;

CREATE TEMP TABLE "stage_item" (
  "no" BIGINT,
  "item" BIGINT,
  "note" VARCHAR(160),
  "amount" DECIMAL(12,2),
  "_file" BIGINT,
  "_drop" BIGINT,
  "_version" BIGINT,
  "_change" BIGINT,
  "_event_at" TIMESTAMP
) DISTSTYLE AUTO;

COPY "stage_item" FROM 's3://lake/runs/shop.sale/sale-42/copy/item.manifest' IAM_ROLE 'arn:aws:iam::123456789012:role/retaillake-copy' FORMAT AS PARQUET MANIFEST;

CREATE TEMP TABLE "stage_payment" (
  "no" BIGINT,
  "payment" BIGINT,
  "note" VARCHAR(160),
  "amount" DECIMAL(12,2),
  "_file" BIGINT,
  "_drop" BIGINT,
  "_version" BIGINT,
  "_change" BIGINT,
  "_event_at" TIMESTAMP
) DISTSTYLE AUTO;

COPY "stage_payment" FROM 's3://lake/runs/shop.sale/sale-42/copy/payment.manifest' IAM_ROLE 'arn:aws:iam::123456789012:role/retaillake-copy' FORMAT AS PARQUET MANIFEST;

CALL "ops"."assert_checks"('SELECT CAST(''work not loaded yet'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "ops"."load_ledger" WHERE work_id = ''shop.sale/42'') AS found
UNION ALL SELECT CAST(''not overtaken by a later load'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM (SELECT CAST(''pos.bill'' AS VARCHAR(249)) AS topic, 0 AS "partition", -1 AS from_offset
  UNION ALL SELECT CAST(''pos.bill'' AS VARCHAR(249)), 1, 40) p LEFT JOIN (
  SELECT topic, "partition", MAX(next_offset) AS next_offset FROM "ops"."stream_ledger" WHERE contract = ''shop.sale'' GROUP BY topic, "partition"
) l ON l.topic = p.topic AND l."partition" = p."partition" WHERE COALESCE(l.next_offset, -1) <> p.from_offset) AS found
UNION ALL SELECT CAST(''staged sale.rows'' AS VARCHAR(500)) AS hop, CAST(7 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_sale" s) AS found
UNION ALL SELECT CAST(''staged sale.amount'' AS VARCHAR(500)) AS hop, CAST(12.5 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COALESCE(SUM(s."amount"), 0) AS DECIMAL(38,6)) FROM "stage_sale" s) AS found
UNION ALL SELECT CAST(''staged item.rows'' AS VARCHAR(500)) AS hop, CAST(7 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_item" s) AS found
UNION ALL SELECT CAST(''staged item.amount'' AS VARCHAR(500)) AS hop, CAST(12.5 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COALESCE(SUM(s."amount"), 0) AS DECIMAL(38,6)) FROM "stage_item" s) AS found
UNION ALL SELECT CAST(''staged payment.rows'' AS VARCHAR(500)) AS hop, CAST(7 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_payment" s) AS found
UNION ALL SELECT CAST(''staged payment.amount'' AS VARCHAR(500)) AS hop, CAST(12.5 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COALESCE(SUM(s."amount"), 0) AS DECIMAL(38,6)) FROM "stage_payment" s) AS found
UNION ALL SELECT CAST(''key without value in sale'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_sale" s WHERE s."_change" <> 2 AND (s."no" IS NULL)) AS found
UNION ALL SELECT CAST(''key without value in item'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_item" s WHERE s."_change" <> 2 AND (s."no" IS NULL OR s."item" IS NULL)) AS found
UNION ALL SELECT CAST(''key without value in payment'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_payment" s WHERE s."_change" <> 2 AND (s."no" IS NULL OR s."payment" IS NULL)) AS found');

CREATE TEMP TABLE "odd_sale" AS
SELECT s."no", s."note", s."amount", s."items", s."payments", s."_file", s."_drop", s."_version", s."_change", s."_event_at", s."_held_at",
  CAST(CASE WHEN s."_change" = 2 THEN 'deleted' WHEN f."no" IS NOT NULL THEN 'superseded' WHEN s."_change" = 1 THEN 'deleted' ELSE 'kept' END AS VARCHAR(10)) AS "_fate",
  CASE WHEN s."_change" = 2 THEN 1 ELSE s."_copy" END AS "_copy"
FROM (
  SELECT s."no", s."note", s."amount", s."items", s."payments", s."_file", s."_drop", s."_version", s."_change", s."_event_at", s."_held_at", 1 AS "_copy" FROM (SELECT "no", "note", "amount", "items", "payments", "_file", "_drop", "_version", "_change", "_event_at", CAST(NULL AS TIMESTAMP) AS "_held_at" FROM "stage_sale" UNION ALL SELECT "no", "note", "amount", "items", "payments", "_file", "_drop", "_version", "_change", "_event_at", "_held_at" FROM "ops"."held_shop_sale_sale") s LEFT JOIN (SELECT "no" FROM (SELECT "no", "note", "amount", "items", "payments", "_file", "_drop", "_version", "_change", "_event_at", CAST(NULL AS TIMESTAMP) AS "_held_at" FROM "stage_sale" UNION ALL SELECT "no", "note", "amount", "items", "payments", "_file", "_drop", "_version", "_change", "_event_at", "_held_at" FROM "ops"."held_shop_sale_sale") i GROUP BY "no" HAVING COUNT(*) > 1) d ON d."no" = s."no" WHERE d."no" IS NULL
  UNION ALL SELECT s."no", s."note", s."amount", s."items", s."payments", s."_file", s."_drop", s."_version", s."_change", s."_event_at", MIN(s."_held_at") OVER (PARTITION BY s."no"), ROW_NUMBER() OVER (PARTITION BY s."no" ORDER BY s."_version" DESC NULLS LAST, s."_drop" DESC NULLS LAST, s."_file" DESC NULLS LAST, s."_change" DESC NULLS LAST, s."note" DESC NULLS LAST, s."amount" DESC NULLS LAST, s."items" DESC NULLS LAST, s."payments" DESC NULLS LAST, s."_event_at" DESC NULLS LAST) FROM (SELECT "no", "note", "amount", "items", "payments", "_file", "_drop", "_version", "_change", "_event_at", CAST(NULL AS TIMESTAMP) AS "_held_at" FROM "stage_sale" UNION ALL SELECT "no", "note", "amount", "items", "payments", "_file", "_drop", "_version", "_change", "_event_at", "_held_at" FROM "ops"."held_shop_sale_sale") s JOIN (SELECT "no" FROM (SELECT "no", "note", "amount", "items", "payments", "_file", "_drop", "_version", "_change", "_event_at", CAST(NULL AS TIMESTAMP) AS "_held_at" FROM "stage_sale" UNION ALL SELECT "no", "note", "amount", "items", "payments", "_file", "_drop", "_version", "_change", "_event_at", "_held_at" FROM "ops"."held_shop_sale_sale") i GROUP BY "no" HAVING COUNT(*) > 1) d ON d."no" = s."no"
) s LEFT JOIN (
  SELECT DISTINCT "no", "_file", "_drop", "_version" FROM (
    SELECT s."no", s."_file", s."_drop", s."_version" FROM (SELECT "no", "note", "amount", "items", "payments", "_file", "_drop", "_version", "_change", "_event_at", CAST(NULL AS TIMESTAMP) AS "_held_at" FROM "stage_sale" UNION ALL SELECT "no", "note", "amount", "items", "payments", "_file", "_drop", "_version", "_change", "_event_at", "_held_at" FROM "ops"."held_shop_sale_sale") s JOIN "shop"."sale" t ON t."no" = s."no" WHERE (t."_version" > s."_version" OR (t."_version" = s."_version" AND (t."_drop" > s."_drop" OR (t."_drop" = s."_drop" AND t."_file" > s."_file"))))
    UNION ALL SELECT s."no", s."_file", s."_drop", s."_version" FROM (SELECT "no", "note", "amount", "items", "payments", "_file", "_drop", "_version", "_change", "_event_at", CAST(NULL AS TIMESTAMP) AS "_held_at" FROM "stage_sale" UNION ALL SELECT "no", "note", "amount", "items", "payments", "_file", "_drop", "_version", "_change", "_event_at", "_held_at" FROM "ops"."held_shop_sale_sale") s JOIN "ops"."tombstone_shop_sale_sale" t ON t."no" = s."no" WHERE (t."_version" > s."_version" OR (t."_version" = s."_version" AND (t."_drop" > s."_drop" OR (t."_drop" = s."_drop" AND t."_file" > s."_file"))))
    UNION ALL SELECT s."no", s."_file", s."_drop", s."_version" FROM (SELECT "no", "note", "amount", "items", "payments", "_file", "_drop", "_version", "_change", "_event_at", CAST(NULL AS TIMESTAMP) AS "_held_at" FROM "stage_sale" UNION ALL SELECT "no", "note", "amount", "items", "payments", "_file", "_drop", "_version", "_change", "_event_at", "_held_at" FROM "ops"."held_shop_sale_sale") s JOIN (SELECT q."_file", q."_drop", q."_version" FROM (SELECT "_file", "_drop", "_version" FROM "stage_sale" WHERE "_change" = 2 UNION ALL SELECT "_file", "_drop", "_version" FROM "ops"."tombstone_shop_sale_sale" WHERE "no" IS NULL) q ORDER BY q."_version" DESC, q."_drop" DESC, q."_file" DESC LIMIT 1) t ON (t."_version" > s."_version" OR (t."_version" = s."_version" AND (t."_drop" > s."_drop" OR (t."_drop" = s."_drop" AND t."_file" > s."_file"))))
  ) x
) f ON f."no" = s."no" AND f."_file" = s."_file" AND f."_drop" = s."_drop" AND f."_version" = s."_version";

CREATE TEMP TABLE "odd_item" AS
SELECT s."no", s."item", s."note", s."amount", s."_file", s."_drop", s."_version", s."_change", s."_event_at", s."_held_at",
  CAST(CASE WHEN s."_change" = 2 THEN 'deleted' WHEN f."no" IS NOT NULL THEN 'superseded' WHEN s."_change" = 1 THEN 'deleted' ELSE 'kept' END AS VARCHAR(10)) AS "_fate",
  CASE WHEN s."_change" = 2 THEN 1 ELSE s."_copy" END AS "_copy"
FROM (
  SELECT s."no", s."item", s."note", s."amount", s."_file", s."_drop", s."_version", s."_change", s."_event_at", s."_held_at", 1 AS "_copy" FROM (SELECT "no", "item", "note", "amount", "_file", "_drop", "_version", "_change", "_event_at", CAST(NULL AS TIMESTAMP) AS "_held_at" FROM "stage_item" UNION ALL SELECT "no", "item", "note", "amount", "_file", "_drop", "_version", "_change", "_event_at", "_held_at" FROM "ops"."held_shop_sale_item") s LEFT JOIN (SELECT "no", "item" FROM (SELECT "no", "item", "note", "amount", "_file", "_drop", "_version", "_change", "_event_at", CAST(NULL AS TIMESTAMP) AS "_held_at" FROM "stage_item" UNION ALL SELECT "no", "item", "note", "amount", "_file", "_drop", "_version", "_change", "_event_at", "_held_at" FROM "ops"."held_shop_sale_item") i GROUP BY "no", "item" HAVING COUNT(*) > 1) d ON d."no" = s."no" AND d."item" = s."item" WHERE d."no" IS NULL
  UNION ALL SELECT s."no", s."item", s."note", s."amount", s."_file", s."_drop", s."_version", s."_change", s."_event_at", MIN(s."_held_at") OVER (PARTITION BY s."no", s."item"), ROW_NUMBER() OVER (PARTITION BY s."no", s."item" ORDER BY s."_version" DESC NULLS LAST, s."_drop" DESC NULLS LAST, s."_file" DESC NULLS LAST, s."_change" DESC NULLS LAST, s."note" DESC NULLS LAST, s."amount" DESC NULLS LAST, s."_event_at" DESC NULLS LAST) FROM (SELECT "no", "item", "note", "amount", "_file", "_drop", "_version", "_change", "_event_at", CAST(NULL AS TIMESTAMP) AS "_held_at" FROM "stage_item" UNION ALL SELECT "no", "item", "note", "amount", "_file", "_drop", "_version", "_change", "_event_at", "_held_at" FROM "ops"."held_shop_sale_item") s JOIN (SELECT "no", "item" FROM (SELECT "no", "item", "note", "amount", "_file", "_drop", "_version", "_change", "_event_at", CAST(NULL AS TIMESTAMP) AS "_held_at" FROM "stage_item" UNION ALL SELECT "no", "item", "note", "amount", "_file", "_drop", "_version", "_change", "_event_at", "_held_at" FROM "ops"."held_shop_sale_item") i GROUP BY "no", "item" HAVING COUNT(*) > 1) d ON d."no" = s."no" AND d."item" = s."item"
) s LEFT JOIN (
  SELECT DISTINCT "no", "item", "_file", "_drop", "_version" FROM (
    SELECT s."no", s."item", s."_file", s."_drop", s."_version" FROM (SELECT "no", "item", "note", "amount", "_file", "_drop", "_version", "_change", "_event_at", CAST(NULL AS TIMESTAMP) AS "_held_at" FROM "stage_item" UNION ALL SELECT "no", "item", "note", "amount", "_file", "_drop", "_version", "_change", "_event_at", "_held_at" FROM "ops"."held_shop_sale_item") s JOIN "shop"."item" t ON t."no" = s."no" AND t."item" = s."item" WHERE (t."_version" > s."_version" OR (t."_version" = s."_version" AND (t."_drop" > s."_drop" OR (t."_drop" = s."_drop" AND t."_file" > s."_file"))))
    UNION ALL SELECT s."no", s."item", s."_file", s."_drop", s."_version" FROM (SELECT "no", "item", "note", "amount", "_file", "_drop", "_version", "_change", "_event_at", CAST(NULL AS TIMESTAMP) AS "_held_at" FROM "stage_item" UNION ALL SELECT "no", "item", "note", "amount", "_file", "_drop", "_version", "_change", "_event_at", "_held_at" FROM "ops"."held_shop_sale_item") s JOIN "ops"."tombstone_shop_sale_item" t ON t."no" = s."no" AND t."item" = s."item" WHERE (t."_version" > s."_version" OR (t."_version" = s."_version" AND (t."_drop" > s."_drop" OR (t."_drop" = s."_drop" AND t."_file" > s."_file"))))
    UNION ALL SELECT s."no", s."item", s."_file", s."_drop", s."_version" FROM (SELECT "no", "item", "note", "amount", "_file", "_drop", "_version", "_change", "_event_at", CAST(NULL AS TIMESTAMP) AS "_held_at" FROM "stage_item" UNION ALL SELECT "no", "item", "note", "amount", "_file", "_drop", "_version", "_change", "_event_at", "_held_at" FROM "ops"."held_shop_sale_item") s JOIN (SELECT q."_file", q."_drop", q."_version" FROM (SELECT "_file", "_drop", "_version" FROM "stage_item" WHERE "_change" = 2 UNION ALL SELECT "_file", "_drop", "_version" FROM "ops"."tombstone_shop_sale_item" WHERE "no" IS NULL) q ORDER BY q."_version" DESC, q."_drop" DESC, q."_file" DESC LIMIT 1) t ON (t."_version" > s."_version" OR (t."_version" = s."_version" AND (t."_drop" > s."_drop" OR (t."_drop" = s."_drop" AND t."_file" > s."_file"))))
    UNION ALL SELECT s."no", s."item", s."_file", s."_drop", s."_version" FROM (SELECT "no", "item", "note", "amount", "_file", "_drop", "_version", "_change", "_event_at", CAST(NULL AS TIMESTAMP) AS "_held_at" FROM "stage_item" UNION ALL SELECT "no", "item", "note", "amount", "_file", "_drop", "_version", "_change", "_event_at", "_held_at" FROM "ops"."held_shop_sale_item") s JOIN "ops"."tombstone_shop_sale_sale" t ON s."no" = t."no" WHERE s."_change" = 0 AND (t."_version" > s."_version" OR (t."_version" = s."_version" AND (t."_drop" > s."_drop" OR (t."_drop" = s."_drop" AND t."_file" > s."_file"))))
    UNION ALL SELECT s."no", s."item", s."_file", s."_drop", s."_version" FROM (SELECT "no", "item", "note", "amount", "_file", "_drop", "_version", "_change", "_event_at", CAST(NULL AS TIMESTAMP) AS "_held_at" FROM "stage_item" UNION ALL SELECT "no", "item", "note", "amount", "_file", "_drop", "_version", "_change", "_event_at", "_held_at" FROM "ops"."held_shop_sale_item") s JOIN "odd_sale" t ON s."no" = t."no" WHERE s."_change" = 0 AND t."_change" = 1 AND (t."_version" > s."_version" OR (t."_version" = s."_version" AND (t."_drop" > s."_drop" OR (t."_drop" = s."_drop" AND t."_file" > s."_file"))))
  ) x
) f ON f."no" = s."no" AND f."item" = s."item" AND f."_file" = s."_file" AND f."_drop" = s."_drop" AND f."_version" = s."_version";

CREATE TEMP TABLE "odd_payment" AS
SELECT s."no", s."payment", s."note", s."amount", s."_file", s."_drop", s."_version", s."_change", s."_event_at", s."_held_at",
  CAST(CASE WHEN s."_change" = 2 THEN 'deleted' WHEN f."no" IS NOT NULL THEN 'superseded' WHEN s."_change" = 1 THEN 'deleted' ELSE 'kept' END AS VARCHAR(10)) AS "_fate",
  CASE WHEN s."_change" = 2 THEN 1 ELSE s."_copy" END AS "_copy"
FROM (
  SELECT s."no", s."payment", s."note", s."amount", s."_file", s."_drop", s."_version", s."_change", s."_event_at", s."_held_at", 1 AS "_copy" FROM (SELECT "no", "payment", "note", "amount", "_file", "_drop", "_version", "_change", "_event_at", CAST(NULL AS TIMESTAMP) AS "_held_at" FROM "stage_payment" UNION ALL SELECT "no", "payment", "note", "amount", "_file", "_drop", "_version", "_change", "_event_at", "_held_at" FROM "ops"."held_shop_sale_payment") s LEFT JOIN (SELECT "no", "payment" FROM (SELECT "no", "payment", "note", "amount", "_file", "_drop", "_version", "_change", "_event_at", CAST(NULL AS TIMESTAMP) AS "_held_at" FROM "stage_payment" UNION ALL SELECT "no", "payment", "note", "amount", "_file", "_drop", "_version", "_change", "_event_at", "_held_at" FROM "ops"."held_shop_sale_payment") i GROUP BY "no", "payment" HAVING COUNT(*) > 1) d ON d."no" = s."no" AND d."payment" = s."payment" WHERE d."no" IS NULL
  UNION ALL SELECT s."no", s."payment", s."note", s."amount", s."_file", s."_drop", s."_version", s."_change", s."_event_at", MIN(s."_held_at") OVER (PARTITION BY s."no", s."payment"), ROW_NUMBER() OVER (PARTITION BY s."no", s."payment" ORDER BY s."_version" DESC NULLS LAST, s."_drop" DESC NULLS LAST, s."_file" DESC NULLS LAST, s."_change" DESC NULLS LAST, s."note" DESC NULLS LAST, s."amount" DESC NULLS LAST, s."_event_at" DESC NULLS LAST) FROM (SELECT "no", "payment", "note", "amount", "_file", "_drop", "_version", "_change", "_event_at", CAST(NULL AS TIMESTAMP) AS "_held_at" FROM "stage_payment" UNION ALL SELECT "no", "payment", "note", "amount", "_file", "_drop", "_version", "_change", "_event_at", "_held_at" FROM "ops"."held_shop_sale_payment") s JOIN (SELECT "no", "payment" FROM (SELECT "no", "payment", "note", "amount", "_file", "_drop", "_version", "_change", "_event_at", CAST(NULL AS TIMESTAMP) AS "_held_at" FROM "stage_payment" UNION ALL SELECT "no", "payment", "note", "amount", "_file", "_drop", "_version", "_change", "_event_at", "_held_at" FROM "ops"."held_shop_sale_payment") i GROUP BY "no", "payment" HAVING COUNT(*) > 1) d ON d."no" = s."no" AND d."payment" = s."payment"
) s LEFT JOIN (
  SELECT DISTINCT "no", "payment", "_file", "_drop", "_version" FROM (
    SELECT s."no", s."payment", s."_file", s."_drop", s."_version" FROM (SELECT "no", "payment", "note", "amount", "_file", "_drop", "_version", "_change", "_event_at", CAST(NULL AS TIMESTAMP) AS "_held_at" FROM "stage_payment" UNION ALL SELECT "no", "payment", "note", "amount", "_file", "_drop", "_version", "_change", "_event_at", "_held_at" FROM "ops"."held_shop_sale_payment") s JOIN "shop"."payment" t ON t."no" = s."no" AND t."payment" = s."payment" WHERE (t."_version" > s."_version" OR (t."_version" = s."_version" AND (t."_drop" > s."_drop" OR (t."_drop" = s."_drop" AND t."_file" > s."_file"))))
    UNION ALL SELECT s."no", s."payment", s."_file", s."_drop", s."_version" FROM (SELECT "no", "payment", "note", "amount", "_file", "_drop", "_version", "_change", "_event_at", CAST(NULL AS TIMESTAMP) AS "_held_at" FROM "stage_payment" UNION ALL SELECT "no", "payment", "note", "amount", "_file", "_drop", "_version", "_change", "_event_at", "_held_at" FROM "ops"."held_shop_sale_payment") s JOIN "ops"."tombstone_shop_sale_payment" t ON t."no" = s."no" AND t."payment" = s."payment" WHERE (t."_version" > s."_version" OR (t."_version" = s."_version" AND (t."_drop" > s."_drop" OR (t."_drop" = s."_drop" AND t."_file" > s."_file"))))
    UNION ALL SELECT s."no", s."payment", s."_file", s."_drop", s."_version" FROM (SELECT "no", "payment", "note", "amount", "_file", "_drop", "_version", "_change", "_event_at", CAST(NULL AS TIMESTAMP) AS "_held_at" FROM "stage_payment" UNION ALL SELECT "no", "payment", "note", "amount", "_file", "_drop", "_version", "_change", "_event_at", "_held_at" FROM "ops"."held_shop_sale_payment") s JOIN (SELECT q."_file", q."_drop", q."_version" FROM (SELECT "_file", "_drop", "_version" FROM "stage_payment" WHERE "_change" = 2 UNION ALL SELECT "_file", "_drop", "_version" FROM "ops"."tombstone_shop_sale_payment" WHERE "no" IS NULL) q ORDER BY q."_version" DESC, q."_drop" DESC, q."_file" DESC LIMIT 1) t ON (t."_version" > s."_version" OR (t."_version" = s."_version" AND (t."_drop" > s."_drop" OR (t."_drop" = s."_drop" AND t."_file" > s."_file"))))
    UNION ALL SELECT s."no", s."payment", s."_file", s."_drop", s."_version" FROM (SELECT "no", "payment", "note", "amount", "_file", "_drop", "_version", "_change", "_event_at", CAST(NULL AS TIMESTAMP) AS "_held_at" FROM "stage_payment" UNION ALL SELECT "no", "payment", "note", "amount", "_file", "_drop", "_version", "_change", "_event_at", "_held_at" FROM "ops"."held_shop_sale_payment") s JOIN "ops"."tombstone_shop_sale_sale" t ON s."no" = t."no" WHERE s."_change" = 0 AND (t."_version" > s."_version" OR (t."_version" = s."_version" AND (t."_drop" > s."_drop" OR (t."_drop" = s."_drop" AND t."_file" > s."_file"))))
    UNION ALL SELECT s."no", s."payment", s."_file", s."_drop", s."_version" FROM (SELECT "no", "payment", "note", "amount", "_file", "_drop", "_version", "_change", "_event_at", CAST(NULL AS TIMESTAMP) AS "_held_at" FROM "stage_payment" UNION ALL SELECT "no", "payment", "note", "amount", "_file", "_drop", "_version", "_change", "_event_at", "_held_at" FROM "ops"."held_shop_sale_payment") s JOIN "odd_sale" t ON s."no" = t."no" WHERE s."_change" = 0 AND t."_change" = 1 AND (t."_version" > s."_version" OR (t."_version" = s."_version" AND (t."_drop" > s."_drop" OR (t."_drop" = s."_drop" AND t."_file" > s."_file"))))
  ) x
) f ON f."no" = s."no" AND f."payment" = s."payment" AND f."_file" = s."_file" AND f."_drop" = s."_drop" AND f."_version" = s."_version";

CREATE TEMP TABLE "load_incomplete" AS
WITH b AS (
    SELECT o."no" AS "no" FROM "odd_sale" o WHERE o."_copy" = 1 AND o."_fate" IN ('kept', 'deleted') AND o."no" IS NOT NULL
    UNION SELECT o."no" AS "no" FROM "odd_item" o WHERE o."_copy" = 1 AND o."_fate" IN ('kept', 'deleted') AND o."no" IS NOT NULL
    UNION SELECT o."no" AS "no" FROM "odd_payment" o WHERE o."_copy" = 1 AND o."_fate" IN ('kept', 'deleted') AND o."no" IS NOT NULL
), h AS (
  SELECT o."no", o."_file", o."_drop", o."_version", o."items", o."payments", CASE WHEN o."_fate" = 'deleted' THEN 1 ELSE 0 END AS gone FROM "odd_sale" o WHERE o."_copy" = 1 AND o."_fate" IN ('kept', 'deleted') AND o."no" IS NOT NULL
  UNION ALL SELECT t."no", t."_file", t."_drop", t."_version", t."items", t."payments", 0 FROM "shop"."sale" t JOIN b ON b."no" = t."no"
  LEFT JOIN (SELECT o."no" FROM "odd_sale" o WHERE o."_copy" = 1 AND o."_fate" IN ('kept', 'deleted')) k ON k."no" = t."no" LEFT JOIN (SELECT q."_file", q."_drop", q."_version" FROM (SELECT "_file", "_drop", "_version" FROM "stage_sale" WHERE "_change" = 2) q ORDER BY q."_version" DESC, q."_drop" DESC, q."_file" DESC LIMIT 1) f ON (f."_version" > t."_version" OR (f."_version" = t."_version" AND (f."_drop" > t."_drop" OR (f."_drop" = t."_drop" AND f."_file" > t."_file"))))
  WHERE k."no" IS NULL AND f."_version" IS NULL
), c0 AS (
  SELECT "no", COUNT(*) AS n FROM (
    SELECT o."no" AS "no" FROM "odd_item" o WHERE o."_copy" = 1 AND o."_fate" = 'kept'
    UNION ALL SELECT t."no" AS "no" FROM "shop"."item" t JOIN b ON t."no" = b."no"
    LEFT JOIN (SELECT o."no", o."item" FROM "odd_item" o WHERE o."_copy" = 1 AND o."_fate" IN ('kept', 'deleted')) k ON k."no" = t."no" AND k."item" = t."item"
    LEFT JOIN (SELECT q."no", q."_file", q."_drop", q."_version" FROM (
      SELECT d."no", d."_file", d."_drop", d."_version", ROW_NUMBER() OVER (PARTITION BY d."no" ORDER BY d."_version" DESC, d."_drop" DESC, d."_file" DESC) AS n FROM (
        SELECT o."no", o."_file", o."_drop", o."_version" FROM "odd_sale" o WHERE o."_change" = 1 UNION ALL SELECT o."no", o."_file", o."_drop", o."_version" FROM "ops"."tombstone_shop_sale_sale" o
      ) d JOIN b e ON e."no" = d."no"
    ) q WHERE q.n = 1) g ON g."no" = t."no" AND (g."_version" > t."_version" OR (g."_version" = t."_version" AND (g."_drop" > t."_drop" OR (g."_drop" = t."_drop" AND g."_file" > t."_file"))))
    LEFT JOIN (SELECT q."_file", q."_drop", q."_version" FROM (SELECT "_file", "_drop", "_version" FROM "stage_item" WHERE "_change" = 2) q ORDER BY q."_version" DESC, q."_drop" DESC, q."_file" DESC LIMIT 1) f ON (f."_version" > t."_version" OR (f."_version" = t."_version" AND (f."_drop" > t."_drop" OR (f."_drop" = t."_drop" AND f."_file" > t."_file"))))
    WHERE k."no" IS NULL AND g."_version" IS NULL AND f."_version" IS NULL
  ) x GROUP BY "no"
), c1 AS (
  SELECT "no", COUNT(*) AS n FROM (
    SELECT o."no" AS "no" FROM "odd_payment" o WHERE o."_copy" = 1 AND o."_fate" = 'kept'
    UNION ALL SELECT t."no" AS "no" FROM "shop"."payment" t JOIN b ON t."no" = b."no"
    LEFT JOIN (SELECT o."no", o."payment" FROM "odd_payment" o WHERE o."_copy" = 1 AND o."_fate" IN ('kept', 'deleted')) k ON k."no" = t."no" AND k."payment" = t."payment"
    LEFT JOIN (SELECT q."no", q."_file", q."_drop", q."_version" FROM (
      SELECT d."no", d."_file", d."_drop", d."_version", ROW_NUMBER() OVER (PARTITION BY d."no" ORDER BY d."_version" DESC, d."_drop" DESC, d."_file" DESC) AS n FROM (
        SELECT o."no", o."_file", o."_drop", o."_version" FROM "odd_sale" o WHERE o."_change" = 1 UNION ALL SELECT o."no", o."_file", o."_drop", o."_version" FROM "ops"."tombstone_shop_sale_sale" o
      ) d JOIN b e ON e."no" = d."no"
    ) q WHERE q.n = 1) g ON g."no" = t."no" AND (g."_version" > t."_version" OR (g."_version" = t."_version" AND (g."_drop" > t."_drop" OR (g."_drop" = t."_drop" AND g."_file" > t."_file"))))
    LEFT JOIN (SELECT q."_file", q."_drop", q."_version" FROM (SELECT "_file", "_drop", "_version" FROM "stage_payment" WHERE "_change" = 2) q ORDER BY q."_version" DESC, q."_drop" DESC, q."_file" DESC LIMIT 1) f ON (f."_version" > t."_version" OR (f."_version" = t."_version" AND (f."_drop" > t."_drop" OR (f."_drop" = t."_drop" AND f."_file" > t."_file"))))
    WHERE k."no" IS NULL AND g."_version" IS NULL AND f."_version" IS NULL
  ) x GROUP BY "no"
)
SELECT b."no" FROM b LEFT JOIN h ON h."no" = b."no" LEFT JOIN c0 ON c0."no" = b."no" LEFT JOIN c1 ON c1."no" = b."no"
WHERE h."no" IS NULL OR CASE WHEN h.gone = 1 AND COALESCE(c0.n, 0) = 0 AND COALESCE(c1.n, 0) = 0 OR h.gone = 0 AND COALESCE(c0.n, 0) = h."items" AND COALESCE(c1.n, 0) = h."payments" THEN 0 ELSE 1 END = 1;

UPDATE "odd_sale" SET "_fate" = 'held' FROM "load_incomplete" i WHERE i."no" = "odd_sale"."no" AND "odd_sale"."_copy" = 1 AND "odd_sale"."_fate" IN ('kept', 'deleted');

UPDATE "odd_item" SET "_fate" = 'held' FROM "load_incomplete" i WHERE i."no" = "odd_item"."no" AND "odd_item"."_copy" = 1 AND "odd_item"."_fate" IN ('kept', 'deleted');

UPDATE "odd_payment" SET "_fate" = 'held' FROM "load_incomplete" i WHERE i."no" = "odd_payment"."no" AND "odd_payment"."_copy" = 1 AND "odd_payment"."_fate" IN ('kept', 'deleted');

CREATE TEMP TABLE "leaving_sale" AS
SELECT k."no", CAST('replaced' AS VARCHAR(10)) AS "_why", k."amount", t."_run"
FROM "shop"."sale" t JOIN (SELECT o."no", o."amount" FROM "odd_sale" o WHERE o."_copy" = 1 AND o."_fate" = 'kept') k ON k."no" = t."no"
UNION ALL
SELECT t."no", CAST('deleted' AS VARCHAR(10)) AS "_why", t."amount", t."_run"
FROM "shop"."sale" t JOIN "odd_sale" o ON o."no" = t."no"
WHERE o."_copy" = 1 AND o."_fate" = 'deleted'
UNION ALL
SELECT t."no", CAST('swept' AS VARCHAR(10)) AS "_why", t."amount", t."_run"
FROM "shop"."sale" t JOIN (SELECT q."_file", q."_drop", q."_version" FROM (SELECT "_file", "_drop", "_version" FROM "stage_sale" WHERE "_change" = 2) q ORDER BY q."_version" DESC, q."_drop" DESC, q."_file" DESC LIMIT 1) c ON (c."_version" > t."_version" OR (c."_version" = t."_version" AND (c."_drop" > t."_drop" OR (c."_drop" = t."_drop" AND c."_file" > t."_file"))))
LEFT JOIN (SELECT o."no" FROM "odd_sale" o WHERE o."_copy" = 1 AND o."_fate" IN ('kept', 'deleted')) k ON k."no" = t."no"
WHERE k."no" IS NULL;

CREATE TEMP TABLE "leaving_item" AS
SELECT k."no", k."item", CAST('replaced' AS VARCHAR(10)) AS "_why", k."amount", t."_run"
FROM "shop"."item" t JOIN (SELECT o."no", o."item", o."amount" FROM "odd_item" o WHERE o."_copy" = 1 AND o."_fate" = 'kept') k ON k."no" = t."no" AND k."item" = t."item"
UNION ALL
SELECT t."no", t."item", CAST('deleted' AS VARCHAR(10)) AS "_why", t."amount", t."_run"
FROM "shop"."item" t JOIN "odd_item" o ON o."no" = t."no" AND o."item" = t."item"
WHERE o."_copy" = 1 AND o."_fate" = 'deleted'
UNION ALL
SELECT t."no", t."item", CAST('swept' AS VARCHAR(10)) AS "_why", t."amount", t."_run"
FROM "shop"."item" t JOIN (SELECT q."no", q."_file", q."_drop", q."_version" FROM (
      SELECT d."no", d."_file", d."_drop", d."_version", ROW_NUMBER() OVER (PARTITION BY d."no" ORDER BY d."_version" DESC, d."_drop" DESC, d."_file" DESC) AS n FROM (
        SELECT o."no", o."_file", o."_drop", o."_version" FROM "odd_sale" o WHERE o."_change" = 1 UNION ALL SELECT o."no", o."_file", o."_drop", o."_version" FROM "ops"."tombstone_shop_sale_sale" o
      ) d JOIN (
    SELECT o."no" AS "no" FROM "odd_sale" o WHERE o."_copy" = 1 AND o."_fate" IN ('kept', 'deleted') AND o."no" IS NOT NULL
    UNION SELECT o."no" AS "no" FROM "odd_item" o WHERE o."_copy" = 1 AND o."_fate" IN ('kept', 'deleted') AND o."no" IS NOT NULL
    UNION SELECT o."no" AS "no" FROM "odd_payment" o WHERE o."_copy" = 1 AND o."_fate" IN ('kept', 'deleted') AND o."no" IS NOT NULL
    ) e ON e."no" = d."no"
    ) q WHERE q.n = 1) g ON g."no" = t."no" AND (g."_version" > t."_version" OR (g."_version" = t."_version" AND (g."_drop" > t."_drop" OR (g."_drop" = t."_drop" AND g."_file" > t."_file"))))
LEFT JOIN (SELECT o."no", o."item" FROM "odd_item" o WHERE o."_copy" = 1 AND o."_fate" IN ('kept', 'deleted')) k ON k."no" = t."no" AND k."item" = t."item"
WHERE k."no" IS NULL
UNION ALL
SELECT t."no", t."item", CAST('swept' AS VARCHAR(10)) AS "_why", t."amount", t."_run"
FROM "shop"."item" t JOIN (SELECT q."_file", q."_drop", q."_version" FROM (SELECT "_file", "_drop", "_version" FROM "stage_item" WHERE "_change" = 2) q ORDER BY q."_version" DESC, q."_drop" DESC, q."_file" DESC LIMIT 1) c ON (c."_version" > t."_version" OR (c."_version" = t."_version" AND (c."_drop" > t."_drop" OR (c."_drop" = t."_drop" AND c."_file" > t."_file"))))
LEFT JOIN (SELECT o."no", o."item" FROM "odd_item" o WHERE o."_copy" = 1 AND o."_fate" IN ('kept', 'deleted')) k ON k."no" = t."no" AND k."item" = t."item"
LEFT JOIN (SELECT q."no", q."_file", q."_drop", q."_version" FROM (
      SELECT d."no", d."_file", d."_drop", d."_version", ROW_NUMBER() OVER (PARTITION BY d."no" ORDER BY d."_version" DESC, d."_drop" DESC, d."_file" DESC) AS n FROM (
        SELECT o."no", o."_file", o."_drop", o."_version" FROM "odd_sale" o WHERE o."_change" = 1 UNION ALL SELECT o."no", o."_file", o."_drop", o."_version" FROM "ops"."tombstone_shop_sale_sale" o
      ) d JOIN (
    SELECT o."no" AS "no" FROM "odd_sale" o WHERE o."_copy" = 1 AND o."_fate" IN ('kept', 'deleted') AND o."no" IS NOT NULL
    UNION SELECT o."no" AS "no" FROM "odd_item" o WHERE o."_copy" = 1 AND o."_fate" IN ('kept', 'deleted') AND o."no" IS NOT NULL
    UNION SELECT o."no" AS "no" FROM "odd_payment" o WHERE o."_copy" = 1 AND o."_fate" IN ('kept', 'deleted') AND o."no" IS NOT NULL
    ) e ON e."no" = d."no"
    ) q WHERE q.n = 1) g ON g."no" = t."no" AND (g."_version" > t."_version" OR (g."_version" = t."_version" AND (g."_drop" > t."_drop" OR (g."_drop" = t."_drop" AND g."_file" > t."_file"))))
WHERE k."no" IS NULL AND g."_version" IS NULL;

CREATE TEMP TABLE "leaving_payment" AS
SELECT k."no", k."payment", CAST('replaced' AS VARCHAR(10)) AS "_why", k."amount", t."_run"
FROM "shop"."payment" t JOIN (SELECT o."no", o."payment", o."amount" FROM "odd_payment" o WHERE o."_copy" = 1 AND o."_fate" = 'kept') k ON k."no" = t."no" AND k."payment" = t."payment"
UNION ALL
SELECT t."no", t."payment", CAST('deleted' AS VARCHAR(10)) AS "_why", t."amount", t."_run"
FROM "shop"."payment" t JOIN "odd_payment" o ON o."no" = t."no" AND o."payment" = t."payment"
WHERE o."_copy" = 1 AND o."_fate" = 'deleted'
UNION ALL
SELECT t."no", t."payment", CAST('swept' AS VARCHAR(10)) AS "_why", t."amount", t."_run"
FROM "shop"."payment" t JOIN (SELECT q."no", q."_file", q."_drop", q."_version" FROM (
      SELECT d."no", d."_file", d."_drop", d."_version", ROW_NUMBER() OVER (PARTITION BY d."no" ORDER BY d."_version" DESC, d."_drop" DESC, d."_file" DESC) AS n FROM (
        SELECT o."no", o."_file", o."_drop", o."_version" FROM "odd_sale" o WHERE o."_change" = 1 UNION ALL SELECT o."no", o."_file", o."_drop", o."_version" FROM "ops"."tombstone_shop_sale_sale" o
      ) d JOIN (
    SELECT o."no" AS "no" FROM "odd_sale" o WHERE o."_copy" = 1 AND o."_fate" IN ('kept', 'deleted') AND o."no" IS NOT NULL
    UNION SELECT o."no" AS "no" FROM "odd_item" o WHERE o."_copy" = 1 AND o."_fate" IN ('kept', 'deleted') AND o."no" IS NOT NULL
    UNION SELECT o."no" AS "no" FROM "odd_payment" o WHERE o."_copy" = 1 AND o."_fate" IN ('kept', 'deleted') AND o."no" IS NOT NULL
    ) e ON e."no" = d."no"
    ) q WHERE q.n = 1) g ON g."no" = t."no" AND (g."_version" > t."_version" OR (g."_version" = t."_version" AND (g."_drop" > t."_drop" OR (g."_drop" = t."_drop" AND g."_file" > t."_file"))))
LEFT JOIN (SELECT o."no", o."payment" FROM "odd_payment" o WHERE o."_copy" = 1 AND o."_fate" IN ('kept', 'deleted')) k ON k."no" = t."no" AND k."payment" = t."payment"
WHERE k."no" IS NULL
UNION ALL
SELECT t."no", t."payment", CAST('swept' AS VARCHAR(10)) AS "_why", t."amount", t."_run"
FROM "shop"."payment" t JOIN (SELECT q."_file", q."_drop", q."_version" FROM (SELECT "_file", "_drop", "_version" FROM "stage_payment" WHERE "_change" = 2) q ORDER BY q."_version" DESC, q."_drop" DESC, q."_file" DESC LIMIT 1) c ON (c."_version" > t."_version" OR (c."_version" = t."_version" AND (c."_drop" > t."_drop" OR (c."_drop" = t."_drop" AND c."_file" > t."_file"))))
LEFT JOIN (SELECT o."no", o."payment" FROM "odd_payment" o WHERE o."_copy" = 1 AND o."_fate" IN ('kept', 'deleted')) k ON k."no" = t."no" AND k."payment" = t."payment"
LEFT JOIN (SELECT q."no", q."_file", q."_drop", q."_version" FROM (
      SELECT d."no", d."_file", d."_drop", d."_version", ROW_NUMBER() OVER (PARTITION BY d."no" ORDER BY d."_version" DESC, d."_drop" DESC, d."_file" DESC) AS n FROM (
        SELECT o."no", o."_file", o."_drop", o."_version" FROM "odd_sale" o WHERE o."_change" = 1 UNION ALL SELECT o."no", o."_file", o."_drop", o."_version" FROM "ops"."tombstone_shop_sale_sale" o
      ) d JOIN (
    SELECT o."no" AS "no" FROM "odd_sale" o WHERE o."_copy" = 1 AND o."_fate" IN ('kept', 'deleted') AND o."no" IS NOT NULL
    UNION SELECT o."no" AS "no" FROM "odd_item" o WHERE o."_copy" = 1 AND o."_fate" IN ('kept', 'deleted') AND o."no" IS NOT NULL
    UNION SELECT o."no" AS "no" FROM "odd_payment" o WHERE o."_copy" = 1 AND o."_fate" IN ('kept', 'deleted') AND o."no" IS NOT NULL
    ) e ON e."no" = d."no"
    ) q WHERE q.n = 1) g ON g."no" = t."no" AND (g."_version" > t."_version" OR (g."_version" = t."_version" AND (g."_drop" > t."_drop" OR (g."_drop" = t."_drop" AND g."_file" > t."_file"))))
WHERE k."no" IS NULL AND g."_version" IS NULL;

CREATE TEMP TABLE "load_moves" AS
SELECT CAST('sale' AS VARCHAR(128)) AS table_name, CAST('rows' AS VARCHAR(128)) AS measure, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_sale" o WHERE o."_copy" > 1) AS duplicate,
  (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_sale" o WHERE o."_copy" = 1 AND o."_fate" = 'superseded') AS superseded, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_sale" o WHERE o."_copy" = 1 AND o."_fate" = 'deleted') AS deleted,
  (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "leaving_sale" l WHERE l."_why" = 'replaced') AS replaced, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "leaving_sale" l WHERE l."_why" = 'swept') AS swept,
  (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_sale" o WHERE o."_copy" = 1 AND o."_fate" = 'held') - (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "ops"."held_shop_sale_sale" h) AS held,
  CAST((SELECT COUNT(*) FROM "shop"."sale") - (SELECT COUNT(*) FROM "leaving_sale") AS DECIMAL(38,6)) AS staying
UNION ALL SELECT CAST('sale' AS VARCHAR(128)) AS table_name, CAST('amount' AS VARCHAR(128)) AS measure, (SELECT CAST(COALESCE(SUM(o."amount"), 0) AS DECIMAL(38,6)) FROM "odd_sale" o WHERE o."_copy" > 1) AS duplicate,
  (SELECT CAST(COALESCE(SUM(o."amount"), 0) AS DECIMAL(38,6)) FROM "odd_sale" o WHERE o."_copy" = 1 AND o."_fate" = 'superseded') AS superseded, (SELECT CAST(COALESCE(SUM(o."amount"), 0) AS DECIMAL(38,6)) FROM "odd_sale" o WHERE o."_copy" = 1 AND o."_fate" = 'deleted') AS deleted,
  (SELECT CAST(COALESCE(SUM(l."amount"), 0) AS DECIMAL(38,6)) FROM "leaving_sale" l WHERE l."_why" = 'replaced') AS replaced, (SELECT CAST(COALESCE(SUM(l."amount"), 0) AS DECIMAL(38,6)) FROM "leaving_sale" l WHERE l."_why" = 'swept') AS swept,
  (SELECT CAST(COALESCE(SUM(o."amount"), 0) AS DECIMAL(38,6)) FROM "odd_sale" o WHERE o."_copy" = 1 AND o."_fate" = 'held') - (SELECT CAST(COALESCE(SUM(h."amount"), 0) AS DECIMAL(38,6)) FROM "ops"."held_shop_sale_sale" h) AS held,
  CAST((SELECT COUNT(*) FROM "shop"."sale") - (SELECT COUNT(*) FROM "leaving_sale") AS DECIMAL(38,6)) AS staying
UNION ALL SELECT CAST('item' AS VARCHAR(128)) AS table_name, CAST('rows' AS VARCHAR(128)) AS measure, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_item" o WHERE o."_copy" > 1) AS duplicate,
  (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_item" o WHERE o."_copy" = 1 AND o."_fate" = 'superseded') AS superseded, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_item" o WHERE o."_copy" = 1 AND o."_fate" = 'deleted') AS deleted,
  (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "leaving_item" l WHERE l."_why" = 'replaced') AS replaced, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "leaving_item" l WHERE l."_why" = 'swept') AS swept,
  (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_item" o WHERE o."_copy" = 1 AND o."_fate" = 'held') - (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "ops"."held_shop_sale_item" h) AS held,
  CAST((SELECT COUNT(*) FROM "shop"."item") - (SELECT COUNT(*) FROM "leaving_item") AS DECIMAL(38,6)) AS staying
UNION ALL SELECT CAST('item' AS VARCHAR(128)) AS table_name, CAST('amount' AS VARCHAR(128)) AS measure, (SELECT CAST(COALESCE(SUM(o."amount"), 0) AS DECIMAL(38,6)) FROM "odd_item" o WHERE o."_copy" > 1) AS duplicate,
  (SELECT CAST(COALESCE(SUM(o."amount"), 0) AS DECIMAL(38,6)) FROM "odd_item" o WHERE o."_copy" = 1 AND o."_fate" = 'superseded') AS superseded, (SELECT CAST(COALESCE(SUM(o."amount"), 0) AS DECIMAL(38,6)) FROM "odd_item" o WHERE o."_copy" = 1 AND o."_fate" = 'deleted') AS deleted,
  (SELECT CAST(COALESCE(SUM(l."amount"), 0) AS DECIMAL(38,6)) FROM "leaving_item" l WHERE l."_why" = 'replaced') AS replaced, (SELECT CAST(COALESCE(SUM(l."amount"), 0) AS DECIMAL(38,6)) FROM "leaving_item" l WHERE l."_why" = 'swept') AS swept,
  (SELECT CAST(COALESCE(SUM(o."amount"), 0) AS DECIMAL(38,6)) FROM "odd_item" o WHERE o."_copy" = 1 AND o."_fate" = 'held') - (SELECT CAST(COALESCE(SUM(h."amount"), 0) AS DECIMAL(38,6)) FROM "ops"."held_shop_sale_item" h) AS held,
  CAST((SELECT COUNT(*) FROM "shop"."item") - (SELECT COUNT(*) FROM "leaving_item") AS DECIMAL(38,6)) AS staying
UNION ALL SELECT CAST('payment' AS VARCHAR(128)) AS table_name, CAST('rows' AS VARCHAR(128)) AS measure, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_payment" o WHERE o."_copy" > 1) AS duplicate,
  (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_payment" o WHERE o."_copy" = 1 AND o."_fate" = 'superseded') AS superseded, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_payment" o WHERE o."_copy" = 1 AND o."_fate" = 'deleted') AS deleted,
  (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "leaving_payment" l WHERE l."_why" = 'replaced') AS replaced, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "leaving_payment" l WHERE l."_why" = 'swept') AS swept,
  (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "odd_payment" o WHERE o."_copy" = 1 AND o."_fate" = 'held') - (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "ops"."held_shop_sale_payment" h) AS held,
  CAST((SELECT COUNT(*) FROM "shop"."payment") - (SELECT COUNT(*) FROM "leaving_payment") AS DECIMAL(38,6)) AS staying
UNION ALL SELECT CAST('payment' AS VARCHAR(128)) AS table_name, CAST('amount' AS VARCHAR(128)) AS measure, (SELECT CAST(COALESCE(SUM(o."amount"), 0) AS DECIMAL(38,6)) FROM "odd_payment" o WHERE o."_copy" > 1) AS duplicate,
  (SELECT CAST(COALESCE(SUM(o."amount"), 0) AS DECIMAL(38,6)) FROM "odd_payment" o WHERE o."_copy" = 1 AND o."_fate" = 'superseded') AS superseded, (SELECT CAST(COALESCE(SUM(o."amount"), 0) AS DECIMAL(38,6)) FROM "odd_payment" o WHERE o."_copy" = 1 AND o."_fate" = 'deleted') AS deleted,
  (SELECT CAST(COALESCE(SUM(l."amount"), 0) AS DECIMAL(38,6)) FROM "leaving_payment" l WHERE l."_why" = 'replaced') AS replaced, (SELECT CAST(COALESCE(SUM(l."amount"), 0) AS DECIMAL(38,6)) FROM "leaving_payment" l WHERE l."_why" = 'swept') AS swept,
  (SELECT CAST(COALESCE(SUM(o."amount"), 0) AS DECIMAL(38,6)) FROM "odd_payment" o WHERE o."_copy" = 1 AND o."_fate" = 'held') - (SELECT CAST(COALESCE(SUM(h."amount"), 0) AS DECIMAL(38,6)) FROM "ops"."held_shop_sale_payment" h) AS held,
  CAST((SELECT COUNT(*) FROM "shop"."payment") - (SELECT COUNT(*) FROM "leaving_payment") AS DECIMAL(38,6)) AS staying;

DELETE FROM "shop"."sale" USING "leaving_sale" l WHERE "sale"."no" = l."no" AND "sale"."_run" = l."_run";

DELETE FROM "shop"."item" USING "leaving_item" l WHERE "item"."no" = l."no" AND "item"."item" = l."item" AND "item"."_run" = l."_run";

DELETE FROM "shop"."payment" USING "leaving_payment" l WHERE "payment"."no" = l."no" AND "payment"."payment" = l."payment" AND "payment"."_run" = l."_run";

INSERT INTO "shop"."sale" ("no", "note", "amount", "items", "payments", "_file", "_drop", "_version", "_event_at", "_run", "_loaded_at")
SELECT k."no", k."note", k."amount", k."items", k."payments", k."_file", k."_drop", k."_version", k."_event_at", 42, TIMESTAMP '2026-11-21 06:00:00.000000' FROM (SELECT o."no", o."note", o."amount", o."items", o."payments", o."_file", o."_drop", o."_version", o."_event_at" FROM "odd_sale" o WHERE o."_copy" = 1 AND o."_fate" = 'kept') k;

INSERT INTO "shop"."item" ("no", "item", "note", "amount", "_file", "_drop", "_version", "_event_at", "_run", "_loaded_at")
SELECT k."no", k."item", k."note", k."amount", k."_file", k."_drop", k."_version", k."_event_at", 42, TIMESTAMP '2026-11-21 06:00:00.000000' FROM (SELECT o."no", o."item", o."note", o."amount", o."_file", o."_drop", o."_version", o."_event_at" FROM "odd_item" o WHERE o."_copy" = 1 AND o."_fate" = 'kept') k;

INSERT INTO "shop"."payment" ("no", "payment", "note", "amount", "_file", "_drop", "_version", "_event_at", "_run", "_loaded_at")
SELECT k."no", k."payment", k."note", k."amount", k."_file", k."_drop", k."_version", k."_event_at", 42, TIMESTAMP '2026-11-21 06:00:00.000000' FROM (SELECT o."no", o."payment", o."note", o."amount", o."_file", o."_drop", o."_version", o."_event_at" FROM "odd_payment" o WHERE o."_copy" = 1 AND o."_fate" = 'kept') k;

INSERT INTO "ops"."tombstone_shop_sale_sale" ("no", "_file", "_drop", "_version", "_run")
SELECT o."no", o."_file", o."_drop", o."_version", 42 FROM "odd_sale" o WHERE o."_change" = 2 AND o."_copy" = 1 AND o."_fate" = 'deleted'
UNION ALL SELECT o."no", o."_file", o."_drop", o."_version", 42 FROM "stage_sale" o WHERE o."_change" = 1;

INSERT INTO "ops"."tombstone_shop_sale_item" ("no", "item", "_file", "_drop", "_version", "_run")
SELECT o."no", o."item", o."_file", o."_drop", o."_version", 42 FROM "odd_item" o WHERE o."_copy" = 1 AND o."_fate" = 'deleted';

INSERT INTO "ops"."tombstone_shop_sale_payment" ("no", "payment", "_file", "_drop", "_version", "_run")
SELECT o."no", o."payment", o."_file", o."_drop", o."_version", 42 FROM "odd_payment" o WHERE o."_copy" = 1 AND o."_fate" = 'deleted';

DELETE FROM "ops"."held_shop_sale_sale";

INSERT INTO "ops"."held_shop_sale_sale" ("no", "note", "amount", "items", "payments", "_file", "_drop", "_version", "_change", "_event_at", "_held_at", "_expired_at")
SELECT o."no", o."note", o."amount", o."items", o."payments", o."_file", o."_drop", o."_version", o."_change", o."_event_at", COALESCE(o."_held_at", TIMESTAMP '2026-11-21 06:00:00.000000'), CASE WHEN COALESCE(o."_held_at", TIMESTAMP '2026-11-21 06:00:00.000000') <= TIMESTAMP '2026-11-20 06:00:00.000000' THEN TIMESTAMP '2026-11-21 06:00:00.000000' END
FROM "odd_sale" o WHERE o."_copy" = 1 AND o."_fate" = 'held';

DELETE FROM "ops"."held_shop_sale_item";

INSERT INTO "ops"."held_shop_sale_item" ("no", "item", "note", "amount", "_file", "_drop", "_version", "_change", "_event_at", "_held_at", "_expired_at")
SELECT o."no", o."item", o."note", o."amount", o."_file", o."_drop", o."_version", o."_change", o."_event_at", COALESCE(o."_held_at", TIMESTAMP '2026-11-21 06:00:00.000000'), CASE WHEN COALESCE(o."_held_at", TIMESTAMP '2026-11-21 06:00:00.000000') <= TIMESTAMP '2026-11-20 06:00:00.000000' THEN TIMESTAMP '2026-11-21 06:00:00.000000' END
FROM "odd_item" o WHERE o."_copy" = 1 AND o."_fate" = 'held';

DELETE FROM "ops"."held_shop_sale_payment";

INSERT INTO "ops"."held_shop_sale_payment" ("no", "payment", "note", "amount", "_file", "_drop", "_version", "_change", "_event_at", "_held_at", "_expired_at")
SELECT o."no", o."payment", o."note", o."amount", o."_file", o."_drop", o."_version", o."_change", o."_event_at", COALESCE(o."_held_at", TIMESTAMP '2026-11-21 06:00:00.000000'), CASE WHEN COALESCE(o."_held_at", TIMESTAMP '2026-11-21 06:00:00.000000') <= TIMESTAMP '2026-11-20 06:00:00.000000' THEN TIMESTAMP '2026-11-21 06:00:00.000000' END
FROM "odd_payment" o WHERE o."_copy" = 1 AND o."_fate" = 'held';

INSERT INTO "ops"."stream_ledger" (contract, work_id, execution, loaded_at, topic, "partition", from_offset, first_offset, last_offset, next_offset, records, skipped_records, gaps, first_event_at, last_event_at)
SELECT 'shop.sale', 'shop.sale/42', 'sale-42', TIMESTAMP '2026-11-21 06:00:00.000000', topic, "partition", from_offset, first_offset, last_offset, next_offset, records, skipped_records, gaps, first_event_at, last_event_at FROM (
  SELECT CAST('pos.bill' AS VARCHAR(249)) AS topic, 0 AS "partition", CAST(NULL AS BIGINT) AS from_offset, 5 AS first_offset, 104 AS last_offset, 105 AS next_offset, 100 AS records, 2 AS skipped_records, 0 AS gaps, TIMESTAMP '2026-11-22 19:40:05.120000' AS first_event_at, TIMESTAMP '2026-11-22 19:40:09.000000' AS last_event_at
  UNION ALL SELECT CAST('pos.bill' AS VARCHAR(249)), 1, 40, 42, 50, 51, 8, 0, 3, CAST(NULL AS TIMESTAMP), CAST(NULL AS TIMESTAMP)
) p;

INSERT INTO "ops"."load_balance" ("work_id", "execution", "contract", "table_name", "measure", "source", "landed", "valid", "rejected", "staged", "inserted", "replaced", "superseded", "duplicate", "held", "deleted", "swept", "published")
SELECT 'shop.sale/42', 'sale-42', 'shop.sale', m.table_name, m.measure,
  p.source_total, p.landed, p.valid, p.rejected, p.staged, p.published - m.replaced, m.replaced, m.superseded, m.duplicate, m.held, m.deleted, m.swept, p.published
FROM "load_moves" m JOIN (
  SELECT CAST('sale' AS VARCHAR(128)) AS table_name, CAST('rows' AS VARCHAR(128)) AS measure, CAST(7 AS DECIMAL(38,6)) AS source_total, CAST(7 AS DECIMAL(38,6)) AS landed, CAST(7 AS DECIMAL(38,6)) AS valid, CAST(0 AS DECIMAL(38,6)) AS rejected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_sale" s) AS staged, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "shop"."sale" t WHERE t."_run" = 42) AS published
  UNION ALL SELECT CAST('sale' AS VARCHAR(128)) AS table_name, CAST('amount' AS VARCHAR(128)) AS measure, CAST(12.5 AS DECIMAL(38,6)) AS source_total, CAST(12.5 AS DECIMAL(38,6)) AS landed, CAST(12.5 AS DECIMAL(38,6)) AS valid, CAST(0 AS DECIMAL(38,6)) AS rejected, (SELECT CAST(COALESCE(SUM(s."amount"), 0) AS DECIMAL(38,6)) FROM "stage_sale" s) AS staged, (SELECT CAST(COALESCE(SUM(t."amount"), 0) AS DECIMAL(38,6)) FROM "shop"."sale" t WHERE t."_run" = 42) AS published
  UNION ALL SELECT CAST('item' AS VARCHAR(128)) AS table_name, CAST('rows' AS VARCHAR(128)) AS measure, CAST(7 AS DECIMAL(38,6)) AS source_total, CAST(7 AS DECIMAL(38,6)) AS landed, CAST(7 AS DECIMAL(38,6)) AS valid, CAST(0 AS DECIMAL(38,6)) AS rejected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_item" s) AS staged, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "shop"."item" t WHERE t."_run" = 42) AS published
  UNION ALL SELECT CAST('item' AS VARCHAR(128)) AS table_name, CAST('amount' AS VARCHAR(128)) AS measure, CAST(12.5 AS DECIMAL(38,6)) AS source_total, CAST(12.5 AS DECIMAL(38,6)) AS landed, CAST(12.5 AS DECIMAL(38,6)) AS valid, CAST(0 AS DECIMAL(38,6)) AS rejected, (SELECT CAST(COALESCE(SUM(s."amount"), 0) AS DECIMAL(38,6)) FROM "stage_item" s) AS staged, (SELECT CAST(COALESCE(SUM(t."amount"), 0) AS DECIMAL(38,6)) FROM "shop"."item" t WHERE t."_run" = 42) AS published
  UNION ALL SELECT CAST('payment' AS VARCHAR(128)) AS table_name, CAST('rows' AS VARCHAR(128)) AS measure, CAST(7 AS DECIMAL(38,6)) AS source_total, CAST(7 AS DECIMAL(38,6)) AS landed, CAST(7 AS DECIMAL(38,6)) AS valid, CAST(0 AS DECIMAL(38,6)) AS rejected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "stage_payment" s) AS staged, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "shop"."payment" t WHERE t."_run" = 42) AS published
  UNION ALL SELECT CAST('payment' AS VARCHAR(128)) AS table_name, CAST('amount' AS VARCHAR(128)) AS measure, CAST(12.5 AS DECIMAL(38,6)) AS source_total, CAST(12.5 AS DECIMAL(38,6)) AS landed, CAST(12.5 AS DECIMAL(38,6)) AS valid, CAST(0 AS DECIMAL(38,6)) AS rejected, (SELECT CAST(COALESCE(SUM(s."amount"), 0) AS DECIMAL(38,6)) FROM "stage_payment" s) AS staged, (SELECT CAST(COALESCE(SUM(t."amount"), 0) AS DECIMAL(38,6)) FROM "shop"."payment" t WHERE t."_run" = 42) AS published
) p ON p.table_name = m.table_name AND p.measure = m.measure;

CALL "ops"."assert_checks"('SELECT CAST(''staged = inserted + replaced + superseded + duplicate + held + deleted of '' || table_name || ''.'' || measure AS VARCHAR(500)) AS hop, staged AS expected, inserted + replaced + superseded + duplicate + held + deleted AS found FROM "ops"."load_balance" WHERE work_id = ''shop.sale/42''
UNION ALL SELECT CAST(''rows of sale after the load'' AS VARCHAR(500)) AS hop, (SELECT m.staying FROM "load_moves" m WHERE m.table_name = ''sale'' AND m.measure = ''rows'') + (SELECT b.published FROM "ops"."load_balance" b WHERE b.work_id = ''shop.sale/42'' AND b.table_name = ''sale'' AND b.measure = ''rows'') AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "shop"."sale") AS found
UNION ALL SELECT CAST(''rows of item after the load'' AS VARCHAR(500)) AS hop, (SELECT m.staying FROM "load_moves" m WHERE m.table_name = ''item'' AND m.measure = ''rows'') + (SELECT b.published FROM "ops"."load_balance" b WHERE b.work_id = ''shop.sale/42'' AND b.table_name = ''item'' AND b.measure = ''rows'') AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "shop"."item") AS found
UNION ALL SELECT CAST(''rows of payment after the load'' AS VARCHAR(500)) AS hop, (SELECT m.staying FROM "load_moves" m WHERE m.table_name = ''payment'' AND m.measure = ''rows'') + (SELECT b.published FROM "ops"."load_balance" b WHERE b.work_id = ''shop.sale/42'' AND b.table_name = ''payment'' AND b.measure = ''rows'') AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM "shop"."payment") AS found
UNION ALL SELECT CAST(''one row per key in sale'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM (SELECT 1 AS twice FROM "leaving_sale" GROUP BY "no" HAVING COUNT(*) > 1) d) AS found
UNION ALL SELECT CAST(''one row per key in item'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM (SELECT 1 AS twice FROM "leaving_item" GROUP BY "no", "item" HAVING COUNT(*) > 1) d) AS found
UNION ALL SELECT CAST(''one row per key in payment'' AS VARCHAR(500)) AS hop, CAST(0 AS DECIMAL(38,6)) AS expected, (SELECT CAST(COUNT(*) AS DECIMAL(38,6)) FROM (SELECT 1 AS twice FROM "leaving_payment" GROUP BY "no", "payment" HAVING COUNT(*) > 1) d) AS found');

INSERT INTO "ops"."load_ledger" ("work_id", "contract", "source_name", "feed", "execution", "ordinal", "contract_version", "contract_sha256", "mode", "window_lo", "window_hi", "window_proof", "outcome", "export_sequence", "loaded_at", "source", "landed", "valid", "rejected", "staged", "inserted", "replaced", "superseded", "duplicate", "held", "deleted", "swept", "published")
SELECT 'shop.sale/42', 'shop.sale', 'shop', 'sale', 'sale-42', 42, '1.0.0', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'stream', CAST(NULL AS TIMESTAMP), CAST(NULL AS TIMESTAMP), NULL, 'loaded', CAST(NULL AS BIGINT), TIMESTAMP '2026-11-21 06:00:00.000000', CAST(COALESCE(SUM(b."source"), 0) AS BIGINT), CAST(COALESCE(SUM(b."landed"), 0) AS BIGINT), CAST(COALESCE(SUM(b."valid"), 0) AS BIGINT), CAST(COALESCE(SUM(b."rejected"), 0) AS BIGINT), CAST(COALESCE(SUM(b."staged"), 0) AS BIGINT), CAST(COALESCE(SUM(b."inserted"), 0) AS BIGINT), CAST(COALESCE(SUM(b."replaced"), 0) AS BIGINT), CAST(COALESCE(SUM(b."superseded"), 0) AS BIGINT), CAST(COALESCE(SUM(b."duplicate"), 0) AS BIGINT), CAST(COALESCE(SUM(b."held"), 0) AS BIGINT), CAST(COALESCE(SUM(b."deleted"), 0) AS BIGINT), CAST(COALESCE(SUM(b."swept"), 0) AS BIGINT), CAST(COALESCE(SUM(b."published"), 0) AS BIGINT)
FROM "ops"."load_balance" b WHERE b.work_id = 'shop.sale/42' AND b.measure = 'rows';

