using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Localization;

namespace Portal.Mail.Rendering;

/// <summary>Every kind of mail there is, found in the assembly; a kind is the name of its model.</summary>
public static class MailKinds
{
    public static readonly FrozenDictionary<string, Type> All = typeof(MailModel).Assembly.GetTypes()
        .Where(t => t.IsSubclassOf(typeof(MailModel)) && !t.IsAbstract)
        .ToFrozenDictionary(t => t.Name);

    private static readonly JsonSerializerOptions Json = new() { Converters = { new JsonStringEnumConverter() } };

    public static string Of(MailModel mail) => mail.GetType().Name;

    /// <summary>A mail of this kind with made-up facts.</summary>
    public static MailModel Sample(string kind) =>
        All[kind].GetProperty("Sample", BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)?.GetValue(null) as MailModel
        ?? throw new MailCompositionException(Said.Of(nameof(SaidText.NoSample), kind));

    public static string Write(MailModel mail) => JsonSerializer.Serialize(mail, mail.GetType(), Json);

    public static MailModel Read(string kind, string model)
    {
        if (!All.TryGetValue(kind, out var type))
            throw new MailCompositionException(Said.Of(nameof(SaidText.NoKind), kind));
        try
        {
            return (MailModel?)JsonSerializer.Deserialize(model, type, Json) ?? throw new JsonException();
        }
        catch (JsonException e)
        {
            // Without the JSON error's own text: it may quote what people wrote.
            throw new MailCompositionException(Said.Of(nameof(SaidText.BadModel), kind, e.BytePositionInLine));
        }
    }
}

/// <summary>A mail that cannot be made. The message is for administrators and holds no personal data.</summary>
public sealed class MailCompositionException(string message) : Exception(message);
