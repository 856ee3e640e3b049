namespace Stedi.Temporal.Tests.DevStack.Aws;

/// <summary>Runs a script under Node.js with packages that the machine may have; a test without them is skipped.</summary>
internal static class NodeScript
{
    /// <summary>Names the folder that the packages were installed in.</summary>
    private const string Folder = "STEDI_NODE_CLIENTS";

    /// <summary>Runs it to its end and returns what it printed.</summary>
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
