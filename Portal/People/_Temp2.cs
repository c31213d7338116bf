namespace Portal.Pages; public static class LanguageReturn { public static string To(HttpContext c) => c.Request.Path; }
