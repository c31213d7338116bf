// Whether one agrees to being recorded, said anew without leaving the room.
const form = document.getElementById("room-consent");
const said = form?.querySelector("[role=status]");

form?.addEventListener("submit", async event => {
    event.preventDefault();
    try {
        const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
        say(answer.ok ? form.dataset.done : form.dataset.failed);
    } catch {
        say(form.dataset.failed);
    }
});

function say(text) {
    said.textContent = text;
    said.hidden = false;
}
