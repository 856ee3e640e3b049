using System.Buffers.Binary;
using Stedi.DevStack.Aws.Athena.Errors;
using Kind = Stedi.DevStack.Aws.Athena.Engine.ThriftReader.Kind;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>The metadata of a Parquet file: its top-level columns, each with its compressed bytes.</summary>
internal sealed record ParquetFooter(IReadOnlyDictionary<string, long> Columns)
{
    private const int Tail = 8;
    private const int MaxFooter = 64 << 20;

    /// <exception cref="QueryFailedException">It is no Parquet file.</exception>
    public static ParquetFooter Read(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
            var tail = new byte[Tail];
            if (file.Length < Tail + 4)
            {
                throw ThriftReader.Malformed();
            }

            file.Seek(-Tail, SeekOrigin.End);
            file.ReadExactly(tail);
            var length = BinaryPrimitives.ReadInt32LittleEndian(tail);
            if (!tail.AsSpan(4).SequenceEqual("PAR1"u8) || length <= 0 || length > Math.Min(MaxFooter, file.Length - Tail))
            {
                throw ThriftReader.Malformed();
            }

            var footer = new byte[length];
            file.Seek(-Tail - length, SeekOrigin.End);
            file.ReadExactly(footer);
            return Parse(footer);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new QueryFailedException($"HIVE_BAD_DATA: Not valid Parquet file: {Path.GetFileName(path)}", AthenaErrorType.Data);
        }
    }

    private static ParquetFooter Parse(byte[] footer)
    {
        var reader = new ThriftReader(footer);
        var sizes = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        var id = 0;
        for (Kind kind; (kind = reader.Field(ref id)) != Kind.Stop;)
        {
            if (id == 2 && kind == Kind.List)
            {
                Schema(ref reader, sizes);
            }
            else if (id == 4 && kind == Kind.List)
            {
                RowGroups(ref reader, sizes);
            }
            else
            {
                reader.Skip(kind);
            }
        }
        return new ParquetFooter(sizes);
    }

    // The schema is a tree written depth first: only the root's children are columns.
    private static void Schema(ref ThriftReader reader, Dictionary<string, long> sizes)
    {
        var (count, _) = reader.List();
        var open = new Stack<long>();
        for (var i = 0; i < count; i++)
        {
            var (name, children) = Element(ref reader);
            if (open.Count == 1)
            {
                sizes.TryAdd(name, 0);
            }

            if (open.Count > 0)
            {
                open.Push(open.Pop() - 1);
            }

            if (children > 0)
            {
                open.Push(children);
            }

            while (open.TryPeek(out var left) && left == 0)
            {
                open.Pop();
            }
        }
    }

    private static (string Name, long Children) Element(ref ThriftReader reader)
    {
        var (name, children, id) = ("", 0L, 0);
        for (Kind kind; (kind = reader.Field(ref id)) != Kind.Stop;)
        {
            if (id == 4)
            {
                name = reader.Text();
            }
            else if (id == 5)
            {
                children = reader.Number();
            }
            else
            {
                reader.Skip(kind);
            }
        }
        return (name, children);
    }

    private static void RowGroups(ref ThriftReader reader, Dictionary<string, long> sizes)
    {
        var (groups, _) = reader.List();
        for (var g = 0; g < groups; g++)
        {
            var id = 0;
            for (Kind kind; (kind = reader.Field(ref id)) != Kind.Stop;)
            {
                if (id == 1 && kind == Kind.List)
                {
                    var (chunks, _) = reader.List();
                    for (var c = 0; c < chunks; c++)
                    {
                        Chunk(ref reader, sizes);
                    }
                }
                else
                {
                    reader.Skip(kind);
                }
            }
        }
    }

    private static void Chunk(ref ThriftReader reader, Dictionary<string, long> sizes)
    {
        var id = 0;
        for (Kind kind; (kind = reader.Field(ref id)) != Kind.Stop;)
        {
            if (id == 3 && kind == Kind.Struct)
            {
                Metadata(ref reader, sizes);
            }
            else
            {
                reader.Skip(kind);
            }
        }
    }

    private static void Metadata(ref ThriftReader reader, Dictionary<string, long> sizes)
    {
        var (id, column, size) = (0, "", 0L);
        for (Kind kind; (kind = reader.Field(ref id)) != Kind.Stop;)
        {
            if (id == 3 && kind == Kind.List)
            {
                var (parts, _) = reader.List();
                for (var p = 0; p < parts; p++)
                {
                    column = p == 0 ? reader.Text() : Drop(column, reader.Text());
                }
            }
            else if (id == 7)
            {
                size = reader.Number();
            }
            else
            {
                reader.Skip(kind);
            }
        }
        sizes[column] = sizes.GetValueOrDefault(column) + size;
    }

    private static string Drop(string kept, string _) => kept;
}
