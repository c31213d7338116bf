// The door's countdown. A page that was merely opened (mail scanners run scripts too) only changes its button when the
// time has come; a page whose button was pressed goes on by itself.
const form = document.getElementById("join-form");
// A press that was answered by "too many attempts" brings back a page that knows nothing of it.
const key = `pressed:${location.pathname}`;
const cameBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
const pressed = form.dataset.pressed === "true" || !cameBack && Date.now() - Number(sessionStorage.getItem(key)) < 60000;
form.addEventListener("submit", () => sessionStorage.setItem(key, String(Date.now())));
const wait = Number(form.dataset.wait);
const early = form.dataset.decision === "TooEarly";
const openAt = performance.now() + wait * 1000;

if (wait > 0 && early) count();
else if (wait > 0 && pressed) watch(wait);
else if (pressed && form.dataset.pressed !== "true") form.requestSubmit();

// Looks at the door, which counts nothing, and presses the button once it says something else.
async function watch(seconds) {
    await new Promise(resolve => setTimeout(resolve, seconds * 1000));
    try {
        const answer = await fetch(location.pathname, { cache: "no-store" });
        const again = Number(answer.headers.get("Retry-After"));
        if (answer.status === 429 || answer.status >= 500) return watch(again || 10);
        const door = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".door");
        if (door?.dataset.decision === form.dataset.decision) return watch(Math.min(again || 10, 60));
    } catch {
        return watch(10); // offline for a moment
    }
    form.requestSubmit();
}

function count() {
    const ring = document.getElementById("countdown");
    const text = ring.querySelector(".ring-text");
    const arc = ring.querySelector(".ring-front");
    const span = Math.max(wait, 15 * 60);
    ring.hidden = false;
    const timer = setInterval(tick, 1000);
    tick();

    function tick() {
        // performance.now() is not moved by a changed clock, but it may stand still while a laptop sleeps: then the
        // page is late, never early, and the portal decides again anyway.
        const left = Math.ceil((openAt - performance.now()) / 1000);
        text.textContent = clock(Math.max(0, left));
        arc.setAttribute("stroke-dashoffset", String(100 - Math.min(100, (Math.max(0, left) / span) * 100)));
        if (left > 0) return;
        clearInterval(timer);
        if (pressed) watch(0);
        else form.querySelector("span").textContent = form.dataset.readyLabel;
    }
}

function clock(seconds) {
    const days = Math.floor(seconds / 86400);
    const two = n => String(n).padStart(2, "0");
    const time = [Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(":");
    return days > 0 ? `${days} · ${time}` : time;
}
