export interface Config {
  port: number;
  cors: { origins: string[]; previewPattern: RegExp };
}

export const config: Config = {
  port: Number(process.env.PORT ?? 8080),
  cors: {
    origins: ['https://reviews.example.com', 'https://moderate.example.com'],
    previewPattern: /^https:\/\/pr-\d+\.preview\.reviews\.example\.com/,
  },
};
