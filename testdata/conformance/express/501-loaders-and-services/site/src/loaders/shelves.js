const BookService = require('../services/books');

// Stands where the database will be.
module.exports = async () => new BookService([{ id: '9', title: 'Effi Briest', pages: 301 }]);
