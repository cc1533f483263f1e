// An OpenID Connect provider on a port that the system chooses. It prints its issuer, and ends when its standard input does.
//
// Whoever signs in as NAME is NAME, with any password. Besides what a provider does, tests can ask for what one must not do:
// PUT /test/claims  what the ID tokens say from now on instead of the truth, signed all the same
// PUT /test/gone    a list of the people who are no more
import { createServer } from 'node:http';
import { SignJWT, decodeJwt, exportJWK, generateKeyPair } from 'jose';
import { Provider } from 'oidc-provider';

const { privateKey } = await generateKeyPair('RS256', { extractable: true });
const key = { ...(await exportJWK(privateKey)), kid: 'tests', use: 'sig', alg: 'RS256' };
let lies = {};
let gone = [];

const server = createServer();
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'hearth',
      client_secret: 'only for tests, and long enough for anybody',
      application_type: 'native',
      redirect_uris: ['http://127.0.0.1/signed-in'],
      grant_types: ['authorization_code', 'refresh_token'],
    },
  ],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'given_name', 'family_name', 'preferred_username'] },
  cookies: { keys: ['not a secret'] },
  jwks: { keys: [key] },
  ttl: { AccessToken: 3600, AuthorizationCode: 60, Grant: 86400, IdToken: 3600, Interaction: 3600, RefreshToken: 86400, Session: 86400 },
  findAccount: (_, id) =>
    gone.includes(id)
      ? undefined
      : {
          accountId: id,
          claims: () => ({
            sub: id,
            email: `${id}@example.org`,
            email_verified: !id.startsWith('unproved'),
            name: `${id} of the provider`,
            preferred_username: id,
          }),
        },
});

// The last word on what leaves the token endpoint.
provider.use(async (context, next) => {
  await next();
  const token = context.path === '/token' && context.body?.id_token;
  if (token && Object.keys(lies).length > 0) {
    const claims = { ...decodeJwt(token), ...lies };
    context.body.id_token = await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'tests' }).sign(privateKey);
  }
});

const serve = provider.callback();
server.on('request', async (request, response) => {
  if (!request.url.startsWith('/test/')) return serve(request, response);
  let body = '';
  for await (const piece of request) body += piece;
  if (request.url === '/test/claims') lies = JSON.parse(body);
  if (request.url === '/test/gone') gone = JSON.parse(body);
  response.end();
});

console.log(issuer);
process.stdin.on('end', () => process.exit()).resume();
