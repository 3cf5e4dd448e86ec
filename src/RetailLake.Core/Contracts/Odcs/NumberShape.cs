using RetailLake.Core.Contracts.Compile;
using RetailLake.Core.Contracts.Yaml;

namespace RetailLake.Core.Contracts.Odcs;

internal sealed class NumberShape(bool whole = false, decimal? least = null, decimal? above = null, decimal? most = null) : Shape
{
    public override void Check(YamlNode node, string what, ProblemList problems)
    {
        var isNumber = node is YamlScalar { Kind: ScalarKind.Integer or ScalarKind.Number };
        var number = node.Number();
        if (!isNumber || (whole && (number is null || number != decimal.Truncate(number.Value))) || number < least || number <= above || number > most)
        {
            Wrong(node, what, Expected, problems);
        }
    }

    private string Expected => (whole ? "a whole number" : "a number") + (least, above, most) switch
    {
        ({ } low, _, { } high) => $" from {low} to {high}",
        ({ } low, _, null) => $" of at least {low}",
        (null, { } bound, _) => $" above {bound}",
        _ => "",
    };
}
