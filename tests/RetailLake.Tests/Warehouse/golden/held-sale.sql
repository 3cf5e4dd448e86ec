SELECT COUNT(*), COUNT(u."_late") FROM (
  SELECT MAX(CASE WHEN r."_expired_at" IS NOT NULL OR r."_held_at" <= TIMESTAMP '2026-11-21 06:00:00.000000' THEN 1 END) AS "_late" FROM (
    SELECT o."no" AS "no", o."_held_at", o."_expired_at" FROM "ops"."held_shop_sale_sale" o
    UNION ALL SELECT o."no" AS "no", o."_held_at", o."_expired_at" FROM "ops"."held_shop_sale_item" o
    UNION ALL SELECT o."no" AS "no", o."_held_at", o."_expired_at" FROM "ops"."held_shop_sale_payment" o
  ) r GROUP BY r."no"
) u;

WITH r AS (
  SELECT o."no" AS "no", 0 AS "_part", o."_file", o."_drop", o."_version", o."_held_at", o."_expired_at" FROM "ops"."held_shop_sale_sale" o
  UNION ALL SELECT o."no" AS "no", 1 AS "_part", o."_file", o."_drop", o."_version", o."_held_at", o."_expired_at" FROM "ops"."held_shop_sale_item" o
  UNION ALL SELECT o."no" AS "no", 2 AS "_part", o."_file", o."_drop", o."_version", o."_held_at", o."_expired_at" FROM "ops"."held_shop_sale_payment" o
), g AS (
  SELECT r."no", MIN(r."_held_at") AS "_since", COUNT(r."_expired_at") AS "_marked" FROM r GROUP BY r."no"
), u AS (
  SELECT * FROM (SELECT g.*, ROW_NUMBER() OVER (ORDER BY g."_since", g."no") AS "_number" FROM g) q WHERE q."_number" <= 20
), h AS (
  SELECT o."no", o."_file", o."_drop", o."_version", o."items", o."payments", o."_change" AS "_head" FROM "ops"."held_shop_sale_sale" o JOIN u ON u."no" = o."no"
  UNION ALL SELECT t."no", t."_file", t."_drop", t."_version", t."items", t."payments", 2 FROM "shop"."sale" t JOIN u ON u."no" = t."no"
  LEFT JOIN "ops"."held_shop_sale_sale" k ON k."no" = t."no" WHERE k."no" IS NULL
), c0 AS (
  SELECT x."no", COUNT(*) AS "_there" FROM (
    SELECT o."no" AS "no" FROM "ops"."held_shop_sale_item" o WHERE o."_change" = 0
    UNION ALL SELECT t."no" AS "no" FROM "shop"."item" t JOIN u ON t."no" = u."no"
    LEFT JOIN "ops"."held_shop_sale_item" k ON k."no" = t."no" AND k."item" = t."item"
    LEFT JOIN (SELECT q."no", q."_file", q."_drop", q."_version" FROM (
      SELECT d."no", d."_file", d."_drop", d."_version", ROW_NUMBER() OVER (PARTITION BY d."no" ORDER BY d."_version" DESC, d."_drop" DESC, d."_file" DESC) AS n FROM (
        SELECT o."no", o."_file", o."_drop", o."_version" FROM "ops"."held_shop_sale_sale" o WHERE o."_change" = 1 UNION ALL SELECT o."no", o."_file", o."_drop", o."_version" FROM "ops"."tombstone_shop_sale_sale" o
      ) d JOIN u e ON e."no" = d."no"
    ) q WHERE q.n = 1) g ON g."no" = t."no" AND (g."_version" > t."_version" OR (g."_version" = t."_version" AND (g."_drop" > t."_drop" OR (g."_drop" = t."_drop" AND g."_file" > t."_file"))))
    WHERE k."no" IS NULL AND g."_version" IS NULL
  ) x GROUP BY x."no"
), c1 AS (
  SELECT x."no", COUNT(*) AS "_there" FROM (
    SELECT o."no" AS "no" FROM "ops"."held_shop_sale_payment" o WHERE o."_change" = 0
    UNION ALL SELECT t."no" AS "no" FROM "shop"."payment" t JOIN u ON t."no" = u."no"
    LEFT JOIN "ops"."held_shop_sale_payment" k ON k."no" = t."no" AND k."payment" = t."payment"
    LEFT JOIN (SELECT q."no", q."_file", q."_drop", q."_version" FROM (
      SELECT d."no", d."_file", d."_drop", d."_version", ROW_NUMBER() OVER (PARTITION BY d."no" ORDER BY d."_version" DESC, d."_drop" DESC, d."_file" DESC) AS n FROM (
        SELECT o."no", o."_file", o."_drop", o."_version" FROM "ops"."held_shop_sale_sale" o WHERE o."_change" = 1 UNION ALL SELECT o."no", o."_file", o."_drop", o."_version" FROM "ops"."tombstone_shop_sale_sale" o
      ) d JOIN u e ON e."no" = d."no"
    ) q WHERE q.n = 1) g ON g."no" = t."no" AND (g."_version" > t."_version" OR (g."_version" = t."_version" AND (g."_drop" > t."_drop" OR (g."_drop" = t."_drop" AND g."_file" > t."_file"))))
    WHERE k."no" IS NULL AND g."_version" IS NULL
  ) x GROUP BY x."no"
), p AS (
  SELECT r."no", r."_part", r."_file", COUNT(*) AS "_rows", MIN(r."_drop") AS "_first", MAX(r."_drop") AS "_last", MIN(r."_version") AS "_first_version", MAX(r."_version") AS "_last_version" FROM r GROUP BY r."no", r."_part", r."_file"
)
SELECT u."_number", u."_since", u."_marked", u."no", h."_head", h."items", h."payments", COALESCE(c0."_there", 0), COALESCE(c1."_there", 0), p."_part", p."_file", p."_rows", p."_first", p."_last", p."_first_version", p."_last_version"
FROM u JOIN p ON p."no" = u."no" LEFT JOIN h ON h."no" = u."no" LEFT JOIN c0 ON c0."no" = u."no" LEFT JOIN c1 ON c1."no" = u."no"
ORDER BY u."_number", p."_part", p."_file";

