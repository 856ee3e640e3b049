using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Stedi.EndToEnd.Tests.Pipeline;

/// <summary>Every email, name, serial number and phone number in the landing data, to search for where none may occur.</summary>
internal sealed class PersonalData
{
    private readonly IReadOnlyCollection<string> _all;
    private readonly SearchValues<string> _values;

    private PersonalData(IReadOnlyCollection<string> values)
    {
        _all = values;
        _values = SearchValues.Create([.. values], StringComparison.OrdinalIgnoreCase);
    }

    public int Count => _all.Count;

    /// <summary>The same values, and a secret that must not occur either.</summary>
    public PersonalData With(string secret) => new([.. _all, secret]);

    /// <summary>Reads the values from the customer files in a folder with the layout of landing data.</summary>
    public static PersonalData Of(string directory)
    {
        var found = new HashSet<string>();
        foreach (var line in Directory.EnumerateFiles(Path.Combine(directory, "customer"), "*", SearchOption.AllDirectories).SelectMany(File.ReadLines))
        {
            using var record = JsonDocument.Parse(line);
            foreach (var field in (string[])["email", "customerName", "serialNumber", "phone"])
            {
                if (record.RootElement.TryGetProperty(field, out var value))
                {
                    found.Add(value.GetString()!);
                }
            }
        }

        return new(found);
    }

    /// <summary>Fails if any of them occurs.</summary>
    public void ShouldNotOccurIn(ReadOnlySpan<byte> bytes, string where) => ShouldNotOccurIn(Encoding.Latin1.GetString(bytes), where);

    /// <summary>Fails if any of them occurs.</summary>
    public void ShouldNotOccurIn(string text, string where)
    {
        var at = text.AsSpan().IndexOfAny(_values);
        (at < 0).ShouldBeTrue(at < 0 ? "" : $"{where} holds personal data: ...{text.Substring(Math.Max(0, at - 40), Math.Min(120, text.Length - Math.Max(0, at - 40)))}...");
    }

    /// <summary>Whether any of them occurs, to show that the scan can find them.</summary>
    public bool OccursIn(string text) => text.AsSpan().IndexOfAny(_values) >= 0;
}
