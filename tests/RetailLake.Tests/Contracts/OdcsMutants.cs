namespace RetailLake.Tests.Contracts;

/// <summary>A document that uses every section of the standard, and what it is with one change.</summary>
internal static class OdcsMutants
{
    private const string Whole = """
        apiVersion: v3.1.0
        kind: DataContract
        id: a.b
        version: 1.0.0
        status: active
        name: n
        tenant: t
        tags: [x, y]
        domain: d
        dataProduct: p
        contractCreatedTs: '2026-11-21T09:30:00Z'
        slaDefaultElement: t.c
        description: { purpose: p, usage: u, limitations: l, more: 1 }
        authoritativeDefinitions: [ { id: a-1, url: 'https://x', type: tutorial, description: d } ]
        support: [ { channel: c, url: u, tool: slack, scope: issues, invitationUrl: i } ]
        price: { priceAmount: 9.95, priceCurrency: INR, priceUnit: megabyte }
        team: { name: n, members: [ { username: u, role: r, dateIn: '2026-01-31', tags: [a] } ] }
        roles: [ { role: r, access: read, firstLevelApprovers: f } ]
        slaProperties: [ { property: latency, value: 4, valueExt: null, unit: d, element: t.c, driver: regulatory } ]
        customProperties: [ { property: p, value: [1, { a: b }], description: d } ]
        servers: [ { server: s, type: mysql, host: h, port: 3306, database: d, environment: prod, roles: [ { role: r } ] } ]
        schema:
          - name: t
            logicalType: object
            physicalName: T
            physicalType: table
            dataGranularityDescription: g
            relationships: [ { from: t.a, to: u.b }, { type: foreignKey, from: [t.a, t.b], to: [u.a, u.b] } ]
            quality: [ { metric: rowCount, mustBeGreaterThan: 0, unit: rows }, { type: text, description: d } ]
            properties:
              - name: a
                id: a_1
                logicalType: string
                physicalType: char(2)
                primaryKey: true
                primaryKeyPosition: 1
                required: true
                unique: false
                classification: public
                criticalDataElement: true
                examples: [1, x, null]
                relationships: [ { to: u.b }, { to: schema/u/properties/b } ]
                logicalTypeOptions: { minLength: 1, maxLength: 2, pattern: '^x', format: email }
                quality: [ { metric: invalidValues, arguments: { validValues: [a] }, mustBe: 0, dimension: conformity, severity: error } ]
              - { name: b, logicalType: integer, logicalTypeOptions: { minimum: 1, multipleOf: 2, format: i64 } }
              - { name: c, logicalType: number, logicalTypeOptions: { exclusiveMaximum: 1.5, format: f32 } }
              - { name: e, logicalType: date, logicalTypeOptions: { minimum: '2026-01-01', format: yyyy } }
              - { name: f, logicalType: timestamp, logicalTypeOptions: { timezone: true, defaultTimezone: Etc/UTC } }
              - { name: g, logicalType: object, logicalTypeOptions: { required: [h], maxProperties: 3 }, properties: [ { name: h } ] }
              - { name: i, logicalType: array, logicalTypeOptions: { minItems: 1 }, items: { logicalType: string } }
              - name: j
                logicalType: boolean
                quality: [ { type: custom, engine: e, implementation: { a: b } }, { type: sql, query: q, mustBeBetween: [1, 2] } ]
        """;

    private static readonly (string Found, string Instead)[] Changes =
    [
        ("apiVersion: v3.1.0", "apiVersion: v3.2.0"), ("apiVersion: v3.1.0", "apiVersion: 3"), ("kind: DataContract\n", ""), ("id: a.b\n", ""), ("id: a.b", "id: 5"),
        ("version: 1.0.0\n", ""), ("version: 1.0.0", "version: 1.0"), ("status: active\n", ""), ("status: active", "status: [active]"), ("name: n\n", "nam: n\n"),
        ("tags: [x, y]", "tags: x"), ("tags: [x, y]", "tags: [x, 1]"), ("tags: [x, y]", "tags: []"), ("'2026-11-21T09:30:00Z'", "'2026-11-21'"),
        ("'2026-11-21T09:30:00Z'", "'2026-02-30T09:30:00Z'"), ("'2026-11-21T09:30:00Z'", "'2026-11-21T09:30:00+05:30'"), ("'2026-11-21T09:30:00Z'", "'2026-11-21T09:30:00'"),
        ("purpose: p", "purpose: 1"), ("purpose: p", "purpose: null"), ("more: 1", "customProperties: [ { property: x } ]"), ("id: a-1", "id: 'a 1'"),
        (", type: tutorial", ""), ("type: tutorial", "kind: tutorial, type: t"), ("channel: c, ", ""), ("channel: c", "channel: c, phone: p"), ("9.95", "'9.95'"),
        ("priceUnit", "unit"), ("username: u, ", ""), ("'2026-01-31'", "'2026-13-31'"), ("tags: [a]", "tags: [a], email: e"),
        ("team: { name: n, members: [ { username: u, role: r, dateIn: '2026-01-31', tags: [a] } ] }", "team: [ { username: u } ]"),
        ("team: { name: n, members: [ { username: u, role: r, dateIn: '2026-01-31', tags: [a] } ] }", "team: [ { name: u } ]"), ("team: {", "team: { lead: x,"),
        ("role: r, access", "access"), ("access: read", "access: read, level: 1"), ("value: 4, ", ""), ("value: 4", "value: [4]"), ("value: 4", "value: null"), ("driver: regulatory", "owner: me"),
        ("valueExt: null", "valueExt: {}"), ("property: p, value", "property: 1, value"), (", value: [1, { a: b }]", ""), ("description: d } ]\nservers", "scope: d } ]\nservers"),
        ("type: mysql", "type: MySQL"), ("type: mysql, ", ""), ("host: h, ", ""), ("port: 3306", "port: 3306.0"), ("port: 3306", "port: 3306.5"), ("port: 3306", "port: '3306'"),
        ("environment: prod", "schema: prod"), ("environment: prod", "customProperties: {}"), ("name: t\n", "nam: t\n"), ("logicalType: object\n", "logicalType: table\n"),
        ("physicalName: T", "physical: T"), ("{ from: t.a, to: u.b }", "{ from: t.a, to: [u.b] }"), ("{ from: t.a, to: u.b }", "{ to: u.b }"), ("{ from: t.a, to: u.b }", "{ from: t.a, to: nothing }"),
        ("{ from: t.a, to: u.b }", "{ from: t.a, to: u.b, note: x }"), ("type: foreignKey", "type: loose"), ("to: [u.a, u.b]", "to: []"), ("to: [u.a, u.b]", "to: [u.a]"),
        ("{ to: u.b }, {", "{ to: u.b, from: t.a }, {"), ("{ to: u.b }, {", "{ type: foreignKey }, {"), ("{ to: u.b }, {", "{ to: [u.b, u.c] }, {"), ("schema/u/properties/b", "https://x.in/c.yaml#/schema/u/properties/b"),
        ("metric: rowCount", "metric: rows"), ("mustBeGreaterThan: 0", "mustBeGreaterThan: '0'"), ("mustBeGreaterThan: 0", "mustBe: 1, mustNotBe: 2"), ("mustBeGreaterThan: 0, ", ""),
        ("mustBeGreaterThan: 0", "mustBe: 1, mustBeLessThan: x"), ("mustBeGreaterThan: 0", "mustBe: [1]"), ("mustBeGreaterThan: 0", "mustBeGreaterThan: 0, query: q"),
        ("type: text, ", "type: text, mustBe: 1, "), ("type: text, ", "type: texts, "), ("type: text, ", ""), ("type: text, ", "type: library, "), ("type: text, ", "metric: 5, "),
        ("dimension: conformity", "dimension: nicety"), ("validValues: [a]", "anything: {}"), ("arguments: { validValues: [a] }", "arguments: [a]"), ("mustBe: 0, dimension", "mustBe: 0, rule: r, dimension"),
        ("id: a_1", "id: a.1"), ("primaryKey: true", "primaryKey: 'true'"), ("primaryKeyPosition: 1", "primaryKeyPosition: first"), ("required: true", "required: 1"), ("unique: false", "uniq: false"),
        ("examples: [1, x, null]", "examples: x"), ("minLength: 1", "minLength: -1"), ("minLength: 1", "minLength: 1.5"), ("minLength: 1", "minimum: 1"), ("pattern: '^x'", "pattern: 5"),
        ("minimum: 1, multipleOf: 2", "minimum: '1'"), ("multipleOf: 2", "multipleOf: 0"), ("format: i64", "format: i65"), ("format: i64", "minLength: 1"), ("format: f32", "format: i32"),
        ("exclusiveMaximum: 1.5", "exclusiveMaximum: true"), ("minimum: '2026-01-01'", "minimum: 5"), ("format: yyyy", "timezone: true"), ("timezone: true", "timezone: x"), ("defaultTimezone: Etc/UTC", "zone: x"),
        ("required: [h]", "required: []"), ("required: [h]", "required: [h, h]"), ("maxProperties: 3", "maxItems: 3"), ("properties: [ { name: h } ]", "properties: [ { nam: h } ]"),
        ("properties: [ { name: h } ]", "items: {}"), ("items: { logicalType: string }", "items: { logicalType: text }"), ("items: { logicalType: string }", "items: { properties: [] }"),
        ("items: { logicalType: string }", "items: { logicalType: object, properties: [ { name: x } ] }"), ("minItems: 1", "minItems: x"), ("logicalType: boolean", "logicalType: bool"),
        ("engine: e, ", ""), ("implementation: { a: b }", "implementation: [a]"), ("implementation: { a: b }", "implementation: x"), (", implementation: { a: b }", ""), ("engine: e", "engine: e, mustBe: 0"),
        ("engine: e", "engine: e, metric: rowCount, mustBe: 0"), ("query: q, ", ""), ("mustBeBetween: [1, 2]", "mustBeBetween: [1, 1]"), ("mustBeBetween: [1, 2]", "mustBeBetween: [1, 2, 3]"),
        ("mustBeBetween: [1, 2]", "mustBeBetween: [1, x]"), ("mustBeBetween: [1, 2]", "mustNotBeBetween: [2, 1]"), ("logicalType: boolean", "logicalType: boolean\n        logicalTypeOptions: { anything: 1 }"),
        ("name: b, logicalType: integer", "name: b"), ("name: b, logicalType: integer, logicalTypeOptions: { minimum: 1, multipleOf: 2, format: i64 }", "name: b, logicalTypeOptions: {}"),
        ("logicalType: integer", "logicalType: null"),
    ];

    public static IEnumerable<(string Name, string Yaml)> All =>
    [
        ("unchanged", Whole),
        .. Changes.Select(change => Whole.Contains(change.Found, StringComparison.Ordinal)
            ? ($"{change.Found} → {change.Instead}", Replace(change.Found, change.Instead))
            : throw new InvalidOperationException($"Found no '{change.Found}' in the document.")),
    ];

    private static string Replace(string found, string instead)
    {
        var at = Whole.IndexOf(found, StringComparison.Ordinal);
        return Whole[..at] + instead + Whole[(at + found.Length)..];
    }
}
