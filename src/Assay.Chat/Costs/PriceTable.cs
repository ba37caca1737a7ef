using System.Text.Json;

namespace Assay.Chat;

/// <summary>What a model costs, for a million tokens, in any currency as long as it is one.</summary>
/// <param name="Input">Tokens of messages.</param>
/// <param name="Output">Tokens of answers.</param>
public sealed record ModelPrice(decimal Input, decimal Output)
{
    /// <summary>Tokens of messages that the provider had in its cache. Default: as <see cref="Input"/>.</summary>
    public decimal? CachedInput { get; init; }

    /// <summary>The cost of some tokens.</summary>
    public decimal Of(TokenUsage usage)
    {
        long cached = Math.Min(usage.CachedInput, usage.Input);
        return ((usage.Input - cached) * Input + cached * (CachedInput ?? Input) + usage.Output * Output) / 1_000_000;
    }
}

/// <summary>Prices by model. They are the user's: none are built in, because they change. Immutable.</summary>
/// <param name="prices">The prices by the names of models, as calls name them; casing matters.</param>
public sealed class PriceTable(IReadOnlyDictionary<string, ModelPrice> prices)
{
    /// <summary>No prices.</summary>
    public static PriceTable Empty { get; } = new(new Dictionary<string, ModelPrice>());

    private readonly Dictionary<string, ModelPrice> _prices = new(prices, StringComparer.Ordinal);

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => _prices.Count == 0;

    /// <summary>The models with a price.</summary>
    public IReadOnlyCollection<string> Models => _prices.Keys;

    /// <summary>The price of a model; null without one.</summary>
    public ModelPrice? Find(string? model) => model is null ? null : _prices.GetValueOrDefault(model);

    /// <summary>Reads <c>{"gpt-5": {"input": 1.25, "output": 10, "cached_input": 0.125}}</c>, each for a million tokens.</summary>
    /// <exception cref="AssayException">The text is not of this form.</exception>
    public static PriceTable Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            return new PriceTable(JsonElement.Parse(json).EnumerateObject().ToDictionary(model => model.Name, model =>
                new ModelPrice(model.Value.GetProperty("input").GetDecimal(), model.Value.GetProperty("output").GetDecimal())
                {
                    CachedInput = model.Value.TryGetProperty("cached_input", out JsonElement cached) ? cached.GetDecimal() : null,
                }));
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new AssayException($"the prices cannot be read: {fault.Message} Expected "
                + "{\"MODEL\": {\"input\": 1.25, \"output\": 10, \"cached_input\": 0.125}}, each for a million tokens.", fault);
        }
    }
}
