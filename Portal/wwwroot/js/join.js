// The door's countdown. A page that was merely opened (mail scanners run scripts too) only changes its button when the
// time has come; a page whose button was pressed goes on by itself.
const quarter = 15 * 60;
const form = document.getElementById("join-form");
const goesOn = document.getElementById("goes-on");
if (goesOn) goesOn.hidden = false;
if (form?.dataset.wait) begin();

function begin() {
    const pressed = form.dataset.pressed === "true";
    const wait = Number(form.dataset.wait);
    const openAt = performance.now() + wait * 1000;
    if (wait > 0 && form.dataset.decision === "TooEarly") count(pressed, openAt);
    else if (wait > 0 && pressed) setTimeout(() => form.requestSubmit(), wait * 1000);
}

function count(pressed, openAt) {
    const ring = document.getElementById("countdown");
    const [words, text] = ring.children;
    const arc = document.getElementById("ring-front");
    const timer = setInterval(tick, 1000);
    tick();

    function tick() {
        // performance.now() is not moved by a changed clock, but it may stand still while a laptop sleeps: then the
        // page is late, never early, and the portal decides again anyway.
        const left = Math.max(0, Math.ceil((openAt - performance.now()) / 1000));
        // Further away than an hour, the words are exact enough; in the last quarter the ring closes.
        if (left < 3600) {
            words.hidden = true;
            text.textContent = clock(left);
        }
        if (left < quarter && arc) {
            arc.setAttribute("visibility", "visible");
            arc.setAttribute("stroke-dashoffset", String((left / quarter) * 100));
        }
        if (left > 0) return;
        clearInterval(timer);
        ring.hidden = true;
        if (pressed) form.requestSubmit();
        else form.querySelector("span").textContent = form.dataset.readyLabel;
    }
}

function clock(seconds) {
    const two = n => String(n).padStart(2, "0");
    return [Math.floor(seconds / 60), seconds % 60].map(two).join(":");
}
