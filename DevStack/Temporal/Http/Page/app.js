// Shows the view of the address and refreshes it.
import { get } from './api.js';
import { el, showProblem } from './dom.js';
import * as graph from './graph.js';
import * as run from './run.js';
import * as runs from './runs.js';
import * as schedules from './schedules.js';

const refreshInterval = 2000;
const views = { '': runs, run, schedules, graph };
const main = document.getElementById('main');
let graphs = [];
let generation = 0;
let shown = null;
let timer;

const go = address => { location.hash = address; };

/** Wraps an action as an event listener: shows its error, if any, and refreshes the view. */
const act = action => async event => {
  const button = event.currentTarget;
  button.disabled = true;
  try {
    await action();
  } catch (problem) {
    showProblem(problem.message);
  }
  button.disabled = false;
  show();
};

function currentPlace() {
  const [path, query] = location.hash.replace(/^#\/?/, '').split('?');
  return { path: path.split('/'), parameters: new URLSearchParams(query), graphs };
}

async function show() {
  clearTimeout(timer);
  const current = ++generation;
  const here = currentPlace();
  const view = views[here.path[0]] ?? runs;
  document.title = view.title(here);
  markPage(here.path);
  try {
    const data = await view.load(here);
    if (current !== generation) return;
    document.getElementById('stale')?.remove();
    // Redraw only if something changed, so that selections, open details and typed text stay.
    const state = JSON.stringify(data) + tickOf(data);
    if (state !== shown) draw(view, data);
    shown = state;
  } catch (problem) {
    if (current !== generation) return;
    showError(problem);
  }
  timer = setTimeout(show, refreshInterval);
}

// The bars of running steps grow every five seconds, unless text is selected.
const tickOf = data => data.description?.workflowExecutionInfo.closeTime === undefined && data.events && getSelection().isCollapsed
  ? Math.floor(Date.now() / 5000)
  : '';

function draw(view, data) {
  const active = main.contains(document.activeElement) ? document.activeElement : null;
  const typed = active?.tagName === 'INPUT' ? active.value : null;
  const open = new Set([...main.querySelectorAll('details[open]')].map(each => each.dataset.key));
  const content = view.render(data, { go, act, redraw: () => draw(view, data) });
  main.replaceChildren(...content.flat(Infinity).filter(Boolean));
  for (const each of main.querySelectorAll('details')) each.open = open.has(each.dataset.key);
  const same = active?.dataset.key && [...main.querySelectorAll('[data-key]')].find(each => each.dataset.key === active.dataset.key);
  if (same) {
    if (typed !== null) same.value = typed;
    same.focus({ preventScroll: true });
  }
}

// Keeps the last content below an error message; without content, shows only the message.
function showError(problem) {
  document.getElementById('stale')?.remove();
  const card = el('p', { id: 'stale', className: 'card error', role: 'alert' }, problem.message);
  if (shown === null) main.replaceChildren(card);
  else main.prepend(card);
}

function drawNavigation() {
  const links = [['', 'Workflows'], ['schedules', 'Schedules'], ...graphs.map((name, i) => [`graph/${i}`, name])];
  document.getElementById('nav').replaceChildren(...links.map(([address, name]) => el('a', { href: `#/${address}` }, name)));
}

function markPage([page, index]) {
  const current = page === 'graph' ? `#/graph/${index}` : page === 'schedules' ? '#/schedules' : '#/';
  for (const link of document.querySelectorAll('#nav a')) {
    if (link.getAttribute('href') === current) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
}

addEventListener('hashchange', () => {
  main.replaceChildren(el('p', { className: 'dim' }, 'Loading…'));
  shown = null;
  document.getElementById('problem').hidden = true;
  show();
});

document.querySelector('.skip').addEventListener('click', event => {
  event.preventDefault();
  main.focus();
});

graphs = await get('/page/graphs').catch(() => []);
drawNavigation();
show();
