using System.Text;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>Thrift's compact protocol, as far as a Parquet footer needs it: structs by field, lists, numbers, strings, skipping.</summary>
internal ref struct ThriftReader(ReadOnlySpan<byte> data)
{
    private const int MaxDepth = 32;

    private readonly ReadOnlySpan<byte> _data = data;
    private int _at;

    public enum Kind
    {
        Stop,
        True,
        False,
        Byte,
        Int16,
        Int32,
        Int64,
        Double,
        Binary,
        List,
        Set,
        Map,
        Struct,
    }

    /// <summary>The next field of a struct; its id counts on from the last one's.</summary>
    public Kind Field(ref int id)
    {
        var header = Byte();
        var kind = (Kind)(header & 0x0F);
        if (kind != Kind.Stop)
        {
            id = header >> 4 != 0 ? id + (header >> 4) : (int)Number();
        }

        return kind;
    }

    public (int Count, Kind Element) List()
    {
        var header = Byte();
        var count = header >> 4 == 15 ? (int)Unsigned() : header >> 4;
        return count <= _data.Length ? (count, (Kind)(header & 0x0F)) : throw Malformed();
    }

    public long Number()
    {
        var value = Unsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public string Text() => Encoding.UTF8.GetString(Bytes((int)Unsigned()));

    public void Skip(Kind kind, int depth = 0)
    {
        if (depth > MaxDepth)
        {
            throw Malformed();
        }

        switch (kind)
        {
            case Kind.True or Kind.False:
                break;
            case Kind.Byte:
                Byte();
                break;
            case Kind.Int16 or Kind.Int32 or Kind.Int64:
                Unsigned();
                break;
            case Kind.Double:
                Bytes(8);
                break;
            case Kind.Binary:
                Bytes((int)Unsigned());
                break;
            case Kind.List or Kind.Set:
                var (count, element) = List();
                for (var i = 0; i < count; i++)
                {
                    Skip(element is Kind.True ? Kind.Byte : element, depth + 1);
                }

                break;
            case Kind.Struct:
                var id = 0;
                for (Kind field; (field = Field(ref id)) != Kind.Stop;)
                {
                    Skip(field, depth + 1);
                }

                break;
            default:
                throw Malformed();
        }
    }

    public static InvalidDataException Malformed() => new("The Parquet footer is malformed.");

    private byte Byte() => Bytes(1)[0];

    private ReadOnlySpan<byte> Bytes(int count)
    {
        if (count < 0 || count > _data.Length - _at)
        {
            throw Malformed();
        }

        var bytes = _data.Slice(_at, count);
        _at += count;
        return bytes;
    }

    private ulong Unsigned()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var b = Byte();
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
            {
                return value;
            }
        }
        throw Malformed();
    }
}
