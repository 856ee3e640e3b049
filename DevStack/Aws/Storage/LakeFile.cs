namespace Stedi.DevStack.Aws.Storage;

/// <summary>An object as its file shows it, without its metadata.</summary>
internal readonly record struct LakeFile(string Key, string Path, long Size, DateTime Modified);
