namespace Assay.Chat;

/// <summary>What follows a step.</summary>
public enum Next
{
    /// <summary>The run is over and is evaluated.</summary>
    Stop,

    /// <summary>The step is called again.</summary>
    Continue,
}
