"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.seatRoutes = void 0;
var express_1 = require("express");
var seatRoutes = function () {
    var router = (0, express_1.Router)();
    router.get("/seats/:id", function (req, res) {
        var id = +req.params.id;
        if (id === 3) {
            res.status(410).json({ error: "the balcony is gone" });
            return;
        }
        if (id !== 1) {
            res.status(404).json({ error: "no such seat" });
            return;
        }
        res.status(200).json({ id: id, row: "C" });
    });
    router.put("/seats/:id", function (_req, res) {
        res.status(202).json({ reserved: true });
    });
    return router;
};
exports.seatRoutes = seatRoutes;
//# sourceMappingURL=seats.js.map
