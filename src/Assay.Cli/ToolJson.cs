using System.Text.Json;
using System.Text.Json.Serialization;

namespace Assay.Cli;

/// <summary>The types of the answers of this assembly, for JSON without reflection.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(ImportReport))]
[JsonSerializable(typeof(SkillReport))]
internal sealed partial class ToolJson : JsonSerializerContext
{
    /// <summary>As answers are written.</summary>
    public static JsonSerializerOptions ForAnswers => field ??= JsonText.With(Default);
}
