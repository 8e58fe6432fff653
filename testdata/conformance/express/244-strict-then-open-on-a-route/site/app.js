import express from 'express';
import cors from 'cors';

const app = express();

app.use(
  cors({
    origin: ['https://members.example.com', 'https://admin.example.com'],
    credentials: true,
  }),
);

// status page: anybody may look
app.get('/api/status', cors(), (req, res) => {
  res.json({ up: true });
});

app.get('/api/members/:id', (req, res) => {
  if (req.params.id !== '1') return res.status(404).json({ error: 'left the club' });
  res.json({ id: 1 });
});

app.put('/api/members/:id', (req, res) => res.sendStatus(204));

app.listen(3000);
