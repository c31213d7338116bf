// In the meeting: who waits before the door, whom the mentor lets in, who has come and until when the session goes.
import { follow } from "./live.js";
import { newcomers, offer, tell } from "./arrival.js";

const ASK_EVERY = 15_000;

const place = document.getElementById("meeting-waiting");
const news = document.getElementById("meeting-news");
const list = place.querySelector("[data-list]");
let known = null;
let ends = null;
let asks = 0;

const heard = follow(place.dataset.live, () => {
    document.dispatchEvent(new CustomEvent("session-changed"));
    ask();
});
const timer = setInterval(() => { if (!heard.isOpen()) ask(); }, ASK_EVERY);
offer(place.querySelector("[data-tell]"), news);
ask();

async function ask() {
    const mine = ++asks;
    try {
        const answer = await fetch(place.dataset.address, { cache: "no-store" });
        if (answer.status === 404) stop();
        if (!answer.ok) return;
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        // Answers may overtake each other.
        if (mine === asks) show(page.querySelector("[data-ends]"));
    } catch {
        // offline for a moment
    }
}

function show(now) {
    const people = [...now.querySelectorAll("[data-came]")];
    const [fresh, all] = newcomers(known, people);
    known = all;
    const said = fresh.map(e => e.dataset.came);
    if (ends && Number(now.dataset.ends) > ends) said.push(now.dataset.extended);
    ends = Number(now.dataset.ends);
    document.dispatchEvent(new CustomEvent("session-ends", { detail: { ends } }));
    if (said.length > 0) tell(news, said.join(" "));
    const objections = now.querySelector("[data-objections]")?.dataset.objections;
    if (objections !== undefined) document.dispatchEvent(new CustomEvent("recording-objections", { detail: objections }));
    draw(now);
}

// Whoever is about to press a button keeps it under the finger, and the focus.
function draw(now) {
    const focused = document.activeElement?.closest("[data-admit]")?.dataset.admit;
    list.replaceChildren(...now.children);
    place.hidden = list.querySelector(".waiting-title") === null;
    if (focused !== undefined) (list.querySelector(`[data-admit="${focused}"]`) ?? list.querySelector("[data-admit]"))?.focus();
}

list.addEventListener("click", async event => {
    const button = event.target.closest("[data-admit]");
    if (!button) return;
    button.disabled = true;
    const form = new URLSearchParams(button.dataset.admit ? { person: button.dataset.admit } : {});
    try {
        const answer = await fetch(place.dataset.address, { method: "POST", body: form });
        if (!answer.ok) tell(news, place.dataset.failed);
    } catch {
        tell(news, place.dataset.failed);
    }
    button.disabled = false;
    ask();
});

function stop() {
    heard.close();
    clearInterval(timer);
    place.hidden = true;
}
