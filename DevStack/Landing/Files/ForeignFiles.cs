using Stedi.DevStack.Landing.Model;

namespace Stedi.DevStack.Landing.Files;

/// <summary>Files beside a source's own.</summary>
internal static class ForeignFiles
{
    private static readonly byte[] Note = "The files in this folder were sent by the fulfilment system.\n"u8.ToArray();

    /// <summary>Files that are not hidden.</summary>
    public static int Visible(LandingOptions options) =>
        (options.Has(LandingDefects.EmptyFiles) ? 1 : 0) + (options.Has(LandingDefects.ForeignFiles) ? 1 : 0);

    /// <summary>Lines in them, none of which holds a row.</summary>
    public static int Lines(LandingOptions options) => options.Has(LandingDefects.ForeignFiles) ? 1 : 0;

    /// <returns>Bytes in files that are not hidden.</returns>
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

        // Queries and crawlers pass over names that begin with an underscore or a full stop.
        await WriteAsync("_SUCCESS", []);
        await WriteAsync(".part-00000.crc", [0x63, 0x72, 0x63, 0x00, 0x0A, 0xFF]);
        await WriteAsync("README.txt", Note);
        return Note.Length;

        async Task WriteAsync(string name, byte[] content)
        {
            await using var file = await open($"{source}/landing/{name}", cancellationToken);
            await file.WriteAsync(content, cancellationToken);
        }
    }
}
