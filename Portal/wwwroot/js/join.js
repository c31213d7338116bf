// The door's countdown. A page that was merely opened (mail scanners run scripts too) only changes its button when the
// time has come; a page whose button was pressed goes on by itself.
const form = document.getElementById("join-form");
const pressed = form.dataset.pressed === "true";
const wait = Number(form.dataset.wait);
const early = form.dataset.decision === "TooEarly";
const openAt = performance.now() + wait * 1000;

if (wait > 0 && early) count();
else if (wait > 0 && pressed) setTimeout(() => form.requestSubmit(), wait * 1000);

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
        if (pressed) form.requestSubmit();
        else form.querySelector("span").textContent = form.dataset.readyLabel;
    }
}

function clock(seconds) {
    const days = Math.floor(seconds / 86400);
    const two = n => String(n).padStart(2, "0");
    const time = [Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(":");
    return days > 0 ? `${days} · ${time}` : time;
}
