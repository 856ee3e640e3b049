using System.Text.Json;

namespace Stedi.DevStack.Temporal.Http;

/// <summary>The settings that the official Web UI reads from its own server.</summary>
internal static class UiSettings
{
    // From 2.23 on the UI escapes path segments once. The settings below were recorded with this version.
    private const string UiVersion = "2.53.3";

    public static string Json(string defaultNamespace) => JsonSerializer.Serialize(new
    {
        Auth = new { Enabled = false, Options = (string[]?)null },
        BannerText = "",
        DefaultNamespace = defaultNamespace,
        ShowTemporalSystemNamespace = false,
        FeedbackURL = "",
        NotifyOnNewVersion = false,
        Codec = new { Endpoint = "", PassAccessToken = false, IncludeCredentials = false },
        Version = UiVersion,
        DisableNewsFetch = true,
        DisableWriteActions = false,
        WorkflowTerminateDisabled = false,
        WorkflowCancelDisabled = false,
        WorkflowSignalDisabled = false,
        WorkflowUpdateDisabled = false,
        WorkflowResetDisabled = false,
        WorkflowPauseDisabled = false,
        BatchActionsDisabled = true,
        StartWorkflowDisabled = false,
        HideWorkflowQueryErrors = false,
        RefreshWorkflowCountsDisabled = false,
        ActivityCommandsDisabled = false,
    });
}
