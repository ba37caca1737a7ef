namespace Assay.Tests;

/// <summary>A clock that goes on by so much whenever somebody looks at its timestamp, and never otherwise.</summary>
internal sealed class SteppingClock(TimeSpan step) : TimeProvider
{
    private long _ticks = new DateTime(2026, 2, 3, 4, 5, 6, DateTimeKind.Utc).Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Add(ref _ticks, step.Ticks);

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);
}
