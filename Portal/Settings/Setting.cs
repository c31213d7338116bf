namespace Portal.Settings;

/// <summary>A setting that is changed in the running portal.</summary>
public class Setting
{
    public string Key { get; set; } = "";
    public string Value { get; set; } = "";
    public DateTimeOffset ChangedUtc { get; set; }
    public Guid? ChangedBy { get; set; }
}
