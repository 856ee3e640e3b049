namespace Stedi.DevStack.Aws.Athena.Results;

/// <summary>The text files of DDL and SHOW statements: a row a line, values between tabs.</summary>
internal static class TextLines
{
    public static (List<string?[]> Rows, long Next) Read(Stream file, long offset, int max)
    {
        file.Position = 0;
        var lines = new StreamReader(file).ReadToEnd().Split('\n', StringSplitOptions.None).SkipLast(1).ToList();
        // Such files are short: a token counts lines here.
        var page = lines.Skip((int)Math.Min(offset, int.MaxValue)).Take(max).Select(l => (string?[])l.Split('\t')).ToList();
        return (page, offset + page.Count < lines.Count ? offset + page.Count : -1);
    }
}
