const clips = new Map([['1', { id: 1, seconds: 93 }]]);

export function show(req, res) {
  if (req.params.id === '0') throw new Error('nothing recorded');
  const clip = clips.get(req.params.id);
  if (!clip) {
    res.status(404).json({ error: 'taken down' });
    return;
  }
  res.json(clip);
}

export function track(req, res) {
  res.status(202).end();
}
