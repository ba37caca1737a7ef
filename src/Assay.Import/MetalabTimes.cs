using System.Globalization;

namespace Assay.Import;

/// <summary>Times of metalab: local times of the machine that ran, without a zone. Not thread-safe.</summary>
internal sealed class MetalabTimes(TimeZoneInfo zone)
{
    public TimeZoneInfo Zone => zone;

    /// <summary>The number of times that occurred twice or never, because the clocks were changed.</summary>
    public int Doubtful { get; private set; }

    public DateTimeOffset? Parse(string? text)
    {
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out DateTime time)) return null;
        // With a zone after all.
        if (time.Kind != DateTimeKind.Unspecified)
        {
            return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset exact)
                ? exact.ToUniversalTime() : null;
        }

        if (zone.IsAmbiguousTime(time) || zone.IsInvalidTime(time)) Doubtful++;
        return new DateTimeOffset(time, zone.GetUtcOffset(time)).ToUniversalTime();
    }
}
