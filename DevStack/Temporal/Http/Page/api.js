// The server's JSON API.

let defaultNamespace;

async function request(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Error('The server does not respond. Is it still running?');
  }
  const text = await response.text();
  let json;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error(text || response.statusText);
  }
  if (!response.ok) throw new Error(json.message || response.statusText);
  return json;
}

export const get = path => request(path);

async function below(path) {
  defaultNamespace ??= (await get('/api/v1/settings')).DefaultNamespace;
  return `/api/v1/namespaces/${encodeURIComponent(defaultNamespace)}/${path}`;
}

export const read = async path => get(await below(path));

export const post = async (path, body) => request(await below(path), {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ requestId: crypto.randomUUID(), identity: 'web page', ...body }),
});

export const part = encodeURIComponent;

/** A string literal of a list query. */
export const quoted = text => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
