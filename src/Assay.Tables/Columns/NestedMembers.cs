using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization.Metadata;

namespace Assay.Tables;

/// <summary>
/// Reads nested values as types of the user, by the rules that hold for the columns of a table: names match regardless of case and
/// underscores, and a parameter without a default must be there. The serializer knows one name for each member, so values are renamed
/// first.
/// </summary>
internal static class NestedMembers
{
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = JsonText.WhenTrimmed)]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = JsonText.WhenTrimmed)]
    public static object? Read(JsonElement json, Type type)
    {
        if (!MayHaveMembers(type)) return json.Deserialize(type, JsonText.ReadingOptions);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, JsonText.Writing)) Write(writer, json, type);
        return JsonSerializer.Deserialize(buffer.WrittenSpan, type, JsonText.ReadingOptions);
    }

    private static JsonTypeInfo Info(Type type) => JsonText.ReadingOptions.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type);

    private static bool MayHaveMembers(Type type)
    {
        JsonTypeInfo info = Info(type);
        return info.Kind == JsonTypeInfoKind.Object || info.ElementType is { } item && Info(item).Kind != JsonTypeInfoKind.None;
    }

    private static void Write(Utf8JsonWriter writer, JsonElement json, Type type)
    {
        JsonTypeInfo info = Info(type);
        switch (info.Kind, json.ValueKind)
        {
            case (JsonTypeInfoKind.Object, JsonValueKind.Object): WriteMembers(writer, json, info); break;
            case (JsonTypeInfoKind.Dictionary, JsonValueKind.Object):
                writer.WriteStartObject();
                foreach (JsonProperty entry in json.EnumerateObject())
                {
                    writer.WritePropertyName(entry.Name);
                    Write(writer, entry.Value, info.ElementType!);
                }

                writer.WriteEndObject();
                break;
            case (JsonTypeInfoKind.Enumerable, JsonValueKind.Array):
                writer.WriteStartArray();
                foreach (JsonElement item in json.EnumerateArray()) Write(writer, item, info.ElementType!);
                writer.WriteEndArray();
                break;
            default: json.WriteTo(writer); break;
        }
    }

    private static void WriteMembers(Utf8JsonWriter writer, JsonElement json, JsonTypeInfo info)
    {
        string[] names = json.EnumerateObject().Select(entry => entry.Name).Distinct(StringComparer.Ordinal).ToArray();
        var sources = new Dictionary<JsonPropertyInfo, string>();
        foreach (JsonPropertyInfo member in info.Properties)
        {
            if (member.IsExtensionData || member.Set is null && member.AssociatedParameter is null) continue;
            if (MemberNames.Find(member.Name, names) is { } name) sources.Add(member, name);
            else if (member.IsRequired || member.AssociatedParameter is { HasDefaultValue: false })
                throw new TableException($"There is nothing for '{member.Name}' of {info.Type.Name} in '{JsonText.Compact(json)}'; "
                    + "give the parameter a default where it may be missing.");
        }

        writer.WriteStartObject();
        // Other entries come first: the mark of a derived type must, and the rest is extension data.
        foreach (JsonProperty entry in json.EnumerateObject())
            if (!sources.ContainsValue(entry.Name)) entry.WriteTo(writer);
        foreach ((JsonPropertyInfo member, string name) in sources)
        {
            writer.WritePropertyName(member.Name);
            Write(writer, json.GetProperty(name), member.PropertyType);
        }

        writer.WriteEndObject();
    }
}

/// <summary>Which name in the data a member of a type takes its value from.</summary>
internal static class MemberNames
{
    /// <summary>The very name, or else the only one that differs in case and underscores alone; null where there is none.</summary>
    /// <exception cref="TableException">Several names differ in case and underscores alone.</exception>
    public static string? Find(string member, IReadOnlyCollection<string> names)
    {
        if (names.Contains(member, StringComparer.Ordinal)) return member;
        string plain = Plain(member);
        string[] fitting = names.Where(name => Plain(name) == plain).ToArray();
        return fitting.Length <= 1 ? fitting.FirstOrDefault() : throw new TableException(Ambiguous(member, fitting));
    }

    /// <summary>The message about several names that fit a member.</summary>
    public static string Ambiguous(string member, string[] names) => string.Join(" and ", names.Select(name => $"'{name}'"))
        + $" fit '{member}' equally well; name one of them exactly so, or drop or rename the others.";

    public static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();
}
