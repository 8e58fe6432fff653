export const partners = ['https://pantry.example.org', 'https://knives.example.org'];
