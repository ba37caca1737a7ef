using System.Collections.Concurrent;
using Microsoft.Extensions.AI;

namespace Assay.Chat;

/// <summary>Stops single runs while they execute, and changes what their calls begin with. By index in the plan. Thread-safe.</summary>
internal sealed class RunControl
{
    private readonly ConcurrentDictionary<long, CancellationTokenSource> _live = [];
    private readonly ConcurrentDictionary<long, ChatEdit> _edits = [];

    public IReadOnlyCollection<long> Live => [.. _live.Keys];

    public CancellationTokenSource Enter(long index, CancellationToken run) =>
        _live[index] = CancellationTokenSource.CreateLinkedTokenSource(run);

    public void Leave(long index) => _live.TryRemove(index, out _);

    /// <returns>False when the run is not executing.</returns>
    public bool Stop(long index)
    {
        if (!_live.TryGetValue(index, out CancellationTokenSource? run)) return false;
        try
        {
            run.Cancel();
            return true;
        }
        catch (ObjectDisposedException)
        {
            // It ended in between.
            return false;
        }
    }

    public ChatEdit? EditOf(long index) => _edits.GetValueOrDefault(index);

    public void Edit(long index, Func<ChatEdit, ChatEdit> change) => _edits[index] = change(EditOf(index) ?? new ChatEdit());

    public void Clear() => _edits.Clear();
}

/// <summary>What is changed of a run after its setup. Immutable.</summary>
internal sealed record ChatEdit
{
    /// <summary>The names that can be edited.</summary>
    public static IReadOnlyList<string> Names { get; } = ["system", "model", "temperature", "top_p", "max_tokens", "seed"];

    public string? System { get; init; }

    public string? Model { get; init; }

    public double? Temperature { get; init; }

    public double? TopP { get; init; }

    public long? MaxTokens { get; init; }

    public long? Seed { get; init; }

    /// <exception cref="AssayException">There is no such name, or the value is of another type.</exception>
    public static Func<ChatEdit, ChatEdit> Parse(string name, string value)
    {
        switch (name)
        {
            case "system": return edit => edit with { System = value };
            case "model": return edit => edit with { Model = value };
            case "temperature" when Number(value, 0, 100) is { } number: return edit => edit with { Temperature = number };
            case "top_p" when Number(value, 0, 1) is { } number: return edit => edit with { TopP = number };
            case "max_tokens" when Number(value, 1, int.MaxValue) is { } number && number == Math.Floor(number):
                return edit => edit with { MaxTokens = (long)number };
            case "seed" when long.TryParse(value, out long seed): return edit => edit with { Seed = seed };
            default:
                throw new AssayException(Names.Contains(name)
                    ? $"edit: the {name} is '{Printable.Line(value)}'; expected {(name is "seed" or "max_tokens" ? "a whole number"
                        : name == "top_p" ? "a number from 0 to 1" : "a number from 0")}."
                    : $"edit: there is no '{Printable.Line(name)}' to edit; expected one of {string.Join(", ", Names)}.");
        }
    }

    public void Apply(ChatRun run)
    {
        if (System is not null)
        {
            int place = run.Context.FindIndex(message => message.Role == ChatRole.System);
            var message = new ChatMessage(ChatRole.System, System);
            if (place >= 0) run.Context[place] = message;
            else run.Context.Insert(0, message);
        }

        run.Options.ModelId = Model ?? run.Options.ModelId;
        run.Options.Temperature = (float?)Temperature ?? run.Options.Temperature;
        run.Options.TopP = (float?)TopP ?? run.Options.TopP;
        run.Options.MaxOutputTokens = (int?)MaxTokens ?? run.Options.MaxOutputTokens;
        run.Options.Seed = Seed ?? run.Options.Seed;
        run.Log($"edited: {this}");
    }

    public override string ToString()
    {
        (string Name, object? Value)[] all =
        [
            ("system", System), ("model", Model), ("temperature", Temperature), ("top_p", TopP), ("max_tokens", MaxTokens), ("seed", Seed),
        ];
        return string.Join(", ", all.Where(part => part.Value is not null)
            .Select(part => FormattableString.Invariant($"{part.Name} = {part.Value}")));
    }

    private static double? Number(string text, double least, double most) =>
        double.TryParse(text, global::System.Globalization.CultureInfo.InvariantCulture, out double number) && number >= least
            && number <= most ? number : null;
}
