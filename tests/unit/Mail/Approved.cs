using System.Runtime.CompilerServices;

namespace Tests.Mail;

/// <summary>
/// Holds text against a file that somebody has read and approved. A new or changed text is written beside it as
/// .received; whoever agrees renames it to .approved.
/// </summary>
internal static class Approved
{
    public static void Check(params (string Name, string Text)[] texts) => Check(texts, Here());

    private static void Check((string Name, string Text)[] texts, string folder)
    {
        var different = texts.Where(t => !IsApproved(folder, t.Name, t.Text.ReplaceLineEndings("\n").TrimEnd('\n') + "\n"))
            .Select(t => t.Name).ToList();
        Assert.True(different.Count == 0, $"Not as approved: {string.Join(", ", different)}. What came instead is in {folder}.");
    }

    private static bool IsApproved(string folder, string name, string text)
    {
        var approved = Path.Combine(folder, Named(name, "approved"));
        var received = Path.Combine(folder, Named(name, "received"));
        if (File.Exists(approved) && File.ReadAllText(approved).ReplaceLineEndings("\n") == text)
        {
            File.Delete(received);
            return true;
        }
        Directory.CreateDirectory(folder);
        File.WriteAllText(received, text);
        return false;
    }

    private static string Here([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "Approved");

    private static string Named(string name, string state) =>
        $"{Path.GetFileNameWithoutExtension(name)}.{state}{Path.GetExtension(name)}";
}
