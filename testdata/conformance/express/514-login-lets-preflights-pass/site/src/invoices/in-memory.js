class InMemoryInvoices {
  #rows = new Map();

  constructor(rows) {
    for (const row of rows) this.#rows.set(row.id, row);
  }

  get(id) {
    return this.#rows.get(id) ?? null;
  }

  put(id, row) {
    this.#rows.set(id, { ...row, id });
  }
}

module.exports = InMemoryInvoices;
