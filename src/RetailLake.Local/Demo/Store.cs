namespace RetailLake.Local.Demo;

internal sealed record Store(int Id, Place Place, string Group, string Gstin)
{
    public static readonly string[] Groups = ["METRO", "NORTH", "SOUTH", "WEST", "EAST"];

    // One company, registered once per state: so its stores in a state share a GSTIN.
    private const string CompanyPan = "AAACR4821K";

    public static Store[] All(ulong seed, int count)
    {
        var all = new Store[count];
        for (var index = 0; index < count; index++)
        {
            var draw = new Draw(seed, DemoTable.Store, index);
            var place = index < Place.All.Length ? Place.All[index] : draw.Of(Place.All);
            all[index] = new Store(index + 1, place, GroupOf(place), Demo.Gstin.Of(place.StateCode, CompanyPan));
        }
        return all;
    }

    private static string GroupOf(Place place) => place switch
    {
        { City: "Mumbai" or "New Delhi" or "Bengaluru" } => "METRO",
        { StateCode: "29" or "32" or "33" or "36" or "37" } => "SOUTH",
        { StateCode: "23" or "24" or "27" } => "WEST",
        { StateCode: "18" or "19" or "21" } => "EAST",
        _ => "NORTH",
    };
}
