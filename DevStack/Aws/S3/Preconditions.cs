using System.Globalization;
using Stedi.DevStack.Aws.Protocol;
using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.S3;

/// <summary>Checks conditional requests and fails with the status that S3 returns.</summary>
internal static class Preconditions
{
    /// <summary>The precondition of a write: <c>If-None-Match: *</c> only creates, <c>If-Match</c> only replaces one version.</summary>
    public static Action<StoredObject?>? ForWrite(S3Request request)
    {
        var none = request.Header("If-None-Match");
        var match = request.Header("If-Match");
        if (none is not null && none != "*")
        {
            throw new AwsException("NotImplemented", "If-None-Match on a write accepts only '*'.", 501);
        }

        return none is null && match is null ? null : current =>
        {
            if (none is not null && current is not null)
            {
                throw Failed("If-None-Match");
            }

            if (match is null)
            {
                return;
            }

            if (current is null)
            {
                throw new AwsException("NoSuchKey", "The specified key does not exist.", 404);
            }

            if (!Matches(match, current))
            {
                throw Failed("If-Match");
            }
        };
    }

    public static void CheckRead(S3Request request, StoredObject current)
    {
        if (request.Header("If-Match") is { } match)
        {
            if (!Matches(match, current))
            {
                throw Failed("If-Match");
            }
        }
        else if (Time(request.Header("If-Unmodified-Since")) is { } unmodified && Seconds(current) > unmodified)
        {
            throw Failed("If-Unmodified-Since");
        }
        if (request.Header("If-None-Match") is { } none)
        {
            if (Matches(none, current))
            {
                throw new AwsException("NotModified", "Not Modified", 304);
            }
        }
        else if (Time(request.Header("If-Modified-Since")) is { } modified && Seconds(current) <= modified)
        {
            throw new AwsException("NotModified", "Not Modified", 304);
        }
    }

    public static bool Matches(string condition, StoredObject current) =>
        condition.Split(',').Any(c => c.Trim() is var tag && (tag == "*" || tag.Trim('"') == current.ETag));

    private static DateTimeOffset? Time(string? header) =>
        DateTimeOffset.TryParse(header, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private static DateTimeOffset Seconds(StoredObject o) => DateTimeOffset.FromUnixTimeSeconds(o.LastModified.ToUnixTimeSeconds());

    private static AwsException Failed(string condition) =>
        new("PreconditionFailed", $"At least one of the pre-conditions you specified did not hold ({condition})", 412);
}
