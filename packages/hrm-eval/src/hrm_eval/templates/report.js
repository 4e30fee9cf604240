"use strict";

// The table of problems. Text of models and programs becomes text nodes only, never markup.

const PAGE = 200;
const MAX_SHOWN = 20000;

const problems = JSON.parse(document.getElementById("data").textContent).problems;
const byLink = new Map();
problems.forEach((problem, place) => {
  problem.place = place;
  problem.passed = problem.samples.filter((sample) => sample.status === "passed").length;
  problem.generation = sum(problem.samples, "generation");
  problem.execution = sum(problem.samples, "seconds");
  byLink.set(problem.link, problem);
  for (const sample of problem.samples) {
    sample.sample ??= 0;
    sample.program ??= "";
    if (sample.answer === undefined) sample.answer = sample.program;
  }
});

const query = document.getElementById("query");
const status = document.getElementById("status");
const found = document.getElementById("found");
const rows = document.getElementById("rows");
const before = document.getElementById("before");
const more = document.getElementById("more");
const headings = [...document.querySelectorAll("th[data-key]")];
const table = document.querySelector("table.problems");
const hasSeveral = table.classList.contains("several");

// Of the matches, the table has those from `first` up to `end`.
const view = { key: "place", descending: false, matches: [], first: 0, end: 0 };
const opened = new Set();
let linkedSample = null;

function sum(samples, key) {
  return samples.reduce((total, sample) => total + (sample[key] ?? 0), 0);
}

function element(name, attributes, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children.filter((child) => child !== null));
  return node;
}

// Text

const CONTROLS = /[^\P{C}\n\t]+/gu;
const PYTHON =
  /(#[^\n]*)|((?<!\w)[rbfuRBFU]{0,2}(?:"""[^]*?(?:"""|$)|'''[^]*?(?:'''|$)|"(?:\\[^]|[^"\\\n])*"?|'(?:\\[^]|[^'\\\n])*'?))|(\b\d[\w.]*)|((?<=\b(?:def|class)[ ]{1,4})\w+)|(\b(?:and|as|assert|async|await|break|class|continue|def|del|elif|else|except|False|finally|for|from|global|if|import|in|is|lambda|None|nonlocal|not|or|pass|raise|return|True|try|while|with|yield)\b)/g;
const KINDS = ["comment", "string", "digits", "defined", "keyword"];

function escapeControl(character) {
  const code = character.codePointAt(0);
  if (code < 0x100) return "\\x" + code.toString(16).padStart(2, "0");
  if (code < 0x10000) return "\\u" + code.toString(16).padStart(4, "0");
  return "\\U" + code.toString(16).padStart(8, "0");
}

// Control characters, lone surrogates and the like are shown by their codes.
function addText(parent, text) {
  let end = 0;
  for (const match of text.matchAll(CONTROLS)) {
    const codes = Array.from(match[0], escapeControl).join("");
    parent.append(text.slice(end, match.index), element("span", { class: "control" }, codes));
    end = match.index + match[0].length;
  }
  parent.append(text.slice(end));
}

function addPython(parent, text) {
  let end = 0;
  for (const match of text.matchAll(PYTHON)) {
    addText(parent, text.slice(end, match.index));
    const kind = KINDS[match.slice(1).findIndex((group) => group !== undefined)];
    const span = element("span", { class: kind });
    addText(span, match[0]);
    parent.append(span);
    end = match.index + match[0].length;
  }
  addText(parent, text.slice(end));
}

function block(text, label, add = addText) {
  const pre = element("pre", { "aria-label": label });
  const isLong = text.length > MAX_SHOWN;
  add(pre, isLong ? text.slice(0, MAX_SHOWN) : text);
  if (!isLong) return pre;
  const count = text.length.toLocaleString("en");
  const button = element("button", { type: "button" }, `Show all ${count} characters`);
  button.addEventListener("click", () => {
    pre.replaceChildren();
    addText(pre, text);
    pre.setAttribute("tabindex", "0");
    pre.focus();
    button.remove();
  });
  return element("div", {}, pre, button);
}

// A part that scrolls can be reached by the keyboard.
function makeReachable(parent) {
  for (const pre of parent.querySelectorAll("pre")) {
    if (pre.scrollHeight > pre.clientHeight) {
      pre.setAttribute("tabindex", "0");
      pre.setAttribute("role", "region");
    }
  }
}

function seconds(value) {
  if (value < 1) return `${(1000 * value).toFixed(1)} ms`;
  return value < 600 ? `${value.toFixed(1)} s` : `${(value / 60).toFixed(0)} min`;
}

function badge(name) {
  return element("span", { class: "status", "data-status": name }, name.replaceAll("_", " "));
}

// What went wrong, in a line.
function gist(sample) {
  if (!sample.message) return "";
  const text =
    sample.returned === undefined
      ? sample.message.split("\nIt printed:")[0].trimEnd().split("\n").at(-1)
      : `returned ${sample.returned}, ${sample.relation} ${sample.expected}`;
  return text.length > 200 ? `${text.slice(0, 200)}...` : text;
}

// Searching, filtering and sorting

function matching(problem, words, wanted) {
  const isWanted = (sample) =>
    wanted === "" || sample.status === wanted || (wanted === "failed" && isFailure(sample));
  const samples = problem.samples.filter(isWanted);
  if (words === "" || samples.length === 0) return samples;
  problem.searched ??= [problem.id, problem.prompt, problem.text, ...(problem.tests ?? [])]
    .join("\n")
    .toLowerCase();
  if (problem.searched.includes(words)) return samples;
  return samples.filter((sample) => {
    sample.searched ??= [sample.prompt, sample.answer, sample.message, sample.log]
      .concat(sample.answer === sample.program ? [] : [sample.program])
      .join("\n")
      .toLowerCase();
    return sample.searched.includes(words);
  });
}

function isFailure(sample) {
  return sample.status !== "passed" && sample.status !== "not judged yet";
}

// The slowest come first.
const TIMES = ["generation", "execution"];
const KEYS = {
  place: (match) => match.problem.place,
  passed: (match) => match.problem.passed / match.problem.samples.length,
  verdict: (match) => match.samples[0].status,
  generation: (match) => match.problem.generation,
  execution: (match) => match.problem.execution,
};

function update() {
  const words = query.value.trim().toLowerCase();
  const matches = [];
  for (const problem of problems) {
    const samples = matching(problem, words, status.value);
    if (samples.length > 0) matches.push({ problem, samples });
  }
  const key = KEYS[view.key];
  if (view.key !== "place" || view.descending) {
    const sign = view.descending ? -1 : 1;
    matches.sort((a, b) => {
      const [x, y] = [key(a), key(b)];
      return x === y ? a.problem.place - b.problem.place : x < y ? -sign : sign;
    });
  }
  view.matches = matches;
  showFrom(0);
  const count = matches.length.toLocaleString("en");
  const all = problems.length.toLocaleString("en");
  let text = matches.length === problems.length ? `${all} problems` : `${count} of ${all} problems`;
  if (hasSeveral) {
    const answers = matches.reduce((total, match) => total + match.samples.length, 0);
    text += `, ${answers.toLocaleString("en")} answers`;
  }
  found.textContent = text;
}

// Rows

function showFrom(place) {
  rows.replaceChildren();
  view.first = view.end = place;
  showMore();
}

function showMore() {
  const end = Math.min(view.end + PAGE, view.matches.length);
  rows.append(makeRows(view.end, end));
  view.end = end;
  afterShowing();
}

function showBefore() {
  const first = Math.max(view.first - PAGE, 0);
  rows.prepend(makeRows(first, view.first));
  view.first = first;
  afterShowing();
}

function makeRows(first, end) {
  const fragment = document.createDocumentFragment();
  for (const match of view.matches.slice(first, end)) {
    fragment.append(makeRow(match));
    if (opened.has(match.problem)) fragment.append(makeDetails(match));
  }
  return fragment;
}

function afterShowing() {
  makeReachable(rows);
  const rest = view.matches.length - view.end;
  more.hidden = rest === 0;
  more.textContent = `Show ${Math.min(PAGE, rest)} more of ${rest.toLocaleString("en")} after these`;
  before.hidden = view.first === 0;
  const count = Math.min(PAGE, view.first);
  before.textContent = `Show ${count} more of ${view.first.toLocaleString("en")} before these`;
}

function rowOf(match) {
  return [...rows.children].find((row) => row.match === match);
}

function makeRow(match) {
  const { problem, samples } = match;
  const isOpen = opened.has(problem);
  const button = element("button", { type: "button", "aria-expanded": isOpen });
  addText(button, problem.id);
  if (isOpen) button.setAttribute("aria-controls", `details-${problem.place}`);
  const failure = samples.find(isFailure);
  const message = element("td", { class: "wide gist" });
  if (failure) addText(message, gist(failure));
  const row = element(
    "tr",
    { class: "row" },
    element("th", { scope: "row" }, button),
    hasSeveral ? element("td", {}, `${problem.passed}/${problem.samples.length}`) : null,
    element("td", {}, ...verdicts(samples)),
    message,
    element("td", { class: "wide" }, problem.generation ? seconds(problem.generation) : ""),
    element("td", { class: "wide" }, problem.execution ? seconds(problem.execution) : ""),
  );
  row.match = match;
  return row;
}

function verdicts(samples) {
  if (!hasSeveral) return [badge(samples[0].status)];
  const counts = new Map();
  for (const sample of samples) counts.set(sample.status, (counts.get(sample.status) ?? 0) + 1);
  const sorted = [...counts].sort((a, b) => b[1] - a[1]);
  return sorted.flatMap(([name, count], n) => [n ? ", " : "", badge(name), ` ${count}`]);
}

function toggle(row, { isOpen, isLinked = false }) {
  const { problem } = row.match;
  const button = row.querySelector("button");
  if (isOpen === opened.has(problem)) return;
  button.setAttribute("aria-expanded", isOpen);
  if (isOpen) {
    opened.add(problem);
    row.after(makeDetails(row.match));
    makeReachable(row.nextSibling);
    button.setAttribute("aria-controls", `details-${problem.place}`);
    if (!isLinked) history.replaceState(null, "", `#${problem.link}`);
  } else {
    opened.delete(problem);
    row.nextSibling.remove();
    button.removeAttribute("aria-controls");
  }
}

// Details

function makeDetails(match) {
  const { problem, samples } = match;
  const cell = element("td", { class: "details", colspan: headings.length + 1 });
  const link = element("a", { href: `#${problem.link}` });
  addText(link, `#${problem.id}`);
  cell.append(element("p", { class: "small" }, "Link to this problem: ", link));
  if (problem.prompt) {
    cell.append(element("h3", {}, "Prompt"), block(problem.prompt, "Prompt"));
  } else if (problem.text) {
    cell.append(element("h3", {}, "Task"), block(problem.text, "Task"));
  }
  if (problem.samples.length === 1) {
    cell.append(makeAnswer(problem, problem.samples[0]));
  } else {
    cell.append(element("h3", {}, "Answers"));
    for (const sample of samples) cell.append(makeSample(problem, sample, samples));
    const others = problem.samples.length - samples.length;
    if (others > 0) {
      const text = `${others} other answers do not match the search and the verdict above.`;
      cell.append(element("p", { class: "small" }, text));
    }
  }
  return element("tr", { id: `details-${problem.place}` }, cell);
}

function makeSample(problem, sample, samples) {
  const summary = element("summary", {}, `Answer ${sample.sample}: `, badge(sample.status));
  if (sample.chosen) summary.append(" (chosen by the tests in the prompt)");
  const message = element("span", { class: "gist" });
  addText(message, gist(sample));
  summary.append(message);
  const details = element("details", { class: "answer" }, summary);
  details.addEventListener("toggle", () => {
    if (details.open && details.childElementCount === 1) {
      details.append(makeAnswer(problem, sample));
      makeReachable(details);
    }
  });
  const isFiltered = samples.length < problem.samples.length;
  details.open = sample === linkedSample || (isFiltered && sample === samples[0]);
  return details;
}

function makeAnswer(problem, sample) {
  const parent = element("div", {});
  const add = (title, ...content) => parent.append(element("h4", {}, title), ...content);
  if (sample.prompt) add("Prompt of this answer", block(sample.prompt, "Prompt of this answer"));
  if (sample.answer === null) {
    add("Program, as it was scored", block(sample.program, "Program", addPython));
  } else if (sample.answer === sample.program) {
    add("Answer, all of which is the program", block(sample.program, "Program", addPython));
  } else {
    add("Answer, as it came", block(sample.answer, "Answer"));
    add("Program that was taken out of it", block(sample.program, "Program", addPython));
  }
  if (sample.returned !== undefined) {
    const returned = element("div", {}, element("h4", {}, "Returned"));
    const title = sample.relation.replace("e", "E");
    const expected = element("div", {}, element("h4", {}, title));
    returned.append(block(sample.returned, "Returned", addPython));
    expected.append(block(sample.expected, title, addPython));
    parent.append(element("div", { class: "beside" }, returned, expected));
  }
  if (sample.message) add("Message", block(sample.message, "Message"));
  if (sample.log) add("Log of the sandbox", block(sample.log, "Log of the sandbox"));
  const tests = makeTests(problem, sample);
  if (tests) add("Tests", tests);
  if (problem.setup) add("Code that the tests need", block(problem.setup, "Setup", addPython));
  parent.append(makeFacts(sample));
  return parent;
}

function makeTests(problem, sample) {
  const outcomes = sample.tests ?? [];
  const texts = problem.tests ?? [];
  const count = Math.max(outcomes.length, texts.length);
  if (count === 0) return null;
  const body = element("tbody", {});
  for (let n = 0; n < count; n++) {
    const code = element("td", { class: "code" });
    if (texts[n] === undefined) code.append("(text unknown)");
    else addPython(code, texts[n].trim().slice(0, MAX_SHOWN));
    const outcome = element("td", {}, badge(outcomes[n] ?? "not run"));
    body.append(element("tr", {}, element("td", {}, `${n + 1}`), code, outcome));
  }
  const columns = ["no.", "test", "outcome"].map((name) => element("th", { scope: "col" }, name));
  return element("table", { class: "tests" }, element("thead", {}, element("tr", {}, ...columns)), body);
}

const ENDS = {
  stop: "the model or a stop string",
  length: "the limit of the length",
  prompt_too_long: "no room for an answer",
};

function makeFacts(sample) {
  const list = element("dl", { class: "facts" });
  const add = (name, value) =>
    list.append(element("div", {}, element("dt", {}, name), element("dd", {}, value)));
  if (sample.tokens) {
    add("Generation", `${seconds(sample.generation ?? 0)}, ${sample.tokens} tokens`);
  }
  if (sample.finish) add("Ended by", ENDS[sample.finish] ?? sample.finish);
  if (sample.seconds !== undefined) add("Execution", seconds(sample.seconds));
  if (sample.cpu !== undefined) add("CPU time", seconds(sample.cpu));
  if (sample.memory) add("Memory", `${(sample.memory / 2 ** 20).toFixed(1)} MiB`);
  if (sample.shared) add("Judged", "in the program's own process");
  if (sample.asked) add("Equality", "decided by the program's own __eq__");
  return list;
}

// Links

function follow() {
  const link = location.hash.slice(1);
  let problem = byLink.get(link);
  linkedSample = null;
  if (problem === undefined) {
    const [, task, number] = /^(.*):(\d+)$/.exec(link) ?? [];
    problem = byLink.get(task);
    linkedSample = problem?.samples.find((sample) => sample.sample === Number(number)) ?? null;
  }
  if (problem === undefined) return;
  const find = () =>
    view.matches.findIndex(
      (match) =>
        match.problem === problem && (!linkedSample || match.samples.includes(linkedSample)),
    );
  if (find() < 0) {
    query.value = "";
    status.value = "";
    update();
  }
  const place = find();
  if (place < view.first || place >= view.end) showFrom(place);
  const row = rowOf(view.matches[place]);
  if (linkedSample) toggle(row, { isOpen: false });
  toggle(row, { isOpen: true, isLinked: true });
  row.scrollIntoView();
  row.querySelector("button").focus({ preventScroll: true });
}

// Events

let waiting;
query.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(update, 100);
});
status.addEventListener("change", update);
document.querySelector("form").addEventListener("submit", (event) => {
  event.preventDefault();
  update();
});
for (const heading of headings) {
  heading.querySelector("button").addEventListener("click", () => {
    const isSame = view.key === heading.dataset.key;
    view.key = heading.dataset.key;
    view.descending = isSame ? !view.descending : TIMES.includes(view.key);
    for (const other of headings) other.ariaSort = "none";
    heading.ariaSort = view.descending ? "descending" : "ascending";
    update();
  });
}
rows.addEventListener("click", (event) => {
  const row = event.target.closest("tr");
  if (row?.match && !getSelection().toString()) {
    toggle(row, { isOpen: !opened.has(row.match.problem) });
  }
});
more.addEventListener("click", () => {
  const match = view.matches[view.end];
  showMore();
  // The keyboard goes on where the new rows begin.
  rowOf(match).querySelector("button").focus();
});
before.addEventListener("click", showBefore);
addEventListener("hashchange", follow);

update();
follow();
