import express from 'express';
import cors from 'cors';
import { corsOptions } from './cors';

interface Recipe {
  id: number;
  title: string;
}

const recipes: Recipe[] = [{ id: 1, title: 'Plum cake' }];

const app = express();
app.use(cors(corsOptions));

app.get('/api/recipes/:id', (req, res) => {
  const id = Number(req.params.id);
  if (id === 0) throw new Error('oven is cold');
  const recipe = recipes.find((candidate) => candidate.id === id);
  if (!recipe) {
    res.status(404).json({ error: 'no such recipe' });
    return;
  }
  res.json(recipe);
});

app.put('/api/recipes/:id', express.json(), (req, res) => {
  res.json(req.body as Recipe);
});

app.listen(process.env.PORT ?? 3000);
