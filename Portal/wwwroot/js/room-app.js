// The tool's own app, on a phone that has one: from the room, and where the room does not open in the page. Who goes there leaves the page's
// own room, or they would be there twice.
const places = [document.getElementById("room-app"), document.getElementById("meeting-app")];

// The phone asks whether to open the app once a tap has named it; only then is the page's own room closed.
const GONE_AFTER = 500;

export function offerApp(state, address, gone) {
    const isOffered = Boolean(address) && window.matchMedia("(pointer: coarse) and (max-width: 60rem)").matches;
    const [inMenu, failed] = places;
    inMenu.hidden = !isOffered || state === "failed";
    failed.parentElement.hidden = !isOffered || state !== "failed";
    for (const link of places) {
        if (isOffered) link.href = address;
        else link.removeAttribute("href");
        link.onclick = () => setTimeout(gone, GONE_AFTER);
    }
}
