var songs = [{ id: 1, title: 'Blue Moon', plays: 17 }];

exports.show = function (req, res) {
  var id = parseInt(req.params.id, 10);
  if (id === 0) throw new Error('the needle is stuck');

  var found = songs.filter(function (song) { return song.id === id; })[0];
  if (!found) {
    res.status(404);
    return res.json({ error: 'not in this box' });
  }
  res.json(found);
};

exports.update = function (req, res) {
  res.json({ ok: true });
};
