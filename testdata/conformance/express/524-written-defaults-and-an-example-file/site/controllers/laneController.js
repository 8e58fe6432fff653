const asyncHandler = require('../middleware/asyncHandler');

const lanes = [{ id: 1, length: 50, free: true }];

// @desc   Get one lane
// @route  GET /api/lanes/:id
exports.getLane = asyncHandler(async (req, res) => {
  const id = Number(req.params.id);
  if (id === 0) {
    throw new Error('Lane zero is the stairs');
  }
  const lane = lanes.find((item) => item.id === id);
  if (!lane) {
    res.status(404);
    throw new Error('Lane not found');
  }
  res.json(lane);
});

// @desc   Reserve a lane
// @route  PUT /api/lanes/:id
exports.reserveLane = asyncHandler(async (req, res) => {
  res.status(200).json({ reserved: req.params.id });
});
