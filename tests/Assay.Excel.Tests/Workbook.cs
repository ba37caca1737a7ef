using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;

namespace Assay.Excel.Tests;

/// <summary>A workbook read back with the library, which also checks it against the schema of the format.</summary>
internal sealed class Workbook : IDisposable
{
    private readonly SpreadsheetDocument _document;

    public Workbook(Table table, ExcelOptions? options = null)
    {
        using var written = new MemoryStream();
        new ExcelWriter(options ?? new()).Write(table, new ForwardOnly(written));
        Bytes = written.ToArray();
        _document = SpreadsheetDocument.Open(new MemoryStream(Bytes), isEditable: false);
        Assert.Empty(new OpenXmlValidator().Validate(_document).Select(error => $"{error.Path?.XPath}: {error.Description}"));
        Rows = [.. Sheet.Descendants<Row>().Select(row => row.Elements<Cell>().ToDictionary(cell => cell.CellReference!.Value!))];
    }

    public byte[] Bytes { get; }

    public Dictionary<string, Cell>[] Rows { get; }

    public string SheetName => _document.WorkbookPart!.Workbook.Descendants<Sheet>().Single().Name!;

    public Worksheet Sheet => _document.WorkbookPart!.WorksheetParts.Single().Worksheet;

    /// <summary>Type, content and style of a cell, e.g. <c>n 12.5 s0</c>; empty where there is none.</summary>
    public string this[string reference] => Rows.SelectMany(row => row).FirstOrDefault(cell => cell.Key == reference).Value is { } found
        ? $"{found.DataType?.InnerText ?? "n"} {found.InnerText} s{found.StyleIndex?.Value ?? 0}"
        : "";

    public void Dispose() => _document.Dispose();

    /// <summary>Like a pipe: can only be written, from front to back.</summary>
    private sealed class ForwardOnly(Stream inner) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() => inner.Flush();

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
