import express, { Application } from 'express';
import helmet from 'helmet';
import { CorsMiddleware } from './http/CorsMiddleware';
import { ErrorHandler } from './http/ErrorHandler';
import { ridesRouter } from './rides/rides.router';

const app: Application = express();

app.use(helmet());
app.use(CorsMiddleware.handle);
app.use(express.json());
app.use('/api/rides', ridesRouter());
app.use(ErrorHandler.notFound);
app.use(ErrorHandler.handle);

const port = Number(process.env.PORT) || 3000;
app.listen(port, () => console.log(`rides on :${port}`));
