using System.Globalization;
using System.Text.Unicode;
using Stedi.DevStack.Landing.Model;

namespace Stedi.DevStack.Landing.Files;

/// <summary>
/// Formats rows as the sources send them, without a line end. Formatted by hand for speed: no value needs escaping, and x, y
/// and z keep their decimal point, by which a crawler recognises a double.
/// </summary>
internal static class JsonLines
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public static int Write(Span<byte> line, CustomerRecord customer)
    {
        var length = LengthOf(Utf8.TryWrite(
            line,
            Culture,
            $"{{\"customerName\":\"{customer.Name}\",\"email\":\"{customer.Email}\",\"phone\":\"{customer.Phone}\",\"birthDay\":\"{customer.BirthDay}\",\"serialNumber\":\"{customer.SerialNumber}\",\"registrationDate\":{customer.Registered}",
            out var written), written);
        length += Optional(line[length..], "lastUpdateDate", customer.Updated);
        length += Optional(line[length..], "shareWithResearchAsOfDate", customer.Research);
        length += Optional(line[length..], "shareWithPublicAsOfDate", customer.Public);
        length += Optional(line[length..], "shareWithFriendsAsOfDate", customer.Friends);
        line[length] = (byte)'}';
        return length + 1;
    }

    public static int Write(Span<byte> line, AppReading reading) => LengthOf(
        Utf8.TryWrite(
            line,
            Culture,
            $"{{\"user\":\"{reading.User}\",\"timestamp\":{reading.Time},\"x\":{reading.X}.0,\"y\":{reading.Y}.0,\"z\":{reading.Z}.0}}",
            out var written),
        written);

    public static int Write(Span<byte> line, StepReading reading) => LengthOf(
        Utf8.TryWrite(
            line,
            Culture,
            $"{{\"sensorReadingTime\":{reading.Time},\"serialNumber\":\"{reading.SerialNumber}\",\"distanceFromObject\":{reading.Distance}}}",
            out var written),
        written);

    // A consent that was never given is an absent key.
    private static int Optional(Span<byte> line, string key, long? value) =>
        value is null ? 0 : LengthOf(Utf8.TryWrite(line, Culture, $",\"{key}\":{value}", out var written), written);

    private static int LengthOf(bool fits, int written) =>
        fits ? written : throw new InvalidOperationException("A line is longer than its buffer.");
}
