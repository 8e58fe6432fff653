const app = require('express')();

app.use(require('cors')());
app.use(require('body-parser').json());

app.get('/api/fish/:id', (req, res) => {
  if (req.params.id === '0') throw new Error('net is torn');
  if (req.params.id !== '1') return res.status(404).json({ error: 'swam away' });
  res.json({ id: 1, kind: 'cod' });
});
app.put('/api/fish/:id', (req, res) => res.sendStatus(204));

app.listen(process.env.PORT || 3000);
