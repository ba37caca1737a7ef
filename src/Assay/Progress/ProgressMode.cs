namespace Assay;

/// <summary>What is shown on standard error while runs go on.</summary>
public enum ProgressMode
{
    /// <summary>A bar when standard error is a terminal, plain lines when it is redirected.</summary>
    Auto,

    /// <summary>Nothing but warnings.</summary>
    None,

    /// <summary>A bar with done and total, rate, time left, failures and metrics.</summary>
    Bar,

    /// <summary>A line now and then: at most one a second, and more rarely as time goes on.</summary>
    Lines,
}
