using DocumentFormat.OpenXml.Spreadsheet;

namespace Assay.Excel;

/// <summary>How cells look. The numbers are the places of the formats in <see cref="Sheet"/>.</summary>
internal static class CellStyles
{
    public const uint Plain = 0, Header = 1, Timestamp = 2, Duration = 3;

    // Below 164 are those that are built in.
    private const uint TimestampFormat = 164, DurationFormat = 165;

    public static Stylesheet Sheet() => new(
        new NumberingFormats(
            new NumberingFormat { NumberFormatId = TimestampFormat, FormatCode = "yyyy\\-mm\\-dd\\ hh:mm:ss.000" },
            new NumberingFormat { NumberFormatId = DurationFormat, FormatCode = "[h]:mm:ss.000" })
        { Count = 2 },
        new Fonts(new Font(), new Font(new Bold())) { Count = 2 },
        // The first two fills are fixed.
        new Fills(
            new Fill(new PatternFill { PatternType = PatternValues.None }),
            new Fill(new PatternFill { PatternType = PatternValues.Gray125 }))
        { Count = 2 },
        new Borders(new Border()) { Count = 1 },
        new CellStyleFormats(new CellFormat()) { Count = 1 },
        new CellFormats(
            new CellFormat(),
            new CellFormat { FontId = 1, ApplyFont = true },
            new CellFormat { NumberFormatId = TimestampFormat, ApplyNumberFormat = true },
            new CellFormat { NumberFormatId = DurationFormat, ApplyNumberFormat = true })
        { Count = 4 });
}
