exports.numericId = (req, res, next, id) => {
  req.invalid = !/^\d+$/.test(id);
  next();
};
