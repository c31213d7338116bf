// <form data-passkey="create|get" data-options="address">: asks the portal for a challenge, the browser for a passkey, and puts its
// answer into the form's field "credential" (or data-field), which then goes the ordinary way. Such forms are hidden where the browser
// knows no passkeys.
const known = window.PublicKeyCredential?.parseCreationOptionsFromJSON && window.PublicKeyCredential.parseRequestOptionsFromJSON;

const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

// By hand: what a password manager hands out in the browser's place often lacks toJSON, and is an empty object to JSON.stringify.
function written(credential) {
  const { response } = credential;
  const result = {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults?.() ?? {},
    response: { clientDataJSON: text(response.clientDataJSON) },
  };
  if (credential.authenticatorAttachment) result.authenticatorAttachment = credential.authenticatorAttachment;
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[part]) result.response[part] = text(response[part]);
  }
  if (response.attestationObject) result.response.transports = response.getTransports?.() ?? [];
  return JSON.stringify(result);
}

let busy = false; // a second press would begin another ceremony, and the first could no longer be ended

for (const form of known ? document.querySelectorAll("form[data-passkey]") : []) {
  const failed = form.querySelector("[data-failed]");
  form.closest("[data-passkeys]").hidden = false;
  form.addEventListener("submit", async event => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    failed.hidden = true;
    try {
      const answer = await fetch(form.dataset.options, { method: "POST", body: new FormData(form) });
      if (answer.status === 401) {
        form.submit(); // the portal first asks who it is, and keeps what was typed
        return;
      }
      if (!answer.ok) throw new Error((await answer.json()).title);
      const options = await answer.json();
      const credential = form.dataset.passkey === "create"
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
      form.elements[form.dataset.field ?? "credential"].value = written(credential);
      form.submit();
    } catch (problem) {
      // What the browser says is for developers; what the portal says is for people.
      failed.textContent = problem instanceof DOMException || problem instanceof TypeError || problem instanceof SyntaxError || !problem.message
        ? failed.dataset.failed : problem.message;
      failed.hidden = false;
      busy = false;
    }
  });
}
