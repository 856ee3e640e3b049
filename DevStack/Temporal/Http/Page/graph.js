// A graph that the host of the server provides, such as lineage: one column per kind, from sources on the left to results on the right.
import { get } from './api.js';
import { el, empty } from './dom.js';

let selected;

export const title = ({ graphs, path }) => graphs[path[1]] ?? 'Graph';

export async function load({ path }) {
  return { index: path[1], ...await get(`/page/graphs/${encodeURIComponent(path[1])}`) };
}

export function render(data, { redraw }) {
  const nodes = complete(data.nodes);
  const heading = [el('h1', {}, data.title), data.caption && el('p', { className: 'dim' }, data.caption)];
  if (nodes.length === 0) return [...heading, empty('There is nothing to show yet.')];
  const byName = new Map(nodes.map(node => [node.name, node]));
  const node = byName.get(selected);
  const lit = node ? new Set([...reach(node.name, name => byName.get(name).inputs), ...reach(node.name, outputsOf(nodes))]) : new Set();
  const graph = el('div', { className: 'graph' });
  const buttons = new Map();
  const groups = [...new Set(data.nodes.map(each => each.group))];
  for (const column of columnsOf(nodes, byName)) {
    graph.append(el('div', { className: 'column' }, column.map(each => {
      const button = el('button', {
        className: `node group${groups.indexOf(each.group) + 1}${lit.has(each.name) ? ' lit' : ''}`, key: `node-${each.name}`,
        'aria-pressed': String(each.name === selected),
        onclick: () => { selected = each.name === selected ? undefined : each.name; redraw(); document.getElementById('details')?.scrollIntoView({ block: 'nearest' }); },
      }, el('b', {}, each.name), el('small', {}, each.group), each.inputs.length > 0 && el('small', { className: 'from' }, `made from ${each.inputs.join(', ')}`));
      buttons.set(each.name, button);
      return button;
    })));
  }
  requestAnimationFrame(() => drawEdges(graph, nodes, buttons, lit));
  return [...heading, graph, node ? details(node) : el('p', { className: 'dim' }, 'Select a table to see where it and its columns come from.')];
}

// Adds nodes for inputs that have no node of their own.
function complete(nodes) {
  const known = new Set(nodes.map(node => node.name));
  const sources = [...new Set(nodes.flatMap(node => node.inputs))].filter(name => !known.has(name));
  return [...sources.map(name => ({ name, group: '', inputs: [], details: [] })), ...nodes];
}

const outputsOf = nodes => name => nodes.filter(node => node.inputs.includes(name)).map(node => node.name);

function reach(name, next, seen = new Set()) {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const other of next(name)) reach(other, next, seen);
  return seen;
}

// One column per kind, ordered by distance from the sources, as are the nodes within a column.
function columnsOf(nodes, byName) {
  const depths = new Map();
  const depth = (name, above = new Set()) => {
    if (!depths.has(name) && !above.has(name)) {
      const inputs = byName.get(name).inputs;
      depths.set(name, Math.max(0, ...inputs.map(input => 1 + depth(input, new Set([...above, name])))));
    }
    return depths.get(name) ?? 0;
  };
  const sorted = [...nodes].sort((a, b) => depth(a.name) - depth(b.name));
  return [...Map.groupBy(sorted, node => node.group).values()];
}

function drawEdges(graph, nodes, buttons, lit) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('width', graph.scrollWidth);
  svg.setAttribute('height', graph.scrollHeight);
  svg.setAttribute('aria-hidden', 'true');
  for (const node of nodes) {
    for (const input of node.inputs) {
      const [a, b] = [buttons.get(input), buttons.get(node.name)];
      const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
      path.setAttribute('d', curve(sidesOf(a), sidesOf(b)));
      if (lit.has(input) && lit.has(node.name)) path.classList.add('lit');
      svg.append(path);
    }
  }
  graph.prepend(svg);
}

const sidesOf = ({ parentElement: { offsetLeft }, offsetTop, offsetWidth, offsetHeight }) =>
  ({ left: offsetLeft, right: offsetLeft + offsetWidth, y: offsetTop + offsetHeight / 2 });

function curve(from, to) {
  if (from.left === to.left) return `M${from.right} ${from.y} C${from.right + 40} ${from.y} ${to.right + 40} ${to.y} ${to.right} ${to.y}`;
  const [x1, x2] = from.left < to.left ? [from.right, to.left] : [from.left, to.right];
  const middle = (x1 + x2) / 2;
  return `M${x1} ${from.y} C${middle} ${from.y} ${middle} ${to.y} ${x2} ${to.y}`;
}

function details(node) {
  return el('section', { id: 'details', 'aria-label': node.name },
    el('h2', {}, node.name),
    node.inputs.length > 0 && el('p', {}, `Made from ${node.inputs.join(', ')}.`),
    node.details.length > 0
      ? el('table', { className: 'stack lines' },
        el('thead', {}, el('tr', {}, ['Column', 'From', 'How'].map(heading => el('th', { scope: 'col' }, heading)))),
        el('tbody', {}, node.details.map(each => el('tr', {},
          el('td', {}, each.name), el('td', {}, each.origins.map(origin => el('div', {}, origin))), el('td', { className: 'dim' }, each.how || 'copied')))))
      : el('p', { className: 'dim' }, 'No details are available.'));
}
