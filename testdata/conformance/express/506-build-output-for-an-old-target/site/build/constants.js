"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.Constants = void 0;
var Constants;
(function (Constants) {
    Constants.ROWS = 24;
    Constants.WHITELIST = ["https://box-office.example.net", "https://kiosk.example.net"];
})(Constants || (exports.Constants = Constants = {}));
//# sourceMappingURL=constants.js.map
