namespace Stedi.DevStack.Landing.Model;

/// <summary>
/// SplitMix64: yields the same numbers for a seed in every version, which <see cref="Random"/> does not guarantee.
/// </summary>
internal sealed class SeededRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A generator for one of several independent streams of a seed.</summary>
    public static SeededRandom For(int seed, int stream) => new(new SeededRandom(((ulong)(uint)seed << 32) | (uint)stream).NextUInt64());

    public ulong NextUInt64()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>At least <paramref name="from"/>, less than <paramref name="to"/>.</summary>
    public int NextInt32(int from, int to) => from + (int)(NextUInt64() % (ulong)(to - from));

    public bool NextBoolean(double probability) => (NextUInt64() >> 11) * (1.0 / (1UL << 53)) < probability;

    public T Pick<T>(IReadOnlyList<T> values) => values[NextInt32(0, values.Count)];

    /// <summary>A random UUID's text.</summary>
    public string NextUuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, NextUInt64());
        BitConverter.TryWriteBytes(bytes[8..], NextUInt64());
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }
}
