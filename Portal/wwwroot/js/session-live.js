// The session's page, kept up to date: who waits and who has come is put in anew; of other changes it is said that there are some,
// for somebody may be filling in a form.
import { follow } from "./live.js";
import { newcomers, offer, tell } from "./arrival.js";

const ASK_EVERY = 30_000;

const place = document.getElementById("session-live");
const news = place.querySelector("[role=status]");
const changed = place.querySelector("[data-changed]");
const spots = ["live-waiting", "live-presence"];
let [, known] = newcomers(null, peopleIn(document));
let asks = 0;

const heard = follow(place.dataset.live, ask);
const timer = setInterval(() => { if (!heard.isOpen() && !document.hidden) ask({}); }, ASK_EVERY);
offer(document.querySelector("[data-tell]"), news);

async function ask({ gone }) {
    if (gone) clearInterval(timer);
    const mine = ++asks;
    try {
        const answer = await fetch(location.pathname, { cache: "no-store" });
        if (answer.redirected || !answer.ok) return;
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        if (mine === asks) show(page);
    } catch {
        // offline for a moment
    }
}

function show(page) {
    const now = page.getElementById("session-live");
    // Cancelled, or over.
    if (!now) {
        changed.hidden = false;
        return;
    }
    const [fresh, all] = newcomers(known, peopleIn(page));
    known = all;
    if (fresh.length > 0) tell(news, fresh.map(e => e.dataset.came).join(" "));
    else if (!page.getElementById("waiting")) news.textContent = "";
    spots.forEach(id => put(document.getElementById(id), page.getElementById(id)));
    // An end that is later is said as what it is.
    if (now.dataset.print === place.dataset.print) return;
    const isLonger = Number(now.dataset.ends) > Number(place.dataset.ends);
    [place.dataset.print, place.dataset.ends] = [now.dataset.print, now.dataset.ends];
    if (isLonger) tell(news, now.dataset.extended);
    changed.hidden = false;
}

function peopleIn(page) {
    return [...page.querySelectorAll("[data-came]")];
}

// Nothing is taken away from under somebody's keys.
function put(spot, fresh) {
    if (fresh.textContent !== spot.textContent && !spot.contains(document.activeElement)) spot.replaceChildren(...fresh.childNodes);
}
