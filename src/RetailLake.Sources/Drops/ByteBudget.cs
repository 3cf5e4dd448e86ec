namespace RetailLake.Sources.Drops;

/// <summary>What all documents of a drop may hold together after decompression. How well they were compressed says nothing: rows of blanks shrink a thousandfold.</summary>
internal sealed class ByteBudget(long maximum, DropFaults faults)
{
    private long used;

    public void Take(long bytes)
    {
        used += bytes;
        if (used > maximum)
        {
            throw faults.TooLarge($"Found more than {maximum:N0} bytes of content in {faults.Where}; the contract allows that many.");
        }
    }

    /// <summary>Counts what is read from the stream.</summary>
    public Stream Meter(Stream inner) => new Metered(inner, this);

    private sealed class Metered(Stream inner, ByteBudget budget) : PlainStream
    {
        public override int Read(Span<byte> buffer)
        {
            var read = inner.Read(buffer);
            budget.Take(read);
            return read;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
