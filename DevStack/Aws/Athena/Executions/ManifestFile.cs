using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Athena.Executions;

/// <summary>The list of files a statement wrote, beside the results: <c>Statistics.DataManifestLocation</c>.</summary>
internal sealed class ManifestFile(Lake lake)
{
    public S3Uri Write(QueryRun run, IReadOnlyList<S3Uri> files)
    {
        var file = lake.Scratch.NewFile();
        File.WriteAllLines(file, files.Select(f => f.ToString()));
        var uri = run.Request.ResultFile("-manifest.csv");
        lake.Adopt(uri, file);
        return uri;
    }
}
