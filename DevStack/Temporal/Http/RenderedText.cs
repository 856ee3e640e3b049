using System.Net;
using Microsoft.AspNetCore.Http;

namespace Stedi.DevStack.Temporal.Http;

/// <summary>
/// The frame in which the Web UI shows summaries and details of workflows. The Web UI's own server renders their Markdown;
/// this one shows the escaped source, so that no text can run a script on this origin.
/// </summary>
internal static class RenderedText
{
    public static Task WriteAsync(HttpContext context)
    {
        var isDark = context.Request.Query["theme"] == "dark";
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'";
        return context.Response.WriteAsync(
            $"""
            <!doctype html><html lang="en"><meta charset="utf-8"><title>Text</title>
            <style>body {"{"} margin: 8px; font: 14px/1.5 system-ui, sans-serif; white-space: pre-wrap; overflow-wrap: anywhere; color: {(isDark ? "#e6e9ee" : "#1a1f27")} {"}"}</style>
            <body>{WebUtility.HtmlEncode(context.Request.Query["content"])}</body></html>
            """);
    }
}
