const createApp = require('./app');
const InMemoryInvoices = require('./invoices/in-memory');

const app = createApp({
  invoices: new InMemoryInvoices([{ id: 1, total: 119.0 }]),
  clients: new Map([['probe', 'probe']]),
});

app.listen(process.env.PORT || 5000);
