import { expect, test } from 'vitest';
import { openFake } from '../../lib/backend/fake';
import { deletion } from './deletion';

const NAME = 'Dana Whitfield';

test('after a deletion the person is gone, and who is there is known', async () => {
  const done = await deletion(openFake('', null), NAME);
  expect(done).toMatchObject({ deleted: { tracesLeft: false }, refusal: null, boot: { profile: null, profiles: [] } });
  expect(done.deleted?.sessions).toBeGreaterThan(10);
});

test('a deletion that was refused has deleted nothing and says why', async () => {
  const done = await deletion(openFake('?fail=deleteEverything:database_busy', null), NAME);
  expect(done).toMatchObject({ deleted: null, refusal: { code: 'database_busy' }, boot: { profile: { id: 'user-1' } } });
});

test('a deletion whose last traces have to wait is a deletion', async () => {
  const done = await deletion(openFake('?traces', null), NAME);
  expect(done).toMatchObject({ deleted: { tracesLeft: true }, refusal: null, boot: { profile: null } });
});

test('where it cannot be asked who is there, the answer holds', async () => {
  expect(await deletion(openFake('?fail=boot:internal', null), NAME)).toMatchObject({ refusal: null, boot: null });
});
