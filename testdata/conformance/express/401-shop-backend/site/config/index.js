'use strict';

module.exports = {
  port: process.env.PORT || 3000,
  cors: {
    origin: ['https://shop.example.com', 'https://www.shop.example.com/'],
    credentials: true,
    methods: ['GET', 'POST', 'PUT', 'DELETE'],
    allowedHeaders: ['Content-Type', 'Authorization'],
  },
};
