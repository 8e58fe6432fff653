const { Router } = require('express');
const wrap = require('../middlewares/wrap');

const route = Router();

module.exports = (app, service) => {
  app.use('/books', route);

  route.get(
    '/:id',
    wrap(async (req, res) => {
      const book = await service.find(req.params.id);
      return res.json({ book });
    })
  );

  route.put(
    '/:id',
    wrap(async (req, res) => {
      await service.save(req.params.id, req.body);
      res.sendStatus(204);
    })
  );
};
