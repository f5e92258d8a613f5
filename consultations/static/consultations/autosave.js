// Saves what is good on the page when somebody looks away from it: telephones throw pages out of memory.
export function autosave(form) {
  const base = form.elements["page-base"];
  // What the person wrote; the fingerprint of what is stored changes with each save.
  const drawn = () => {
    const data = new FormData(form);
    data.delete(base.name);
    return new URLSearchParams(data).toString();
  };
  let last = drawn();
  let running = null;

  async function save() {
    if (running || drawn() === last) return;
    last = drawn();
    const body = new FormData(form);
    body.set("page-go", "auto");
    running = fetch(form.action, { method: "POST", body, keepalive: true, redirect: "error" })
      .then((response) => {
        const fresh = response.headers.get("X-Page-Base");
        if (fresh) base.value = fresh;
      })
      .catch(() => {
        // No connection: the next look away tries again.
        last = null;
      })
      .finally(() => {
        running = null;
      });
    await running;
  }

  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && save());
  // Sending waits for a save under way, so that it builds on what that one stored.
  form.addEventListener("submit", (event) => {
    last = drawn();
    if (!running) return;
    event.preventDefault();
    const { submitter } = event;
    running.then(() => form.requestSubmit(submitter));
  });
}
