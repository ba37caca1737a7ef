using System.Text;
using System.Text.Json;

namespace Assay;

/// <summary>Takes the rows of a segment out of it again, so that small ones can be put together without reading journals.</summary>
internal sealed class SegmentRows(RunSegment segment)
{
    private readonly LineChunk _chunk = new();

    /// <param name="isWanted">Whether rows of a journal still count.</param>
    public List<AttemptRow> Read(Func<int, bool> isWanted)
    {
        var rows = new List<AttemptRow>(segment.Rows);
        var from = new List<int>(segment.Rows);
        for (int i = 0; i < segment.Rows; i++)
        {
            if (!isWanted(segment.Journals[i])) continue;
            rows.Add(Lines(i));
            from.Add(i);
        }

        foreach (FieldKey key in segment.Fields) Copy(segment.Field(key)!, rows, from);
        return rows;
    }

    private AttemptRow Lines(int row)
    {
        UInt128 id = segment.Id(row);
        bool hasStart = segment.StartOffsets[row] >= 0, hasEnd = segment.EndOffsets[row] >= 0;
        if (hasStart)
        {
            _chunk.Starts.Add(new JournalLine
            {
                Kind = JournalKind.RunStart,
                RunId = id,
                Attempt = segment.Attempts[row],
                Status = RunStatus.Running,
                Speaks = false,
                Time = segment.StartedAt(row),
                Offset = segment.StartOffsets[row],
                Length = segment.StartLengths[row],
            });
        }

        if (hasEnd)
        {
            _chunk.Ends.Add(new JournalLine
            {
                Kind = JournalKind.RunEnd,
                RunId = id,
                Attempt = segment.Attempts[row],
                Status = (RunStatus)segment.Statuses[row],
                Speaks = segment.Speaks[row] != 0,
                Time = segment.EndedAt(row),
                Offset = segment.EndOffsets[row],
                Length = segment.EndLengths[row],
            });
        }

        return new AttemptRow(segment.Journals[row], hasStart ? _chunk : null, _chunk.Starts.Count - 1, hasEnd ? _chunk : null, _chunk.Ends.Count - 1);
    }

    private void Copy(FieldColumn column, List<AttemptRow> rows, List<int> from)
    {
        FieldBuffer? start = StartField(column.Key), end = EndField(column.Key);
        for (int i = 0; i < rows.Count; i++)
        {
            AttemptRow row = rows[i];
            // What both lines may say stands with the start, where there is one.
            if (row.HasStart && start is not null) Copy(column, from[i], start, row.StartRow);
            else if (row.HasEnd && end is not null) Copy(column, from[i], end, row.EndRow);
        }
    }

    private static void Copy(FieldColumn column, int from, FieldBuffer to, int row)
    {
        if (!column.Has(from)) return;
        if (!column.IsValid(from))
        {
            to.Set(row, CellKind.Null);
            return;
        }

        switch (column.Form)
        {
            case ColumnForm.Integer: to.Set(row, CellKind.Integer, column.Integers.Span[from]); break;
            case ColumnForm.Real: to.SetReal(row, column.Reals.Span[from]); break;
            case ColumnForm.Boolean: to.Set(row, column.Booleans.Span[from] ? CellKind.True : CellKind.False); break;
            case ColumnForm.Text: to.SetText(row, column.Texts.Utf8(column.Codes.Span[from])); break;
            default:
                ReadOnlySpan<byte> json = column.Texts.Utf8(column.Codes.Span[from]);
                var reader = new Utf8JsonReader(json);
                reader.Read();
                CellReader.Value(to, row, json, ref reader);
                break;
        }
    }

    private FieldBuffer? StartField(FieldKey key) => key.Place switch
    {
        FieldPlace.Param => _chunk.Params.Fields[Encoding.UTF8.GetBytes(key.Name)],
        FieldPlace.Label => _chunk.Labels[Encoding.UTF8.GetBytes(key.Name)],
        FieldPlace.Fixed => Array.Find(_chunk.StartFields, f => f.Key == key),
        _ => null,
    };

    private FieldBuffer? EndField(FieldKey key) => key.Place switch
    {
        FieldPlace.Metric => _chunk.Metrics[Encoding.UTF8.GetBytes(key.Name)],
        FieldPlace.Fixed => Array.Find(_chunk.EndFields, f => f.Key == key),
        _ => null,
    };
}
