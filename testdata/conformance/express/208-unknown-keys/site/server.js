require('dotenv').config();
const express = require('express');
const helmet = require('helmet');
const cors = require('cors');

const app = express();
app.use(helmet());

const corsOptions = {
  origins: ['https://clinic.example.com', 'https://staff.clinic.example.com'],
  allowHeaders: ['Content-Type', 'Authorization'],
  exposeHeaders: ['X-Request-Id'],
  optionSuccessStatus: 200,
  credentials: true,
};

app.use(cors(corsOptions));
app.use(express.json({ limit: '200kb' }));

const patients = [{ id: '1', name: 'J. Doe', ward: 3 }];

app.get('/api/patients/:id', (req, res, next) => {
  if (req.params.id === '0') return next(new Error('record is sealed'));
  const patient = patients.find((p) => p.id === req.params.id);
  return patient ? res.json(patient) : res.status(404).json({ error: 'not found' });
});

app.put('/api/patients/:id', (req, res) => res.sendStatus(204));

app.listen(process.env.PORT || 5000);
