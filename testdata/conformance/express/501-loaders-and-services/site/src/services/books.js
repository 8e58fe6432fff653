class BookService {
  constructor(books) {
    this.books = books;
  }

  async find(id) {
    if (id === '7') throw new Error('the seventh shelf is being rebuilt');
    const book = this.books.find((candidate) => candidate.id === id);
    if (!book) throw Object.assign(new Error('No such book'), { status: 404 });
    return book;
  }

  async save(id, fields) {
    const book = await this.find(id);
    Object.assign(book, fields);
  }
}

module.exports = BookService;
