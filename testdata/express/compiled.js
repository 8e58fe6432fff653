"use strict";
var __importDefault = (this && this.__importDefault) || function (mod) {
    return (mod && mod.__esModule) ? mod : { "default": mod };
};
var __awaiter = (this && this.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};
Object.defineProperty(exports, "__esModule", { value: true });
exports.app = void 0;
const express_1 = __importDefault(require("express"));
const cors_1 = __importDefault(require("cors"));
const app = (0, express_1.default)();
exports.app = app;
app.use((0, cors_1.default)({
    origin: "*",
    credentials: true
}));
app.get("/", (req, res) => __awaiter(void 0, void 0, void 0, function* () {
    const rows = yield Promise.resolve([]);
    res.set("X-Count", String(rows.length)).json(rows);
}));
var Mode;
(function (Mode) {
    Mode["Strict"] = "strict";
    Mode[Mode["Loose"] = 1] = "Loose";
})(Mode || (exports.Mode = Mode = {}));
//# sourceMappingURL=compiled.js.map
