using System.Diagnostics;

namespace Tests.Support;

/// <summary>Runs a program of the machine and answers what it printed.</summary>
internal static class Tool
{
    public const string Python = "/usr/bin/python3";

    private static readonly Lazy<string?> JsonWebTokenProblem = new(InstallJsonWebToken);

    public static string JsonWebTokenFolder => Path.Combine(AppContext.BaseDirectory, "jsonwebtoken");

    public static bool HasPython => TryRun(Python, ["-c", "import zoneinfo; zoneinfo.ZoneInfo('Africa/Cairo')"]);

    public static bool HasPythonJwt => TryRun(Python, ["-c", "import jwt"]);

    public static bool Knows(string python, string module) => TryRun(python, ["-c", $"import {module}"]);

    public static bool HasNode => TryRun("node", ["--version"]);

    /// <summary>Null when npm's jsonwebtoken can be used; it is installed beside the tests when it is not yet there.</summary>
    public static string? WhyNoJsonWebToken => JsonWebTokenProblem.Value;

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
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.Trim() : throw new InvalidOperationException($"{program}: {errors.Result}");
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

    private static string? InstallJsonWebToken()
    {
        if (!HasNode)
            return "node is not installed";
        if (Directory.Exists(Path.Combine(JsonWebTokenFolder, "node_modules", "jsonwebtoken")))
            return null;
        Directory.CreateDirectory(JsonWebTokenFolder);
        return TryRun("npm", ["install", "--no-audit", "--no-fund", "--prefix", JsonWebTokenFolder, "jsonwebtoken@9.0.3"])
            ? null
            : "npm could not install jsonwebtoken";
    }
}
