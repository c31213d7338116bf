using System.Diagnostics;

namespace Tests.Support;

/// <summary>Runs a program of the machine and answers what it printed.</summary>
internal static class Tool
{
    public const string Python = "/usr/bin/python3";

    private static readonly Lazy<string?> JsonWebTokenProblem = new(() => Install(JsonWebTokenFolder, "jsonwebtoken", "9.0.3"));
    private static readonly Lazy<string?> IcalJsProblem = new(() => Install(IcalJsFolder, "ical.js", "2.2.1"));

    public static string JsonWebTokenFolder => Path.Combine(AppContext.BaseDirectory, "jsonwebtoken");

    public static bool HasPython => TryRun(Python, ["-c", "import zoneinfo; zoneinfo.ZoneInfo('Africa/Cairo')"]);

    public static bool HasPythonJwt => TryRun(Python, ["-c", "import jwt"]);

    public static bool Knows(string python, string module) => TryRun(python, ["-c", $"import {module}"]);

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    public static bool HasMoto => TryRun("moto_server", ["--help"]);

    public static bool HasCurl => TryRun("curl", ["--version"]);

    public static bool HasSpamAssassin => TryRun("spamassassin", ["--version"]);

    public static bool HasNode => TryRun("node", ["--version"]);

    /// <summary>Null when npm's jsonwebtoken can be used; it is installed beside the tests when it is not yet there.</summary>
    public static string? WhyNoJsonWebToken => JsonWebTokenProblem.Value;

    /// <summary>Likewise for npm's ical.js.</summary>
    public static string? WhyNoIcalJs => IcalJsProblem.Value;

    public static string IcalJsModules => Path.Combine(IcalJsFolder, "node_modules");

    private static string IcalJsFolder => Path.Combine(AppContext.BaseDirectory, "ical.js");

    public static string Run(string program, IEnumerable<string> arguments, string input = "")
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        // Whatever goes on without end would hold up all tests, and in silence.
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"{program} did not end.");
        }
        process.WaitForExit();
        return process.ExitCode == 0 ? output.Result.Trim() : throw new InvalidOperationException($"{program}: {errors.Result}");
    }

    private static bool TryRun(string program, IEnumerable<string> arguments)
    {
        try
        {
            Run(program, arguments);
            return true;
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception or IOException)
        {
            return false;
        }
    }

    private static string? Install(string folder, string package, string version)
    {
        if (!HasNode)
            return "node is not installed";
        if (Directory.Exists(Path.Combine(folder, "node_modules", package)))
            return null;
        Directory.CreateDirectory(folder);
        return TryRun("npm", ["install", "--no-audit", "--no-fund", "--prefix", folder, $"{package}@{version}"])
            ? null
            : $"npm could not install {package}";
    }
}
