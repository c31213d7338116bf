// How much of the session's time is left: in the bar, and said once when it grows short. The portal's clock counts, not the visitor's.
const WARN_AT = [10, 5, 1];
const SHOWN_FOR = 20_000;

const bar = document.getElementById("meeting-time");
const note = document.getElementById("meeting-time-note");
const words = bar?.dataset;
const began = performance.now();
let ends = Number(words?.ends);
let warned = null;
let hiding;

if (bar) {
    document.addEventListener("session-ends", event => {
        // More time is there: the next warning is new.
        if (event.detail.ends > ends) warned = null;
        ends = event.detail.ends;
        show();
    });
    document.getElementById("meeting-time-more")?.addEventListener("click", offerMore);
    setInterval(show, 5000);
    show();
}

function show() {
    const minutes = Math.ceil((ends - Number(words.now) - (performance.now() - began) / 1000) / 60);
    bar.hidden = minutes > 60;
    bar.dataset.level = minutes <= 5 ? "short" : "long";
    bar.firstElementChild.textContent = minutes > 0 ? words.left.replace("{0}", inWords(minutes, "short")) : words.over;
    const due = WARN_AT.filter(at => minutes <= at).at(-1);
    if (minutes < 1 || due === undefined || due === warned) return;
    warned = due;
    note.hidden = false;
    note.firstElementChild.textContent = words.left.replace("{0}", inWords(minutes, "long"));
    clearTimeout(hiding);
    hiding = setTimeout(() => { note.hidden = true; }, SHOWN_FOR);
}

function inWords(minutes, display) {
    return new Intl.NumberFormat(`${document.documentElement.lang}-u-nu-latn`, { style: "unit", unit: "minute", unitDisplay: display })
        .format(minutes);
}

function offerMore(event) {
    // A press beside an open menu closes it.
    event.stopPropagation();
    note.hidden = true;
    document.getElementById("room-host").open = true;
    document.getElementById("room-minutes").focus();
}
