using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Tests.Support;

/// <summary>Everything the app logged at the levels it logs at in production: message, values, scopes and exception.</summary>
public sealed class TestLog : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<Entry> _entries = new();
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public sealed record Entry(LogLevel Level, string Category, string Text, Exception? Exception);

    public IReadOnlyCollection<Entry> Entries => _entries;

    public IEnumerable<Entry> Errors => _entries.Where(e => e.Level >= LogLevel.Error);

    public string Text => string.Join('\n', _entries.Select(e => $"{e.Level} {e.Category} {e.Text}"));

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }

    private sealed class Logger(TestLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => log._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel level, EventId id, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var parts = new List<string> { formatter(state, exception), Values(state) };
            log._scopes.ForEachScope((scope, list) => list.Add(Values(scope)), parts);
            if (exception is not null)
                parts.Add(exception.ToString());
            log._entries.Enqueue(new(level, category, string.Join(" | ", parts), exception));
        }

        private static string Values(object? state) => state is IEnumerable<KeyValuePair<string, object?>> values
            ? string.Join(", ", values.Select(v => $"{v.Key}={v.Value}"))
            : state?.ToString() ?? "";
    }
}
