import { expect, test } from 'vitest';
import { askAhead } from './ahead';
import { openFake } from './fake';

function counted(search: string, home = true) {
  const host = openFake(search, null);
  const { boot, practice } = host;
  const asked = { boot: 0, practice: 0 };
  host.boot = () => {
    asked.boot += 1;
    return boot();
  };
  host.practice = () => {
    asked.practice += 1;
    return practice();
  };
  return { host: askAhead(host, home), asked };
}

test('the first questions are asked at once, and their answers are given once', async () => {
  const { host, asked } = counted('');
  expect(asked).toEqual({ boot: 1, practice: 1 });
  await host.boot();
  await host.practice();
  expect(asked).toEqual({ boot: 1, practice: 1 });
  await host.boot();
  await host.practice();
  expect(asked).toEqual({ boot: 2, practice: 2 });
});

test('a home screen that was asked for before anybody practised is asked for anew', async () => {
  const { host, asked } = counted('?first');
  expect((await host.boot()).profile).toBeNull();
  await host.createProfile('Dana');
  await host.practice();
  expect(asked.practice).toBe(2);
});

test('who is refused at first is answered at the next try', async () => {
  const { host, asked } = counted('?fail=boot:folder_in_use:1');
  await expect(host.boot()).rejects.toMatchObject({ code: 'folder_in_use' });
  expect((await host.boot()).profile).not.toBeNull();
  await host.practice();
  expect(asked).toEqual({ boot: 2, practice: 2 });
});

test('a window that opens elsewhere asks for the home screen when it is shown, to whoever practices then', async () => {
  const { host, asked } = counted('?people', false);
  const { profiles } = await host.boot();
  await host.chooseProfile(profiles.at(-1)?.id ?? '');
  expect(asked.practice).toBe(0);
  await host.practice();
  expect(asked.practice).toBe(1);
});
