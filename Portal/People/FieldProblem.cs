namespace Portal.People;

/// <summary>One field that does not fit, in the reader's language. Forms and requests name their fields the same.</summary>
/// <param name="Field">A property's name, or a path to it: <c>Guests[0].Email</c>.</param>
/// <param name="Message">What is wrong with it.</param>
public sealed record FieldProblem(string Field, string Message)
{
    /// <summary>The checks that found something.</summary>
    public static IReadOnlyList<FieldProblem> Of(params (string Field, string? Wrong)[] checks) =>
        [.. checks.Where(c => c.Wrong is not null).Select(c => new FieldProblem(c.Field, c.Wrong!))];
}
