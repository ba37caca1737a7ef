namespace Assay;

/// <summary>The display of progress on standard error.</summary>
public enum ProgressMode
{
    /// <summary>A bar if standard error is a terminal, otherwise plain lines. The default.</summary>
    Auto,

    /// <summary>Warnings only.</summary>
    None,

    /// <summary>A bar with the numbers of finished and all runs, the rate, the remaining time, failures and metrics.</summary>
    Bar,

    /// <summary>Plain lines: the first after two seconds, further ones after pauses that double up to a minute, one at the end.</summary>
    Lines,
}
