using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using Stedi.DevStack.Aws.Protocol;

namespace Stedi.DevStack.Aws.S3;

/// <summary>Writes S3's XML with its namespace, and reads it with or without one.</summary>
internal static class S3Xml
{
    private const int MaxDocument = 4 << 20;

    private static readonly XNamespace Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";
    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(false), CheckCharacters = false };

    public static XElement Element(string name, params object?[] content) => new(Namespace + name, content);

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static Task WriteAsync(HttpResponse response, XElement document, int status = 200)
    {
        var bytes = Bytes(document);
        response.StatusCode = status;
        response.ContentType = "application/xml";
        response.ContentLength = bytes.Length;
        return response.Body.WriteAsync(bytes).AsTask();
    }

    public static Task WriteErrorAsync(HttpResponse response, AwsException error, string resource, string requestId)
    {
        var document = new XElement("Error", new XElement("Code", error.Code), new XElement("Message", error.Message),
            new XElement("Resource", resource), new XElement("RequestId", requestId));
        return WriteAsync(response, document, error.Status);
    }

    public static async Task<XElement> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var body = new MemoryStream();
        var content = RequestBody.Open(request);
        var buffer = new byte[16384];
        for (int read; (read = await content.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (body.Length + read > MaxDocument)
            {
                throw Malformed();
            }

            body.Write(buffer, 0, read);
        }
        body.Position = 0;
        try
        {
            using var reader = XmlReader.Create(body, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, MaxCharactersInDocument = MaxDocument });
            return XDocument.Load(reader).Root ?? throw Malformed();
        }
        catch (XmlException)
        {
            throw Malformed();
        }
    }

    public static IEnumerable<XElement> Children(this XElement parent, string name) => parent.Elements().Where(e => e.Name.LocalName == name);

    public static string? Text(this XElement parent, string name) => parent.Children(name).FirstOrDefault()?.Value;

    private static byte[] Bytes(XElement document)
    {
        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, Settings))
        {
            document.Save(writer);
        }

        return stream.ToArray();
    }

    private static AwsException Malformed() =>
        new("MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema");
}
