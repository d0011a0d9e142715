// A hub as far as a call needs one: it knows a person by an access token, and has the calls of its attempts answered by a service, with a key of its own.

import { createServer } from 'node:http';

const PERSON = { id: '0198c0de-7000-7000-8000-000000000001', name: 'Dana Reed', role: 'trainee' };

/** Starts it on a free port, in front of this service. `asked` has every question, in their order. */
export async function startHub({ service, key, token }) {
  const asked = [];
  const calls = new Map();
  const answer = async (request, body) => {
    const { method, url, headers } = request;
    asked.push(`${method} ${url.replace(/[0-9a-f-]{36}/, '{id}')}`);
    if (headers.authorization !== `Bearer ${token}`) return [401, { code: 'unauthorized', message: 'Not with this token.' }];
    if (url === '/api/me') return [200, PERSON];
    if (url === '/api/sessions') return [200, { ...JSON.parse(body), status: 'IN_PROGRESS' }];
    const id = /^\/api\/sessions\/([0-9a-f-]{36})\/realtime$/.exec(url)?.[1];
    const signed = { authorization: `Bearer ${key}` };
    if (id && method === 'DELETE') {
      await fetch(new URL(calls.get(id), service), { method, headers: signed });
      return [204];
    }
    if (!id || method !== 'POST') return [404, { code: 'not_found', message: 'Nothing is here.' }];
    const opened = await fetch(`${service}/realtime/calls`, { method, headers: { ...signed, 'content-type': headers['content-type'] }, body });
    calls.set(id, opened.headers.get('location'));
    return [opened.status, await opened.text(), { 'content-type': 'application/sdp', location: url }];
  };
  const server = createServer(async (request, response) => {
    const body = (await request.toArray()).join('');
    const [status, said = '', headers = { 'content-type': 'application/json' }] = await answer(request, body);
    response.writeHead(status, headers).end(typeof said === 'string' ? said : JSON.stringify(said));
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    asked,
    close() {
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    },
  };
}
