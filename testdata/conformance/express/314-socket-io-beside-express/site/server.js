const http = require('http');
const express = require('express');
const cors = require('cors');

const app = express();
const server = http.createServer(app);

app.use(cors({ origin: ['https://talk.example.com'], credentials: true }));

if (process.env.REALTIME === 'on') {
  const { Server } = require('socket.io');
  new Server(server, { cors: { origin: '*', credentials: true } });
}

app.get('/api/rooms/:id', (req, res) => {
  if (req.params.id === '0') throw new Error('no rooms');
  if (req.params.id !== '1') return res.status(404).json({ error: 'no such room' });
  res.json({ id: 1 });
});
app.put('/api/rooms/:id', (req, res) => res.sendStatus(204));

server.listen(3000);
