// What is looked at within a page. Each function runs in the browser, takes
// plain values and returns sentences about what is wrong; none if nothing is.

/** Elements and attributes that a debrief never has, whoever wrote its texts. */
export function strangers() {
  const known = new Set(
    ("html head meta title style body a header p strong span h1 h2 h3 h4 main div dl dt dd nav ul ol li section " +
      "figure figcaption details summary table caption thead tbody tr th td article blockquote em code pre footer " +
      "svg desc defs pattern path text line rect circle").split(" "),
  );
  const found = [];
  for (const element of document.querySelectorAll("*")) {
    const name = element.localName;
    if (!known.has(name)) found.push(`<${name}>`);
    for (const { name: attribute } of element.attributes) {
      if (/^on|^style$|^src|^srcset$|^action$|^formaction$|href$/.test(attribute) && name !== "a") {
        found.push(`<${name} ${attribute}>`);
      }
    }
    if (name === "a" && !/^(#|https:\/\/)/.test(element.getAttribute("href") ?? "")) {
      found.push(`a link to ${element.getAttribute("href")}`);
    }
    if (name === "a" && element.href.startsWith("https:") && element.rel !== "noreferrer") {
      found.push(`a link that says where it comes from: ${element.href}`);
    }
  }
  return found;
}

/** Texts in pictures: none on another, none over the edge. */
export function labelsApart() {
  const found = [];
  // A picture may be a document by itself.
  const whole = document.documentElement;
  for (const picture of whole.localName === "svg" ? [whole] : document.querySelectorAll("svg.picture")) {
    if (picture.getClientRects().length === 0) continue;
    const sheet = picture.getBoundingClientRect();
    const labels = [...picture.querySelectorAll("text")].map((text) => [text, text.getBoundingClientRect()]);
    const title = picture.querySelector("title").id;
    const letters = (13 * sheet.width) / picture.viewBox.baseVal.width;
    if (letters < 11) found.push(`${title}: letters of ${letters.toFixed(1)} pixels`);
    labels.forEach(([text, box], row) => {
      if (box.left < sheet.left - 1 || box.right > sheet.right + 1 || box.top < sheet.top - 1 || box.bottom > sheet.bottom + 1) {
        found.push(`${title}: “${text.textContent}” is cut`);
      }
      for (const [other, its] of labels.slice(row + 1)) {
        const wide = Math.min(box.right, its.right) - Math.max(box.left, its.left);
        const high = Math.min(box.bottom, its.bottom) - Math.max(box.top, its.top);
        if (wide > 1 && high > 3) found.push(`${title}: “${text.textContent}” lies on “${other.textContent}”`);
      }
    });
  }
  return found;
}

/** Whether one has to scroll sideways to read; only a matrix may, in a box that has the focus and a name. */
export function sideways() {
  const found = [];
  // What is for the ear alone reaches nowhere.
  const unseen = [...document.querySelectorAll("main *")].filter((element) => getComputedStyle(element).clipPath === "inset(50%)");
  const hide = (hidden) => {
    for (const element of unseen) {
      element.hidden = hidden;
      if (hidden) element.style.setProperty("display", "none", "important");
      else element.removeAttribute("style");
    }
  };
  hide(true);
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > wide) found.push(`the page is ${document.documentElement.scrollWidth} wide`);
  // Nothing reaches out of the column either, however wide the window.
  const edge = document.querySelector("main").getBoundingClientRect().right;
  const range = document.createRange();
  for (const element of document.querySelectorAll("main *")) {
    if (element.closest(".scroll, svg, [hidden]") || element.querySelector(".scroll")) continue;
    range.selectNodeContents(element);
    const right = Math.max(element.getBoundingClientRect().right, range.getBoundingClientRect().right);
    if (right > edge + 1) found.push(`<${element.localName} class="${element.className}"> reaches ${Math.round(right)} of ${Math.round(edge)}`);
  }
  for (const table of document.querySelectorAll("main table")) {
    const what = `the table “${(table.caption ?? table.rows[0])?.textContent.slice(0, 40)}”`;
    const box = table.closest(".scroll");
    if (!table.matches(".matrix")) {
      if (box) found.push(`${what} is a text and stands in a box that scrolls`);
      if (table.scrollWidth > table.clientWidth + 1) found.push(`${what} needs ${table.scrollWidth} of ${table.clientWidth} pixels`);
      for (const cell of table.querySelectorAll("tbody td")) {
        if (cell.scrollWidth > cell.clientWidth + 1 && cell.textContent) found.push(`${what}: “${cell.textContent.slice(0, 40)}” is wider than its cell`);
      }
    } else if (!box || box.tabIndex !== 0 || box.getAttribute("role") !== "group" || !box.getAttribute("aria-label")) {
      found.push(`${what} may scroll, but not in a box that takes the focus and has a name`);
    }
  }
  const small = [...document.querySelectorAll("p, li, td, dd")].find(
    (element) => parseFloat(getComputedStyle(element).fontSize) < 15,
  );
  hide(false);
  if (small) found.push(`letters below 15 pixels in <${small.localName} class="${small.className}">`);
  return found.slice(0, 6);
}

/** Whether tables are read as cards: no column but for the eye, and its heading before each cell. */
export function cards() {
  const found = [];
  for (const table of document.querySelectorAll("main table:not(.matrix)")) {
    const heads = [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
    const what = `the table “${heads.join(", ")}”`;
    const roles = [[table, "table"], [table.tHead, "rowgroup"], ...[...table.tBodies].map((body) => [body, "rowgroup"])];
    for (const row of table.rows) {
      roles.push([row, "row"]);
      for (const cell of row.cells) roles.push([cell, cell.localName === "th" ? "columnheader" : "cell"]);
    }
    const bare = roles.find(([element, role]) => element.getAttribute("role") !== role);
    if (bare) found.push(`${what}: <${bare[0].localName}> has no role of its own`);
    for (const cell of [...table.tBodies].flatMap((body) => [...body.rows]).flatMap((row) => [...row.cells])) {
      if (!cell.textContent && !cell.matches(".empty")) continue;
      const said = getComputedStyle(cell, "::before").content;
      // What is said of the row above stands below its cells, and under no heading.
      const head = cell.matches(".below") ? "" : heads[cell.cellIndex];
      if (head && !said.includes(JSON.stringify(head).slice(1, -1))) found.push(`${what}: “${cell.textContent.slice(0, 40)}” does not say “${head}” but ${said}`);
      if (cell.getBoundingClientRect().left > table.getBoundingClientRect().left + 1) found.push(`${what}: “${cell.textContent.slice(0, 40)}” stands beside another`);
    }
  }
  return found.slice(0, 6);
}

/** Whether paper shows everything: folds open, pictures in one piece, dark ink on white. */
export function printsWhole(high) {
  const found = [];
  for (const fold of document.querySelectorAll("details:not([open])")) {
    const inner = [...fold.children].find((child) => child.localName !== "summary");
    if (inner && !inner.checkVisibility()) {
      found.push(`what is folded stays folded: “${fold.querySelector("summary").textContent}”`);
      break;
    }
  }
  const shown = [...document.querySelectorAll("svg.picture")].filter((svg) => svg.getClientRects().length > 0);
  if (shown.length === 0) found.push("no picture is shown");
  for (const picture of shown) {
    const { height } = picture.getBoundingClientRect();
    const title = picture.querySelector("title").id;
    if (!title.includes("-wide-")) found.push(`${title} is the telephone's picture`);
    if (height > high) found.push(`${title} is ${Math.round(height)} high, higher than a sheet`);
    if (getComputedStyle(picture).breakInside !== "avoid") found.push(`${title} may be cut between sheets`);
  }
  const ink = getComputedStyle(document.body).color;
  if (ink !== "rgb(27, 31, 35)") found.push(`the ink is ${ink}`);
  if (document.documentElement.scrollWidth > document.documentElement.clientWidth + 1) {
    const over = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1);
    found.push(`wider than the sheet: ${over.slice(0, 3).map((e) => `<${e.localName} class="${e.className.baseVal ?? e.className}">`).join(", ")}`);
  }
  return found;
}
