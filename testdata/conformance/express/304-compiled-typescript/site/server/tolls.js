"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.tolls = void 0;
const express_1 = require("express");
exports.tolls = (0, express_1.Router)();
exports.tolls.get("/:id", (req, res) => {
    if (req.params.id === "0")
        throw new Error("gate is stuck");
    if (req.params.id !== "1")
        return res.status(404).json({ error: "no such toll" });
    return res.json({ id: 1, price: 3 });
});
exports.tolls.put("/:id", (_req, res) => res.sendStatus(204));
