using Amazon.Runtime;

namespace Stedi.Temporal.Worker.Cli.Doctor;

/// <summary>Tries one permission on each resource for which a run needs it.</summary>
internal static class PermissionProbe
{
    /// <summary>A name that no resource has.</summary>
    public static string NewName() => $"doctor-{Guid.NewGuid():N}";

    /// <summary>Makes the call once per place. Errors that occur after authorization, such as a missing resource, count as success.</summary>
    /// <param name="places">The resources: prefixes, databases or crawlers.</param>
    /// <param name="call">The call.</param>
    /// <param name="granted">Error codes that show that the call was permitted.</param>
    /// <exception cref="CheckFailedException">The call failed for at least one place.</exception>
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
