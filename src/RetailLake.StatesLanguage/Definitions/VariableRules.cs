using System.Text.Json.Nodes;
using RetailLake.StatesLanguage.Errors;
using RetailLake.StatesLanguage.Expressions;
using RetailLake.StatesLanguage.Values;

namespace RetailLake.StatesLanguage.Definitions;

/// <summary>What AWS asks of Assign: names, and 256 KiB for one assignment.</summary>
internal static class VariableRules
{
    public static Template? Read(FieldReader reader)
    {
        var assign = reader.Template("Assign", objectOnly: true);
        foreach (var name in Names(assign))
        {
            if (name.Length is 0 or > 80
                || !(char.IsLetter(name[0]) || name[0] == '_') || !name.All(letter => char.IsLetterOrDigit(letter) || letter == '_'))
            {
                reader.Report("Assign", $"Found variable name '{name}', expected at most 80 letters, digits and underscores, "
                    + "not starting with a digit.");
            }
            else if (name == "states")
            {
                reader.Report("Assign", "Found variable name 'states', which the States Language reserves; expected another name.");
            }
        }

        return assign;
    }

    public static IEnumerable<string> Names(Template? assign) => assign is ObjectTemplate map ? map.Fields.Select(pair => pair.Key) : [];

    public static void CheckSize(string state, JsonObject? assigned)
    {
        if (assigned is not null && Payload.TooLarge(Payload.Text(assigned)))
        {
            throw Failures.DataLimit(state, "variables");
        }
    }

    /// <summary>A Map or Parallel reads the variables around it but may not assign them: their iterations run side by side.</summary>
    public static void CheckScopes(Machine machine, IReadOnlySet<string> outer, List<DefinitionProblem> problems)
    {
        var own = machine.States.Values.SelectMany(state => state.AssignedNames).ToHashSet(StringComparer.Ordinal);
        foreach (var state in machine.States.Values)
        {
            foreach (var name in state.AssignedNames.Where(outer.Contains).Distinct(StringComparer.Ordinal))
            {
                problems.Add(new DefinitionProblem(state.Name, "Assign", $"Found an assignment of '{name}', "
                    + "a variable of the enclosing machine, which can be read but not assigned here; expected another name."));
            }

            foreach (var inner in state.Inner)
            {
                CheckScopes(inner, outer.Union(own, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal), problems);
            }
        }
    }
}
