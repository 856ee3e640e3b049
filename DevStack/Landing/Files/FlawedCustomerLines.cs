using System.Globalization;
using System.Text;
using Stedi.DevStack.Landing.Model;

namespace Stedi.DevStack.Landing.Files;

/// <summary>Writes the flaw of a customer record into its line.</summary>
internal static class FlawedCustomerLines
{
    /// <summary>The line of a record with a flaw.</summary>
    /// <param name="customer">The record.</param>
    /// <param name="row">The line that it would have without the flaw.</param>
    public static byte[] Of(CustomerRecord customer, string row)
    {
        var registered = $"\"registrationDate\":{Text(customer.Registered)}";
        var email = $"\"email\":\"{customer.Email}\"";
        return Encoding.UTF8.GetBytes(customer.Flaw switch
        {
            CustomerFlaw.FractionalRegistration => row.Replace(registered, registered + ".5", StringComparison.Ordinal),
            CustomerFlaw.TextConsent => With(row, "\"shareWithResearchAsOfDate\":\"2022-06-13T09:00:00Z\""),
            CustomerFlaw.RepeatedConsent => With(row, $"\"shareWithResearchAsOfDate\":null,\"shareWithResearchAsOfDate\":{Text(customer.Registered)}"),
            CustomerFlaw.TextUpdate => row.Replace($"\"lastUpdateDate\":{Text(customer.Updated!.Value)}", "\"lastUpdateDate\":\"soon\"", StringComparison.Ordinal),
            CustomerFlaw.RepeatedUpdate => With(row, $"\"LASTUPDATEDATE\":{Text(customer.Updated!.Value)}"),
            CustomerFlaw.NestedEmail => row.Replace(email, $"\"contact\":{{{email}}}", StringComparison.Ordinal),
            CustomerFlaw.NoSerialNumber => row.Replace($"\"serialNumber\":\"{customer.SerialNumber}\",", "", StringComparison.Ordinal),
            _ => throw new ArgumentOutOfRangeException(nameof(customer), customer.Flaw, "The record has no flaw."),
        });
    }

    private static string With(string row, string members) => $"{row[..^1]},{members}}}";

    private static string Text(long time) => time.ToString(CultureInfo.InvariantCulture);
}
