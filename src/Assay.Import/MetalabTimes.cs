using System.Globalization;

namespace Assay.Import;

/// <summary>Times of metalab: those of the clock on the wall where the run was, without a word of the zone. Not thread-safe.</summary>
internal sealed class MetalabTimes(TimeZoneInfo zone)
{
    public TimeZoneInfo Zone => zone;

    /// <summary>Times that a change of clocks made twice, or never.</summary>
    public int Doubtful { get; private set; }

    public DateTimeOffset? Parse(string? text)
    {
        if (text is null) return null;
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out DateTime time)) return null;
        // With a zone after all.
        if (time.Kind != DateTimeKind.Unspecified) return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset exact) ? exact.ToUniversalTime() : null;
        if (zone.IsAmbiguousTime(time) || zone.IsInvalidTime(time)) Doubtful++;
        return new DateTimeOffset(time, zone.GetUtcOffset(time)).ToUniversalTime();
    }
}
