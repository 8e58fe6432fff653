'use strict';

const hosts = new Set(['desk.example.org', 'agents.example.org:8443']);

function parse(value) {
  try {
    return new URL(value);
  } catch {
    return null;
  }
}

/** Whether a page of this origin may call us with the agent's cookies. */
function isTrusted(origin) {
  if (!origin) return false;
  const url = parse(origin);
  return url !== null && url.protocol === 'https:' && hosts.has(url.host);
}

module.exports = { isTrusted };
