using System.Security.Cryptography;
using System.Text;
using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Glue.Crawling;

/// <summary>A crawler names a table after its folder: lower case, only letters, digits and underscores, a hash where two clash.</summary>
internal static class CrawledName
{
    const int MaxLength = 128;

    public static string Of(string prefix, S3Uri folder, HashSet<string> taken)
    {
        var last = folder.Key.TrimEnd('/').Split('/')[^1];
        var name = prefix + (last.Length > 0 ? last : folder.Bucket);
        name = string.Concat(name.ToLowerInvariant().Select(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) ? c : '_'));
        name = name[..Math.Min(name.Length, MaxLength)];
        if (taken.Add(name))
            return name;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder.ToString())))[..32];
        name = name[..Math.Min(name.Length, MaxLength - hash.Length - 1)] + "_" + hash;
        taken.Add(name);
        return name;
    }
}
