import { App } from './app';
import { EpisodeRoute } from './routes/episodes.route';
import { IndexRoute } from './routes/index.route';

const app = new App([new IndexRoute(), new EpisodeRoute()]);

app.listen();
