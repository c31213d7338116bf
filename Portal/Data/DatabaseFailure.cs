using System.Data.Common;

namespace Portal.Data;

public static class DatabaseFailure
{
    /// <summary>
    /// What the database itself said: EF wraps it, and wraps it once more where it thinks that a second try would help.
    /// </summary>
    public static DbException? Database(this Exception exception)
    {
        DbException? found = null;
        for (var e = exception; e is not null; e = e.InnerException)
            found = e as DbException ?? found;
        return found;
    }
}
