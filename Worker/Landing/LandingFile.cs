namespace Stedi.Temporal.Worker.Landing;

/// <summary>A file to upload.</summary>
/// <param name="Key">Its key below the source prefix, such as <c>customer/landing/1.json</c>.</param>
/// <param name="Path">Where it lies.</param>
public sealed record LandingFile(string Key, string Path);
