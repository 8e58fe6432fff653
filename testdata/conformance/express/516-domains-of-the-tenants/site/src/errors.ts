export class ForbiddenOriginError extends Error {
  readonly status = 403;

  constructor(origin: string) {
    super(`${origin} belongs to no tenant`);
    this.name = 'ForbiddenOriginError';
  }
}

export class NotFoundError extends Error {
  readonly status = 404;
}
