using System.Globalization;
using System.Text;

namespace Stedi.DevStack.Aws.Http;

/// <summary>Pages over an ordered list. A token names the position it goes on from.</summary>
internal static class Page
{
    public static (IReadOnlyList<T> Items, string? NextToken) Of<T>(IReadOnlyList<T> all, JsonCall call, int maxResults)
    {
        var start = Start(call);
        var items = all.Skip(start).Take(maxResults).ToList();
        return (items, start + items.Count < all.Count ? Token(start + items.Count) : null);
    }

    public static int Start(JsonCall call)
    {
        if (call.Text("NextToken") is not { Length: > 0 } token)
            return 0;
        try
        {
            if (int.TryParse(Encoding.ASCII.GetString(Convert.FromBase64String(token)), CultureInfo.InvariantCulture, out var start) && start >= 0)
                return start;
        }
        catch (FormatException)
        {
            // Not one of ours: refused below.
        }
        throw call.Invalid("NextToken is not valid.");
    }

    public static string Token(int start) => Convert.ToBase64String(Encoding.ASCII.GetBytes(start.ToString(CultureInfo.InvariantCulture)));
}
