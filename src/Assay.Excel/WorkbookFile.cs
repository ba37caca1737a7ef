using System.IO.Compression;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Assay.Excel;

/// <summary>
/// The parts of a workbook around its sheet. The library would hold the whole sheet in memory until the file is closed; so it makes a
/// workbook with an empty sheet, whose parts are copied, and the sheet is written in between, straight to the stream.
/// </summary>
internal static class WorkbookFile
{
    // Zip knows no earlier time. One table gives one file.
    private static readonly DateTimeOffset Written = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void Write(Stream stream, string sheetName, Action<Stream> writeSheet)
    {
        using MemoryStream frame = Frame(sheetName, out string sheetPath);
        using var parts = new ZipArchive(frame, ZipArchiveMode.Read);
        using var file = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (ZipArchiveEntry part in parts.Entries)
        {
            ZipArchiveEntry entry = file.CreateEntry(part.FullName, CompressionLevel.Fastest);
            entry.LastWriteTime = Written;
            using Stream target = entry.Open();
            if (part.FullName == sheetPath)
            {
                writeSheet(target);
                continue;
            }

            using Stream source = part.Open();
            source.CopyTo(target);
        }
    }

    private static MemoryStream Frame(string sheetName, out string sheetPath)
    {
        var frame = new MemoryStream();
        using (SpreadsheetDocument document = SpreadsheetDocument.Create(frame, SpreadsheetDocumentType.Workbook))
        {
            WorkbookPart workbook = document.AddWorkbookPart();
            // Ids are random unless they are given.
            document.ChangeIdOfPart(workbook, "rId1");
            WorksheetPart sheet = workbook.AddNewPart<WorksheetPart>("rId1");
            sheet.Worksheet = new Worksheet(new SheetData());
            workbook.AddNewPart<WorkbookStylesPart>("rId2").Stylesheet = CellStyles.Sheet();
            workbook.Workbook = new Workbook(new Sheets(new Sheet { Name = sheetName, SheetId = 1, Id = "rId1" }));
            sheetPath = sheet.Uri.OriginalString.TrimStart('/');
        }

        frame.Position = 0;
        return frame;
    }
}

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
