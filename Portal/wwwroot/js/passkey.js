// <form data-passkey="create|get" data-options="address">: asks the portal for a challenge, the browser for a passkey, and puts its
// answer into the form's field "credential", which then goes the ordinary way. Such forms are hidden where the browser knows no passkeys.
const known = window.PublicKeyCredential?.parseCreationOptionsFromJSON && window.PublicKeyCredential.parseRequestOptionsFromJSON;

for (const form of known ? document.querySelectorAll("form[data-passkey]") : []) {
  const failed = form.querySelector("[data-failed]");
  form.closest("[data-passkeys]").hidden = false;
  form.addEventListener("submit", async event => {
    event.preventDefault();
    failed.hidden = true;
    try {
      const answer = await fetch(form.dataset.options, { method: "POST", body: new FormData(form) });
      if (!answer.ok) throw new Error((await answer.json()).title);
      const options = await answer.json();
      const credential = form.dataset.passkey === "create"
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
      form.elements.credential.value = JSON.stringify(credential);
      form.submit();
    } catch (problem) {
      // What the browser says is for developers; what the portal says is for people.
      failed.textContent = problem instanceof DOMException || problem instanceof TypeError || !problem.message ? failed.dataset.failed : problem.message;
      failed.hidden = false;
    }
  });
}
