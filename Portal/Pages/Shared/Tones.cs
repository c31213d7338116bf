namespace Portal.Pages.Shared;

public static class Tones
{
    public static string? Chip(this Tone tone) => tone switch
    {
        Tone.Accent => "accent",
        Tone.Good => "good",
        Tone.Sun => "sun",
        Tone.Warn => "warn",
        Tone.Bad => "bad",
        _ => null,
    };
}
