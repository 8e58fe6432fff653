import type { NextFunction, Request, Response } from 'express';
import { HttpException } from '../exceptions/HttpException';

interface Episode {
  id: number;
  title: string;
  published: boolean;
}

const episodes: Episode[] = [
  { id: 3, title: 'Lighthouses', published: true },
  { id: 5, title: 'Fog horns', published: false },
];

export class EpisodeController {
  public getEpisodeById = (req: Request, res: Response, next: NextFunction): void => {
    try {
      const episode = episodes.find(({ id }) => id === Number(req.params.id));
      if (!episode) throw new HttpException(404, "Episode doesn't exist");
      if (!episode.published) throw new HttpException(409, 'Episode is still being cut');

      res.status(200).json({ data: episode, message: 'findOne' });
    } catch (error) {
      next(error);
    }
  };

  public updateEpisode = (req: Request, res: Response): void => {
    res.status(200).json({ data: { ...req.body, id: Number(req.params.id) }, message: 'updated' });
  };

  public deleteEpisode = (_req: Request, res: Response): void => {
    res.status(200).json({ message: 'deleted' });
  };
}
