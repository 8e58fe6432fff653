/* A script for both worlds. */
!function (root, factory) {
  if (typeof define === 'function' && define.amd) define(['cors'], factory);
  else if (typeof module === 'object' && module.exports) module.exports = factory(require('cors'));
  else root.server = factory(root.cors);
}(typeof self !== 'undefined' ? self : this, function (cors) {
  'use strict';
  var arr = [, 1, , 2, ,], o = { 'a-b': 1, 2: 3, if: 4, };
  +function () { }(), (function () { }.call(this)), (() => { })(), new (function () { this.x = 1; })().x;
  return { cors: cors({ origin: arr[1] ? o['a-b'] : null }), __proto__: null };
});
