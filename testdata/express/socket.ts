import { createServer } from "node:http";
import { Server, type Socket } from "socket.io";
import express from "express";
import cors, { CorsOptions } from "cors";

const app = express();
const origins: Array<string | RegExp> = ["http://localhost:3000", ...(process.env.EXTRA?.split(";") ?? [])];
const options: Partial<CorsOptions> & { credentials: boolean } = { origin: origins, credentials: true };
app.use(cors(options), express.static("public", { setHeaders(res, path) { if (/\.json$/.test(path)) res.set("Access-Control-Allow-Origin", "*"); } }));
const io = new Server<Events, Events>(createServer(app), { cors: { origin: "*", methods: ["GET", "POST"] } });
io.on("connection", (socket: Socket<Events>) => { socket.on("x", async ({ a, b }: { a: number; b?: string }) => { await Promise.all([a, b].map(async (v) => v)); }); });
interface Events { x: (v: { a: number; b?: string }) => void }
