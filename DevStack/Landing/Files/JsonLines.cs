using System.Globalization;
using System.Text.Unicode;
using Stedi.DevStack.Landing.Model;

namespace Stedi.DevStack.Landing.Files;

/// <summary>
/// Rows as the sources send them. Written by hand, because millions are: nothing in them needs escaping, and x, y and z
/// keep their decimal point, from which a crawler tells a double.
/// </summary>
static class JsonLines
{
    static readonly CultureInfo culture = CultureInfo.InvariantCulture;

    public static int Write(Span<byte> line, CustomerRecord customer)
    {
        var length = Done(Utf8.TryWrite(
            line,
            culture,
            $"{{\"customerName\":\"{customer.Name}\",\"email\":\"{customer.Email}\",\"phone\":\"{customer.Phone}\",\"birthDay\":\"{customer.BirthDay}\",\"serialNumber\":\"{customer.SerialNumber}\",\"registrationDate\":{customer.Registered},\"lastUpdateDate\":{customer.Updated}",
            out var written), written);
        length += Consent(line[length..], "shareWithResearchAsOfDate", customer.Research);
        length += Consent(line[length..], "shareWithPublicAsOfDate", customer.Public);
        length += Consent(line[length..], "shareWithFriendsAsOfDate", customer.Friends);
        "}\n"u8.CopyTo(line[length..]);
        return length + 2;
    }

    public static int Write(Span<byte> line, AppReading reading) => Done(
        Utf8.TryWrite(
            line,
            culture,
            $"{{\"user\":\"{reading.User}\",\"timestamp\":{reading.Time},\"x\":{reading.X}.0,\"y\":{reading.Y}.0,\"z\":{reading.Z}.0}}\n",
            out var written),
        written);

    public static int Write(Span<byte> line, StepReading reading) => Done(
        Utf8.TryWrite(
            line,
            culture,
            $"{{\"sensorReadingTime\":{reading.Time},\"serialNumber\":\"{reading.SerialNumber}\",\"distanceFromObject\":{reading.Distance}}}\n",
            out var written),
        written);

    // A consent that was never given is an absent key.
    static int Consent(Span<byte> line, string key, long? since) =>
        since is null ? 0 : Done(Utf8.TryWrite(line, culture, $",\"{key}\":{since}", out var written), written);

    static int Done(bool fits, int written) =>
        fits ? written : throw new InvalidOperationException("A line is longer than the space kept for it.");
}
