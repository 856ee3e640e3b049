namespace Stedi.DevStack.Aws.Storage;

/// <summary>What is known of an object. <see cref="Headers"/> holds content type, user metadata and the like by lower-case
/// header name; <see cref="ETag"/> is unquoted.</summary>
internal sealed record StoredObject(string Key, long Size, DateTimeOffset LastModified, string ETag, IReadOnlyDictionary<string, string> Headers);
