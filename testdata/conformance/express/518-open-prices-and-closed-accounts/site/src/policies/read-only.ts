import type { CorsOptions } from 'cors';

export const readOnly = {
  methods: ['GET', 'HEAD'],
  maxAge: 24 * 60 * 60,
} satisfies CorsOptions;
