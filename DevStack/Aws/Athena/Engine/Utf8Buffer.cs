using System.Text;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>Bytes that grow, one per thread and purpose, so that a function needs no memory of its own for each value.</summary>
internal sealed class Utf8Buffer
{
    private const int MaxKept = 1 << 20;

    private byte[] _bytes = new byte[1024];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>The members of the objects that are being written.</summary>
    public List<JsonMember> Members { get; } = [];

    public void Append(byte value)
    {
        if (Length == _bytes.Length)
        {
            Grow(1);
        }

        _bytes[Length++] = value;
    }

    public void Append(ReadOnlySpan<byte> value)
    {
        if (_bytes.Length - Length < value.Length)
        {
            Grow(value.Length);
        }

        value.CopyTo(_bytes.AsSpan(Length));
        Length += value.Length;
    }

    public void Append(string value) => Append(Encoding.UTF8.GetBytes(value));

    public byte[] ToArray(int start) => _bytes[start..Length];

    public void Truncate(int length) => Length = length;

    /// <summary>Empties the buffer. The memory of an unusually long value is given back.</summary>
    public void Clear()
    {
        Length = 0;
        Members.Clear();
        if (_bytes.Length > MaxKept)
        {
            _bytes = new byte[1024];
        }
    }

    private void Grow(int needed)
    {
        var size = (int)Math.Min(Array.MaxLength, Math.Max((long)Length + needed, _bytes.Length * 2L));
        Array.Resize(ref _bytes, size);
    }
}
