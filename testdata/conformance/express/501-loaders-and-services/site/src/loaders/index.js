const expressLoader = require('./express');
const shelves = require('./shelves');

module.exports = async ({ app }) => {
  const books = await shelves();
  console.log('shelves loaded');

  await expressLoader({ app, books });
  console.log('express loaded');
};
