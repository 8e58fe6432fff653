const { ApolloServer, gql } = require('apollo-server-express');
const app = require('express')(), cors = require('cors');
const typeDefs = gql`
  type Query { hello(name: String = "a"): String! }
  # app.use(cors({ origin: true }))
`;
const resolvers = { Query: { hello: (_, { name }) => `Hi ${name}!` } };
(async () => {
  const server = new ApolloServer({ typeDefs, resolvers, context: ({ req }) => ({ user: req.user }) });
  await server.start();
  server.applyMiddleware({ app, cors: { origin: process.env.CLIENT, credentials: true }, path: '/' });
  app.use('/graphql', cors(), (req, res, next) => next());
  await new Promise(r => app.listen({ port: 4000 }, r));
})().catch(e => { console.error(e); process.exit(1) });
