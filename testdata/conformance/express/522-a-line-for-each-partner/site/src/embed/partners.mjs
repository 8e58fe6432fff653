export const partners = [
  { name: 'The Daily', origin: 'https://www.daily.example', since: 2021 },
  { name: 'Radio', origin: 'https://radio.example.org', since: 2023 },
];
