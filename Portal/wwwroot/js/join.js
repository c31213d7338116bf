// The door's countdown. A page that was merely opened (mail scanners run scripts too) only changes its button when the
// time has come; a page whose button was pressed goes on by itself.
import { follow } from "./live.js";
import { offer, tell } from "./arrival.js";

const quarter = 15 * 60;
const form = document.getElementById("join-form");
const goesOn = document.getElementById("goes-on");
let heard;
let entered = false;
if (goesOn) goesOn.hidden = false;
if (form?.dataset.wait) begin();

function begin() {
    // A press that was answered by "too many attempts" brings back a page that knows nothing of it.
    // The address holds the ticket, which is not to lie about after the page: what is kept is kept under a number made of it.
    const key = `pressed:${[...location.pathname].reduce((sum, c) => sum * 31 + c.charCodeAt(0) | 0, 0)}`;
    const cameBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
    const pressed = form.dataset.pressed === "true" || !cameBack && Date.now() - Number(sessionStorage.getItem(key)) < 60000;
    form.addEventListener("submit", () => sessionStorage.setItem(key, String(Date.now())));
    const wait = Number(form.dataset.wait);
    const openAt = performance.now() + wait * 1000;
    if (wait > 0 && pressed && form.dataset.live) listen();
    if (wait > 0 && form.dataset.decision === "TooEarly") count(pressed, openAt);
    else if (wait > 0 && pressed) watch(wait);
    else if (pressed && form.dataset.pressed !== "true") form.requestSubmit();
}

// Hears it at once where it can; where it cannot, the page goes on asking.
function listen() {
    const sentence = document.getElementById("door-sentence");
    offer(document.querySelector("[data-tell]"), sentence);
    heard = follow(form.dataset.live, news => {
        if (news.decision === "Open" && form.dataset.decision !== "Open") tell(sentence, form.dataset.opens);
        if (news.gone || news.decision !== form.dataset.decision) enter();
    });
}

function enter() {
    heard?.close();
    if (!entered) form.requestSubmit();
    entered = true;
}

// Looks at the door, which counts nothing, and presses the button once it says something else. Who hears of changes need not ask; but
// when the time has come by the page's own count, it looks all the same.
async function watch(seconds, anyway = false) {
    await new Promise(resolve => setTimeout(resolve, seconds * 1000));
    if (heard?.isOpen() && !anyway) return watch(10);
    try {
        const answer = await fetch(location.pathname, { cache: "no-store" });
        const again = Number(answer.headers.get("Retry-After"));
        if (answer.status === 429 || answer.status >= 500) return watch(again || 10);
        const door = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".door");
        if (door?.dataset.decision === form.dataset.decision) return watch(Math.min(again || 10, 60));
    } catch {
        return watch(10); // offline for a moment
    }
    enter();
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
        if (pressed) watch(0, true);
        else form.querySelector("span").textContent = form.dataset.readyLabel;
    }
}

function clock(seconds) {
    const two = n => String(n).padStart(2, "0");
    return [Math.floor(seconds / 60), seconds % 60].map(two).join(":");
}
