// Passkeys: fills the hidden field of a form with what the device answers, then sends the form.
//   data-passkey="use" | "make"      what the form is for
//   data-options="ID"                the script element that holds the options, or
//   data-options-url="/…"            where to ask for them
// Without this script the forms stay hidden or say that they need it.

const fromBase64 = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0));

const toBase64 = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const withBytes = (list) => (list || []).map((item) => ({ ...item, id: fromBase64(item.id) }));

function decode(options) {
  const decoded = { ...options, challenge: fromBase64(options.challenge) };
  if (options.user) decoded.user = { ...options.user, id: fromBase64(options.user.id) };
  if (options.allowCredentials) decoded.allowCredentials = withBytes(options.allowCredentials);
  if (options.excludeCredentials) decoded.excludeCredentials = withBytes(options.excludeCredentials);
  return decoded;
}

function encode(credential) {
  const { response } = credential;
  const answer = { clientDataJSON: toBase64(response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[part]) answer[part] = toBase64(response[part]);
  }
  if (response.getTransports) answer.transports = response.getTransports();
  return {
    type: credential.type,
    id: credential.id,
    rawId: toBase64(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: answer,
  };
}

async function optionsOf(form) {
  const { options, optionsUrl } = form.dataset;
  if (options) return JSON.parse(document.getElementById(options).textContent);
  const reply = await fetch(optionsUrl, {
    headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" },
  });
  if (!reply.ok) throw new Error(reply.status);
  return reply.json();
}

async function make(form) {
  const { creation_options: { publicKey } } = await optionsOf(form);
  // A passkey opens the door alone, so the device must know the person and keep the key.
  publicKey.authenticatorSelection = {
    ...publicKey.authenticatorSelection,
    residentKey: "required",
    requireResidentKey: true,
    userVerification: "required",
  };
  return navigator.credentials.create({ publicKey: decode(publicKey) });
}

async function use(form) {
  const { request_options: { publicKey } } = await optionsOf(form);
  return navigator.credentials.get({ publicKey: decode(publicKey) });
}

async function answer(event) {
  const form = event.target;
  event.preventDefault();
  const failed = form.querySelector("[data-failed]");
  failed.hidden = true;
  try {
    const credential = await (form.dataset.passkey === "make" ? make : use)(form);
    form.elements.credential.value = JSON.stringify(encode(credential));
    form.submit();
  } catch {
    failed.hidden = false;
  }
}

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) form.addEventListener("submit", answer);
  for (const part of document.querySelectorAll("[data-needs-script]")) part.hidden = false;
}
