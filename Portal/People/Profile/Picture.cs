namespace Portal.People.Profile;

/// <summary>A person's picture as the portal serves it, never as it was uploaded.</summary>
public class Picture
{
    public Guid UserId { get; set; }
    public byte[] Content { get; set; } = [];
    public string ContentType { get; set; } = "";

    /// <summary>Changes with the content; part of its address.</summary>
    public string Version { get; set; } = "";
}
