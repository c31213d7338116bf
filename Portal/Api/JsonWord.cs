using System.Text.Json;

namespace Portal.Api;

/// <summary>How a value of an enum is called in JSON.</summary>
internal static class JsonWord
{
    public static string Of<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
