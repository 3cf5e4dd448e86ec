CREATE TABLE category (
  category_id INT          NOT NULL PRIMARY KEY,
  parent_id   INT          NULL,
  code        VARCHAR(20)  NULL,
  name        VARCHAR(80)  NULL,
  name_hi     VARCHAR(80)  NULL,
  hsn_chapter CHAR(2)      NULL,
  sort_order  SMALLINT     NULL,
  is_active   TINYINT(1)   NULL,
  updated_at  TIMESTAMP(6) NULL
);
CREATE TABLE product (
  product_id        INT           NOT NULL PRIMARY KEY,
  sku               VARCHAR(24)   NULL,
  ean               VARCHAR(14)   NULL,
  name              VARCHAR(160)  NULL,
  name_hi           VARCHAR(160)  NULL,
  category_id       INT           NULL,
  brand             VARCHAR(60)   NULL,
  hsn               VARCHAR(8)    NULL,
  gst_rate          DECIMAL(5,2)  NULL,
  uom               ENUM('EA','KG','PR') NULL,
  mrp               DECIMAL(12,2) NULL,
  colour            VARCHAR(30)   NULL,
  size              VARCHAR(10)   NULL,
  country_of_origin CHAR(2)       NULL,
  shelf_life_days   INT           NULL,
  is_active         TINYINT(1)    NULL,
  attributes        JSON          NULL,
  launched_on       DATE          NULL,
  updated_at        TIMESTAMP(6)  NULL
);
CREATE TABLE price (
  product_id    INT           NOT NULL,
  store_group   VARCHAR(12)   NOT NULL,
  valid_from    DATE          NOT NULL,
  valid_to      DATE          NULL,
  mrp           DECIMAL(12,2) NULL,
  selling_price DECIMAL(12,2) NULL,
  cost_price    DECIMAL(12,4) NULL,
  is_promo      TINYINT(1)    NULL,
  promo_code    VARCHAR(20)   NULL,
  updated_at    DATETIME      NULL COMMENT 'IST wall clock, whole seconds',
  PRIMARY KEY (product_id, store_group, valid_from)
);
CREATE TABLE store (
  store_id     INT          NOT NULL PRIMARY KEY,
  code         VARCHAR(10)  NULL,
  name         VARCHAR(120) NULL,
  format       ENUM('HYPER','SUPER','EXPRESS','FASHION','ELECTRONICS') NULL,
  store_group  VARCHAR(12)  NULL,
  gstin        CHAR(15)     NULL,
  address_line VARCHAR(200) NULL,
  city         VARCHAR(80)  NULL,
  state_code   CHAR(2)      NULL,
  pin_code     CHAR(6)      NULL,
  latitude     DECIMAL(9,6) NULL,
  longitude    DECIMAL(9,6) NULL,
  phone        VARCHAR(20)  NULL,
  area_sqft    INT          NULL,
  opened_on    DATE         NULL,
  closed_on    DATE         NULL,
  is_active    TINYINT(1)   NULL,
  updated_at   TIMESTAMP(6) NULL
);
CREATE TABLE inventory (
  store_id        INT           NOT NULL,
  product_id      INT           NOT NULL,
  on_hand         DECIMAL(12,3) NULL,
  reserved        DECIMAL(12,3) NULL,
  in_transit      DECIMAL(12,3) NULL,
  reorder_level   DECIMAL(12,3) NULL,
  bin             VARCHAR(12)   NULL,
  last_counted_on DATE          NULL,
  PRIMARY KEY (store_id, product_id)
) COMMENT 'no timestamp: extracted whole';
