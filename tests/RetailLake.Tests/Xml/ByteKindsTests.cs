using RetailLake.Sources.Xml.Scanning;

namespace RetailLake.Tests.Xml;

public sealed class ByteKindsTests
{
    [Fact]
    public void EachByte_IsSeenWhereverItStands()
    {
        foreach (var length in (int[])[1, 2, 31, 32, 33, 63, 64, 65])
        {
            var text = new byte[length];
            for (var at = 0; at < length; at++)
            {
                for (var value = 0; value < 256; value++)
                {
                    Array.Fill(text, (byte)'~');
                    text[at] = (byte)value;

                    (ByteKindsOf.Text(text), value, at, length).Should().Be((Expected((byte)value), value, at, length));
                }
            }
        }

        ByteKindsOf.Text([]).Should().Be(ByteKinds.None);
        ByteKindsOf.Text("\r\u0001é"u8).Should().Be(ByteKinds.CarriageReturns | ByteKinds.Controls | ByteKinds.Others);
    }

    private static ByteKinds Expected(byte value) => value switch
    {
        (byte)'\r' => ByteKinds.CarriageReturns,
        (byte)'\t' or (byte)'\n' => ByteKinds.None,
        < 32 => ByteKinds.Controls,
        >= 128 => ByteKinds.Others,
        _ => ByteKinds.None,
    };
}
