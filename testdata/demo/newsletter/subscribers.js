import { readFile, writeFile } from 'node:fs/promises';

const file = (id) => `data/${encodeURIComponent(id)}.json`;

export const find = async (id) => JSON.parse(await readFile(file(id), 'utf8'));

export const save = (id, settings) => writeFile(file(id), JSON.stringify(settings));
