// The notes beside the video: fetched when somebody opens them for the first time, and kept open beside it, or over it on a phone.
import { begin } from "./notes.js";

const button = document.getElementById("room-notes");
const aside = document.getElementById("room-beside");
const place = aside?.querySelector("[data-place]");
let loading = null;

if (button) button.hidden = false;
button?.addEventListener("click", () => toggle(aside.hidden));
aside?.querySelector("[data-close]").addEventListener("click", () => toggle(false));
aside?.addEventListener("keydown", event => { if (event.key === "Escape") toggle(false); });

async function toggle(open) {
    aside.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    if (!open) {
        button.focus();
        return;
    }
    aside.querySelector("h2").focus();
    loading ??= load();
    if (!await loading) loading = null;
}

async function load() {
    try {
        const answer = await fetch(aside.dataset.address, { cache: "no-store" });
        if (!answer.ok) throw new Error(`${answer.status}`);
        place.replaceChildren(...new DOMParser().parseFromString(await answer.text(), "text/html").body.childNodes);
        begin(place.querySelector("[data-notes]"));
        return true;
    } catch {
        place.textContent = aside.dataset.failed;
        return false;
    }
}
