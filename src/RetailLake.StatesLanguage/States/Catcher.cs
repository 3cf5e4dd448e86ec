using RetailLake.StatesLanguage.Definitions;
using RetailLake.StatesLanguage.Errors;
using RetailLake.StatesLanguage.Expressions;
using RetailLake.StatesLanguage.Paths;

namespace RetailLake.StatesLanguage.States;

internal sealed record Catcher(IReadOnlyList<string> ErrorEquals, string Next, JsonPath? ResultPath, bool DropsError, Template? Assign)
{
    public static IReadOnlyList<Catcher> ReadAll(FieldReader reader)
    {
        var catchers = new List<Catcher>();
        foreach (var (entry, _) in reader.Elements("Catch", required: false))
        {
            entry.Text("Comment");
            var drops = entry.Has("ResultPath") && entry.Node("ResultPath") is null;
            catchers.Add(new Catcher(
                entry.Texts("ErrorEquals"),
                entry.Text("Next", required: true) ?? "",
                drops ? null : entry.Path("ResultPath", reference: true),
                drops,
                VariableRules.Read(entry)));
            entry.Close();
        }

        ErrorMatch.Check(reader, "Catch", [.. catchers.Select(catcher => catcher.ErrorEquals)]);
        return catchers;
    }

    public bool Matches(StateFailedException failure) => ErrorMatch.Any(ErrorEquals, failure);
}
