namespace Assay;

/// <summary>The user's code for one run, either synchronous or asynchronous.</summary>
internal sealed record Operation<T>(Delegate UserCode, Action<T, RunContext>? Sync, Func<T, RunContext, Task>? Async)
{
    /// <summary>The name of the delegate's parameter, which names the column of single-value parameters. "value" for a discard.</summary>
    public string ParameterName
    {
        get
        {
            string? name = UserCode.Method.GetParameters().FirstOrDefault(p => p.ParameterType == typeof(T))?.Name;
            return string.IsNullOrEmpty(name?.Trim('_')) || name.Contains('<', StringComparison.Ordinal) ? "value" : name;
        }
    }
}
