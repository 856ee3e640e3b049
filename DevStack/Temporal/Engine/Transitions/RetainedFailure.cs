using System.Text;

namespace Stedi.DevStack.Temporal.Engine.Transitions;

/// <summary>
/// The failure of an activity's attempt as the run's state keeps it until the next attempt. As in the official server, one that is too large
/// is replaced by a server failure whose cause is a shortened copy.
/// </summary>
internal static class RetainedFailure
{
    private const int MaxBytes = 4 << 10, ShortenedBytes = 2 << 10;

    // Field numbers and lengths of the members.
    private const int Overhead = 16;

    /// <summary>The failure itself, or its replacement.</summary>
    public static Failure Of(Failure failure) => failure.CalculateSize() <= MaxBytes
        ? failure
        : new() { Message = "Failure exceeds size limit.", Source = "Server", ServerFailureInfo = new(), Cause = Shorten(failure, ShortenedBytes) };

    private static Failure Shorten(Failure failure, int bytes)
    {
        var shortened = new Failure { Source = failure.Source };
        if (failure.ApplicationFailureInfo is { } info)
        {
            shortened.ApplicationFailureInfo = new() { Type = Cut(info.Type, bytes / 4), NonRetryable = info.NonRetryable };
        }

        shortened.Message = Cut(failure.Message, bytes - shortened.CalculateSize() - Overhead);
        shortened.StackTrace = Cut(failure.StackTrace, bytes - shortened.CalculateSize() - Overhead);
        if (failure.Cause is { } cause && bytes - shortened.CalculateSize() - Overhead is > 0 and var left)
        {
            shortened.Cause = Shorten(cause, left);
        }

        return shortened;
    }

    private static string Cut(string text, int bytes)
    {
        if (bytes <= 0)
        {
            return "";
        }

        Encoding.UTF8.GetEncoder().Convert(text, new byte[bytes], flush: false, out var used, out _, out _);
        return text[..used];
    }
}
