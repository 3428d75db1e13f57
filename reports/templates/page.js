// Filters the scenarios, and unpacks their details when one is opened. Draws nothing itself.
(() => {
  "use strict";
  const data = JSON.parse(document.getElementById("index").textContent);
  const form = document.getElementById("filter");
  const features = [...document.querySelectorAll("details.feature")];
  const names = data.facets.map(([name]) => name);
  const opened = features.map((feature) => feature.open);
  let chosen = new Map();
  let unfolded = []; // outlines of which only some rows are found
  let nodes = null;
  let texts = null;

  // Every scenario: its own element (a row of the examples, for an outline), and what is around.
  const scenarios = () => {
    nodes ??= data.scenarios.map((_, position) => {
      const own = document.getElementById(`s${position + 1}`);
      return { own, box: own.closest("details.sc"), feature: own.closest("details.feature") };
    });
    return nodes;
  };

  const plain = (text) => text.replace(/\s+/g, " ").toLowerCase();

  // The text that a reader sees of each scenario, of an outline's rows only what is their own.
  const haystacks = () => {
    texts ??= scenarios().map(({ own, box, feature }) => {
      const rule = own.closest(".rule").querySelector("h4");
      const parts = [feature.querySelector("h3"), rule];
      if (own === box) {
        parts.push(own);
      } else {
        parts.push(box.querySelector("summary"), box.querySelector(".steps"), own);
        for (const part of box.querySelectorAll("[data-of]")) {
          if (part.dataset.of.split(" ").includes(own.id)) parts.push(part);
        }
      }
      return plain(parts.map((part) => (part ? part.textContent : "")).join(" "));
    });
    return texts;
  };

  const matches = () => {
    const wanted = [];
    for (const [name, value] of chosen) {
      const place = names.indexOf(name);
      if (place >= 0) wanted.push([place, data.facets[place][1].indexOf(value)]);
    }
    const text = plain(chosen.get("text") ?? "").trim();
    const all = text ? haystacks() : null;
    return data.scenarios.map(
      (cells, position) =>
        wanted.every(([place, value]) => cells[place].includes(value)) &&
        (!text || all[position].includes(text)),
    );
  };

  const count = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;

  const say = (hits) => {
    const all = data.scenarios.length;
    const cells = ["situation", "case"].filter((name) => chosen.has(name));
    const also = cells.map((name) => `, ${name}: ${chosen.get(name)}`).join("");
    document.getElementById("found").textContent = chosen.size
      ? `${hits.toLocaleString("en")} of ${count(all, "scenario")}${also}`
      : `All ${count(all, "scenario")}`;
  };

  const show = () => {
    const found = matches();
    say(found.filter(Boolean).length);
    const seen = new Set();
    const hits = new Map();
    scenarios().forEach(({ own, box, feature }, position) => {
      own.hidden = !found[position];
      if (!found[position]) return;
      seen.add(box).add(feature).add(box.parentElement);
      hits.set(feature, (hits.get(feature) ?? 0) + 1);
    });
    for (const part of document.querySelectorAll(".feature, .rule, .outline")) {
      part.hidden = !seen.has(part);
    }
    features.forEach((feature, position) => {
      feature.open = chosen.size ? seen.has(feature) : opened[position];
      feature.firstElementChild.dataset.found = chosen.size ? `${hits.get(feature) ?? 0} found` : "";
    });
    for (const box of unfolded) box.open = false;
    unfolded = scenarios()
      .filter(({ own, box }) => own.hidden && !box.hidden && !box.open)
      .map(({ box }) => box);
    for (const box of unfolded) box.open = true;
  };

  const fill = () => {
    for (const field of form.elements) {
      if (!field.name) continue;
      field.value = chosen.get(field.name) ?? "";
    }
  };

  const address = () => {
    const query = new URLSearchParams([...chosen]).toString();
    return query ? `#?${query}` : "#scenarios";
  };

  const read = () => {
    if (!location.hash.startsWith("#?")) return false;
    chosen = new Map([...new URLSearchParams(location.hash.slice(2))].filter(([, value]) => value));
    return true;
  };

  const choose = (name, value) => {
    if (value) chosen.set(name, value);
    else chosen.delete(name);
    history.replaceState(null, "", address());
    show();
  };

  const unpack = async (feature) => {
    const script = feature.querySelector("script.packed");
    if (!script) return null;
    const bytes = Uint8Array.from(atob(script.textContent), (sign) => sign.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return JSON.parse(await new Response(stream).text());
  };
  const unpacked = new Map();
  const details = async (box, id) => {
    const feature = box.closest("details.feature");
    if (!unpacked.has(feature)) unpacked.set(feature, unpack(feature));
    const parts = await unpacked.get(feature);
    const more = box.querySelector(":scope > .more");
    if (more.dataset.of === id) return;
    more.dataset.of = id;
    if (parts) more.innerHTML = parts[id] ?? "";
  };

  // The scenario of an address such as #s12: opened, with all that it stands in.
  const open = (id) => {
    const own = document.getElementById(id);
    const box = own?.closest("details.sc");
    if (!box) return;
    if (own.hidden || box.hidden) {
      chosen = new Map();
      fill();
      show();
    }
    box.closest("details.feature").open = true;
    box.open = true;
    for (const row of box.querySelectorAll("tr.chosen")) row.classList.remove("chosen");
    if (own !== box) own.classList.add("chosen");
    const show = () => own.scrollIntoView({ block: own === box ? "start" : "center" });
    details(box, id).then(() => requestAnimationFrame(show));
  };

  const follow = () => {
    if (read()) {
      fill();
      show();
      document.getElementById("scenarios").scrollIntoView();
    } else if (/^#s\d+$/.test(location.hash)) {
      open(location.hash.slice(1));
    }
  };

  data.facets.forEach(([name, values], place) => {
    const select = form.elements.namedItem(name);
    if (!select) return;
    const times = new Array(values.length).fill(0);
    for (const cells of data.scenarios) for (const value of cells[place]) times[value] += 1;
    values.forEach((value, position) => {
      select.append(new Option(`${value.length > 60 ? `${value.slice(0, 59)}…` : value} (${times[position]})`, value));
    });
  });
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", ({ target }) => choose(target.name, target.value));
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    chosen = new Map();
    history.replaceState(null, "", address());
    fill();
    show();
  });
  document.getElementById("scenarios").addEventListener(
    "toggle",
    ({ target }) => {
      if (!target.open || !target.classList.contains("sc")) return;
      const id = target.id || target.querySelector("tr.chosen, tbody tr[id]")?.id;
      if (id) details(target, id);
    },
    true,
  );
  addEventListener("hashchange", follow);
  say(data.scenarios.length);
  follow();
  for (const box of document.querySelectorAll("details.feature[open] details.sc[open][id]")) {
    details(box, box.id);
  }
  document.documentElement.dataset.ready = "yes";
})();
