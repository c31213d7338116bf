namespace Portal.Pages.Shared;

public static class Tones
{
    public static string? Chip(this Tone tone) => tone switch
    {
        Tone.Accent => "chip-accent",
        Tone.Good => "chip-good",
        Tone.Warn => "chip-warn",
        Tone.Bad => "chip-bad",
        _ => null,
    };
}
