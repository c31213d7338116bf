namespace Tests.Support;

/// <summary>Skipped, visibly, where Debian's python3-jwt is not installed.</summary>
public sealed class NeedsPythonJwtFactAttribute : FactAttribute
{
    public NeedsPythonJwtFactAttribute() => Skip = Tool.HasPythonJwt ? null : "python3-jwt is not installed";
}

/// <summary>Skipped, visibly, where Debian's python3 is not installed, or knows no zones.</summary>
public sealed class NeedsPythonFactAttribute : FactAttribute
{
    public NeedsPythonFactAttribute() => Skip = Tool.HasPython ? null : "python3 with its zones is not installed";
}

/// <summary>Skipped, visibly, where npm's jsonwebtoken cannot be had.</summary>
public sealed class NeedsJsonWebTokenFactAttribute : FactAttribute
{
    public NeedsJsonWebTokenFactAttribute() => Skip = Tool.WhyNoJsonWebToken;
}

/// <summary>Skipped, visibly, where node is not installed.</summary>
public sealed class NeedsNodeFactAttribute : FactAttribute
{
    public NeedsNodeFactAttribute() => Skip = Tool.HasNode ? null : "node is not installed";
}

/// <summary>Likewise, for a table of cases.</summary>
public sealed class NeedsNodeTheoryAttribute : TheoryAttribute
{
    public NeedsNodeTheoryAttribute() => Skip = Tool.HasNode ? null : "node is not installed";
}

/// <summary>Skipped, visibly, where npm's ical.js cannot be had.</summary>
public sealed class NeedsIcalJsFactAttribute : FactAttribute
{
    public NeedsIcalJsFactAttribute() => Skip = Tool.WhyNoIcalJs;
}
