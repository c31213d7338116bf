using System.Reflection;
using System.Runtime.CompilerServices;
using Providers;

namespace Tests.Providers;

/// <summary>A record prints all that it holds; one that holds a secret or somebody's name would print it into any log.</summary>
public sealed class QuietRecordTests
{
    private static readonly string[] Telling =
        ["Secret", "Token", "Url", "Data", "Value", "Email", "MentorName", "MentorAccount", "Headers", "Query", "Place", "Handle", "Text"];

    // Sentences for an administrator's eyes.
    private static readonly Type[] Harmless = [typeof(ProviderFinding)];

    public static TheoryData<Type> Records => [.. Found];

    private static IEnumerable<Type> Found => typeof(IMeetingProvider).Assembly.GetExportedTypes()
        .Where(t => t.GetMethod("<Clone>$") is not null && !t.IsAbstract && !Harmless.Contains(t)
            && t.GetProperties().Any(p => Telling.Contains(p.Name)));

    [Theory, MemberData(nameof(Records))]
    public void What_a_plugin_is_given_or_gives_prints_its_name_alone(Type record)
    {
        var print = record.GetMethod(nameof(ToString), BindingFlags.Public | BindingFlags.Instance, [])!;
        Assert.True(print.DeclaringType == record && !print.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false), record.Name);
        Assert.Equal(record.Name, print.Invoke(RuntimeHelpers.GetUninitializedObject(record), null));
    }

    [Fact]
    public void The_records_that_hold_secrets_are_among_them() => Assert.Superset(
        new HashSet<Type> { typeof(MeetingHandle), typeof(MeetingRequest), typeof(JoinRequest), typeof(EmbedTarget), typeof(RedirectTarget),
            typeof(MentorAccount), typeof(MintedToken), typeof(WebhookCall) },
        Found.ToHashSet());
}
