using Microsoft.Extensions.Logging;

namespace Assay;

/// <summary>An <see cref="ILogger"/> whose messages become log lines of one run. Scopes are not kept.</summary>
internal sealed class RunLogger(RunCapture run) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel)) return;
        string message = formatter(state, exception);
        run.Log(exception is null ? message : $"{message}\n{ExceptionText.Text(exception)}", logLevel);
    }

    public static ReadOnlySpan<byte> LevelName(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace"u8,
        LogLevel.Debug => "debug"u8,
        LogLevel.Warning => "warning"u8,
        LogLevel.Error => "error"u8,
        LogLevel.Critical => "critical"u8,
        _ => "information"u8,
    };
}
