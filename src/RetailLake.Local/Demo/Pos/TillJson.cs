using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using RetailLake.Local.Demo.Files;

namespace RetailLake.Local.Demo.Pos;

/// <summary>A bill as a till writes it; see contracts/pos/bill.odcs.yaml.</summary>
internal sealed class TillJson(FileWorld world)
{
    private static readonly TimeSpan Ist = TimeSpan.FromHours(5.5);
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ArrayBufferWriter<byte> bytes = new(4096);

    /// <param name="lines">So many of its lines: a corrected bill has one less.</param>
    public TillRecord Record(TillBill bill, int revision, int lines, DateTimeOffset now, int partitions)
    {
        var name = TillBill.Name(bill.Store, bill.Till, bill.Number);
        bytes.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            Write(json, bill, name, revision, lines, bill.IsLate ? now.AddHours(-bill.HoursLate) : now);
        }

        var value = bytes.WrittenSpan.ToArray();
        return new(bill.Store % partitions, now.ToUnixTimeMilliseconds(), Encoding.ASCII.GetBytes(name), bill.IsBroken ? value[..(value.Length / 2)] : value);
    }

    private void Write(Utf8JsonWriter json, TillBill bill, string name, int revision, int lines, DateTimeOffset sold)
    {
        json.WriteStartObject();
        json.WriteString("bill_no", name);
        json.WriteNumber("revision", revision);
        json.WriteNumber("store_id", bill.Store);
        json.WriteNumber("till", bill.Till);
        var local = sold.ToOffset(Ist);
        json.WriteString("business_date", local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteString("sold_at", local.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture));
        json.WriteString("kind", bill.Kind switch { TillBillKind.Return => "RETURN", TillBillKind.Void => "VOID", _ => "SALE" });
        if (bill.IsTraining)
        {
            json.WriteBoolean("training", true);
        }

        if (bill.Original is { } original)
        {
            json.WriteString("original_bill_no", TillBill.Name(world, original));
        }

        json.WriteString("cashier", bill.Cashier.Utf8);
        if (bill.Phone is { } phone)
        {
            json.WriteStartObject("customer");
            json.WriteString("phone", string.Create(CultureInfo.InvariantCulture, $"+91{phone}"));
            json.WriteString("loyalty_id", string.Create(CultureInfo.InvariantCulture, $"L{phone % 1_000_000:000000}"));
            json.WriteEndObject();
        }

        json.WriteString("currency", "INR");
        var figures = TillFigures.Of(bill, lines);
        json.WriteStartObject("totals");
        json.WriteNumber("gross", Rupees(figures.Gross));
        json.WriteNumber("discount", Rupees(figures.Discount));
        json.WriteNumber("tax", Rupees(figures.Tax));
        json.WriteNumber("net", Rupees(figures.Net));
        json.WriteEndObject();
        json.WriteStartArray("lines");
        foreach (var line in bill.Lines.Take(lines))
        {
            Write(json, line);
        }

        json.WriteEndArray();
        json.WriteStartArray("tenders");
        foreach (var (type, amount) in TillFigures.PaidBy(bill, figures.Net))
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            json.WriteNumber("amount", Rupees(amount));
            if (type == "UPI")
            {
                json.WriteString("reference", string.Create(CultureInfo.InvariantCulture, $"payer{bill.Number % 100_000}@upi"));
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, TillLine line)
    {
        var product = line.Article.Product;
        json.WriteStartObject();
        json.WriteString("sku", string.Create(CultureInfo.InvariantCulture, $"SKU{product.Id:000000}"));
        json.WriteString("ean", line.Article.Ean);
        json.WriteString("description", line.Article.Name.Utf8);
        json.WriteNumber("quantity", new decimal((int)line.Quantity, 0, 0, false, 3));
        json.WriteNumber("unit_price", Rupees(product.Price));
        json.WriteNumber("discount", Rupees(line.Discount));
        json.WriteString("hsn", line.Article.Hsn);
        json.WriteNumber("tax_rate", Rupees(product.Rate));
        json.WriteNumber("tax", Rupees(line.Tax));
        json.WriteNumber("amount", Rupees(line.Amount));
        if (line.IsVoided)
        {
            json.WriteBoolean("voided", true);
        }

        json.WriteEndObject();
    }

    private static decimal Rupees(long paise) => paise / 100m + 0.00m;
}
