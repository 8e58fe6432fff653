import express from 'express';
import { allowShells } from './allow-shells';
import quiz from './quiz';

export const app = express();

app.use(allowShells());
app.use(express.json());
app.use('/quiz', quiz);

const port = +(process.env.PORT || 4321);
app.listen(port, 'localhost', () => {
  console.log(`➜ http://localhost:${port}/`);
});
