const path = require('path');
const express = require('express');
const cors = require('cors');

const app = express();

app.use(cors({ origin: 'https://mail.example.com', credentials: true, exposedHeaders: ['ETag'] }));
app.use('/files', express.static(path.join(__dirname, 'files')));

app.get('/api/mails/:id', (req, res) => {
  const id = Number(req.params.id);
  if (id === 0) throw new Error('index is broken');
  if (id !== 1) return res.status(404).json({ error: 'no such mail' });
  res.json({ id, subject: 'hello' });
});

app.put('/api/mails/:id', (req, res) => res.sendStatus(204));

app.get('/api/attachments/:id', (req, res) => {
  res.sendFile(path.join(__dirname, 'attachments', `${req.params.id}.bin`));
});

app.get('/api/drafts', (req, res, next) => {
  const error = new Error('upstream');
  error.status = 502;
  next(error);
});

app.listen(process.env.PORT || 3000);
