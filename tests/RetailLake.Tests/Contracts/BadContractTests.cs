namespace RetailLake.Tests.Contracts;

/// <summary>One wrong thing each: found on its line, said in words, with a remedy.</summary>
public sealed class BadContractTests
{
    /// <summary>Text of the sample, what stands there instead, the message, the remedy, and how many lines below the text it points.</summary>
    public static TheoryData<string, string, string, string, int> Cases => new()
    {
        // The document.
        { "id: shop.bill", "id: shop.bull", "Found id 'shop.bull', expected 'shop.bill'", "move the file", 0 },
        { "id: shop.bill", "id: ../../etc/passwd", "Found id '../../etc/passwd'", "Correct the id", 0 },
        { "version: 1.0.0", "version: one", "Found version 'one'", "Correct", 0 },
        { "version: 1.0.0", "version: 1.0", "Found '1.0' for 'version', expected text (put it in quotes)", "Correct", 0 },
        { "apiVersion: v3.1.0", "apiVersion: v3.0.2", "expected 'v3.1.0'", "Bring the contract", 0 },
        { "apiVersion: v3.1.0", "apiVersion: v4", "expected one of v3.1.0, v3.0.2", "Correct", 0 },
        { "kind: DataContract", "kind: Contract", "Found 'Contract' for 'kind'", "Correct", 0 },
        { "status: active", "status: retired", "Found status 'retired'", "removed from the folder", 0 },
        { "status: active", "status: active\nowner: me", "Found the key 'owner' in the contract", "Correct the spelling", 1 },
        { "status: active", "status: active\nslaDefaultElement: bill.net", "'slaDefaultElement'", "Remove it", 1 },
        { "status: active", "status: active\ncontractCreatedTs: yesterday", "'contractCreatedTs', expected a date and time", "Correct", 1 },
        { "{ purpose: Bills. }", "{ purpose: Bills., customProperties: [ { property: retaillake.mode, value: 1 } ] }", "Found 'retaillake.mode' in this place, expected none of ours there", "move it", 0 },

        // The server.
        { "type: mysql", "type: postgres", "Found a server of type 'postgres'", "wait for its reader", 0 },
        { "type: mysql", "type: mydb", "expected one of api, athena", "Correct", 0 },
        { "host: db.example.in", "host: 'db;rm -rf'", "for 'host'", "Correct", 0 },
        { "port: 3306", "port: 99999", "Found port 99999", "3306", 0 },
        { "port: 3306", "port: '3306'", "for 'port', expected a whole number", "Correct", 0 },
        { "    database: shop\n", "    database: 'shop`; DROP'\n", "for 'database'", "Correct", 0 },
        { "    database: shop\n", "", "Found no 'database' in a server of type mysql", "Add 'database:'", -4 },
        { "value: sources/shop-eu", "value: ../shop", "for 'retaillake.secret'", "never stands in a contract", 0 },
        { "retaillake.secret", "retaillake.password", "Found 'retaillake.password' in a server", "docs/contracts.md", 0 },

        // How it is read.
        { "mode: window", "mode: stream", "Found 'stream' for 'mode', expected one of window, snapshot", "Correct", 0 },
        { "mode: window", "mode: snapshot", "Found 'deletes: soft' in snapshot mode", "mode: window", 0 },
        { "deletes: soft", "deletes: sweep", "Found 'retaillake.softDelete' on 'deleted' with 'deletes: sweep'", "deletes: soft", 66 },
        { "lagSeconds: 10", "lagSeconds: -1", "expected a whole number from 0 to 86400", "Correct", 0 },
        { "lagSeconds: 10", "lag: 10", "Found the key 'lag' in 'retaillake.extract'", "Correct the spelling", 0 },
        { "retaillake.extract", "retaillake.Extract", "Found 'retaillake.Extract' in the contract", "Correct the spelling", 0 },
        { "retaillake.rejectBudgetPercent", "RetailLake.rejectBudgetPercent", "Found 'RetailLake.rejectBudgetPercent'", "Correct the spelling", 0 },
        { "value: 2.5", "value: 101", "from 0 to 100", "Correct", 0 },
        { "{ property: retaillake.cursor, value: true }", "{ property: retaillake.cursor, value: false }", "Found no cursor in 'bill'", "mode: snapshot", -45 },
        { "{ property: retaillake.cursor, value: true }", "{ property: retaillake.cursor, value: 1 }", "expected true or false", "Correct", 0 },
        { "{ property: retaillake.softDelete, value: true }", "{ property: retaillake.softDelete, value: false }", "Found 'deletes: soft' without a column", "deletes: sweep", -66 },
        { "{ property: retaillake.controlTotal, value: true }", "{ property: retaillake.softDelete, value: true }", "Found 'retaillake.softDelete' on 'net'", "Take another column", 0 },
        { "{ property: retaillake.controlTotal, value: true }", "{ property: retaillake.cursor, value: true }", "Found 'retaillake.cursor' on 'net'", "last changed", 0 },
        { "defaultTimezone: Asia/Kolkata", "defaultTimezone: Europe/Berlin", "one hour of the year exists twice", "timestamp column", 2 },

        // Freshness and promises.
        { "unit: min }", "unit: years }", "Found latency '90' 'years'", "unit: h", 0 },
        { "unit: min }", "unit: min, element: bill.net }", "Found 'element' on the SLA property 'latency'", "Remove it", 0 },
        { "property: latency", "property: latancy", "Found the SLA property 'latancy'", "Correct the spelling", 0 },
        { "property: latency", "property: retention", "Found the SLA property 'retention'", "template.yaml", 0 },

        // Names.
        { "name: bill\n", "name: Bill\n", "Found 'Bill' for the name of a table", "physicalName", 0 },
        { "name: gross", "name: 'gross; DROP TABLE x'", "Found 'gross; DROP TABLE x' for the name of a column", "physicalName", 0 },
        { "name: gross", "name: _run", "which the load itself adds", "physicalName", 0 },
        { "name: gross", "name: _loaded_at", "which the load itself adds", "physicalName", 0 },
        { "name: gross", "name: " + "g123456789012345678901234567890123456789012345678901234567890123", "at most 63", "physicalName", 0 },
        { "physicalName: Bill", "physicalName: 'Bi`ll'", "the source's name of table 'bill'", "view", 0 },
        { "name: gross", "name: phone", "Found the column 'phone' of table 'bill' a second time", "Keep one", 0 },
        { "name: bill_line", "name: bill", "Found the table 'bill' a second time", "Keep one", 0 },

        // Types.
        { "physicalType: decimal(12,2)", "physicalType: decimal(40,2)", "at most 38 digits", "logicalType: string", 0 },
        { "physicalType: decimal(12,2)", "physicalType: money", "no MySQL type that is known", "SHOW COLUMNS", 0 },
        { "physicalType: decimal(12,2)", "physicalType: '12,2'", "not written like a MySQL type", "SHOW COLUMNS", 0 },
        { "physicalType: decimal(12,2)", "physicalType: decimal(66,2)", "a length or precision that MySQL does not have", "SHOW COLUMNS", 0 },
        { "physicalType: varchar(20)", "physicalType: varchar", "a length or precision that MySQL does not have", "SHOW COLUMNS", 0 },
        { "physicalType: varchar(20)", "physicalType: varchar(20) invisible", "not written like a MySQL type", "SHOW COLUMNS", 0 },
        { "physicalType: enum('CASH','CARD')", "physicalType: enum('CASH)", "not written like a MySQL type", "SHOW COLUMNS", 0 },
        { "logicalType: date\n", "logicalType: integer\n", "it needs logicalType date, found integer", "logicalType: date", 1 },
        { "logicalType: number\n", "logicalType: object\n", "Found logicalType 'object'", "physicalType: json", 0 },
        { "logicalType: number\n", "logicalType: array\n", "Found logicalType 'array'", "table of its own", 0 },
        { "        physicalType: tinyint(1)\n", "", "Found no 'physicalType' on a column", "SHOW COLUMNS", -2 },
        { "{ defaultTimezone: Asia/Kolkata }", "{ timezone: false }", "Found the datetime 'updated_at' without a time zone", "Asia/Kolkata", -4 },
        { "defaultTimezone: Asia/Kolkata", "defaultTimezone: IST", "expected a name of the IANA database", "Asia/Kolkata", 0 },
        { "defaultTimezone: Asia/Kolkata", "defaultTimezone: Asia/../Kolkata", "expected a name of the IANA database", "Asia/Kolkata", 0 },
        { "defaultTimezone: Asia/Kolkata", "defaultTimezone: Asia/Kolkata, timezone: true", "Found 'timezone: true' on the datetime", "remove", 0 },
        { "physicalType: datetime(6)", "physicalType: timestamp(6)", "which MySQL keeps in UTC", "datetime", 2 },
        { "physicalType: datetime(6)", "physicalType: datetime(9)", "a length or precision that MySQL does not have", "SHOW COLUMNS", 0 },

        // Personal data.
        { ", physicalType: 'decimal(14,4)', classification: internal", ", physicalType: 'decimal(14,4)'", "Found no 'classification' on 'gross'", "classification: internal", 0 },
        { "'decimal(14,4)', classification: internal", "'decimal(14,4)', classification: secret", "Found classification 'secret'", "Choose one", 0 },
        { "value: phone-in }", "value: upper }", "expected one of phone-in, lower", "Correct", 0 },
        { "        physicalType: varchar(20)\n", "        physicalType: varchar(20)\n        classification: internal\n", "Found 'retaillake.normalise' on 'phone'", "personal", 3 },

        // Properties of a column.
        { "retaillake.zeroDate, value: null", "retaillake.zeroDate, value: zero", "for 'retaillake.zeroDate', expected null or reject", "Correct", 0 },
        { "{ property: retaillake.controlTotal, value: true }", "{ property: retaillake.zeroDate, value: null }", "expected it on dates and timestamps only", "Remove it", 0 },
        { "physicalType: decimal(12,2)", "physicalType: decimal(20,2)", "Found a control total on 'net'", "Remove", 4 },
        { "required: true\n", "required: true\n        encryptedName: x\n", "Found 'encryptedName' on a column", "classification: personal", 1 },
        { "required: true\n", "required: true\n        transformLogic: a + b\n", "Found 'transformLogic' on a column", "view", 1 },
        { "required: true\n", "required: true\n        partitioned: true\n", "Found 'partitioned' on a column", "sortKey", 1 },
        { "required: true\n", "required: true\n        unique: true\n", "Found 'unique: true' on a column that is no key", "Remove it", 1 },
        { "required: true\n", "required: true\n        nullable: false\n", "Found the key 'nullable' in a column", "Correct the spelling", 1 },

        // Rules.
        { "minimum: '2020-01-01'", "minimum: 01/01/2020", "Found '01/01/2020' for 'minimum' of 'sold_on'", "Correct the bound", 0 },
        { "minimum: '2020-01-01'", "format: yyyy", "Found the option 'format' on 'sold_on'", "Remove it", 0 },
        { "minimum: 0.5", "minimum: many", "Found 'many' for 'minimum', expected a number", "Correct", 0 },
        { "minimum: 0.5", "multipleOf: 5", "Found the option 'multipleOf' on 'net'", "Remove it", 0 },
        { "minimum: 0.5", "pattern: '^x$'", "Found the key 'pattern' in the options of logical type 'number'", "Correct the spelling", 0 },
        { "implementation: phone-in", "implementation: phone", "Found the implementation 'phone' of engine retaillake", "Correct the spelling", 0 },
        { "engine: retaillake, implementation: phone-in", "engine: soda, implementation: phone-in", "Found the quality engine 'soda'", "remove the rule", 0 },
        { "'atMost: gross'", "ean13", "Found the rule 'ean13' on 'net'", "text", 0 },
        { "'atMost: gross'", "'atMost: nothing'", "Found 'atMost: nothing' on 'net'", "column's name", 0 },
        { "'atMost: gross'", "'atMost: sold_on'", "Found 'atMost: sold_on' on 'net'", "column's name", 0 },
        { "validValues: [CASH, CARD]", "validValues: [CASH, null]", "Found null among the valid values", "NULL passes every rule", 0 },
        { "validValues: [CASH, CARD]", "validValues: []", "Found the argument 'validValues'", "Correct it", 0 },
        { "arguments: { validValues: [CASH, CARD] }", "arguments: { pattern: '(?=x)' }", "without look-around", "classes, counts and anchors", 0 },
        { "arguments: { validValues: [CASH, CARD] }", "arguments: { pattern: '[' }", "Found the pattern '['", "classes, counts and anchors", 0 },
        { "arguments: { validValues: [CASH, CARD] }, mustBe: 0", "arguments: { validValues: [CASH] }, mustBeLessThan: 5", "without 'mustBe: 0'", "mustBe: 0", 0 },
        { "arguments: { validValues: [CASH, CARD] }, mustBe: 0", "mustBe: 0", "without arguments", "indentation", 0 },
        { "metric: nullValues", "metric: missingValues", "Found the metric 'missingValues' on a column", "nullValues", 0 },
        { "metric: nullValues", "metric: duplicateValues", "Found the metric 'duplicateValues' on a column", "primary key", 0 },
        { "metric: nullValues", "metric: freshness", "expected one of nullValues, missingValues", "Correct", 0 },
        { "mustBeLessThan: 20, unit: percent", "mustBeLessThan: 20, unit: promille", "Found the unit 'promille'", "Correct", 0 },
        { "mustBeLessThan: 20, unit: percent", "unit: percent", "Found 0 operators", "mustBe: 0", 0 },
        { "mustBeLessThan: 20, unit: percent", "mustBeLessThan: 20, mustNotBe: 7", "Found 2 operators", "a rule of each", 0 },
        { "mustBeLessThan: 20, unit: percent", "mustBe: often", "Found 'often' for 'mustBe'", "Correct it", 0 },
        { "{ metric: nullValues, mustBeLessThan: 20, unit: percent }", "{ type: sql, query: SELECT 1, mustBe: 0 }", "Found a quality rule of type sql", "view", 0 },
        { "{ metric: nullValues, mustBeLessThan: 20, unit: percent }", "{ description: must be nice }", "without 'metric'", "type: text", 0 },
        { "{ metric: nullValues, mustBeLessThan: 20, unit: percent }", "{ metric: nullValues, mustBe: 0, schedule: '* * *' }", "Found 'schedule' on a quality rule", "Remove it", 0 },
        { "{ metric: nullValues, mustBeLessThan: 20, unit: percent }", "{ metric: nullValues, mustBe: 0, severity: warning }", "Found severity 'warning'", "Remove it", 0 },
        { "mustBeBetween: [0, 1000000]", "mustBeBetween: [9, 3]", "the smaller first", "Correct it", 0 },
        { "metric: rowCount, mustBeBetween: [0, 1000000]", "metric: rowCount, mustBe: 0, unit: percent", "Found rowCount in percent", "unit: rows", 0 },
        { "metric: rowCount, mustBeBetween: [0, 1000000]", "metric: duplicateValues, arguments: { properties: [net] }, mustBe: 0", "Found the metric 'duplicateValues' on a table", "primary key", 0 },

        // Keys.
        { "primaryKey: true, classification", "primaryKey: true, required: false, classification", "Found 'required: false' on the key column 'bill_id'", "required: true", 0 },
        { "primaryKey: true, classification", "primaryKey: false, classification", "Found no primary key in table 'bill'", "primaryKeyPosition", -8 },
        { "primaryKeyPosition: 2", "primaryKeyPosition: 1", "Found the primary key positions 1, 1", "primaryKeyPosition", -1 },
        { "bigint unsigned, primaryKey: true, primaryKeyPosition: 1", "bigint, primaryKey: true, primaryKeyPosition: 1", "expected the same type and classification", "Declare both alike", -2 },
        { "value: [bill_id] }\n    properties:\n      - { name: bill_id, logicalType: integer, physicalType: bigint unsigned, primaryKey: true, primaryKeyPosition: 1, classification: internal }", "value: [bill_id] }\n    properties:\n      - { name: bill_id, logicalType: integer, physicalType: bigint unsigned, primaryKey: true, primaryKeyPosition: 1, classification: personal }", "expected the same type and classification", "Declare both alike", 0 },
        { "retaillake.parentKey, value: [bill_id]", "retaillake.parentKey, value: [bill_id, line_no]", "Found 2 columns in 'retaillake.parentKey'", "feed of its own", 0 },
        { "retaillake.parentKey, value: [bill_id]", "retaillake.parentKey, value: [bill]", "Found 'bill' in 'retaillake.parentKey'", "Correct the spelling", 0 },
        { "{ property: retaillake.parentKey, value: [bill_id] }", "{ property: other.parentKey, value: [bill_id] }", "Found no columns in 'retaillake.parentKey' of 'bill_line'", "feed of its own", -2 },
        { "retaillake.distKey, value: bill_id", "retaillake.parentKey, value: [bill_id]", "on 'bill', the first table", "put the parent first", 0 },
        { "retaillake.distKey, value: bill_id", "retaillake.distKey, value: nothing", "Found 'nothing' in 'retaillake.distKey'", "Correct the spelling", 0 },
        { "value: [sold_on, bill_id]", "value: [sold_on, sold_on]", "Found 'sold_on' in 'retaillake.sortKey'", "Correct the spelling", 0 },

        // The Manthan feed.
        { "subject: BILLS", "subject: ../BILLS", "Found the Manthan subject '../BILLS'", "SALES", 0 },
        { "table: bill\n", "table: bull\n", "Found 'bull' for the Manthan feed's table", "Correct the spelling", 0 },
        { "columns: [bill_id, sold_on, net, phone]", "columns: [bill_id, sold_on, net, fone]", "Found 'fone' among the Manthan columns", "Correct the spelling", 0 },
        { "businessDate: sold_on", "businessDate: updated_at", "Found 'updated_at' for the Manthan business date", "Take one", 0 },
        { "totals: [net]", "totals: [gross]", "Found 'gross' among the Manthan totals", "controlTotal", 0 },
        { "delivery: direct+marker", "delivery: pigeon", "expected one of rename, direct, direct+marker", "Correct", 0 },
        { "sftp://feeds.example.in:22/in", "sftp://me:pw@feeds.example.in/in", "without user and password", "secret:name", 0 },
        { "sftp://feeds.example.in:22/in", "file:///tmp/../etc", "Found the Manthan target", "secret:name", 0 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void OneWrongThing_IsSaidWithLineAndRemedy(string found, string instead, string message, string remedy, int linesBelow)
    {
        var loaded = SampleContract.Load(SampleContract.With(found, instead));

        loaded.Contracts.Should().BeEmpty();
        var problem = loaded.Problems.Should().Contain(problem => problem.Message.Contains(message, StringComparison.Ordinal)).Which;
        problem.Remedy.Should().Contain(remedy).And.EndWith(".");
        problem.Message.Should().EndWith(".");
        problem.File.Should().Be(SampleContract.File);
        problem.Line.Should().Be(SampleContract.LineOf(found) + linesBelow);
    }

    [Theory]
    [InlineData("port: 3306", "port: 0", 11, 11)]
    [InlineData("mode: window", "mode: stream", 17, 20)]
    [InlineData("name: gross", "name: Gross", 64, 17)]
    [InlineData("required: true\n", "required: true\n        nullable: 1\n", 53, 9)]
    public void Position_IsThatOfTheWrongText(string found, string instead, int line, int column) =>
        SampleContract.Load(SampleContract.With(found, instead)).Problems.Select(problem => (problem.Line, problem.Column)).Should().Contain((line, column));

    [Fact]
    public void ManyWrongThings_AreSaidAtOnce()
    {
        var yaml = SampleContract.Yaml.Replace("classification: internal", "classification: secret", StringComparison.Ordinal).Replace("port: 3306", "port: 0", StringComparison.Ordinal);

        SampleContract.Load(yaml).Problems.Should().HaveCountGreaterThan(10);
    }
}
