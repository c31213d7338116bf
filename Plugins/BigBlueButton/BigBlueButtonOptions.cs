using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Plugins.BigBlueButton;

/// <summary>What the server signs and checks its calls with.</summary>
public enum ChecksumAlgorithm
{
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

/// <summary>What becomes of invited guests, who have no account at the portal.</summary>
public enum GuestPolicy
{
    AlwaysAccept,

    /// <summary>They wait until the mentor lets them in.</summary>
    AskModerator,
    AlwaysDeny,
}

public enum RecordingRule
{
    Never,

    /// <summary>When the mentor presses the button in the meeting.</summary>
    ByModerator,

    /// <summary>From the first minute on.</summary>
    Always,
}

/// <summary>The settings under Providers:bigbluebutton.</summary>
public sealed class BigBlueButtonOptions : IValidatableObject
{
    /// <summary>As <c>bbb-conf --secret</c> prints it: https://bbb.example.org/bigbluebutton/.</summary>
    [Category("Server"), Required, StringLength(300)]
    public string ServerUrl { get; set; } = "";

    [Category("Server"), Required, DataType(DataType.Password), StringLength(200)]
    public string SharedSecret { get; set; } = "";

    [Category("Server")]
    public ChecksumAlgorithm Checksum { get; set; } = ChecksumAlgorithm.Sha256;

    /// <summary>A number that leads to the server's phone bridge; empty where the server has none, or tells it itself.</summary>
    [Category("Server"), StringLength(30)]
    public string DialNumber { get; set; } = "";

    [Category("People")]
    public GuestPolicy Guests { get; set; } = GuestPolicy.AlwaysAccept;

    [Category("People")]
    public bool MuteOnStart { get; set; }

    /// <summary>Mentees see the mentor's camera and not each other's.</summary>
    [Category("People")]
    public bool WebcamsOnlyForModerator { get; set; }

    /// <summary>0: no limit.</summary>
    [Category("People"), Range(0, 1000)]
    public int MaxParticipants { get; set; }

    [Category("Meeting")]
    public RecordingRule Recording { get; set; } = RecordingRule.Never;

    [Category("Meeting")]
    public bool EndWhenNoModerator { get; set; }

    /// <summary>Counted by the server from the first join; 0: no limit.</summary>
    [Category("Meeting"), Range(0, 24 * 60)]
    public int MaxMinutes { get; set; }

    /// <summary>Shown in the meeting's chat; empty for the server's own words.</summary>
    [Category("Meeting"), StringLength(500)]
    public string Welcome { get; set; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ServerUrl is not "" && ServerAddress.Of(ServerUrl) is null)
            yield return new(Texts.ServerUrlInvalid);
        if (DialNumber is not "" && !PhoneBridge.IsNumber(DialNumber))
            yield return new(Texts.DialNumberInvalid);
    }
}
