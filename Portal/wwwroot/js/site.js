// Everything here is a comfort: no page needs it.

// Menus and questions are details elements and work by themselves; this closes them as people expect.
const folds = "details.menu, details.confirm";
const close = except => {
  for (const fold of document.querySelectorAll(folds)) if (fold.open && !fold.contains(except)) fold.open = false;
};

document.addEventListener("click", event => close(event.target));
document.addEventListener("focusin", event => close(event.target));

document.addEventListener("keydown", event => {
  if (event.key !== "Escape") return;
  for (const fold of document.querySelectorAll(folds)) {
    if (!fold.open) continue;
    fold.open = false;
    fold.querySelector("summary").focus();
  }
});

// Where tabs are a strip, the one that one is on is in sight.
document.querySelector(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

// A button that was pressed shows it, and a second press of the same form does nothing while the first is on its way.
const sent = new WeakSet();

document.addEventListener("submit", event => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (sent.has(form)) return event.preventDefault();
  sent.add(form);
  event.submitter?.setAttribute("aria-busy", "true");
  // An answer that is a file leaves the page as it is.
  setTimeout(() => rest(form), 10_000);
});

const rest = form => {
  sent.delete(form);
  for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
};

window.addEventListener("pageshow", event => {
  if (event.persisted) for (const form of document.forms) rest(form);
});

// What was typed survives another language: kept for one page view in this tab, passwords and files never.
// Under a number made of the address, for that may be a secret.
const kept = `typed:${[...location.pathname].reduce((sum, c) => sum * 31 + c.charCodeAt(0) | 0, 0)}`;
const fields = () => [...document.querySelectorAll("main form[method=post] :is(input:not([type=hidden],[type=password],[type=file]), textarea, select)")]
  .filter(f => f.name);

for (const form of document.querySelectorAll("form[action$='/language']")) {
  form.addEventListener("submit", () => {
    try {
      sessionStorage.setItem(kept, JSON.stringify(fields().map(f => [f.name, f.type, f.value, f.checked])));
    } catch { /* a browser without storage keeps nothing */ }
  });
}

try {
  const typed = JSON.parse(sessionStorage.getItem(kept) ?? "[]");
  sessionStorage.removeItem(kept);
  for (const [index, field] of fields().entries()) {
    const [name, type, value, checked] = typed[index] ?? [];
    if (name !== field.name || type !== field.type) continue;
    if (type === "checkbox" || type === "radio") field.checked = checked;
    else field.value = value;
  }
} catch { /* nothing was kept */ }

// The browser's own time zone, for people whom the portal does not know: noted in a cookie, by which times are drawn. What
// was drawn before it was known is fetched once more; where cookies are refused, it stays as it is.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const note = `${location.protocol === "https:" ? "__Host-" : ""}zone=${encodeURIComponent(zone)}`;
const has = () => document.cookie.split("; ").includes(note);
const wanted = document.querySelectorAll("[data-zone-wanted]");

if (zone && !has()) {
  document.cookie = `${note}; path=/; max-age=31536000; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
  if (wanted.length > 0 && has()) drawAgain();
}

async function drawAgain() {
  try {
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
    for (const [index, old] of wanted.entries()) {
      const drawn = page.querySelectorAll("[data-zone-drawn]")[index];
      if (drawn) old.replaceWith(document.adoptNode(drawn));
    }
  } catch { /* offline for a moment: it stays as it was drawn */ }
}

// A list of sessions that is left open gets its join button when the time has come.
const opensIn = Number(document.querySelector("[data-opens-in]")?.dataset.opensIn ?? 0);
if (opensIn > 0 && opensIn < 3600) setTimeout(() => location.reload(), opensIn * 1000);

// <button data-copy="id">: takes the field's text along.
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    await navigator.clipboard.writeText(field.value);
    field.select();
    button.textContent = button.dataset.copied;
  });
}

// <input type="password">: can be looked at while one types.
for (const button of document.querySelectorAll("[data-reveal]")) {
  const field = document.getElementById(button.dataset.reveal);
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = field.type === "text";
    field.type = shown ? "password" : "text";
    button.setAttribute("aria-pressed", String(!shown));
  });
}

// <input list="id" data-zones="/address">: offers the zones once somebody looks for one.
for (const input of document.querySelectorAll("input[data-zones]")) {
  input.addEventListener("focus", async () => {
    if (input.list.options.length > 0) return;
    try {
      const zones = await (await fetch(input.dataset.zones)).json();
      input.list.replaceChildren(...zones.map(({ id, text }) => new Option(text, id)));
    } catch { /* a city can be typed all the same */ }
  });
}
