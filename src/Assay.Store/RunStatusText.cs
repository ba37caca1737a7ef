namespace Assay;

/// <summary>Statuses as they stand in journals, tables and filters.</summary>
internal static class RunStatusText
{
    public static ReadOnlySpan<byte> Of(RunStatus status) => status switch
    {
        RunStatus.Success => "success"u8,
        RunStatus.Failed => "failed"u8,
        RunStatus.Cancelled => "cancelled"u8,
        RunStatus.Running => "running"u8,
        _ => "interrupted"u8,
    };

    public static string Text(RunStatus status) => System.Text.Encoding.UTF8.GetString(Of(status));
}
