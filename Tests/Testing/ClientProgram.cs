using System.Diagnostics;

namespace Stedi.Testing;

/// <summary>Runs an AWS client. The test is skipped if it is not installed.</summary>
internal static class ClientProgram
{
    /// <summary>Runs the program to its end and returns its output. The message of a failure has its error output.</summary>
    public static async Task<string> RunAsync(string program, IEnumerable<string> arguments, string? input = null, string? directory = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = directory ?? Path.GetTempPath() };
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("AWS_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["AWS_ACCESS_KEY_ID"] = "local";
        start.Environment["AWS_SECRET_ACCESS_KEY"] = "secret";
        start.Environment["AWS_DEFAULT_REGION"] = "us-east-1";
        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        start.Environment["NO_PROXY"] = "127.0.0.1";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var run = await CommandRun.OfProcessAsync(start, TimeSpan.FromSeconds(90), input ?? "");
        run.ExitCode.ShouldBe(0, $"{program} {string.Join(' ', arguments)}\n{run.Output}\n{run.Error}");
        return run.Output;
    }

    /// <summary>Returns the program's path, or skips the test.</summary>
    public static string Require(string path, string package)
    {
        Assert.SkipUnless(File.Exists(path), $"{path} is not there: apt-get install {package}");
        return path;
    }
}

/// <summary>Runs a script under Node.js with npm packages. The test is skipped if they are not installed.</summary>
internal static class NodeScript
{
    /// <summary>The variable that names the folder with the packages.</summary>
    private const string Folder = "STEDI_NODE_CLIENTS";

    /// <summary>Runs the script to its end and returns its output.</summary>
    /// <param name="script">The script, in CommonJS.</param>
    /// <param name="packages">The npm packages that it needs.</param>
    /// <param name="arguments">Its arguments.</param>
    public static Task<string> RunAsync(string script, IEnumerable<string> packages, params IEnumerable<string> arguments)
    {
        var node = ClientProgram.Require("/usr/bin/node", "nodejs");
        var folder = Environment.GetEnvironmentVariable(Folder) ?? "";
        foreach (var package in packages)
        {
            Assert.SkipUnless(Directory.Exists(Path.Combine(folder, "node_modules", package)), $"{package} is not there: npm install it in a folder and name that in {Folder}");
        }

        return ClientProgram.RunAsync(node, ["--input-type=commonjs", "-", .. arguments], script, folder);
    }
}
