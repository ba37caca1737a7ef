namespace Assay.Names;

/// <summary>The language of conditions and names in Markdown: the same words in the reference and in the skill.</summary>
public static class ConditionHelp
{
    /// <summary>The names that lead to values of a run.</summary>
    public static string Names { get; } = $"""
        A name leads to a value of a run, the same in `--where`, `--sort`, `--columns`, `--by`, `best`, `history` and `select`:

        | name | leads to |
        |---|---|
        | `accuracy` | the metric, parameter or label; else the series, metadata or tracked value of that name, the first the run has |
        | `params.lr`, `metrics.accuracy`, `labels.x`, `metadata.x.y`, `series.loss`, `git.commit`, `fingerprints.code` | the value there |
        | `metrics.acc`, `tracked.metrics.acc` | the last value the run tracked at that path; `tracked.` makes sure of it |
        | `layers[].size`, `layers[0].size` | every element of a list, or one |
        | `tracked["a.b"].c` | a key with a dot or a space in it |

        Casing and underscores do not matter unless two names differ by nothing else. A name alone that means a metric and also a parameter
        or label of one run is refused: say `metrics.NAME` or
        `params.NAME`. Facts every run has: {string.Join(", ", BuiltInField.All.Select(f => $"`{f.Name}`"))}; a metric of such a name is
        `metrics.NAME`. Of what is recorded over time the last value counts.
        """;

    /// <summary>The language of conditions.</summary>
    public static string Conditions { get; } = """
        | in a condition | means |
        |---|---|
        | `lr > 0.01`, `=`, `!=`, `<`, `<=`, `>=` | compares numbers, texts, times; what cannot be compared is never true |
        | `and`, `or`, `not`, `( )` | joins; `not` binds closest, then `and` |
        | `opt = 'adam'` | text stands in quotes; `status = failed` and other facts do without |
        | `opt ~ 'ada'`, `tags contains 'tuned'`, `!~` | text holds the part, in any casing; a list has the element |
        | `lr in (0.1, 0.2)`, `not in` | is one of them |
        | `loss = nan`, `inf`, `x = null`, `true` | NaN is only found so: it is neither more nor less than anything |
        | `accuracy is missing`, `is not missing` | whether the run has a value at all; without one every comparison, `!=` too, is false |
        | `started >= '2026-01-31'`, `started > 3d` | UTC, or so long ago; `duration > 90s` |
        | `layers[].size > 3`, `tags = a` | holds when it does for one element; `!=` when none is equal |
        | `dirty`, `not dirty` | a name alone holds when its value is true |
        """;
}
