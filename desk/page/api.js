// The desk's JSON API. Conditional: an answer that has not changed is not sent again.

const known = new Map(); // path -> {etag, data}

export class Gone extends Error {} // the server does not answer
export class LoggedOut extends Error {}
export class Refused extends Error {
  // it answers, but not with this
  constructor(status, error) {
    super(error?.message || `The desk answered ${status}.`);
    this.status = status;
    this.hint = error?.hint || "";
  }
}

// {data, changed}
export async function get(path) {
  const before = known.get(path);
  let response;
  try {
    response = await fetch(path, {
      cache: "no-store",
      headers: before?.etag ? { "If-None-Match": before.etag } : {},
      signal: AbortSignal.timeout(15000),
    });
  } catch {
    throw new Gone("The desk does not answer.");
  }
  if (response.status === 304 && before) return { data: before.data, changed: false };
  if (response.status === 401) throw new LoggedOut("Your session has ended.");
  let data;
  try {
    data = await response.json();
  } catch {
    throw new Gone("The desk sent no JSON.");
  }
  if (!response.ok) throw new Refused(response.status, data.error);
  if (known.size > 200) known.clear();
  known.set(path, { etag: response.headers.get("ETag"), data });
  return { data, changed: true };
}

// What is changed goes as JSON: the page's policy lets no form be sent by the browser itself.
export async function post(path, fields, patience = 20000) {
  let response;
  try {
    response = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(fields),
      signal: AbortSignal.timeout(patience),
    });
  } catch {
    throw new Gone("The desk does not answer: nothing may have been changed.");
  }
  if (response.status === 401)
    throw new LoggedOut("Your session has ended: log in in another tab, then try again.");
  let data = {};
  try {
    data = await response.json();
  } catch {
    if (response.ok) throw new Gone("The desk sent no JSON.");
  }
  if (!response.ok) throw new Refused(response.status, data.error);
  return data;
}

export async function getText(path) {
  const response = await fetch(path, { cache: "no-store" });
  if (!response.ok) throw new Refused(response.status);
  return response.text();
}

export const storyPath = (id) => `/api/stories/${encodeURIComponent(id)}`;
export const sourcePath = (id, what) => `/api/sources/${encodeURIComponent(id)}/${what}`;
export const itemPath = (id) => `/api/items/${encodeURIComponent(id)}`;
