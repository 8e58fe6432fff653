'use strict';

const compiled = new Map();

function compile(pattern) {
  if (!compiled.has(pattern)) {
    const source = pattern.replace('.', '\\.').replace('*', '[a-z0-9-]+');
    compiled.set(pattern, new RegExp('^' + source + '$'));
  }
  return compiled.get(pattern);
}

exports.matchesAny = (patterns, value) => patterns.some((pattern) => compile(pattern).test(value));
