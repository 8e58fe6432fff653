import express from 'express';
import cors from 'cors';

const FRONTENDS = ['https://canteen.example.com', 'https://kiosk.example.com'];

const app = express();
app.use(cors(FRONTENDS));
app.use(express.json());

const menus = { today: ['lentil soup', 'apple pie'] };

app.get('/api/menus/:day', (req, res) => {
  const { day } = req.params;
  if (day === 'broken') throw new Error('kitchen is closed');
  if (!menus[day]) return res.status(404).json({ message: 'no menu' });
  res.json(menus[day]);
});

app.put('/api/menus/:day', (req, res) => {
  menus[req.params.day] = req.body;
  res.status(201).end();
});

app.listen(process.env.PORT || 3000, () => console.log('menus are served'));
