const { Router } = require('express');

module.exports = (invoices) => {
  const router = Router({ mergeParams: true });

  router
    .route('/:id')
    .get((req, res) => {
      const invoice = invoices.get(Number(req.params.id));
      if (invoice === null) {
        return res.status(404).json({ error: 'not found' });
      }
      return res.json({ invoice });
    })
    .put((req, res) => {
      invoices.put(Number(req.params.id), req.body);
      return res.status(204).end();
    });

  return router;
};
