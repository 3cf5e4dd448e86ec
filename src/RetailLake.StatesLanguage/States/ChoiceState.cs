using RetailLake.StatesLanguage.Definitions;
using RetailLake.StatesLanguage.Errors;
using RetailLake.StatesLanguage.Expressions;
using RetailLake.StatesLanguage.Running;

namespace RetailLake.StatesLanguage.States;

internal sealed record ChoiceRule(ChoiceTest Test, string Next, Template? Assign);

internal sealed class ChoiceState : State
{
    private readonly IReadOnlyList<ChoiceRule> rules;
    private readonly string? fallback;

    public ChoiceState(FieldReader reader)
        : base(reader, "Choice", hasNext: false)
    {
        var found = new List<ChoiceRule>();
        foreach (var (entry, at) in reader.Elements("Choices", required: true))
        {
            entry.Text("Comment");
            var next = entry.Text("Next", required: true) ?? "";
            var assign = VariableRules.Read(entry);
            if (ChoiceTestParser.Read(entry, at) is { } test)
            {
                found.Add(new ChoiceRule(test, next, assign));
            }
        }

        rules = found;
        fallback = reader.Text("Default");
    }

    public IEnumerable<string> Branches => rules.Select(rule => rule.Next).Concat(fallback is null ? [] : [fallback]);

    public override IEnumerable<string> Targets => Branches;

    public override IEnumerable<string> AssignedNames => base.AssignedNames
        .Concat(rules.SelectMany(rule => VariableRules.Names(rule.Assign)));

    public override Task<Step> RunAsync(StateRun run)
    {
        var effective = EffectiveInput(run);
        var scope = run.Scope(effective);
        foreach (var rule in rules)
        {
            if (rule.Test.Holds(scope))
            {
                // A rule's own Assign replaces the state's, which belongs to Default.
                return Task.FromResult(Leave(run, effective, effective, rule.Next, rule.Assign ?? new LiteralTemplate(null)));
            }
        }

        return fallback is null
            ? throw new StateFailedException(ErrorNames.NoChoiceMatched,
                $"No rule of the Choice state '{Name}' matched and it has no Default.")
            : Task.FromResult(Leave(run, effective, effective, fallback));
    }
}
