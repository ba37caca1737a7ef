using System.Text.Json;
using System.Text.Json.Serialization;

namespace Assay.Analysis.Figures;

/// <summary>Figures as JSON.</summary>
internal static class FigureJson
{
    public static string Write(Figure figure) => JsonSerializer.Serialize(figure, FigureJsonContext.Default.Figure);

    public static Figure Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            return JsonSerializer.Deserialize(json, FigureJsonContext.Default.Figure)
                ?? throw new AssayException("The text is no figure: it is 'null'. Expected what Figure.ToJson writes.");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new AssayException($"The text is no figure: {e.Message} Expected what Figure.ToJson writes.", e);
        }
    }
}

// A heatmap has cells without a value, and an error bar may be missing: JSON writes them as "NaN".
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Figure))]
internal sealed partial class FigureJsonContext : JsonSerializerContext;
