using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using Stedi.DevStack.Landing;
using Stedi.DevStack.Landing.Expectations;
using Stedi.DevStack.Landing.Model;
using Stedi.Temporal.Worker.Cli;
using Stedi.Temporal.Worker.Cli.Output;
using Stedi.Temporal.Worker.Hosting;
using Stedi.Temporal.Workflows.Contracts;

namespace Stedi.Temporal.Worker.Local;

/// <summary><c>stedi generate</c>: generates landing data of any size, optionally with defects.</summary>
internal static partial class GenerateCommand
{
    public static Command Create(CommandContext context)
    {
        var directory = new Argument<string>("dir") { HelpName = "DIR", Description = "The folder to fill; it must be empty or absent." };
        var scale = new Option<double>("--scale") { HelpName = "N", Description = "The size, up to 100: 1 is 956 customers and 110,000 readings (10 MB).", DefaultValueFactory = _ => 1 };
        var seed = new Option<int>("--seed") { HelpName = "N", Description = "Another seed makes other data of the same shape.", DefaultValueFactory = _ => 1 };
        var json = CommonOptions.Json("Print what is true of the data as JSON.");
        var defects = Enum.GetValues<LandingDefects>().Where(defect => defect != LandingDefects.None)
            .ToDictionary(defect => defect, defect => new Option<bool>("--" + Kebab(defect.ToString())) { Description = DefectDescriptions.Of(defect) });
        var command = new Command("generate", "Makes landing data with the shape of the published STEDI data and none of its values, and says what a run makes of it.") { directory, scale, seed, json };
        foreach (var option in defects.Values)
        {
            command.Add(option);
        }

        command.AddExamples(
            ("generate my-data --scale 10", "Ten times the published size."),
            ("generate damaged --malformed-lines --shared-devices", "Data with two kinds of defects."),
            ("--landing my-data", "Then run on it."));
        command.SetHandledAction(context, async (parsed, cancellationToken) =>
        {
            var target = Path.GetFullPath(parsed.GetRequiredValue(directory), context.Directory);
            if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any())
            {
                throw new CommandException($"The folder {parsed.GetValue(directory)} is not empty.", "Name another one: nothing is overwritten.");
            }

            var options = new LandingOptions
            {
                Scale = parsed.GetValue(scale),
                Seed = parsed.GetValue(seed),
                Defects = defects.Where(defect => parsed.GetValue(defect.Value)).Aggregate(LandingDefects.None, (all, defect) => all | defect.Key),
            };
            var expected = await WriteAsync(context, target, options, cancellationToken);
            context.Terminal.Output.WriteLine(parsed.GetValue(json) ? JsonOutput.Serialize(ExpectedReport.Of(expected)) : Describe(expected));
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task<ExpectedResults> WriteAsync(CommandContext context, string target, LandingOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await ProgressBar.ShowAsync(context.Terminal, "Generating", context.Time, report =>
                LandingGenerator.WriteAsync(target, options, new GenerationProgress(report), cancellationToken));
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new CommandException(e.Message.Split(" (Parameter")[0], "Choose another --scale.") { ExitCode = ExitCodes.Usage };
        }
    }

    private static string Describe(ExpectedResults expected) => string.Create(CultureInfo.InvariantCulture, $"""
        customer       {expected.Customer.Rows,10:N0} rows {expected.Customer.RejectedLines,8:N0} bad lines {expected.Customer.Files,6:N0} files {NumberFormat.Bytes(expected.Customer.Bytes),9}
        accelerometer  {expected.Accelerometer.Rows,10:N0} rows {expected.Accelerometer.RejectedLines,8:N0} bad lines {expected.Accelerometer.Files,6:N0} files {NumberFormat.Bytes(expected.Accelerometer.Bytes),9}
        step_trainer   {expected.StepTrainer.Rows,10:N0} rows {expected.StepTrainer.RejectedLines,8:N0} bad lines {expected.StepTrainer.Files,6:N0} files {NumberFormat.Bytes(expected.StepTrainer.Bytes),9}

        {(expected.StopsRun ? "A run stops; without that: " : "A run makes of it          ")}       Given   AtReading
        customer_trusted           {expected.Given.CustomerTrusted,12:N0}{expected.AtReading.CustomerTrusted,12:N0}
        accelerometer_trusted      {expected.Given.AccelerometerTrusted,12:N0}{expected.AtReading.AccelerometerTrusted,12:N0}
        customers_curated          {expected.Given.CustomersCurated,12:N0}{expected.AtReading.CustomersCurated,12:N0}
        step_trainer_trusted       {expected.Given.StepTrainerTrusted,12:N0}{expected.AtReading.StepTrainerTrusted,12:N0}
        machine_learning_curated   {expected.Given.MachineLearningCurated,12:N0}{expected.AtReading.MachineLearningCurated,12:N0}
        """);

    private static string Kebab(string name) => Word().Replace(name, "-$1").ToLowerInvariant();

    [GeneratedRegex("(?<!^)([A-Z])")]
    private static partial Regex Word();
}

/// <summary>The expected results of a run over generated data, with the report's names.</summary>
/// <param name="Landing">The generated files and lines of each source.</param>
/// <param name="StopsRun">Whether a run over the data stops and publishes nothing.</param>
/// <param name="WithheldPeople">The people who are withheld because their records are in doubt, by reason.</param>
/// <param name="Given">The rows of each table under the policy Given.</param>
/// <param name="AtReading">The rows of each table under the policy AtReading.</param>
/// <param name="LeftOut">The rows left out under the policy Given, by table and reason.</param>
/// <param name="LeftOutAtReading">The rows left out under the policy AtReading, by table and reason.</param>
internal sealed record ExpectedReport(
    IReadOnlyDictionary<string, ExpectedSource> Landing,
    bool StopsRun,
    IReadOnlyDictionary<string, long> WithheldPeople,
    IReadOnlyDictionary<string, long> Given,
    IReadOnlyDictionary<string, long> AtReading,
    IReadOnlyList<LeftOutRows> LeftOut,
    IReadOnlyList<LeftOutRows> LeftOutAtReading)
{
    public static ExpectedReport Of(ExpectedResults expected) => new(
        new Dictionary<string, ExpectedSource>
        {
            [LandingSources.Customer] = expected.Customer,
            [LandingSources.Accelerometer] = expected.Accelerometer,
            [LandingSources.StepTrainer] = expected.StepTrainer,
        },
        expected.StopsRun,
        expected.WithheldPeople,
        Tables(expected.Given),
        Tables(expected.AtReading),
        Missing(expected.Given),
        Missing(expected.AtReading));

    private static Dictionary<string, long> Tables(ExpectedTables expected) => new()
    {
        [LakeTables.CustomerTrusted] = expected.CustomerTrusted,
        [LakeTables.AccelerometerTrusted] = expected.AccelerometerTrusted,
        [LakeTables.CustomersCurated] = expected.CustomersCurated,
        [LakeTables.StepTrainerTrusted] = expected.StepTrainerTrusted,
        [LakeTables.MachineLearningCurated] = expected.MachineLearningCurated,
    };

    private static List<LeftOutRows> Missing(ExpectedTables expected) => [.. expected.LeftOut.Select(part => new LeftOutRows(part.Key.Table, part.Key.Reason, part.Value))];
}
