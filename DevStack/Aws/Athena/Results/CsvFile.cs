using System.Text;

namespace Stedi.DevStack.Aws.Athena.Results;

/// <summary>Writes and reads Athena's result files. Values are quoted and NULL is not, so that an empty string differs from NULL.</summary>
internal static class CsvFile
{
    public static void WriteRow(TextWriter writer, IEnumerable<string?> values)
    {
        var first = true;
        foreach (var value in values)
        {
            if (!first)
            {
                writer.Write(',');
            }

            first = false;
            if (value is null)
            {
                continue;
            }

            writer.Write('"');
            writer.Write(value.Contains('"', StringComparison.Ordinal) ? value.Replace("\"", "\"\"", StringComparison.Ordinal) : value);
            writer.Write('"');
        }
        writer.Write('\n');
    }

    /// <summary>Up to <paramref name="max"/> rows from a byte offset, and the offset of the next row, or -1 at the end.</summary>
    public static (List<string?[]> Rows, long Next) Read(Stream file, long offset, int max)
    {
        file.Position = offset;
        var reader = new ByteReader(file);
        var rows = new List<string?[]>();
        while (rows.Count < max && reader.Peek() >= 0)
        {
            rows.Add(Row(reader));
        }

        return (rows, reader.Peek() >= 0 ? offset + reader.Consumed : -1);
    }

    private static string?[] Row(ByteReader reader)
    {
        var values = new List<string?>();
        while (true)
        {
            values.Add(reader.Peek() == '"' ? Quoted(reader) : Bare(reader));
            if (reader.Read() != ',')
            {
                return [.. values];
            }
        }
    }

    private static string Quoted(ByteReader reader)
    {
        var bytes = new List<byte>();
        reader.Read();
        for (int b; (b = reader.Read()) >= 0;)
        {
            if (b == '"' && reader.Peek() != '"')
            {
                break;
            }

            if (b == '"')
            {
                reader.Read();
            }

            bytes.Add((byte)b);
        }
        return Encoding.UTF8.GetString([.. bytes]);
    }

    private static string? Bare(ByteReader reader)
    {
        var bytes = new List<byte>();
        while (reader.Peek() is >= 0 and not ',' and not '\n')
        {
            bytes.Add((byte)reader.Read());
        }

        return bytes.Count == 0 ? null : Encoding.UTF8.GetString([.. bytes]);
    }

    private sealed class ByteReader(Stream stream)
    {
        private readonly byte[] _buffer = new byte[65536];
        private int _at, _length;

        public long Consumed { get; private set; }

        public int Peek()
        {
            if (_at == _length)
            {
                (_at, _length) = (0, stream.Read(_buffer));
            }

            return _length == 0 ? -1 : _buffer[_at];
        }

        public int Read()
        {
            var b = Peek();
            if (b >= 0)
            {
                _at++;
                Consumed++;
            }
            return b;
        }
    }
}

/// <summary>Reads the text files of DDL and SHOW statements: one line per row, values separated by tabs.</summary>
internal static class TextLines
{
    public static (List<string?[]> Rows, long Next) Read(Stream file, long offset, int max)
    {
        file.Position = 0;
        var lines = new StreamReader(file).ReadToEnd().Split('\n', StringSplitOptions.None).SkipLast(1).ToList();
        // These files are short, so the offset counts lines here.
        var page = lines.Skip((int)Math.Min(offset, int.MaxValue)).Take(max).Select(l => (string?[])l.Split('\t')).ToList();
        return (page, offset + page.Count < lines.Count ? offset + page.Count : -1);
    }
}
