using System.Globalization;

namespace RetailLake.Local.Demo;

/// <summary>The part of a customer that orders repeat: who gets the parcel, and where.</summary>
internal readonly record struct Customer(string Name, string Phone, string Address, Place Place, int PinCode)
{
    /// <summary>The draw comes back advanced, so that the customer's own row goes on from it.</summary>
    public static Customer Of(ulong seed, long index, out Draw draw)
    {
        draw = new Draw(seed, DemoTable.Customer, index);
        var name = draw.Percent(9) ? draw.Of(People.Native) : $"{draw.Of(People.First)} {draw.Of(People.Last)}";
        var phone = 6_000_000_000 + (long)(draw.Next() % 4_000_000_000);
        var place = draw.Of(Place.All);
        var address = string.Create(CultureInfo.InvariantCulture, $"{draw.Between(1, 420)}, {draw.Of(People.Streets)}");
        return new Customer(name, string.Create(CultureInfo.InvariantCulture, $"+91{phone}"), address, place, place.PinCode(ref draw));
    }
}
