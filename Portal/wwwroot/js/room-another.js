// Where the room does not open: the mentor gives a link of their own, everybody else asks the mentor for one.
const way = document.getElementById("meeting-ask") ?? document.getElementById("meeting-own");

export function offerAnother(offered) {
    way.hidden = !offered;
}

if (way.dataset.action) way.addEventListener("click", async () => {
    way.disabled = true;
    const answer = await fetch(way.dataset.action, { method: "POST" }).catch(() => null);
    way.disabled = Boolean(answer?.ok);
    if (answer?.ok) document.getElementById("meeting-state").textContent = way.dataset.done;
});
