using System.Globalization;

namespace RetailLake.Local.Demo;

internal static class CrmRows
{
    public const int CustomerDirtKinds = 2;
    public const int PhoneTooShort = 0;
    public const int GstinCut = 1;

    private static readonly string[] Tiers = ["SILVER", "SILVER", "SILVER", "GOLD", "GOLD", "PLATINUM", "DIAMOND"];
    private static readonly string[] Kinds = ["EARN", "EARN", "EARN", "BURN", "EXPIRE", "ADJUST"];
    private static readonly string?[] Notes = [null, null, null, "Diwali double points 🪔", "Goodwill", "जन्मदिन बोनस", "Reversal of 'lost' points"];

    public static void Customers(TabWriter to, DemoWorld world, long first, long count, Func<long, DateTime>? updatedAt = null)
    {
        for (var index = first; index < first + count; index++)
            WriteCustomer(to, world, index, updatedAt?.Invoke(index));
    }

    public static void Accounts(TabWriter to, DemoWorld world)
    {
        for (var index = 0L; index < world.Size.LoyaltyAccounts; index++)
        {
            var draw = world.Draw(DemoTable.LoyaltyAccount, index);
            var updated = world.Past(ref draw, 120);
            var balance = draw.Below(12_000);
            to.Number(index + 1)
                .Number(1 + index * world.Size.Customers / world.Size.LoyaltyAccounts)
                .Text((8_904_000_000_000_000 + index * 37).ToString(CultureInfo.InvariantCulture))
                .Text(draw.Of(Tiers))
                .Number(balance)
                .Number(balance + (long)draw.Below(90_000))
                .Date(DemoWorld.InIst(updated).AddDays(-draw.Below(1_500)));
            if (draw.Percent(8)) to.Null(); else to.Number(draw.Of(world.Stores).Id);
            to.Flag(!draw.Percent(4)).Microseconds(updated).EndRow();
        }
    }

    public static void Txns(TabWriter to, DemoWorld world)
    {
        for (var index = 0L; index < world.Size.LoyaltyTxns; index++)
        {
            var draw = world.Draw(DemoTable.LoyaltyTxn, index);
            var occurred = world.Past(ref draw, 180);
            var kind = draw.Of(Kinds);
            var amount = draw.Between(50, 500_000);
            var points = Math.Max(1, amount / 1_000);
            to.Number(index + 1).Number(1 + (long)(draw.Next() % (ulong)world.Size.LoyaltyAccounts));
            if (kind is "EXPIRE" or "ADJUST") to.Null(); else to.Number(1 + (long)(draw.Next() % (ulong)world.Size.Orders));
            to.Text(kind).Number(kind is "EARN" or "ADJUST" ? points : -points);
            if (kind == "EXPIRE") to.Null(); else to.Money(amount);
            to.Text(draw.Of(Notes)).Seconds(DemoWorld.InIst(occurred)).Microseconds(occurred).EndRow();
        }
    }

    private static void WriteCustomer(TabWriter to, DemoWorld world, long index, DateTime? updatedAt)
    {
        var customer = Customer.Of(world.Seed, index, out var draw);
        var dirt = Dirt.Kind(index, CustomerDirtKinds);
        var business = draw.Percent(7);
        var pan = Gstin.Pan(ref draw, draw.Percent(60) ? 'P' : 'C');
        var updated = updatedAt ?? world.Past(ref draw, 170);
        var phone = draw.Percent(4) ? null : customer.Phone;
        to.Number(index + 1);
        to.Text(draw.Percent(15) ? null : draw.Of(People.Titles)).Text(customer.Name);
        to.Text(dirt == PhoneTooShort ? customer.Phone[..8] : phone);
        to.Text(draw.Percent(35) ? null : string.Create(CultureInfo.InvariantCulture, $"c{index + 1}.{draw.Below(999)}@example.in"));
        if (draw.Percent(40)) to.Null(); else to.Date(world.IstNow.AddDays(-draw.Between(18 * 365, 80 * 365)));
        to.Text(draw.Percent(10) ? null : draw.Of(People.Genders));
        var gstin = Gstin.Of(customer.Place.StateCode, pan);
        to.Text(dirt == GstinCut ? gstin[..14] : business ? gstin : null);
        to.Text(draw.Percent(6) ? null : customer.Address).Text(customer.Place.City).Text(customer.Place.StateCode).Number(customer.PinCode);
        to.Text(draw.Of(People.Languages)).Flag(draw.Percent(55));
        if (draw.Percent(20)) to.Null(); else to.Number(draw.Of(world.Stores).Id);
        to.Money(draw.Below(20_000_000));
        to.Text(draw.Percent(30) ? null : string.Create(CultureInfo.InvariantCulture,
            $$"""{"segment": "{{(char)('A' + draw.Below(5))}}", "family": {{draw.Between(1, 7)}}, "likes": ["{{draw.Of(Goods.All).Name}}", "चाय ☕"]}"""));
        to.Seconds(DemoWorld.InIst(updated).AddDays(-draw.Below(900)));
        to.Microseconds(updated);
        if (draw.Percent(2)) to.Microseconds(updated); else to.Null();
        to.EndRow();
    }
}
