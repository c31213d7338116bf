// Menus are details elements and work by themselves; this only closes them as people expect.
const open = () => document.querySelectorAll("details.menu[open]");

document.addEventListener("click", event => {
  for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", event => {
  if (event.key !== "Escape") return;
  for (const menu of open()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// <select data-zone="of-browser">: starts at the browser's own time zone. Browsers still report some zones by their former
// names, so that a name that is not in the list is compared by what the browser itself makes of each entry.
const zones = document.querySelector("select[data-zone=of-browser]");
if (zones) {
  const zoneOf = timeZone => {
    try { return new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone; } catch { return null; }
  };
  const own = zoneOf(undefined);
  const entries = [...zones.options];
  const match = entries.find(o => o.value === own) ?? entries.find(o => zoneOf(o.value) === own);
  if (match) zones.value = match.value;
}
