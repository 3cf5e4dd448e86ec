CREATE TABLE customer (
  customer_id        BIGINT        NOT NULL PRIMARY KEY,
  title              ENUM('Mr','Ms','Mrs','Dr','Mx') NULL,
  full_name          VARCHAR(120)  NULL,
  phone              VARCHAR(20)   NULL,
  email              VARCHAR(160)  NULL,
  date_of_birth      DATE          NULL,
  gender             ENUM('F','M','O') NULL,
  gstin              VARCHAR(20)   NULL COMMENT 'only businesses; of a proprietor it is personal',
  address_line       VARCHAR(200)  NULL,
  city               VARCHAR(80)   NULL,
  state_code         CHAR(2)       NULL,
  pin_code           CHAR(6)       NULL,
  preferred_language ENUM('en','hi','mr','ta','bn') NULL,
  marketing_consent  TINYINT(1)    NULL,
  home_store_id      INT           NULL,
  lifetime_value     DECIMAL(14,2) NULL,
  attributes         JSON          NULL,
  created_at         DATETIME      NULL COMMENT 'IST wall clock',
  updated_at         TIMESTAMP(6)  NULL,
  deleted_at         TIMESTAMP(6)  NULL COMMENT 'soft delete'
);
CREATE TABLE loyalty_account (
  account_id       BIGINT       NOT NULL PRIMARY KEY,
  customer_id      BIGINT       NULL,
  card_no          VARCHAR(16)  NULL,
  tier             ENUM('SILVER','GOLD','PLATINUM','DIAMOND') NULL,
  points_balance   INT          NULL,
  points_lifetime  BIGINT       NULL,
  enrolled_on      DATE         NULL,
  enrolled_store_id INT         NULL,
  is_active        TINYINT(1)   NULL,
  updated_at       TIMESTAMP(6) NULL
);
CREATE TABLE loyalty_txn (
  txn_id      BIGINT        NOT NULL PRIMARY KEY,
  account_id  BIGINT        NULL,
  order_id    BIGINT        NULL,
  kind        ENUM('EARN','BURN','EXPIRE','ADJUST') NULL,
  points      INT           NULL,
  amount      DECIMAL(12,2) NULL,
  note        VARCHAR(120)  NULL,
  occurred_at DATETIME      NULL COMMENT 'IST wall clock',
  updated_at  TIMESTAMP(6)  NULL
);
