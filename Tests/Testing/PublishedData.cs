namespace Stedi.Testing;

/// <summary>The published STEDI data set, if it is beside the checkout. It is not part of the project.</summary>
internal static class PublishedData
{
    /// <summary>Its folder, or null if it is not there.</summary>
    public static string? Directory { get; } = Find();

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "data", "stedi");
            if (System.IO.Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
