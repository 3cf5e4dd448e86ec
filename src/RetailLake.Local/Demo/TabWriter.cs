using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace RetailLake.Local.Demo;

/// <summary>Rows in the form of LOAD DATA's defaults: tabs, newlines, \N, backslash escapes. Numbers and times without a string between.</summary>
internal sealed class TabWriter(Stream output) : IDisposable
{
    private const int FlushAt = 192 * 1024;
    private static readonly SearchValues<char> Special = SearchValues.Create("\t\n\r\\\0");

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(256 * 1024);
    private int _length;
    private bool _rowBegun;

    public TabWriter Null()
    {
        Separate();
        _buffer[_length++] = (byte)'\\';
        _buffer[_length++] = (byte)'N';
        return this;
    }

    public TabWriter Number(long value)
    {
        Separate();
        Raw(value);
        return this;
    }

    public TabWriter Flag(bool value) => Number(value ? 1 : 0);

    /// <summary>123456 with 2 decimals is 1234.56.</summary>
    public TabWriter Scaled(long value, int decimals)
    {
        Separate();
        if (value < 0)
            _buffer[_length++] = (byte)'-';
        var scale = Power(decimals);
        var (whole, part) = Math.DivRem(Math.Abs(value), scale);
        Raw(whole);
        _buffer[_length++] = (byte)'.';
        Digits(part, decimals);
        return this;
    }

    public TabWriter Money(long paise) => Scaled(paise, 2);

    public TabWriter Quantity(long milli) => Scaled(milli, 3);

    public TabWriter Text(string? value)
    {
        if (value is null)
            return Null();
        Separate();
        if (value.AsSpan().ContainsAny(Special))
            value = Escape(value);
        _length += Encoding.UTF8.GetBytes(value, _buffer.AsSpan(_length));
        return this;
    }

    public TabWriter Date(DateTime value)
    {
        Separate();
        RawDate(value);
        return this;
    }

    public TabWriter Seconds(DateTime value)
    {
        Separate();
        RawSeconds(value);
        return this;
    }

    public TabWriter Microseconds(DateTime value)
    {
        Separate();
        RawSeconds(value);
        _buffer[_length++] = (byte)'.';
        Digits(value.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond, 6);
        return this;
    }

    public void EndRow()
    {
        _buffer[_length++] = (byte)'\n';
        _rowBegun = false;
        if (_length > FlushAt)
            Flush();
    }

    public void Flush()
    {
        output.Write(_buffer, 0, _length);
        _length = 0;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private void Separate()
    {
        if (_rowBegun)
            _buffer[_length++] = (byte)'\t';
        _rowBegun = true;
    }

    private void RawDate(DateTime value)
    {
        Digits(value.Year, 4);
        _buffer[_length++] = (byte)'-';
        Digits(value.Month, 2);
        _buffer[_length++] = (byte)'-';
        Digits(value.Day, 2);
    }

    private void RawSeconds(DateTime value)
    {
        RawDate(value);
        _buffer[_length++] = (byte)' ';
        Digits(value.Hour, 2);
        _buffer[_length++] = (byte)':';
        Digits(value.Minute, 2);
        _buffer[_length++] = (byte)':';
        Digits(value.Second, 2);
    }

    private void Raw(long value)
    {
        Utf8Formatter.TryFormat(value, _buffer.AsSpan(_length), out var written);
        _length += written;
    }

    private void Digits(long value, int count)
    {
        for (var index = _length + count - 1; index >= _length; index--, value /= 10)
            _buffer[index] = (byte)('0' + value % 10);
        _length += count;
    }

    private static long Power(int decimals) => decimals switch { 2 => 100, 3 => 1_000, 4 => 10_000, _ => (long)Math.Pow(10, decimals) };

    private static string Escape(string value) =>
        string.Concat(value.Select(c => Special.Contains(c) ? "\\" + c.ToString(CultureInfo.InvariantCulture) : c.ToString(CultureInfo.InvariantCulture)));
}
