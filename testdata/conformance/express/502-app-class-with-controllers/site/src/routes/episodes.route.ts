import { Router } from 'express';
import { EpisodeController } from '../controllers/episodes.controller';
import type { Routes } from '../interfaces/routes.interface';

export class EpisodeRoute implements Routes {
  public path = '/episodes';
  public router = Router();
  public episodes = new EpisodeController();

  constructor() {
    this.initializeRoutes();
  }

  private initializeRoutes() {
    this.router.get(`${this.path}/:id`, this.episodes.getEpisodeById);
    this.router.put(`${this.path}/:id`, this.episodes.updateEpisode);
    this.router.delete(`${this.path}/:id`, this.episodes.deleteEpisode);
  }
}
