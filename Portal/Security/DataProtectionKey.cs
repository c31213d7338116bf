namespace Portal.Security;

/// <summary>One key of the framework's key ring, as the XML the framework hands over (wrapped by the master key).</summary>
public class DataProtectionKey
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public string Name { get; set; } = "";
    public string Xml { get; set; } = "";
}
