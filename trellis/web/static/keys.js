// Single keys for work that comes by the dozen: in a part marked data-keys, what is marked data-key="s" is pressed by s.
// They work only while the focus is in that part (WCAG 2.1.4), and never while somebody types or holds another key down.
// What is marked data-keys-hint is shown then. Without this script the buttons are there all the same.
const CAME_BY_KEY = "trellis-came-by-key";
const AT_ONCE = 10_000; // milliseconds, in which the next page is there
const TYPES = "input, select, textarea";

export function listen(part) {
  const doers = new Map(Array.from(part.querySelectorAll("[data-key]"), (doer) => [doer.dataset.key, doer]));
  doers.forEach((doer, key) => doer.setAttribute("aria-keyshortcuts", key));
  part.querySelectorAll("[data-keys-hint]").forEach((hint) => (hint.hidden = false));
  part.addEventListener("keydown", (event) => {
    const doer = doers.get(event.key.toLowerCase());
    if (!doer || event.repeat || event.ctrlKey || event.altKey || event.metaKey || event.target.matches(TYPES)) return;
    event.preventDefault();
    doer.matches("summary") ? open(doer) : press(doer);
  });
  goOn(part);
}

function press(doer) {
  sessionStorage.setItem(CAME_BY_KEY, Date.now());
  doer.click();
}

function open(summary) {
  summary.parentElement.open = true;
  (summary.parentElement.querySelector(TYPES.replace("input", "input:not([type=hidden])")) ?? summary).focus();
}

// Whoever answered by a key goes on in the same place of the next page.
function goOn(part) {
  const at = sessionStorage.getItem(CAME_BY_KEY);
  sessionStorage.removeItem(CAME_BY_KEY);
  if (at && Date.now() - at < AT_ONCE) part.focus();
}
