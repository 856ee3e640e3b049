using Stedi.DevStack.Landing.Model;

namespace Stedi.DevStack.Landing.Files;

/// <summary>Adds files to a source's folder that are not the source's data.</summary>
internal static class ForeignFiles
{
    private static readonly byte[] Note = "The files in this folder were sent by the fulfilment system.\n"u8.ToArray();

    /// <summary>Number of added files that are not hidden.</summary>
    public static int CountVisible(LandingOptions options, string source) => (options.Has(LandingDefects.EmptyFiles) ? 1 : 0) + CountLines(options, source);

    /// <summary>Number of lines in them, all of which are rejected.</summary>
    public static int CountLines(LandingOptions options, string source) => options.Has(LandingDefects.ForeignFiles) && source != "customer" ? 1 : 0;

    /// <returns>Size of the added files that are not hidden.</returns>
    public static async Task<long> AddAsync(OpenLandingFile open, string source, LandingOptions options, CancellationToken cancellationToken)
    {
        if (options.Has(LandingDefects.EmptyFiles))
        {
            await WriteAsync($"{source}-0.json", []);
        }

        if (!options.Has(LandingDefects.ForeignFiles))
        {
            return 0;
        }

        // Queries and crawlers skip names that begin with an underscore or a full stop.
        await WriteAsync("_SUCCESS", []);
        await WriteAsync(".part-00000.crc", [0x63, 0x72, 0x63, 0x00, 0x0A, 0xFF]);
        if (CountLines(options, source) == 0)
        {
            return 0;
        }

        await WriteAsync("README.txt", Note);
        return Note.Length;

        async Task WriteAsync(string name, byte[] content)
        {
            await using var file = await open($"{source}/landing/{name}", cancellationToken);
            await file.WriteAsync(content, cancellationToken);
        }
    }
}
