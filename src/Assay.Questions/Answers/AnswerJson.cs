using System.Text.Json.Nodes;

namespace Assay.Questions;

/// <summary>An answer as JSON that is never longer than a bound, and says what is missing.</summary>
internal static class AnswerJson
{
    private const int LongestElement = 12_000, MostRemarks = 12, LongestRemark = 1500;

    public static JsonObject Of(JsonObject body, Answer answer, QuestionCall call)
    {
        // Some reports have remarks of their own.
        List<string> remarks =
            [.. (body["remarks"] as JsonArray ?? []).Select(r => r!.GetValue<string>()), .. answer.Remarks, .. call.Remarks];
        if (answer.Report is RunsReport { EarlierLeftOut: > 0 and var left })
            remarks.Add(EarlierRuns.LeftOut(left, RunParameters.Earlier.Name));
        body.Remove("remarks");
        if (answer.Damaged > 0)
            remarks.Add($"{Words.Count(answer.Damaged, "damaged line was", "damaged lines were")} skipped; "
                + "'assay doctor' at a shell says which.");
        var cuts = new List<string>();
        string? next = null;
        if (answer.List is { } list && body[list.Name] is JsonArray rows)
            next = Page(body, list.Name, rows, kept => list.Next(kept, call), cuts);
        else Shrinking.Shrink(body, Question.LongestToolAnswer, cuts);
        if (cuts.Count > 0) remarks.Add(Cuts(cuts, answer.Rest));
        if (answer.List is not null) body["next_cursor"] = next;
        if (next is not null) remarks.Add("There is more: call again with the same arguments and this next_cursor as cursor.");
        body["remarks"] = Remarks(remarks);
        return body;
    }

    private static string? Page(JsonObject body, string list, JsonArray rows, Func<int, string?> next, List<string> cuts)
    {
        body[list] = new JsonArray();
        int given = rows.Count, left = Question.LongestToolAnswer - Shrinking.Shrink(body, Question.LongestToolAnswer / 2, cuts), kept = 0;
        var page = new JsonArray();
        while (rows.Count > 0 && rows[0] is var row)
        {
            rows.RemoveAt(0);
            var here = new List<string>();
            int size = row is null ? 4 : Shrinking.Shrink(row, LongestElement, here, $"{list}[{kept}]");
            if (kept > 0 && size + 1 > left) break;
            left -= size + 1;
            cuts.AddRange(here);
            page.Add(row);
            kept++;
        }

        body[list] = page;
        if (kept < given && body.ContainsKey("shown")) body["shown"] = kept;
        string? cursor = next(kept);
        // What has no pages is not finished by the next one.
        if (kept < given && cursor is null) cuts.Add($"{list} has {Words.Number(kept)} of {Words.Count(given, "element")}");
        return cursor;
    }

    private static JsonArray Remarks(List<string> remarks)
    {
        IEnumerable<string> shown = remarks.Count <= MostRemarks ? remarks : [
            .. remarks[..(MostRemarks / 2)], $"({Words.Number(remarks.Count - MostRemarks)} more remarks)",
            .. remarks[^(MostRemarks / 2)..]];
        return [.. shown.Select(r => (JsonNode)Words.Cut(r, LongestRemark))];
    }

    private static string Cuts(List<string> cuts, string rest)
    {
        const int Most = 8;
        string more = cuts.Count > Most ? $"; and {Words.Count(cuts.Count - Most, "more place")}" : "";
        string places = string.Join("; ", cuts.Take(Most)) + more;
        return $"Cut to keep the answer short: {places}.{(rest.Length > 0 ? " " + rest : "")}";
    }
}
