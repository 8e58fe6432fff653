/** Nothing here may be kept by shared caches. */
export function noStore(req, res, next) {
  res.set({
    'Cache-Control': 'private, no-store',
    Pragma: 'no-cache',
    Vary: 'Cookie',
  });
  next();
}
