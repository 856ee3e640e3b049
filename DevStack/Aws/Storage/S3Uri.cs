using System.Diagnostics.CodeAnalysis;

namespace Stedi.DevStack.Aws.Storage;

/// <summary>An object or prefix in the lake: <c>s3://bucket/key</c>.</summary>
internal readonly record struct S3Uri(string Bucket, string Key)
{
    /// <summary>The key with a trailing slash, unless it is the bucket's root.</summary>
    public S3Uri AsPrefix() => Key.Length == 0 || Key.EndsWith('/') ? this : this with { Key = Key + "/" };

    public S3Uri Append(string name) => this with { Key = AsPrefix().Key + name };

    public static bool TryParse([NotNullWhen(true)] string? text, out S3Uri uri)
    {
        uri = default;
        var scheme = text?.IndexOf("://", StringComparison.Ordinal) ?? -1;
        if (scheme < 0 || text![..scheme].ToLowerInvariant() is not ("s3" or "s3a" or "s3n"))
        {
            return false;
        }

        var parts = text[(scheme + 3)..].Split('/', 2);
        if (!BucketName.IsValid(parts[0]))
        {
            return false;
        }

        uri = new S3Uri(parts[0], parts.Length > 1 ? parts[1] : "");
        return true;
    }

    public override string ToString() => $"s3://{Bucket}/{Key}";
}

internal static class BucketName
{
    /// <summary>S3's own rule, which also excludes names that other folders in the lake have.</summary>
    public static bool IsValid(string name) =>
        name.Length is >= 3 and <= 63 &&
        name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.') &&
        char.IsAsciiLetterOrDigit(name[0]) && char.IsAsciiLetterOrDigit(name[^1]) &&
        !name.Contains("..", StringComparison.Ordinal);
}
