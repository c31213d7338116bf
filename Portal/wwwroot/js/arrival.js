// Tells that somebody came: in the page, by the tab's title while another tab is in front, and by the browser where it may.
const title = document.title;
let told;

export function tell(place, text) {
    // A screen reader says what was put in, not what is put in again.
    place.textContent = "";
    setTimeout(() => { place.textContent = text; }, 50);
    if (!document.hidden) return;
    document.title = `● ${text}`;
    if (mayNotify()) {
        told?.close();
        told = new Notification(title, { body: text, tag: location.pathname, lang: document.documentElement.lang, dir: document.dir || "auto" });
        told.addEventListener("click", () => { window.focus(); told.close(); });
    }
}

document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    document.title = title;
    told?.close();
});

export const canNotify = () => "Notification" in window && isSecureContext;

const mayNotify = () => canNotify() && Notification.permission === "granted";

// Browsers are asked upon a press alone. The button goes once it has been answered.
export function offer(button, answer) {
    if (!button) return;
    button.hidden = !canNotify() || Notification.permission !== "default";
    button.addEventListener("click", async () => {
        const permission = await Notification.requestPermission();
        button.hidden = permission !== "default";
        answer.textContent = permission === "granted" ? button.dataset.granted : permission === "denied" ? button.dataset.denied : "";
    });
}

// Who was not there before, once each; nothing is told of whom a page finds when it is opened. Who waited and then comes in is not new.
export function newcomers(known, elements) {
    const all = new Set();
    const fresh = [];
    for (const element of elements) {
        const id = element.dataset.person ?? element.dataset.inside;
        if (known && !known.has(id) && !all.has(id)) fresh.push(element);
        all.add(id);
    }
    return [fresh, all];
}
