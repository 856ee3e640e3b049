using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Glue.Crawlers;

/// <summary>The table and partitions that a crawler creates for a folder of JSON files.</summary>
internal sealed class CrawledTable(string crawler, S3Uri location, IReadOnlyList<LakeFile> files, FileSample sample)
{
    public sealed record CrawledPartition(IReadOnlyList<string> Keys, IReadOnlyList<string> Values, string Folder);

    public JsonObject ToDocument(string name) => new()
    {
        ["Name"] = name,
        ["Owner"] = "owner",
        ["Retention"] = 0,
        ["TableType"] = "EXTERNAL_TABLE",
        ["PartitionKeys"] = new JsonArray([.. PartitionKeys().Select(k => new JsonObject { ["Name"] = k, ["Type"] = "string" })]),
        ["Parameters"] = Parameters(),
        ["StorageDescriptor"] = StorageDescriptor(location.ToString()),
    };

    /// <summary>One partition per sub-folder if all files are at the same depth; keys come from names such as <c>key=value</c>.</summary>
    public IEnumerable<CrawledPartition> Partitions()
    {
        var folders = files.Select(f => f.Key[location.Key.Length..]).Select(k => k[..(k.LastIndexOf('/') + 1)]).Distinct().ToList();
        var depths = folders.Select(f => f.Count(c => c == '/')).Distinct().ToList();
        if (depths is not [> 0])
        {
            return [];
        }

        return folders.Select(folder =>
        {
            var segments = folder.TrimEnd('/').Split('/').Select((s, i) => s.Split('=', 2) is [var k, var v] ? (Key: k.ToLowerInvariant(), Value: v) : (Key: $"partition_{i}", Value: s)).ToList();
            return new CrawledPartition([.. segments.Select(s => s.Key)], [.. segments.Select(s => s.Value)], location.Key + folder);
        });
    }

    public JsonObject PartitionDocument(CrawledPartition partition) => new()
    {
        ["Values"] = new JsonArray([.. partition.Values.Select(v => (JsonNode)v)]),
        ["StorageDescriptor"] = StorageDescriptor((location with { Key = partition.Folder }).ToString()),
        ["Parameters"] = new JsonObject { ["classification"] = "json", ["UPDATED_BY_CRAWLER"] = crawler },
    };

    /// <summary>Whether an update would not change the definition.</summary>
    public static bool SameDefinition(JsonObject existing, JsonObject crawled) =>
        crawled.All(member => JsonNode.DeepEquals(existing[member.Key], member.Value));

    private IReadOnlyList<string> PartitionKeys() => Partitions().FirstOrDefault()?.Keys ?? [];

    private JsonObject Parameters()
    {
        var size = files.Sum(f => f.Size);
        return new()
        {
            ["CrawlerSchemaDeserializerVersion"] = "1.0",
            ["CrawlerSchemaSerializerVersion"] = "1.0",
            ["UPDATED_BY_CRAWLER"] = crawler,
            ["averageRecordSize"] = Text(sample.AverageRecordSize),
            ["classification"] = "json",
            ["compressionType"] = Compression(),
            ["objectCount"] = Text(files.Count),
            ["recordCount"] = Text(sample.AverageRecordSize == 0 ? 0 : size / sample.AverageRecordSize),
            ["sizeKey"] = Text(size),
            ["typeOfData"] = "file",
        };
    }

    private JsonObject StorageDescriptor(string folder) => new()
    {
        ["Columns"] = new JsonArray([.. sample.Columns.Select(c => new JsonObject { ["Name"] = c.Key, ["Type"] = c.Value.ToString() })]),
        ["Location"] = folder,
        ["InputFormat"] = "org.apache.hadoop.mapred.TextInputFormat",
        ["OutputFormat"] = "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
        ["Compressed"] = Compression() != "none",
        ["NumberOfBuckets"] = -1,
        ["SerdeInfo"] = new JsonObject
        {
            ["SerializationLibrary"] = "org.openx.data.jsonserde.JsonSerDe",
            ["Parameters"] = new JsonObject { ["paths"] = string.Join(',', sample.Paths) },
        },
        ["BucketColumns"] = new JsonArray(),
        ["SortColumns"] = new JsonArray(),
        ["StoredAsSubDirectories"] = false,
    };

    private string Compression() => FileContent.CompressionOf(files[0].Key) ?? "none";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Names a table after its folder: lower-case letters, digits and underscores, with a hash if the name is taken.</summary>
internal static class CrawledTableName
{
    private const int MaxLength = 128;

    public static string Of(string prefix, S3Uri folder, HashSet<string> taken)
    {
        var last = folder.Key.TrimEnd('/').Split('/')[^1];
        var name = prefix + (last.Length > 0 ? last : folder.Bucket);
        name = string.Concat(name.ToLowerInvariant().Select(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) ? c : '_'));
        name = name[..Math.Min(name.Length, MaxLength)];
        if (taken.Add(name))
        {
            return name;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder.ToString())))[..32];
        name = name[..Math.Min(name.Length, MaxLength - hash.Length - 1)] + "_" + hash;
        taken.Add(name);
        return name;
    }
}
