const table = [
  ['cors.origin', ' * '],
  ['cors.max-age', ' 600 '],
];

export const settings = new Map(table);
