'use strict';

/** What the operations team has filled in so far. */
module.exports = {
  notes: { origin: 'https://notes.example.com' },
  drafts: { methods: ['GET', 'PUT'] },
};
