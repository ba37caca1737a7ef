using System.Text;

namespace Assay.Chat;

/// <summary>Takes a line of the prompt apart into words.</summary>
internal static class CommandWords
{
    /// <summary>
    /// Words are separated by spaces and tabs. Single or double quotes, anywhere in a word, keep what is between them together; between
    /// double quotes, a backslash before a quote or a backslash stands for that character. Elsewhere it is itself, for regular expressions.
    /// </summary>
    /// <exception cref="AssayException">A quote is not closed.</exception>
    public static IReadOnlyList<string> Of(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        bool isWord = false;
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (c is ' ' or '\t' or '\r')
            {
                if (isWord) words.Add(word.ToString());
                word.Clear();
                isWord = false;
                continue;
            }

            isWord = true;
            if (c is '"' or '\'') i = Quoted(line, i, word);
            else word.Append(c);
        }

        if (isWord) words.Add(word.ToString());
        return words;
    }

    // Returns the place of the closing quote.
    private static int Quoted(string line, int start, StringBuilder word)
    {
        char quote = line[start];
        for (int i = start + 1; i < line.Length; i++)
        {
            if (line[i] == quote) return i;
            if (quote == '"' && line[i] == '\\' && i + 1 < line.Length && (line[i + 1] is '"' or '\\')) i++;
            word.Append(line[i]);
        }

        string quoted = quote == '"' ? "'\"'" : "\"'\"";
        throw new AssayException(
            $"the quote {quote} at character {start + 1} is not closed; close it, or write {quoted} for the character itself.");
    }
}
