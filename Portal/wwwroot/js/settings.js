// <input data-check="/address" data-verdict="id">: asks the portal while one types, and says what it answers. The same check
// is made when the form is saved, so that without this script nothing is lost but the haste.
const wait = 400;

for (const input of document.querySelectorAll("input[data-check]")) {
  const verdict = document.getElementById(input.dataset.verdict);
  const token = input.form.querySelector("input[name=__RequestVerificationToken]").value;
  let timer, running;

  const say = (text, tone) => {
    verdict.textContent = text;
    verdict.className = tone ? `hint verdict-${tone}` : "hint";
  };

  const check = async () => {
    running?.abort();
    if (!input.value.trim()) return say("");
    running = new AbortController();
    say(input.dataset.checking);
    try {
      const body = new URLSearchParams({ url: input.value, __RequestVerificationToken: token });
      const answer = await fetch(input.dataset.check, { method: "POST", body, signal: running.signal });
      if (!answer.ok) return say("");
      const { ok, refusal } = await answer.json();
      say(ok ? input.dataset.good : refusal, ok ? "good" : "bad");
    } catch (e) {
      if (e.name !== "AbortError") say("");
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(check, wait);
  });
}
