namespace Stedi.DevStack.Aws.Storage;

internal static class BucketName
{
    /// <summary>S3's own rule, which also keeps bucket folders apart from everything else on a disk.</summary>
    public static bool IsValid(string name) =>
        name.Length is >= 3 and <= 63 &&
        name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.') &&
        char.IsAsciiLetterOrDigit(name[0]) && char.IsAsciiLetterOrDigit(name[^1]) &&
        !name.Contains("..", StringComparison.Ordinal);
}
