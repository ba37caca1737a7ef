using System.CommandLine;
using System.Globalization;

namespace Assay.Cli;

/// <summary>An option that takes a whole number, with a message of our own when it does not get one.</summary>
internal static class NumberOption
{
    public static Option<int> Of(string name, string description, int least, int otherwise) => new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => otherwise,
        CustomParser = result =>
        {
            string text = result.Tokens is [var token] ? token.Value : "";
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least) return number;
            result.AddError($"{name} is '{text}'; expected a whole number from {least}.");
            return otherwise;
        },
    };
}
