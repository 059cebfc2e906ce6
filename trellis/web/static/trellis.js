// Wakes GOV.UK's components, and keeps long work up to date. Every page works without it.
import { initAll } from "./vendor/govuk-frontend.js";

initAll();

// A part marked data-refresh="5" is fetched again every five seconds, until it comes back without the mark.
async function refresh(part) {
  const answer = await fetch(location.href, { headers: { "X-Requested-With": "fetch" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById(part.id);
  if (!answer.ok || !fresh) return location.reload();
  part.replaceChildren(...fresh.childNodes);
  if (fresh.dataset.refresh) return later(part);
  location.reload(); // it has ended: what follows the work may have changed too
}

function later(part) {
  setTimeout(() => refresh(part).catch(() => later(part)), part.dataset.refresh * 1000);
}

document.querySelectorAll("[data-refresh]").forEach(later);

// A box marked data-suggestions="/an/address/" suggests while people type.
const boxes = document.querySelectorAll("[data-suggestions]");
if (boxes.length) import("./combobox.js").then(({ suggest }) => boxes.forEach(suggest));

// A part marked data-keys has single keys for what is marked data-key="s".
const parts = document.querySelectorAll("[data-keys]");
if (parts.length) import("./keys.js").then(({ listen }) => parts.forEach(listen));
