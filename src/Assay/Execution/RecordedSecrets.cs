using System.Text.Json;

namespace Assay;

/// <summary>Warns of texts that look like secrets in what is recorded as it is: parameters, context, metadata.</summary>
internal static class RecordedSecrets
{
    /// <param name="notices">Where the warning is written.</param>
    /// <param name="recorded">What is recorded, as JSON; null where there is none.</param>
    public static void WarnOf(Notices notices, params byte[]?[] recorded)
    {
        string[] names = [.. recorded.OfType<byte[]>().SelectMany(Names).Distinct(StringComparer.Ordinal).Select(name => $"'{name}'")];
        if (names.Length > 0)
            notices.Warn($"{ValueText.Few(names)} {Plural.Form(names.Length, "looks like a secret", "look like secrets")}, and parameters, "
                + "context and metadata are recorded as they are. Read secrets where they are used, for example from an environment "
                + "variable, which is not recorded.");
    }

    private static IEnumerable<string> Names(byte[] json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind != JsonValueKind.Object ? [] :
        [
            .. JsonObjects.Flatten(JsonObjects.Dictionary(document.RootElement))
                .Where(value => value.Value is string text && Secrets.IsLikely(value.Key, text)).Select(value => value.Key),
        ];
    }
}
