namespace Assay.Messages;

/// <summary>Statuses as they stand in journals, tables and filters.</summary>
public static class RunStatusText
{
    /// <summary>The status in lower case, as UTF-8.</summary>
    public static ReadOnlySpan<byte> Of(RunStatus status) => status switch
    {
        RunStatus.Success => "success"u8,
        RunStatus.Failed => "failed"u8,
        RunStatus.Cancelled => "cancelled"u8,
        RunStatus.Running => "running"u8,
        _ => "interrupted"u8,
    };

    /// <summary>The status in lower case.</summary>
    public static string Text(RunStatus status) => System.Text.Encoding.UTF8.GetString(Of(status));
}
