using static RetailLake.Core.Contracts.Odcs.Fields;

namespace RetailLake.Core.Contracts.Odcs;

/// <summary>The top of an ODCS v3.1 document, as <c>odcs-json-schema-v3.1.0.json</c> has it; the test's oracle is that schema.</summary>
internal static class OdcsDocument
{
    private static readonly Shape TeamMember = new ObjectShape(
        "a team member",
        Of(
            ("id", StableId), ("username", Text), ("name", Text), ("description", Text), ("role", Text), ("dateIn", Day), ("dateOut", Day),
            ("replacedByUsername", Text), ("tags", Texts), ("customProperties", CustomProperties), ("authoritativeDefinitions", AuthoritativeDefinitions)),
        "username");

    private static readonly Shape TeamMembers = new ListShape(() => TeamMember);

    private static readonly Shape Team = new ListOrShape(
        TeamMembers,
        new ObjectShape(
            "the team",
            Of(
                ("id", StableId), ("name", Text), ("description", Text), ("members", TeamMembers), ("tags", Texts),
                ("customProperties", CustomProperties), ("authoritativeDefinitions", AuthoritativeDefinitions))));

    private static readonly Shape SupportItem = new ObjectShape(
        "a support channel",
        Of(
            ("id", StableId), ("channel", Text), ("url", Text), ("description", Text), ("tool", Text), ("scope", Text), ("invitationUrl", Text),
            ("customProperties", CustomProperties)),
        "channel");

    private static readonly Shape Price = new ObjectShape(
        "the price", Of(("id", StableId), ("priceAmount", Number), ("priceCurrency", Text), ("priceUnit", Text)));

    private static readonly Shape Sla = new ObjectShape(
        "an SLA property",
        Of(
            ("id", StableId), ("property", Text), ("value", Plain), ("valueExt", Plain), ("unit", Text), ("element", Text), ("driver", Text),
            ("description", Text), ("scheduler", Text), ("schedule", Text)),
        "property", "value");

    private static readonly Shape Description = new ObjectShape(
        "the description",
        Of(
            ("usage", Text), ("purpose", Text), ("limitations", Text), ("authoritativeDefinitions", AuthoritativeDefinitions),
            ("customProperties", CustomProperties)))
    { IsOpen = true };

    public static readonly Shape Shape = new ObjectShape(
        "the contract",
        Of(
            ("version", Text), ("kind", OneOf("DataContract")),
            ("apiVersion", OneOf("v3.1.0", "v3.0.2", "v3.0.1", "v3.0.0", "v2.2.2", "v2.2.1", "v2.2.0")),
            ("id", Text), ("name", Text), ("tenant", Text), ("tags", Texts), ("status", Text), ("servers", new ListShape(() => ServerShape.Instance)),
            ("dataProduct", Text), ("description", Description), ("domain", Text), ("schema", new ListShape(() => TableShape.Instance)),
            ("support", new ListShape(() => SupportItem)), ("price", Price), ("team", Team), ("roles", Roles), ("slaDefaultElement", Text),
            ("slaProperties", new ListShape(() => Sla)), ("authoritativeDefinitions", AuthoritativeDefinitions),
            ("customProperties", CustomProperties), ("contractCreatedTs", Instant)),
        "version", "apiVersion", "kind", "id", "status");
}
