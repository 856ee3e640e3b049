using Amazon.Runtime;

namespace Stedi.Temporal.Worker.Cli.Doctor;

/// <summary>Tries one permission in the places where a run needs it.</summary>
internal static class PermissionProbe
{
    /// <summary>A name that nothing has.</summary>
    public static string NewName() => $"doctor-{Guid.NewGuid():N}";

    /// <summary>Calls once a place. Errors that come after permission is granted, such as that something is not there, are as good as success.</summary>
    /// <param name="places">Where.</param>
    /// <param name="call">The call.</param>
    /// <param name="granted">Codes of errors that show that the call was permitted.</param>
    /// <exception cref="CheckFailedException">It failed in one place or more.</exception>
    public static async Task<string> EachAsync(IReadOnlyList<string> places, Func<string, Task> call, params string[] granted)
    {
        var failed = new List<(string Place, AmazonServiceException Error)>();
        foreach (var place in places)
        {
            try
            {
                await call(place);
            }
            catch (AmazonServiceException e) when (granted.Contains(e.ErrorCode))
            {
                // Permitted.
            }
            catch (AmazonServiceException e) when (e.StatusCode != 0)
            {
                failed.Add((place, e));
            }
        }

        return failed.Count == 0
            ? $"on {string.Join(", ", places)}"
            : throw new CheckFailedException($"refused on {string.Join(", ", failed.Select(one => one.Place))}: {failed[0].Error.Message.Trim()} ({failed[0].Error.ErrorCode})", failed[0].Error);
    }
}
