using System.Text;
using Stedi.DevStack.Landing.Model;

namespace Stedi.DevStack.Landing.Files;

/// <summary>Lines that do not hold a row and that name nobody, one for each defect.</summary>
internal static class MalformedLines
{
    private const int Huge = 20 * 1024 * 1024;

    /// <summary>The lines that a source gets in its first file.</summary>
    /// <param name="row">A valid row of the source, from which the lines are made.</param>
    public static IEnumerable<byte[]> Of(LandingOptions options, string source, string row)
    {
        if (source == "customer")
        {
            if (options.Has(LandingDefects.GarbageCustomers))
            {
                yield return Encoding.UTF8.GetBytes("ERROR: connection reset while sending {\"registrationDate\":");
            }

            yield break;
        }

        var number = source == "accelerometer" ? "x" : "sensorReadingTime";
        var at = row.IndexOf($"\"{number}\":", StringComparison.Ordinal) + number.Length + 3;
        var end = row.IndexOfAny([',', '}'], at);
        var (head, tail) = (row[..at], row[end..]);

        if (options.Has(LandingDefects.MalformedLines))
        {
            yield return Encoding.UTF8.GetBytes($"ERROR: connection reset while sending {{\"{number}\":");
        }

        if (options.Has(LandingDefects.CutOffLines))
        {
            yield return Encoding.UTF8.GetBytes(head);
        }

        if (options.Has(LandingDefects.InvalidUtf8))
        {
            yield return [.. Encoding.UTF8.GetBytes(head), 0xC3, 0x28, 0xFF, .. Encoding.UTF8.GetBytes(tail)];
        }

        if (options.Has(LandingDefects.NotANumber))
        {
            yield return Encoding.UTF8.GetBytes($"{head}{(source == "accelerometer" ? "\"NaN\"" : "NaN")}{tail}");
        }

        if (options.Has(LandingDefects.DuplicateKeys))
        {
            yield return Encoding.UTF8.GetBytes($"{head}1,\"{number}\":2{tail}");
        }

        if (options.Has(LandingDefects.HugeLines) && source == "accelerometer")
        {
            yield return Encoding.UTF8.GetBytes(new string('#', Huge));
        }
    }

    /// <summary>The last line of a source whose sender stopped in the middle of a row.</summary>
    public static byte[] CutOff(string row) => Encoding.UTF8.GetBytes(row[..(row.Length / 2)]);
}
