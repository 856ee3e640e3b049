using DuckDB.NET.Data;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>Casts of text, and counts and tests of its characters.</summary>
internal static class TextFunctions
{
    private delegate bool Reader<T>(ReadOnlySpan<byte> text, out T value);

    public static void Register(DuckDBConnection connection)
    {
        NativeFunction.Register(connection, "clr_text_bigint", [NativeType.Text], NativeType.Bigint, call => Read<long>(call, TextNumbers.TryBigint));
        NativeFunction.Register(connection, "clr_text_double", [NativeType.Text], NativeType.Double, call => Read<double>(call, TextNumbers.TryDouble));
        NativeFunction.Register(connection, "clr_text_real", [NativeType.Text], NativeType.Real, call => Read<float>(call, TextNumbers.TryReal));
        NativeFunction.Register(connection, "clr_count", [NativeType.Text, NativeType.Text], NativeType.Bigint, CountCharacter);
        NativeFunction.Register(connection, "clr_has_only", [NativeType.Text, NativeType.Text], NativeType.Boolean, HasOnly);
    }

    private static string? Read<T>(NativeCall call, Reader<T> read)
        where T : unmanaged
    {
        var (texts, result) = (call.Text(0), call.ValueResult<T>());
        for (var row = 0; row < call.Rows; row++)
        {
            if (!texts.IsNull(row) && read(texts[row], out var value))
            {
                result.Write(row, value);
            }
            else
            {
                result.WriteNull(row);
            }
        }

        return null;
    }

    // The second argument is constant, an ASCII character.
    private static string? CountCharacter(NativeCall call)
    {
        var (texts, character, result) = (call.Text(0), call.Text(1), call.ValueResult<long>());
        for (var row = 0; row < call.Rows; row++)
        {
            if (texts.IsNull(row))
            {
                result.WriteNull(row);
            }
            else
            {
                result.Write(row, texts[row].Count(character[row][0]));
            }
        }

        return null;
    }

    // The second argument is constant, ASCII characters.
    private static string? HasOnly(NativeCall call)
    {
        var (texts, result) = (call.Text(0), call.ValueResult<bool>());
        Span<bool> isAllowed = stackalloc bool[256];
        foreach (var character in call.Rows == 0 ? default : call.Text(1)[0])
        {
            isAllowed[character] = true;
        }

        for (var row = 0; row < call.Rows; row++)
        {
            if (texts.IsNull(row))
            {
                result.WriteNull(row);
                continue;
            }

            var isOnly = true;
            foreach (var b in texts[row])
            {
                if (!isAllowed[b])
                {
                    isOnly = false;
                    break;
                }
            }

            result.Write(row, isOnly);
        }

        return null;
    }
}
