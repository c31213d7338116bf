using System.Xml;

namespace Plugins.BigBlueButton;

/// <summary>What the server answered: the elements right below the first one, by name. What lies deeper is not needed.</summary>
internal sealed class ServerAnswer
{
    /// <summary>A busy server lists many meetings.</summary>
    private const int MaxCharacters = 4 * 1024 * 1024;

    private readonly Dictionary<string, string> values;

    private ServerAnswer(Dictionary<string, string> values) => this.values = values;

    public bool IsSuccess => this["returncode"] == "SUCCESS";

    /// <summary>Empty where the server had nothing to add.</summary>
    public string MessageKey => this["messageKey"] ?? "";

    public string? this[string name] => values.GetValueOrDefault(name);

    /// <exception cref="XmlException">It is no answer of a BigBlueButton server.</exception>
    public static async Task<ServerAnswer> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var settings = new XmlReaderSettings
        {
            Async = true,
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = MaxCharacters,
            IgnoreComments = true,
            IgnoreWhitespace = true,
        };
        using var reader = XmlReader.Create(stream, settings);
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var (name, isRoot) = ("", false);
        while (await reader.ReadAsync())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (reader is { NodeType: XmlNodeType.Element, Depth: 0 })
                isRoot = reader.Name == "response";
            else if (reader is { NodeType: XmlNodeType.Element, Depth: 1 })
                name = reader.Name;
            else if (reader is { NodeType: XmlNodeType.Text or XmlNodeType.CDATA, Depth: 2 })
                values.TryAdd(name, reader.Value);
        }
        return isRoot && values.ContainsKey("returncode") ? new(values) : throw new XmlException();
    }
}
