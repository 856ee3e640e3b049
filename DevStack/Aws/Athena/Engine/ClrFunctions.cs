using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;
using DuckDB.NET.Data;
using Stedi.DevStack.Aws.Athena.Results;
using Stedi.DevStack.Aws.Athena.Translation;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>Registers functions that DuckDB lacks.</summary>
internal static class ClrFunctions
{
    public static void Register(DuckDBConnection connection, Action throwIfInterrupted)
    {
        NativeFunction.Register(connection, ExpressionRules.InterruptionCheck, [], NativeType.Boolean, call =>
        {
            throwIfInterrupted();
            var result = call.ValueResult<bool>();
            for (var row = 0; row < call.Rows; row++)
            {
                result.Write(row, true);
            }

            return null;
        });
        NativeFunction.Register(connection, "clr_fail", [NativeType.Text], NativeType.Text, Fail);
        NativeFunction.Register(connection, "clr_hmac_sha256", [NativeType.Binary, NativeType.Binary], NativeType.Binary, Hmac);
        NativeFunction.Register(connection, "clr_from_utf8", [NativeType.Binary], NativeType.Text, FromUtf8);
        NativeFunction.Register(connection, "clr_double_text", [NativeType.Double], NativeType.Text, DoubleText);
        NativeFunction.Register(connection, "clr_cardinality", [NativeType.Any], NativeType.Bigint, Cardinality);
        NativeFunction.Register(connection, "clr_strpos", [NativeType.Text, NativeType.Text, NativeType.Bigint], NativeType.Bigint, Position);
        NativeFunction.Register(connection, "clr_type_name", [NativeType.Text], NativeType.Text, TypeName);
        JsonFunctions.Register(connection);
        TextFunctions.Register(connection);
    }

    // Unlike DuckDB's error(), it can be called inside TRY, because it counts as a function that only depends on its argument.
    private static string? Fail(NativeCall call)
    {
        var messages = call.Text(0);
        for (var row = 0; row < call.Rows; row++)
        {
            if (!messages.IsNull(row))
            {
                return Encoding.UTF8.GetString(messages[row]);
            }

            call.TextResult().WriteNull(row);
        }

        return null;
    }

    private static string? Hmac(NativeCall call)
    {
        var (data, keys, result) = (call.Text(0), call.Text(1), call.TextResult());
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        for (var row = 0; row < call.Rows; row++)
        {
            if (data.IsNull(row) || keys.IsNull(row))
            {
                result.WriteNull(row);
                continue;
            }

            if (keys[row].IsEmpty)
            {
                return "INVALID_FUNCTION_ARGUMENT: Empty key";
            }

            HMACSHA256.HashData(keys[row], data[row], hash);
            result.Write(row, hash);
        }

        return null;
    }

    private static string? FromUtf8(NativeCall call)
    {
        var (data, result) = (call.Text(0), call.TextResult());
        for (var row = 0; row < call.Rows; row++)
        {
            if (data.IsNull(row))
            {
                result.WriteNull(row);
            }
            else
            {
                result.Write(row, Utf8.IsValid(data[row]) ? data[row] : Repaired(data[row]));
            }
        }

        return null;
    }

    // Trino replaces a surrogate, or a character that is spelled too long, by one U+FFFD.
    private static byte[] Repaired(ReadOnlySpan<byte> data)
    {
        var text = new ArrayBufferWriter<byte>(data.Length * 2);
        while (!data.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(data, out _, out var length) == OperationStatus.Done)
            {
                text.Write(data[..length]);
            }
            else
            {
                text.Write("\uFFFD"u8);
                var expected = data[0] switch { < 0xC0 or > 0xFD => 1, < 0xE0 => 2, < 0xF0 => 3, < 0xF8 => 4, < 0xFC => 5, _ => 6 };
                length = 1;
                while (length < expected && length < data.Length && (data[length] & 0xC0) == 0x80)
                {
                    length++;
                }
            }

            data = data[length..];
        }

        return text.WrittenSpan.ToArray();
    }

    private static string? Cardinality(NativeCall call)
    {
        var (lists, result) = (call.Values<ListEntry>(0), call.ValueResult<long>());
        for (var row = 0; row < call.Rows; row++)
        {
            if (lists.IsNull(row))
            {
                result.WriteNull(row);
            }
            else
            {
                result.Write(row, (long)lists[row].Length);
            }
        }

        return null;
    }

    // The place of the n-th occurrence, from the end if n is negative. Occurrences may overlap.
    private static string? Position(NativeCall call)
    {
        var (texts, parts, instances, result) = (call.Text(0), call.Text(1), call.Values<long>(2), call.ValueResult<long>());
        for (var row = 0; row < call.Rows; row++)
        {
            if (texts.IsNull(row) || parts.IsNull(row) || instances.IsNull(row))
            {
                result.WriteNull(row);
                continue;
            }

            if (instances[row] == 0)
            {
                return "INVALID_FUNCTION_ARGUMENT: 'instance' must be a positive or negative number.";
            }

            var at = Occurrence(texts[row], parts[row], instances[row]);
            result.Write(row, at < 0 ? 0 : Encoding.UTF8.GetCharCount(texts[row][..at]) - SupplementaryCount(texts[row][..at]) + 1);
        }

        return null;
    }

    private static int Occurrence(ReadOnlySpan<byte> text, ReadOnlySpan<byte> part, long instance)
    {
        if (part.IsEmpty)
        {
            return 0;
        }

        var at = instance > 0 ? -1 : text.Length;
        for (var left = Math.Abs(instance); left > 0; left--)
        {
            if (instance > 0)
            {
                var next = text[(at + 1)..].IndexOf(part);
                if (next < 0)
                {
                    return -1;
                }

                at += next + 1;
            }
            else
            {
                at = text[..Math.Min(text.Length, at + part.Length - 1)].LastIndexOf(part);
                if (at < 0)
                {
                    return -1;
                }
            }
        }

        return at;
    }

    private static int SupplementaryCount(ReadOnlySpan<byte> text)
    {
        var count = 0;
        foreach (var b in text)
        {
            count += b >= 0xF0 ? 1 : 0;
        }

        return count;
    }

    private static string? TypeName(NativeCall call)
    {
        var (names, result) = (call.Text(0), call.TextResult());
        for (var row = 0; row < call.Rows; row++)
        {
            result.Write(row, Encoding.UTF8.GetBytes(TrinoTypeName.Of(Encoding.UTF8.GetString(names[row]))));
        }

        return null;
    }

    private static string? DoubleText(NativeCall call)
    {
        var (numbers, result) = (call.Values<double>(0), call.TextResult());
        for (var row = 0; row < call.Rows; row++)
        {
            if (numbers.IsNull(row))
            {
                result.WriteNull(row);
            }
            else
            {
                result.Write(row, Encoding.UTF8.GetBytes(JavaDouble.ToText(numbers[row])));
            }
        }

        return null;
    }
}
