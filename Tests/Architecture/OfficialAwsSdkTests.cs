using System.Diagnostics;
using System.Text.Json;
using Stedi.Testing;

namespace Stedi.Architecture.Tests;

/// <summary>The switch from Aws/ to the official packages, as docs/aws.md describes it.</summary>
public sealed class OfficialAwsSdkTests
{
    [Theory]
    [InlineData("", false)]
    [InlineData("-p:UseOfficialAwsSdk=true", true)]
    public async Task Activities_EvaluatedWithTheSwitch_ReferenceTheOfficialPackagesInsteadOfOurs(string option, bool official)
    {
        var items = await EvaluateAsync(Path.Combine(Repository.Root, "Activities", "Stedi.Temporal.Activities.csproj"), option);

        items["PackageReference"].Where(name => name is "AWSSDK.Glue" or "AWSSDK.Athena").ShouldBe(official ? ["AWSSDK.Glue", "AWSSDK.Athena"] : []);
        items["ProjectReference"].Any(name => name.EndsWith("Stedi.Aws.csproj", StringComparison.Ordinal)).ShouldBe(!official);
    }

    private static async Task<Dictionary<string, List<string>>> EvaluateAsync(string project, string option)
    {
        string[] arguments = ["msbuild", project, "-getItem:PackageReference", "-getItem:ProjectReference", .. option.Length > 0 ? [option] : Array.Empty<string>()];
        using var msbuild = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        var output = await msbuild.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await msbuild.WaitForExitAsync(TestContext.Current.CancellationToken);
        msbuild.ExitCode.ShouldBe(0, output);
        using var document = JsonDocument.Parse(output);
        return document.RootElement.GetProperty("Items").EnumerateObject()
            .ToDictionary(list => list.Name, list => list.Value.EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!).ToList());
    }
}
