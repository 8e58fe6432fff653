const cors = require('cors'), größe = 1, \u0061bc = 2, $ = 3, _ = 4, 变量 = 'значение', ಠ_ಠ = '😀';
const o = { größe, [变量]: ಠ_ಠ, 'ключ': "日本語", \u{62}: 1 };
cors({ origin: 'https://пример.example', "allowedHeaders": [`X-${变量}`] }); // комментарий 🎉
o.größe = o.abc; const nbsp = 1;
